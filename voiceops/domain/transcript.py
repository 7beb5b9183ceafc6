"""What was said in a recording: engines return segments of words, assembling makes utterances."""

from dataclasses import dataclass

from voiceops.domain.private import Masked
from voiceops.domain.recording import PartiesBy, Party
from voiceops.domain.sound import ChannelSound

# Below this a rule about one party is a matter for a person.
SURE_CONFIDENCE = 0.8


@dataclass(frozen=True)
class Span:
    """A stretch of a recording in seconds from its beginning; `start` <= `end`."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """The stretch's length."""
        return self.end - self.start


@dataclass(frozen=True)
class Word:
    """One timed word. `probability` is the engine's own, 0..1; None where the engine gives none."""

    text: str
    start: float
    end: float
    probability: float | None = None


@dataclass(frozen=True)
class Segment:
    """What an engine returns for a stretch of one channel, in the engine's own terms.

    `temperature`, `average_log_probability` and `no_speech_probability` are Whisper's; None
    where an engine has no such figure.
    """

    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()
    temperature: float | None = None
    average_log_probability: float | None = None
    no_speech_probability: float | None = None


@dataclass(frozen=True)
class Utterance:
    """One party's uninterrupted stretch. `words` is empty where only the text is known.

    `party_confidence` 0..1 says how sure it is that the party speaks; None where that is as sure as its channel's is.
    """

    party: Party
    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()
    party_confidence: float | None = None

    @property
    def is_sure_who(self) -> bool:
        """Whether a rule about one party may rest on it."""
        return self.party_confidence is None or self.party_confidence >= SURE_CONFIDENCE


@dataclass(frozen=True)
class PartyJudgement:
    """How it is known which party speaks where; `confidence` is 0..1 and `reason` what it rests on."""

    by: PartiesBy
    confidence: float
    reason: str

    @property
    def is_sure(self) -> bool:
        """Whether a rule may rest on it."""
        return self.confidence >= SURE_CONFIDENCE


@dataclass(frozen=True)
class Transcript:
    """The ordered utterances of a recording; `duration` is the whole recording's, in seconds.

    `language` is an ISO 639-1 code, or None where nobody said and nothing was detected.
    `speech` holds, per party, the stretches where a speech detector heard a voice; None where no
    detector ran (a transcript read from a file). `sound` has the measures of each channel listened
    to, in order; None where none were taken. `parties` is None where nobody had to judge who is who.
    `dropped_words` counts what the engine said and was not believed: beside speech, in a loop, or a known invention.
    `masked` says what stood where words were masked.
    """

    language: str | None
    duration: float
    utterances: tuple[Utterance, ...]
    speech: tuple[tuple[Party, tuple[Span, ...]], ...] | None = None
    sound: tuple[ChannelSound, ...] | None = None
    parties: PartyJudgement | None = None
    dropped_words: int = 0
    masked: tuple[Masked, ...] = ()

    @property
    def is_separated(self) -> bool:
        """Whether all parties speak on one channel and were told apart by their voices."""
        return self.parties is not None and self.parties.by is PartiesBy.VOICES

    @property
    def clarity(self) -> int | None:
        """That of the channel which is understood worst, 0..100; None where nobody speaks or none was measured."""
        return min((one.clarity for one in self.sound or () if one.clarity is not None), default=None)
