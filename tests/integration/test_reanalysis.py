"""Stored calls evaluated anew: applied, only looked at, cancelled, broken off and resumed, beside live work."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.builders import a_recording, a_transcript
from tests.systems import System
from voiceops.domain.finding import Evaluation, Outcome
from voiceops.domain.people import Queue
from voiceops.domain.reanalysis import Counts, Progress, Purpose, ReanalysisState, Received, VerdictChange
from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.errors import Conflict, NotFound
from voiceops.ports import Job, JobName, Lane, Page
from voiceops.usecases.activate_keyword_set import activate_keyword_set
from voiceops.usecases.begin_reanalysis import AskedReanalysis
from voiceops.usecases.cancel_reanalysis import cancel_reanalysis
from voiceops.usecases.follow_reanalysis import follow_reanalysis
from voiceops.usecases.reanalyse_part import reanalyse_part
from voiceops.usecases.resume_reanalyses import resume_reanalyses
from voiceops.usecases.start_reanalysis import start_reanalysis
from voiceops.usecases.upload_keyword_set import upload_keyword_set

SET = """\
format: 1
id: notice-en
version: {version}
title: Recording notice
language: en
owner: quality team
reason: Customers must hear that the call is recorded.
keyphrases:
  recording-notice: {{variants: [{variant}]}}
rules:
  - {{id: notice, title: Says the call is recorded, expect: required, keyphrase: recording-notice, party: agent}}
"""
OLD, NEW = "this call is recorded", "we keep a recording of our conversation"
SAYS_OLD = "agent: good morning this call is recorded how can I help"
SAYS_NEW = "agent: good morning we keep a recording of our conversation how can I help"


def upload(system: System, version: int, variant: str, *, activate: bool = True) -> None:
    text = SET.format(version=version, variant=variant)
    upload_keyword_set(system.services, text, file_name="notice.yaml", uploaded_by="lead", activate=activate)


def store_call(system: System, recording_id: str, *lines: str, queue: str | None = None, language: str = "en") -> None:
    """A call that is transcribed, and analysed with what is active."""
    recording = a_recording(recording_id, state=RecordingState.TRANSCRIBED)
    recording = replace(recording, received_at=system.clock.now(), queue=queue)
    with system.services.open_unit() as unit:
        unit.recordings.add(recording)
        unit.transcripts.put(recording_id, a_transcript(*lines, language=language))
        unit.commit()
    system.run(Job(JobName.ANALYSE, Lane.ANALYSE, recording_id, timeout_seconds=60))


def store_calls(system: System, count: int = 12) -> list[str]:
    """Calls with ids all over the range; every third says the new wording and the others the old one."""
    names = [f"{number * 256 // count:02x}-call" for number in range(count)]
    for number, name in enumerate(names):
        store_call(system, name, SAYS_NEW if number % 3 == 0 else SAYS_OLD)
    return names


def evaluation(system: System, recording_id: str) -> Evaluation:
    with system.services.open_view() as unit:
        [found] = unit.evaluations.of_recording(recording_id)
    return found


def outcome(system: System, recording_id: str) -> tuple[int, Outcome]:
    found = evaluation(system, recording_id)
    return found.keyword_set_version, found.findings[0].outcome


def newest(system: System) -> Progress:
    with system.services.open_view() as unit:
        reanalysis = max(unit.reanalyses.running("notice-en"), key=lambda one: one.id, default=None)
        if reanalysis is None:
            reanalysis = max(unit.reanalyses.list("notice-en", Page()), key=lambda one: one.id)
        return follow_reanalysis(unit, reanalysis.id)


def changes(system: System, reanalysis_id: str) -> list[VerdictChange]:
    with system.services.open_view() as unit:
        return [one.change for one in unit.reanalyses.changes(reanalysis_id, limit=1000)]


def ask(purpose: Purpose, version: int, received: Received | None = None) -> AskedReanalysis:
    return AskedReanalysis("notice-en", version, purpose, "lead", received or Received())


@pytest.fixture
def system(make_system: Callable[[str], System], database_url: str) -> System:
    """A system on each database whose batches hold two calls, so that a dozen calls make several parts."""
    made = make_system(database_url)
    made.services = replace(made.services, policy=replace(made.services.policy, reanalysis_batch_calls=2))
    upload(made, 1, OLD)
    return made


def test_uploading_a_version_evaluates_stored_calls_with_it_and_keeps_the_old_findings(system: System) -> None:
    names = store_calls(system)
    assert outcome(system, names[0]) == (1, Outcome.MISSED)
    upload(system, 2, NEW)
    assert [outcome(system, name)[1] for name in names] == [Outcome.MET, Outcome.MISSED, Outcome.MISSED] * 4
    assert {outcome(system, name)[0] for name in names} == {2}
    progress = newest(system)
    assert (progress.reanalysis.state, progress.share) == (ReanalysisState.DONE, 1.0)
    assert progress.counts == Counts(looked_at=12, evaluated=12, changed=12, failed=0)


def test_an_activation_lists_every_verdict_that_changed(system: System) -> None:
    names = store_calls(system, 3)
    upload(system, 2, NEW, activate=False)
    begun = activate_keyword_set(system.services, "notice-en", 2, asked_by="lead")
    assert set(changes(system, begun.id)) == {
        VerdictChange(names[0], None, "failed", "passed"),
        VerdictChange(names[0], "notice", "missed", "met"),
        *(VerdictChange(name, None, "passed", "failed") for name in names[1:]),
        *(VerdictChange(name, "notice", "met", "missed") for name in names[1:]),
    }
    with system.services.open_view() as unit:
        counts = [(one.rule_id, one.before, one.after, one.calls) for one in unit.reanalyses.count_changes(begun.id)]
    assert counts == [
        (None, "passed", "failed", 2),
        (None, "failed", "passed", 1),
        ("notice", "met", "missed", 2),
        ("notice", "missed", "met", 1),
    ]


def test_a_version_that_is_only_stored_is_used_for_nothing(system: System) -> None:
    [name, *_] = store_calls(system, 3)
    upload(system, 2, NEW, activate=False)
    assert outcome(system, name) == (1, Outcome.MISSED)
    store_call(system, "later", SAYS_OLD)
    assert outcome(system, "later") == (1, Outcome.MET)


def test_a_look_ahead_lists_what_would_change_and_changes_nothing(system: System) -> None:
    names = store_calls(system)
    upload(system, 2, NEW, activate=False)
    before = [evaluation(system, name) for name in names]
    begun = start_reanalysis(system.services, ask(Purpose.WHAT_IF, 2))
    assert [evaluation(system, name) for name in names] == before
    assert newest(system).counts.changed == 12
    assert len(changes(system, begun.id)) == 24
    with system.services.open_view() as unit:
        assert unit.keyword_sets.get("notice-en").keyword_set.version == 1


def test_a_look_at_the_same_version_finds_no_change(system: System) -> None:
    store_calls(system)
    begun = start_reanalysis(system.services, ask(Purpose.WHAT_IF, 1))
    assert changes(system, begun.id) == []
    assert newest(system).counts == Counts(looked_at=12, evaluated=12)


def test_only_calls_of_the_span_are_looked_at(system: System) -> None:
    store_call(system, "early", SAYS_NEW)
    system.clock.passes(seconds=3600)
    store_call(system, "late", SAYS_NEW)
    upload(system, 2, NEW, activate=False)
    activate_keyword_set(
        system.services, "notice-en", 2, asked_by="lead", received=Received(from_at=system.clock.now())
    )
    assert outcome(system, "early") == (1, Outcome.MISSED)
    assert outcome(system, "late") == (2, Outcome.MET)
    assert newest(system).counts.looked_at == 1


def test_voicemails_other_languages_and_other_queues_calls_are_left_alone(system: System) -> None:
    with system.services.open_unit() as unit:
        unit.queues.put(Queue("named", "Named", keyword_sets=("another-set",)))
        unit.recordings.add(a_recording("voicemail", kind=RecordingKind.VOICEMAIL, state=RecordingState.ANALYSED))
        unit.transcripts.put("voicemail", a_transcript("caller: this call is recorded"))
        unit.commit()
    store_call(system, "english", SAYS_OLD)
    store_call(system, "hungarian", "agent: jó napot kívánok", language="hu")
    store_call(system, "named", SAYS_OLD, queue="named")
    upload(system, 2, NEW)
    assert newest(system).counts == Counts(looked_at=3, evaluated=1, changed=1)
    with system.services.open_view() as unit:
        found = {name: len(unit.evaluations.of_recording(name)) for name in ("hungarian", "named", "voicemail")}
    assert found == {"hungarian": 0, "named": 0, "voicemail": 0}


def test_a_reanalysis_is_divided_into_parts_that_several_workers_can_do(system: System) -> None:
    store_calls(system)
    system.paused = True
    upload(system, 2, NEW)
    assert len({job.record_id for job in system.held}) == 3
    assert {(job.name, job.lane) for job in system.held} == {(JobName.REANALYSE, Lane.REANALYSE)}


def test_a_job_run_twice_does_its_batch_once(system: System) -> None:
    store_calls(system, 4)
    system.paused = True
    upload(system, 2, NEW)
    [job] = system.held
    reanalyse_part(system.services, job.record_id)
    assert newest(system).counts == Counts(looked_at=2, evaluated=2, changed=2)
    system.paused = False
    for again in [job, *system.held]:
        system.run(again)
    assert newest(system).counts == Counts(looked_at=4, evaluated=4, changed=4)
    assert len(changes(system, newest(system).reanalysis.id)) == 8


def test_two_workers_on_the_same_batch_store_it_once(system: System) -> None:
    store_calls(system, 4)
    system.paused = True
    upload(system, 2, NEW)
    [job] = system.held
    second = iter([True])
    real_open_unit = system.services.open_unit

    def other_worker_is_faster() -> object:
        if next(second, False):
            reanalyse_part(replace(system.services, open_unit=real_open_unit), job.record_id)
        return real_open_unit()

    slow = replace(system.services, open_unit=other_worker_is_faster)  # type: ignore[arg-type]
    reanalyse_part(slow, job.record_id)
    assert newest(system).counts == Counts(looked_at=2, evaluated=2, changed=2)
    assert len(changes(system, newest(system).reanalysis.id)) == 4


def test_a_reanalysis_broken_off_goes_on_from_its_cursor(system: System) -> None:
    names = store_calls(system)
    system.paused = True
    upload(system, 2, NEW)
    first, *_ = system.held
    reanalyse_part(system.services, first.record_id)
    done = newest(system).counts.looked_at
    system.held.clear()  # the queue forgets everything
    assert resume_reanalyses(system.services) == 0
    system.clock.passes(seconds=system.services.policy.idle_seconds + 1)
    system.paused = False
    assert resume_reanalyses(system.services) == 3
    progress = newest(system)
    assert (done, progress.counts.looked_at, progress.reanalysis.state) == (2, 12, ReanalysisState.DONE)
    assert {outcome(system, name)[0] for name in names} == {2}
    assert resume_reanalyses(system.services) == 0


def test_a_cancelled_reanalysis_does_nothing_more_and_keeps_what_is_stored(system: System) -> None:
    names = store_calls(system)
    system.paused = True
    upload(system, 2, NEW)
    reanalyse_part(system.services, system.held[0].record_id)
    begun = newest(system).reanalysis
    assert cancel_reanalysis(system.services, begun.id).state is ReanalysisState.CANCELLED
    for job in list(system.held):
        reanalyse_part(system.services, job.record_id)
    system.clock.passes(seconds=3600)
    assert resume_reanalyses(system.services) == 0
    assert [outcome(system, name)[0] for name in names].count(2) == 2
    with pytest.raises(Conflict, match="cancelled already"):
        cancel_reanalysis(system.services, begun.id)


def test_a_cancel_during_a_batch_drops_that_batch(system: System) -> None:
    [name, *_] = store_calls(system, 3)
    system.paused = True
    upload(system, 2, NEW)
    begun, first = newest(system).reanalysis, iter([True])
    real_open_unit = system.services.open_unit

    def cancelled_meanwhile() -> object:
        if next(first, False):
            cancel_reanalysis(replace(system.services, open_unit=real_open_unit), begun.id)
        return real_open_unit()

    slow = replace(system.services, open_unit=cancelled_meanwhile)  # type: ignore[arg-type]
    reanalyse_part(slow, system.held[0].record_id)
    assert outcome(system, name) == (1, Outcome.MISSED)


def test_calls_that_come_in_meanwhile_are_analysed_with_the_new_version_at_once(system: System) -> None:
    store_calls(system)
    system.paused = True
    upload(system, 2, NEW)
    system.paused = False
    waiting = list(system.held)
    store_call(system, "80-live", SAYS_NEW)
    assert outcome(system, "80-live") == (2, Outcome.MET)
    for job in waiting:
        system.run(job)
    progress = newest(system)
    assert progress.reanalysis.state is ReanalysisState.DONE
    assert (progress.counts.looked_at, progress.reanalysis.total, progress.counts.changed) == (13, 12, 12)


def test_a_newer_version_ends_the_reanalysis_with_the_older(system: System) -> None:
    names = store_calls(system, 4)
    system.paused = True
    upload(system, 2, NEW)
    older = newest(system).reanalysis
    upload(system, 3, OLD)
    system.paused = False
    for job in list(system.held):
        system.run(job)
    with system.services.open_view() as unit:
        assert unit.reanalyses.get(older.id).state is ReanalysisState.CANCELLED
    assert {outcome(system, name)[0] for name in names} == {3}


def test_a_damaged_transcript_is_counted_and_stops_nothing(system: System) -> None:
    store_calls(system, 4)
    with system.engine.begin() as connection:
        connection.execute(text("UPDATE transcripts SET transcript = :x WHERE recording_id = '00-call'"), {"x": b"?"})
    upload(system, 2, NEW)
    assert newest(system).counts == Counts(looked_at=4, evaluated=3, changed=3, failed=1)
    assert newest(system).reanalysis.state is ReanalysisState.DONE


def test_a_system_without_calls_is_done_at_once(system: System) -> None:
    upload(system, 2, NEW)
    assert (newest(system).reanalysis.total, newest(system).reanalysis.state) == (0, ReanalysisState.DONE)


def test_versions_that_cannot_be_activated_or_applied_are_refused(system: System) -> None:
    upload(system, 2, NEW, activate=False)
    upload(system, 3, NEW)
    with pytest.raises(Conflict, match="Version 2 is older than version 3"):
        activate_keyword_set(system.services, "notice-en", 2, asked_by="lead")
    with pytest.raises(Conflict, match="Version 3 is in use already"):
        activate_keyword_set(system.services, "notice-en", 3, asked_by="lead")
    with pytest.raises(NotFound, match="version 9"):
        activate_keyword_set(system.services, "notice-en", 9, asked_by="lead")
    with pytest.raises(Conflict, match="Version 2 is not active"):
        start_reanalysis(system.services, ask(Purpose.APPLY, 2))
    with pytest.raises(NotFound, match="version 9"):
        start_reanalysis(system.services, ask(Purpose.WHAT_IF, 9))


def test_a_look_ahead_does_not_disturb_a_version_that_is_being_applied(system: System) -> None:
    store_calls(system, 4)
    system.paused = True
    upload(system, 2, NEW)
    with pytest.raises(Conflict, match="Version 2 is being applied"):
        start_reanalysis(system.services, ask(Purpose.WHAT_IF, 1))
