"""A second look at missed wordings over a real database, files, decoder and detector, and the stand-in engine."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

import pytest

from tests.integration.test_erasure import everything_stored
from tests.spoken import a_spoken_wav
from tests.systems import System
from voiceops.domain.finding import Evaluation, Outcome
from voiceops.domain.masking import Masking
from voiceops.domain.people import Queue
from voiceops.domain.private import Private
from voiceops.domain.recording import Priority, Recording, RecordingKind, RecordingState
from voiceops.domain.second_look import FitBorders, SecondLooks, SecondLookState
from voiceops.ears import build_second_hearing
from voiceops.engines.scripted_transcriber import ScriptedTranscriber
from voiceops.errors import BadInput, EngineFailed, VoiceOpsError
from voiceops.ports import JobName, Lane, SecondHearing, SpeechChannel, Transcription, UnitOfWork
from voiceops.settings import Settings
from voiceops.usecases.analyse_call import analyse_call
from voiceops.usecases.look_again import look_again
from voiceops.usecases.reanalyse_part import reanalyse_part
from voiceops.usecases.receive_recording import Upload, receive_recording
from voiceops.usecases.resume_second_looks import resume_second_looks
from voiceops.usecases.transcribe_recording import transcribe_recording
from voiceops.usecases.upload_keyword_set import upload_keyword_set

SET = """
format: 1
id: opening-en
version: {version}
title: Opening
language: en
owner: quality team
reason: Callers must hear that the call is recorded.
keyphrases:
  notice: {{variants: [{variant}]}}
rules:
  - {{id: notice, title: Says it, expect: required, keyphrase: notice, window: {{first_seconds: {window}}}}}
"""
ENGINE_FAILED = EngineFailed("It died.", record="engine", next_step="Try again.")
BAD_INPUT = BadInput("It has no such language.", record="engine", next_step="Choose another.")


class SecondEngine(ScriptedTranscriber):
    """The stand-in, which remembers what it was given, and fails with an error it is given."""

    def __init__(self, *sentences: str, error: VoiceOpsError | None = None) -> None:
        super().__init__(sentences)
        self.error = error
        self.heard_seconds: list[float] = []
        self.hints: list[Sequence[str]] = []

    def transcribe(
        self, channels: Sequence[SpeechChannel], *, language: str | None, hints: Sequence[str] = ()
    ) -> Transcription:
        self.heard_seconds += [len(channel.signal) / 16_000 for channel in channels]
        self.hints.append(hints)
        if self.error is not None:
            raise self.error
        return super().transcribe(channels, language=language, hints=hints)


def with_second(system: System, engine: SecondEngine) -> SecondEngine:
    hearing = SecondHearing(lambda: engine, "scripted", FitBorders(weak=-0.5, strong=-0.1))
    system.services = replace(system.services, second_hearing=hearing)
    return engine


def uploaded(system: System, *, version: int = 1, variant: str = "this call is recorded", window: int = 30) -> None:
    text = SET.format(version=version, variant=variant, window=window)
    upload_keyword_set(system.services, text, file_name="opening.yaml", uploaded_by="sup")


def received(system: System, *, seed: int = 0, queue: str | None = None) -> Recording:
    upload = Upload("a.wav", BytesIO(a_spoken_wav(seed=seed)), RecordingKind.CALL, language="en", queue=queue)
    return recording_of(system, receive_recording(system.services, upload).recording.id)


def recording_of(system: System, recording_id: str) -> Recording:
    with system.services.open_view() as unit:
        return unit.recordings.get(recording_id)


def evaluation_of(system: System, recording: Recording) -> Evaluation:
    with system.services.open_view() as unit:
        (evaluation,) = unit.evaluations.of_recording(recording.id)
    return evaluation


def looks_of(system: System, recording: Recording) -> SecondLooks:
    with system.services.open_view() as unit:
        found = unit.second_looks.find(recording.id)
    assert found is not None
    return found


def test_a_missed_wording_is_heard_at_a_second_look(make_system: Callable[[str], System], database_url: str) -> None:
    system = make_system(database_url)
    uploaded(system)
    system.hears("good morning to you all")
    engine = with_second(system, SecondEngine("this call is recorded"))
    call = received(system)
    evaluation = evaluation_of(system, call)
    (finding,) = evaluation.findings
    assert (finding.outcome, evaluation.score, evaluation.passed) == (Outcome.MET, 100.0, True)
    assert finding.second is not None
    assert (finding.second.first, finding.second.engine) == (Outcome.MISSED, "scripted")
    assert finding.second.heard_evidence is not None
    assert finding.second.heard_evidence.words == "this call is recorded"
    assert finding.second.fit is not None
    assert looks_of(system, call).state is SecondLookState.DONE
    assert recording_of(system, call.id).state is RecordingState.ANALYSED
    assert engine.hints == [()]
    with system.services.open_view() as unit:
        assert "good morning" in unit.transcripts.get(call.id).utterances[0].text


def test_nothing_is_looked_at_twice_where_nobody_asked_for_it(system: System) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    call = received(system)
    assert evaluation_of(system, call).findings[0].outcome is Outcome.MISSED
    with system.services.open_view() as unit:
        assert unit.second_looks.find(call.id) is None


def test_what_is_kept_at_first_is_not_looked_at_again(system: System) -> None:
    uploaded(system)
    system.hears("this call is recorded")
    engine = with_second(system, SecondEngine("this call is not recorded"))
    assert evaluation_of(system, received(system)).findings[0].outcome is Outcome.MET
    assert engine.heard_seconds == []


@pytest.mark.parametrize("said", ["this call is not recorded", "do not say this call is recorded"])
def test_a_denial_at_the_second_look_is_never_met(system: System, said: str) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    with_second(system, SecondEngine(said))
    assert evaluation_of(system, received(system)).findings[0].outcome is not Outcome.MET


def test_a_job_that_runs_twice_makes_one_second_look(system: System) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    engine = with_second(system, SecondEngine("this call is recorded"))
    call = received(system)
    before = evaluation_of(system, call), looks_of(system, call)
    look_again(system.services, call.id)
    assert len(engine.heard_seconds) == 1
    assert (evaluation_of(system, call), looks_of(system, call)) == before


def test_a_second_look_goes_to_those_who_transcribe_and_lets_recordings_go_first(system: System) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    call = received(system)
    with_second(system, SecondEngine("this call is recorded"))
    system.paused = True
    with system.services.open_unit() as unit:
        analyse_call(system.services, unit, call, transcript=unit.transcripts.get(call.id))
        unit.commit()
    (job,) = system.held
    assert (job.name, job.lane, job.priority) == (JobName.LOOK_AGAIN, Lane.TRANSCRIBE, Priority.ARCHIVE)
    assert looks_of(system, call).state is SecondLookState.ASKED


def test_a_failing_second_look_leaves_the_first_verdict_and_says_so_in_the_end(system: System) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    engine = with_second(system, SecondEngine(error=ENGINE_FAILED))
    call = received(system)
    for attempt in range(1, system.services.policy.attempts_limit):
        looks = looks_of(system, call)
        assert (looks.state, looks.attempts) == (SecondLookState.ASKED, attempt)
        system.clock.passes(seconds=3600)
        assert resume_second_looks(system.services) == 1
    looks = looks_of(system, call)
    assert (looks.state, looks.failure) == (SecondLookState.FAILED, "It died. Try again.")
    assert len(engine.heard_seconds) == system.services.policy.attempts_limit
    assert evaluation_of(system, call).findings[0].outcome is Outcome.MISSED
    assert recording_of(system, call.id).state is RecordingState.ANALYSED
    assert resume_second_looks(system.services) == 0


def test_what_cannot_succeed_is_not_tried_again(system: System) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    engine = with_second(system, SecondEngine(error=BAD_INPUT))
    assert looks_of(system, received(system)).state is SecondLookState.FAILED
    assert len(engine.heard_seconds) == 1


def test_a_lost_nudge_is_sent_again(system: System) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    call = received(system)
    with_second(system, SecondEngine("this call is recorded"))
    with system.services.open_unit() as unit:
        unit.second_looks.put(SecondLooks(call.id, SecondLookState.ASKED, system.clock.now()))
        unit.commit()
    assert resume_second_looks(system.services) == 0
    system.clock.passes(seconds=3600)
    assert resume_second_looks(system.services) == 1
    assert evaluation_of(system, call).findings[0].outcome is Outcome.MET


def test_one_whose_worker_died_each_time_says_so(system: System) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    call = received(system)
    engine = with_second(system, SecondEngine("this call is recorded"))
    limit = system.services.policy.attempts_limit
    with system.services.open_unit() as unit:
        unit.second_looks.put(SecondLooks(call.id, SecondLookState.ASKED, system.clock.now(), attempts=limit))
        unit.commit()
    look_again(system.services, call.id)
    looks = looks_of(system, call)
    assert looks.state is SecondLookState.FAILED
    assert "never ended" in (looks.failure or "")
    assert engine.heard_seconds == []


def test_a_new_version_of_the_set_is_judged_by_what_was_heard_and_nothing_is_decoded(system: System) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    engine = with_second(system, SecondEngine("this call is recorded for training"))
    call = received(system)
    uploaded(system, version=2, variant="call is recorded for training", window=20)
    evaluation = evaluation_of(system, call)
    assert evaluation.keyword_set_version == 2
    assert evaluation.findings[0].second is not None
    # Its wording was not scored at the time, so a person decides.
    assert evaluation.findings[0].outcome is Outcome.UNCERTAIN
    assert len(engine.heard_seconds) == 1
    assert len(looks_of(system, call).looks) == 1


def test_a_look_that_is_stored_while_a_batch_is_evaluated_still_counts_in_it(system: System) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    call = received(system)
    with_second(system, SecondEngine("this call is recorded"))
    system.paused = True
    uploaded(system, version=2)
    (job,) = system.held
    open_unit = system.services.open_unit

    def stored_while_it_was_evaluated() -> UnitOfWork:
        with open_unit() as unit:
            unit.second_looks.put(SecondLooks(call.id, SecondLookState.ASKED, system.clock.now()))
            unit.commit()
        look_again(replace(system.services, open_unit=open_unit), call.id)
        return open_unit()

    reanalyse_part(replace(system.services, open_unit=stored_while_it_was_evaluated), job.record_id)
    evaluation = evaluation_of(system, call)
    assert evaluation.keyword_set_version == 2
    assert evaluation.findings[0].outcome is Outcome.MET


def test_a_call_transcribed_anew_forgets_what_was_second_to_another_transcript(system: System) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    engine = with_second(system, SecondEngine("this call is recorded"))
    call = received(system)
    with system.services.open_unit() as unit:
        unit.recordings.save(replace(unit.recordings.get(call.id), state=RecordingState.RECEIVED))
        unit.commit()
    transcribe_recording(system.services, call.id)
    assert len(engine.heard_seconds) == 2
    assert len(looks_of(system, call).looks) == 1


def test_what_a_queue_masks_is_masked_in_what_a_second_look_heard(
    make_system: Callable[[str], System], database_url: str
) -> None:
    system = make_system(database_url)
    uploaded(system)
    with system.services.open_unit() as unit:
        masking = Masking(call=(Private.CARD,), sound=False)
        unit.queues.put(Queue("sales", "Sales", masking=masking))
        unit.commit()
    system.hears("good morning to you all")
    with_second(system, SecondEngine("my card is 4111 1111 1111 1111 this call is recorded"))
    call = received(system, queue="sales")
    heard = looks_of(system, call).looks[0].utterances[0].text
    assert "•••" in heard
    assert "recorded" in heard
    assert "1111" not in everything_stored(database_url)


def test_a_party_that_says_nothing_there_is_not_heard_and_nothing_is_invented(system: System) -> None:
    uploaded(system)
    system.hears("good morning to you all")
    engine = with_second(system, SecondEngine("this call is recorded"))
    upload = Upload("a.wav", BytesIO(a_spoken_wav(silent=True)), RecordingKind.CALL, language="en")
    call = recording_of(system, receive_recording(system.services, upload).recording.id)
    assert evaluation_of(system, call).findings[0].outcome is Outcome.MISSED
    assert engine.heard_seconds == []


def test_the_setting_names_engine_and_model_and_refuses_one_that_cannot_score() -> None:
    made: list[tuple[str, object]] = []

    def make(name: str, options: object) -> ScriptedTranscriber:
        made.append((name, options))
        return ScriptedTranscriber()

    assert build_second_hearing(Settings()) is None
    hearing = build_second_hearing(Settings(second_look="whisper:large-v3", second_look_fit=-0.7), make)
    assert hearing is not None
    assert (hearing.name, hearing.borders) == ("whisper:large-v3", FitBorders(weak=-1.0, strong=-0.7))
    assert hearing.ear() is hearing.ear()
    assert [name for name, _ in made] == ["whisper"]
    with pytest.raises(BadInput, match="VOICEOPS_SECOND_LOOK"):
        build_second_hearing(Settings(second_look="remote"))
