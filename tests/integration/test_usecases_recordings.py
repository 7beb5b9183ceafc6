"""A recording's way from receipt to its end, over a real database, files, decoder and detector."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.audio_files import RAW_ENCODINGS, write_audio
from tests.builders import an_agent
from tests.spoken import a_spoken_wav
from tests.systems import System
from voiceops.domain.callback_task import Disposition, TaskState
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import Priority, RawFormat, RecordingKind, RecordingState
from voiceops.domain.transcript import Segment
from voiceops.engines import load_decoder
from voiceops.errors import BadInput, EngineFailed, TooLarge, Unavailable, UnreadableAudio, VoiceOpsError
from voiceops.ports import SpeechChannel, Transcription, UnitOfWork
from voiceops.usecases.assign_waiting import assign_waiting
from voiceops.usecases.choose_priority import SHARE
from voiceops.usecases.give_back_recording import give_back_recording
from voiceops.usecases.receive_recording import Receipt, Upload, label_of, receive_recording
from voiceops.usecases.resume_stuck import resume_stuck
from voiceops.usecases.retry_recording import retry_recording
from voiceops.usecases.transcribe_recording import transcribe_recording
from voiceops.usecases.upload_keyword_set import upload_keyword_set

CALL, VOICEMAIL = RecordingKind.CALL, RecordingKind.VOICEMAIL

KEYWORD_SET = """
format: 1
id: opening-en
version: 1
title: Opening
language: en
owner: quality team
reason: Callers must hear that the call is recorded.
keyphrases:
  recording-notice: {variants: [this call is recorded, this call may be recorded]}
rules:
  - {id: recording-notice, title: Says the call is recorded, expect: required, keyphrase: recording-notice}
"""


class FailingTranscriber:
    """An engine that fails as often as it is asked to, with the error it is given."""

    name = "failing"

    def __init__(self, error: VoiceOpsError) -> None:
        self.error = error

    def check(self) -> None:
        """All it needs is here."""

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        raise self.error


class StealingTranscriber:
    """An engine during whose work the lease runs out and another worker finishes the recording."""

    name = "stealing"

    def __init__(self, system: System, recording_id: str) -> None:
        self.system, self.recording_id = system, recording_id

    def check(self) -> None:
        """All it needs is here."""

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        self.system.clock.passes(seconds=3600)
        self.system.hears("the other worker was here")
        transcribe_recording(self.system.services, self.recording_id)
        return Transcription("en", tuple((Segment(0, 1, "too late"),) for _ in channels))


class RobbedTranscriber:
    """An engine that dies after its lease ran out and another worker took the recording."""

    name = "robbed"

    def __init__(self, system: System, recording_id: str) -> None:
        self.system, self.recording_id = system, recording_id

    def check(self) -> None:
        """All it needs is here."""

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        self.system.clock.passes(seconds=3600)
        claim(self.system, self.recording_id)
        raise ENGINE_FAILED


class AbsentDatabase:
    """Does not answer the next time that something is to be changed."""

    def __init__(self, system: System) -> None:
        self.asked, self.open_unit = 0, system.services.open_unit

    def __call__(self) -> UnitOfWork:
        self.asked += 1
        if self.asked == 2:
            raise Unavailable("The database does not answer.", record="database", next_step="Start it.")
        return self.open_unit()


ENGINE_FAILED = EngineFailed("It died.", record="engine", next_step="Try again.")


def receive(
    system: System, data: bytes | None = None, *, kind: RecordingKind = CALL, number: str | None = None
) -> Receipt:
    source = io.BytesIO(a_spoken_wav() if data is None else data)
    return receive_recording(
        system.services, Upload(file_name="a.wav", source=source, kind=kind, caller_number=number, language="en")
    )


def state_of(system: System, receipt: Receipt) -> RecordingState:
    with system.services.open_view() as unit:
        return unit.recordings.get(receipt.recording.id).state


def claim(system: System, recording_id: str) -> None:
    """A worker takes it."""
    now = system.clock.now()
    with system.services.open_unit() as unit:
        unit.recordings.claim(recording_id, now=now, lease_until=now + timedelta(seconds=60))
        unit.commit()


def test_a_call_is_received_transcribed_and_evaluated(make_system: Callable[[str], System], database_url: str) -> None:
    system = make_system(database_url)
    upload_keyword_set(system.services, KEYWORD_SET, file_name="opening.yaml", uploaded_by="sup")
    system.hears("hello this call is recorded how can I help")
    receipt = receive(system)
    assert receipt.created
    with system.services.open_view() as unit:
        recording = unit.recordings.get(receipt.recording.id)
        (evaluation,) = unit.evaluations.of_recording(recording.id)
        transcript = unit.transcripts.get(recording.id)
        waveform = unit.waveforms.find(recording.id)
    assert recording.state is RecordingState.ANALYSED
    assert recording.lease_until is None
    assert waveform is not None
    assert waveform.seconds == transcript.duration
    assert [one.party for one in waveform.channels] == [one.party for one in transcript.sound or ()]
    assert max(waveform.channels[0].high) > 0
    assert transcript.speech is not None
    assert recording.clarity == transcript.clarity is not None
    assert (evaluation.keyword_set_id, evaluation.keyword_set_version) == ("opening-en", 1)
    assert [finding.outcome for finding in evaluation.findings] == [Outcome.MET]


def test_the_same_bytes_return_the_recording_that_is_there(system: System) -> None:
    first, second = receive(system), receive(system)
    assert (first.created, second.created) == (True, False)
    assert second.recording.id == first.recording.id


def test_an_archive_and_what_a_queue_sends_beyond_its_share_let_others_go_first(system: System) -> None:
    system.paused = True

    def priority(*, kind: RecordingKind = CALL, customer: str | None = None, archive: bool = False) -> Priority:
        sound = io.BytesIO(a_spoken_wav(seed=len(system.held)))
        upload = Upload("a.wav", sound, kind, customer=customer, archive=archive)
        return receive_recording(system.services, upload).recording.priority

    assert priority(archive=True) is Priority.ARCHIVE
    assert {priority() for _ in range(SHARE)} == {Priority.TODAY}
    assert priority() is Priority.BURST
    assert priority(customer="somebody else") is Priority.TODAY
    assert priority(kind=VOICEMAIL) is Priority.TODAY
    assert [job.priority for job in system.held] == [
        Priority.ARCHIVE, *[Priority.TODAY] * SHARE, Priority.BURST, Priority.TODAY, Priority.TODAY
    ]  # fmt: skip


def test_the_same_bytes_sent_again_bring_back_a_file_that_was_lost(system: System) -> None:
    system.paused = True
    sha256 = receive(system).recording.sha256
    system.services.files.remove(sha256)
    assert not receive(system).created
    assert system.services.files.exists(sha256)


@pytest.mark.parametrize("data", [b"", b"x", b"this is a letter, not a recording\n" * 100])
def test_what_is_no_audio_leaves_nothing_behind(system: System, data: bytes) -> None:
    with pytest.raises(UnreadableAudio, match=r"^a\.wav: "):
        receive(system, data)
    assert list(system.services.files.all_sha256()) == []
    assert system.held == []


def test_a_recording_that_is_too_long_is_refused_and_not_kept(system: System) -> None:
    system.services = replace(system.services, policy=replace(system.services.policy, duration_limit_seconds=1.0))
    with pytest.raises(TooLarge, match="VOICEOPS_DURATION_LIMIT_HOURS"):
        receive(system)
    assert list(system.services.files.all_sha256()) == []


def test_parties_that_do_not_fit_the_channels_are_refused_and_nothing_is_kept(system: System) -> None:
    from voiceops.domain.recording import Party

    upload = Upload("a.wav", io.BytesIO(a_spoken_wav()), CALL, parties=(Party.AGENT, Party.CUSTOMER, Party.UNKNOWN))
    with pytest.raises(BadInput, match="3 parties are named"):
        receive_recording(system.services, upload)
    assert list(system.services.files.all_sha256()) == []


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\calls\\a.wav", "a.wav"),
        ("a\x00b\n.wav", "ab.wav"),
        ("/", "recording"),
        ("l" * 999 + ".ulaw", "l" * 195 + ".ulaw"),
    ],
)
def test_a_file_name_is_only_a_label(given: str, label: str) -> None:
    assert label_of(given) == label


def test_a_voicemails_task_is_there_before_anything_is_transcribed(system: System) -> None:
    system.paused = True
    receipt = receive(system, kind=VOICEMAIL, number="+12125550123")
    with system.services.open_view() as unit:
        task = unit.tasks.find_by_recording(receipt.recording.id)
    assert task is not None
    assert (task.state, task.caller_number, task.note) == (TaskState.OPEN, "+12125550123", "Being transcribed.")


def test_a_voicemail_becomes_somebodys_task_with_what_the_caller_said(system: System) -> None:
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("anna"))
        unit.commit()
    system.hears("hello my name is mary johnson please call me back my order is late it is urgent")
    receipt = receive(system, kind=VOICEMAIL)
    with system.services.open_view() as unit:
        task = unit.tasks.find_by_recording(receipt.recording.id)
    assert task is not None
    assert (task.state, task.agent_id) == (TaskState.OFFERED, "anna")
    assert task.facts is not None
    assert task.facts.caller_name is not None
    assert task.note is None
    assert [notice.recipient for notice in system.notifier.notices] == ["anna"]


def test_a_message_without_speech_is_closed_and_stays_visible(system: System) -> None:
    receipt = receive(system, a_spoken_wav(silent=True), kind=VOICEMAIL)
    with system.services.open_view() as unit:
        task = unit.tasks.find_by_recording(receipt.recording.id)
    assert task is not None
    assert (task.state, task.disposition) == (TaskState.DONE, Disposition.NO_MESSAGE)


def test_a_message_without_speech_is_closed_even_after_it_was_offered(system: System) -> None:
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("anna"))
        unit.commit()
    system.paused = True
    receipt = receive(system, a_spoken_wav(silent=True), kind=VOICEMAIL)
    system.clock.passes(seconds=system.services.policy.assign_grace_seconds + 1)
    assert assign_waiting(system.services) == 1
    system.paused = False
    for job in system.held:
        system.run(job)
    with system.services.open_view() as unit:
        task = unit.tasks.find_by_recording(receipt.recording.id)
    assert task is not None
    assert (task.state, task.disposition) == (TaskState.DONE, Disposition.NO_MESSAGE)
    assert state_of(system, receipt) is RecordingState.ANALYSED


def test_speech_that_became_no_word_goes_to_a_person(system: System) -> None:
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("anna"))
        unit.commit()
    system.hears()
    receipt = receive(system, kind=VOICEMAIL)
    with system.services.open_view() as unit:
        task = unit.tasks.find_by_recording(receipt.recording.id)
    assert task is not None
    assert task.state is TaskState.OFFERED
    assert "listen" in (task.note or "")


def test_a_failing_engine_is_tried_again_and_then_fails_visibly_but_the_callback_goes_on(system: System) -> None:
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("anna"))
        unit.commit()
    system.hears(transcriber=FailingTranscriber(ENGINE_FAILED))
    receipt = receive(system, kind=VOICEMAIL)
    assert state_of(system, receipt) is RecordingState.RECEIVED
    for _ in range(2):
        system.clock.passes(seconds=system.services.policy.idle_seconds + 1)
        resume_stuck(system.services)
    with system.services.open_view() as unit:
        recording = unit.recordings.get(receipt.recording.id)
        task = unit.tasks.find_by_recording(receipt.recording.id)
    assert recording.state is RecordingState.FAILED
    assert recording.failure == "It died. Try again."
    assert task is not None
    assert (task.state, task.agent_id) == (TaskState.OFFERED, "anna")
    assert task.note == "Listen to the recording. It could not be transcribed."


def test_an_error_that_will_not_pass_fails_at_once_and_a_person_may_try_again(system: System) -> None:
    system.hears(transcriber=FailingTranscriber(BadInput("No such language.", record="xx", next_step="Choose en.")))
    receipt = receive(system)
    assert state_of(system, receipt) is RecordingState.FAILED
    system.hears("hello")
    assert retry_recording(system.services, receipt.recording.id).attempts == 0
    assert state_of(system, receipt) is RecordingState.ANALYSED


def test_a_wiped_queue_is_rebuilt_from_the_database(system: System) -> None:
    system.paused = True
    receipts = [receive(system, a_spoken_wav(seed=seed)) for seed in range(3)]
    system.held.clear()
    system.paused = False
    assert resume_stuck(system.services) == 0, "nothing rests long enough yet"
    system.clock.passes(seconds=system.services.policy.idle_seconds + 1)
    assert resume_stuck(system.services) == 3
    assert {state_of(system, receipt) for receipt in receipts} == {RecordingState.ANALYSED}


def test_a_dead_workers_recording_is_sent_again(system: System) -> None:
    system.paused = True
    receipt = receive(system)
    claim(system, receipt.recording.id)
    system.paused = False
    system.clock.passes(seconds=61)
    assert resume_stuck(system.services) == 1
    assert state_of(system, receipt) is RecordingState.ANALYSED


def test_a_recording_that_kills_every_worker_ends_as_failed(system: System) -> None:
    system.paused = True
    receipt = receive(system)
    for _ in range(system.services.policy.attempts_limit):
        claim(system, receipt.recording.id)
        system.clock.passes(seconds=61)
        resume_stuck(system.services)
    with system.services.open_view() as unit:
        recording = unit.recordings.get(receipt.recording.id)
    assert recording.state is RecordingState.FAILED
    assert "stopped 3 times" in (recording.failure or "")


def test_a_worker_that_lost_its_recording_does_not_overwrite_the_other_ones_transcript(system: System) -> None:
    system.paused = True
    receipt = receive(system)
    system.hears(transcriber=StealingTranscriber(system, receipt.recording.id))
    transcribe_recording(system.services, receipt.recording.id)
    with system.services.open_view() as unit:
        transcript = unit.transcripts.get(receipt.recording.id)
    assert "too late" not in " ".join(utterance.text for utterance in transcript.utterances)


def test_a_worker_that_lost_its_recording_neither_fails_it_nor_gives_it_back(system: System) -> None:
    system.paused = True
    receipt = receive(system)
    system.hears(transcriber=RobbedTranscriber(system, receipt.recording.id))
    transcribe_recording(system.services, receipt.recording.id)
    assert state_of(system, receipt) is RecordingState.TRANSCRIBING


def test_a_transcript_waits_for_a_database_that_does_not_answer(system: System) -> None:
    system.paused = True
    receipt = receive(system)
    transcribe_recording(replace(system.services, open_unit=AbsentDatabase(system)), receipt.recording.id)
    assert state_of(system, receipt) is RecordingState.TRANSCRIBED


def test_a_job_that_runs_twice_does_no_harm(system: System) -> None:
    system.hears("hello")
    receipt = receive(system)
    transcribe_recording(system.services, receipt.recording.id)
    assert state_of(system, receipt) is RecordingState.ANALYSED


def test_a_recording_that_is_given_back_costs_no_attempt(system: System) -> None:
    system.paused = True
    receipt = receive(system)
    claim(system, receipt.recording.id)
    give_back_recording(system.services, receipt.recording.id)
    with system.services.open_view() as unit:
        recording = unit.recordings.get(receipt.recording.id)
    assert (recording.state, recording.attempts) == (RecordingState.RECEIVED, 0)


def test_a_late_transcript_never_delays_a_callback_longer_than_the_grace(system: System) -> None:
    with system.services.open_unit() as unit:
        unit.agents.put(an_agent("anna"))
        unit.commit()
    system.paused = True
    receipt = receive(system, kind=VOICEMAIL)
    assert assign_waiting(system.services) == 0
    system.clock.passes(seconds=system.services.policy.assign_grace_seconds + 1)
    assert assign_waiting(system.services) == 1
    with system.services.open_view() as unit:
        task = unit.tasks.find_by_recording(receipt.recording.id)
    assert task is not None
    assert (task.agent_id, task.note) == ("anna", "The transcript is late: listen to the recording.")


@pytest.mark.parametrize(("file_name", "raw_format"), [("call.ulaw", None), ("0815", RawFormat.ULAW)])
def test_raw_telephone_sound_is_transcribed_though_it_is_stored_without_its_name(
    file_name: str, raw_format: RawFormat | None, *, system: System, tmp_path: Path
) -> None:
    system.hears("please call me back")
    wav = tmp_path / "voice.wav"
    wav.write_bytes(a_spoken_wav())
    voice = load_decoder("pyav").decode(wav, tmp_path).signals[0]
    sound = write_audio(tmp_path / "raw", RAW_ENCODINGS["mulaw"], [voice[::2]]).read_bytes()
    upload = Upload(file_name=file_name, source=io.BytesIO(sound), kind=CALL, raw_format=raw_format)
    receipt = receive_recording(system.services, upload)
    with system.services.open_view() as unit:
        stored = unit.recordings.get(receipt.recording.id)
        assert unit.transcripts.get(stored.id).utterances[0].text == "please call me back"
    assert stored.state is RecordingState.ANALYSED
    assert stored.raw_format is raw_format
