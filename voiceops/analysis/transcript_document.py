"""Reads and writes a transcript as a JSON document; openai-whisper's own JSON is read too."""

import json
from collections.abc import Sequence
from typing import Annotated

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from voiceops.analysis.sound_document import write_sound
from voiceops.domain.private import Masked
from voiceops.domain.recording import PartiesBy, Party
from voiceops.domain.sound import ChannelSound
from voiceops.domain.transcript import PartyJudgement, Span, Transcript, Utterance, Word
from voiceops.errors import InvalidDocument, Problem

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Document(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Word(_Document):
    text: str = Field(validation_alias=AliasChoices("text", "word"))
    start: Seconds
    end: Seconds
    probability: Annotated[float, Field(ge=0, le=1)] | None = None


class _Utterance(_Document):
    party: Party | None = None
    start: Seconds
    end: Seconds
    text: str | None = None
    words: list[_Word] | None = None
    party_confidence: Annotated[float, Field(ge=0, le=1)] | None = None


class _Speech(_Document):
    party: Party
    spans: list[tuple[Seconds, Seconds]]


class _Parties(_Document):
    by: PartiesBy
    confidence: Annotated[float, Field(ge=0, le=1)]
    reason: str


class _Transcript(_Document):
    sound: list[ChannelSound] | None = None
    language: str | None = None
    duration: Seconds | None = None
    utterances: list[_Utterance] = Field(validation_alias=AliasChoices("utterances", "segments"))
    speech: list[_Speech] | None = None
    parties: _Parties | None = None
    dropped_words: Annotated[int, Field(ge=0)] = 0
    masked: tuple[Masked, ...] = ()


def read_transcript(text: str | bytes, *, record: str) -> Transcript:
    """The transcript in a JSON text.

    Utterances are put in order of time. Missing: a party is unknown, a duration is the last
    word's end, a text is its words. Raises InvalidDocument, naming `record`, if it is no
    transcript.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _invalid([Problem(getattr(error, "lineno", None), "this is not JSON")], record) from error
    return transcript_from_document(document, record=record)


def transcript_from_document(document: object, *, record: str) -> Transcript:
    """As `read_transcript`, for a document that is parsed already."""
    try:
        wire = _Transcript.model_validate(document)
    except ValidationError as error:
        raise _invalid([_problem(entry["loc"], entry["msg"]) for entry in error.errors()[:10]], record) from error
    utterances = tuple(sorted((_utterance(wire_one) for wire_one in wire.utterances), key=lambda one: one.start))
    last_end = max((one.end for one in utterances), default=0.0)
    return Transcript(
        language=wire.language or None,
        duration=last_end if wire.duration is None else max(wire.duration, last_end),
        utterances=utterances,
        speech=None if wire.speech is None else _speech(wire.speech),
        sound=None if wire.sound is None else tuple(wire.sound),
        parties=None if wire.parties is None else PartyJudgement(**vars(wire.parties)),
        dropped_words=wire.dropped_words,
        masked=wire.masked,
    )


def write_transcript(transcript: Transcript) -> dict[str, object]:
    """The transcript as a document of plain JSON values, times rounded to milliseconds."""
    document: dict[str, object] = {
        "language": transcript.language,
        "duration": round(transcript.duration, 3),
        "utterances": [_write_utterance(utterance) for utterance in transcript.utterances],
    }
    if transcript.speech is not None:
        document["speech"] = [
            {"party": party.value, "spans": [[round(span.start, 3), round(span.end, 3)] for span in spans]}
            for party, spans in transcript.speech
        ]
    if transcript.sound is not None:
        document["sound"] = [write_sound(one) for one in transcript.sound]
    if transcript.dropped_words:
        document["dropped_words"] = transcript.dropped_words
    if transcript.masked:
        document["masked"] = [vars(one) for one in transcript.masked]
    if transcript.parties is not None:
        judged = transcript.parties
        document["parties"] = {"by": judged.by.value, "confidence": judged.confidence, "reason": judged.reason}
    return document


def _utterance(wire: _Utterance) -> Utterance:
    words = tuple(_word(word) for word in wire.words or () if word.text.strip())
    text = _clean(wire.text or "") or " ".join(word.text for word in words)
    party, end = wire.party or Party.UNKNOWN, max(wire.start, wire.end)
    return Utterance(party, wire.start, end, text, words, wire.party_confidence)


def _word(wire: _Word) -> Word:
    return Word(_clean(wire.text), wire.start, max(wire.start, wire.end), wire.probability)


def _clean(text: str) -> str:
    # JSON can spell half a character (a lone surrogate), which no file and no database can keep.
    return text.strip().encode(errors="replace").decode()


def _speech(wire: Sequence[_Speech]) -> tuple[tuple[Party, tuple[Span, ...]], ...]:
    return tuple((one.party, tuple(Span(start, max(start, end)) for start, end in one.spans)) for one in wire)


def _write_utterance(utterance: Utterance) -> dict[str, object]:
    document: dict[str, object] = {
        "party": utterance.party.value,
        "start": round(utterance.start, 3),
        "end": round(utterance.end, 3),
        "text": utterance.text,
        "words": [_write_word(word) for word in utterance.words],
    }
    if utterance.party_confidence is not None:
        document["party_confidence"] = utterance.party_confidence
    return document


def _write_word(word: Word) -> dict[str, object]:
    document: dict[str, object] = {"text": word.text, "start": round(word.start, 3), "end": round(word.end, 3)}
    if word.probability is not None:
        document["probability"] = round(word.probability, 4)
    return document


def _problem(place: tuple[int | str, ...], message: str) -> Problem:
    path = ".".join(str(part) for part in place)
    if not path:
        return Problem(None, "this is no JSON object with `utterances` or `segments`")
    return Problem(None, f"`{path}`: {message[0].lower()}{message[1:]}")


def _invalid(problems: Sequence[Problem], record: str) -> InvalidDocument:
    return InvalidDocument(
        problems,
        record=record,
        next_step="Give a transcript as `voiceops transcribe --json` prints it, or openai-whisper's own JSON.",
    )
