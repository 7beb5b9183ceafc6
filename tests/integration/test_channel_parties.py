"""Who speaks on which channel: as the sender says, as a setting says, or as it is judged."""

import io
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tests.spoken import a_voice, a_wav
from tests.systems import System
from voiceops.analysis.choices import read_choices
from voiceops.analysis.name_parties import read_parties
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import PartiesBy, Party, Recording, RecordingKind
from voiceops.domain.transcript import Segment, Transcript
from voiceops.ports import SIGNAL_RATE_HZ, SpeechChannel, Transcription
from voiceops.shipped import shipped_folder
from voiceops.usecases.receive_recording import Upload, receive_recording
from voiceops.usecases.upload_keyword_set import upload_keyword_set

AGENT_LAST = (Party.CUSTOMER, Party.AGENT)


class EarsPerChannel:
    """An engine that hears one sentence on each channel, where somebody speaks there."""

    name = "per channel"

    def __init__(self, *sentences: str) -> None:
        self._sentences = sentences

    def check(self) -> None:
        """All it needs is here."""

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        heard = [
            (Segment(channel.speech[0].start, channel.speech[0].end, sentence),) if channel.speech else ()
            for channel, sentence in zip(channels, self._sentences, strict=True)
        ]
        return Transcription(language, tuple(heard))


def a_call(*, first: int, silent: bool = False) -> io.BytesIO:
    """Two channels; the one of that number speaks first, the other after it, or not at all."""
    voice = np.tile(a_voice(), 6)
    pause = np.zeros(len(voice) + SIGNAL_RATE_HZ, np.int16)
    early = np.concatenate([voice, pause])
    late = np.zeros_like(early) if silent else np.concatenate([pause, voice])
    channels = [early, late] if first == 0 else [late, early]
    return io.BytesIO(a_wav(*channels))


def transcribed(system: System, sound: io.BytesIO, *, parties: tuple[Party, ...] = ()) -> tuple[Recording, Transcript]:
    upload = Upload("call.wav", sound, RecordingKind.CALL, parties=parties, queue="sales", language="en")
    recording_id = receive_recording(system.services, upload).recording.id
    with system.services.open_view() as unit:
        return unit.recordings.get(recording_id), unit.transcripts.get(recording_id)


def with_script(system: System, *sentences: str) -> System:
    path = shipped_folder("keyword_sets") / "service-call-en.yaml"
    upload_keyword_set(system.services, path.read_text("utf-8"), file_name=path.name, uploaded_by="sup")
    system.hears(transcriber=EarsPerChannel(*sentences))
    return system


CUSTOMER = "hi my router does not work"
AGENT = "thank you for calling this call is recorded how can i help you"


def test_swapped_channels_are_judged_by_what_is_said_and_stored_with_a_confidence(system: System) -> None:
    recording, transcript = transcribed(with_script(system, CUSTOMER, AGENT), a_call(first=1))
    assert recording.parties == AGENT_LAST
    assert recording.parties_by is PartiesBy.JUDGED
    assert recording.parties_confidence is not None
    assert recording.parties_confidence > 0.9
    assert {one.party: one.text for one in transcript.utterances} == {Party.CUSTOMER: CUSTOMER, Party.AGENT: AGENT}
    with system.services.open_view() as unit:
        (evaluation,) = unit.evaluations.of_recording(recording.id)
        waveform = unit.waveforms.find(recording.id)
    assert next(one.outcome for one in evaluation.findings if one.rule_id == "greeting") is Outcome.MET
    assert waveform is not None
    assert tuple(channel.party for channel in waveform.channels) == AGENT_LAST


def test_what_the_sender_says_wins_over_setting_and_judgement(system: System) -> None:
    with_script(system, CUSTOMER, AGENT)
    recording, transcript = transcribed(system, a_call(first=1), parties=(Party.AGENT, Party.CUSTOMER))
    assert (recording.parties, recording.parties_by) == ((Party.AGENT, Party.CUSTOMER), PartiesBy.SENDER)
    assert transcript.parties is None


def test_a_setting_for_the_queue_wins_over_the_judgement(system: System) -> None:
    with_script(system, AGENT, CUSTOMER)
    choices = read_choices(
        "agent,customer; sales=customer,agent", setting="X", read=lambda text: read_parties(text, record="X")
    )
    system.services = replace(system.services, policy=replace(system.services.policy, channels=choices))
    recording, transcript = transcribed(system, a_call(first=0))
    assert (recording.parties, recording.parties_by) == (AGENT_LAST, PartiesBy.SETTING)
    assert transcript.parties is None


def test_a_recording_that_nothing_speaks_for_is_unsure_and_its_rules_about_parties_go_to_a_person(
    system: System,
) -> None:
    recording, _ = transcribed(with_script(system, "yes well", "no well"), a_call(first=1))
    assert recording.parties_confidence is not None
    assert recording.parties_confidence < 0.8
    with system.services.open_view() as unit:
        (evaluation,) = unit.evaluations.of_recording(recording.id)
    assert {one.outcome for one in evaluation.findings} <= {Outcome.UNCERTAIN, Outcome.NOT_APPLICABLE, Outcome.MET}
    assert evaluation.passed is None


def test_a_silent_channel_is_said(system: System) -> None:
    recording, _ = transcribed(with_script(system, AGENT, ""), a_call(first=0, silent=True))
    assert any("Channel 2 holds next to no speech" in note for note in recording.notes)
