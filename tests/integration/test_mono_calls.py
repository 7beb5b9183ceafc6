"""A call on one channel: its parties told apart by voice, from the sound to the verdict."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from benchmarks.bench_parties import by_voice, measure, taking_turns
from benchmarks.mono_calls import MonoCall, mu_law, sample_calls
from tests.spoken import a_wav
from tests.systems import System
from voiceops.analysis.choices import Choices
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import PartiesBy, Party, Recording, RecordingKind
from voiceops.domain.transcript import Segment, Transcript
from voiceops.engines import EMBEDDERS, load_embedder
from voiceops.ports import SIGNAL_RATE_HZ, SpeakerEmbedder, SpeechChannel, Transcription
from voiceops.shipped import shipped_folder
from voiceops.usecases.receive_recording import Upload, receive_recording
from voiceops.usecases.upload_keyword_set import upload_keyword_set

_embedder = cache(load_embedder)


@cache
def calls() -> dict[str, MonoCall]:
    return {call.name: call for call in sample_calls()}


@pytest.mark.parametrize("name", EMBEDDERS)
def test_no_rule_comes_out_certain_and_wrong_on_a_telephone_line(name: str) -> None:
    heard = [replace(call, signal=mu_law(call.signal)) for call in list(calls().values())[:3]]
    figures = measure(by_voice(_embedder(name)), heard)
    assert figures.outcomes["wrong"] == 0
    assert figures.outcomes["right"] > 0
    if name == "campplus":
        assert figures.words_right / figures.words > 0.95
        assert figures.outcomes["right"] > 4 * figures.outcomes["uncertain"]


def test_taking_pauses_for_turns_makes_verdicts_that_are_certain_and_wrong() -> None:
    assert measure(taking_turns, list(calls().values())[:3]).outcomes["wrong"] > 0


class TrueEars:
    """An engine that hears the words of a call as they were spoken, but not by whom."""

    name = "true"

    def __init__(self, truth: Transcript) -> None:
        self._truth = truth

    def check(self) -> None:
        """All it needs is here."""

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        said = tuple(Segment(one.start, one.end, one.text, one.words) for one in self._truth.utterances)
        return Transcription(language, (said,) * len(channels))


def taken_in(
    system: System, call: MonoCall, *, channels: int = 1, embedder: SpeakerEmbedder | None = None
) -> tuple[Recording, Transcript]:
    """The call sent in, heard and analysed, with the same sound on so many channels."""
    path = shipped_folder("samples") / "keyword_sets" / "service-call-en.yaml"
    upload_keyword_set(system.services, path.read_text("utf-8"), file_name=path.name, uploaded_by="sup")
    system.hears(transcriber=TrueEars(call.truth))
    chosen = _embedder("campplus") if embedder is None else embedder
    system.services = replace(system.services, embedders=Choices({(None, None): lambda: chosen}))
    upload = Upload("call.wav", io.BytesIO(a_wav(*[call.signal] * channels)), RecordingKind.CALL, language="en")
    recording_id = receive_recording(system.services, upload).recording.id
    with system.services.open_view() as unit:
        return unit.recordings.get(recording_id), unit.transcripts.get(recording_id)


def _said(transcript: Transcript, party: Party) -> list[str]:
    return [word.text for one in transcript.utterances if one.party is party for word in one.words]


@pytest.mark.parametrize("channels", [1, 2])
def test_a_mono_call_has_two_parties_a_confidence_for_each_utterance_and_verdicts(
    system: System, channels: int
) -> None:
    call = calls()["01-clean"]
    recording, transcript = taken_in(system, call, channels=channels)
    assert recording.parties_by is PartiesBy.VOICES
    assert recording.parties_confidence is not None
    assert recording.parties_confidence >= 0.8
    assert any("told apart by their voices" in note for note in recording.notes)
    agent = _said(call.truth, Party.AGENT)
    assert len(set(agent) & set(_said(transcript, Party.AGENT))) > 0.9 * len(set(agent))
    assert all(one.party_confidence is not None for one in transcript.utterances)
    assert [party for party, _ in transcript.speech or ()] == [Party.AGENT, Party.CUSTOMER]
    assert _outcome(system, recording, "greeting") is Outcome.MET


def test_a_recording_of_one_voice_stays_nobodys(system: System) -> None:
    call = calls()["01-clean"]
    alone = [one for one in call.truth.utterances if one.party is Party.AGENT]
    spoken = np.zeros_like(call.signal)
    for one in alone:
        first, last = (round(second * SIGNAL_RATE_HZ) for second in (one.start, one.end))
        spoken[first:last] = call.signal[first:last]
    truth = replace(call.truth, utterances=tuple(alone))
    recording, transcript = taken_in(system, replace(call, signal=spoken, truth=truth))
    assert {one.party for one in transcript.utterances} == {Party.UNKNOWN}
    assert transcript.parties is None
    assert any("only one voice was heard" in note for note in recording.notes)


def test_a_call_of_which_the_sender_says_whose_voice_is_on_it_is_left_alone(system: System) -> None:
    call = calls()["01-clean"]
    system.hears(transcriber=TrueEars(call.truth))
    system.services = replace(system.services, embedders=Choices({(None, None): lambda: _embedder("timbre")}))
    upload = Upload(
        "call.wav", io.BytesIO(a_wav(call.signal)), RecordingKind.CALL, parties=(Party.AGENT,), language="en"
    )
    recording_id = receive_recording(system.services, upload).recording.id
    with system.services.open_view() as unit:
        assert {one.party for one in unit.transcripts.get(recording_id).utterances} == {Party.AGENT}


def _outcome(system: System, recording: Recording, rule: str) -> Outcome:
    with system.services.open_view() as unit:
        found: Iterable[Outcome] = (
            one.outcome
            for evaluation in unit.evaluations.of_recording(recording.id)
            for one in evaluation.findings
            if one.rule_id == rule
        )
        return next(iter(found))
