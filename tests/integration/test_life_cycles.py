"""Any order of what may happen to a recording and to a task, held against a model, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.builders import a_recording, a_transcript
from tests.systems import System
from voiceops.domain.callback_task import MOVES, CallbackTask, TaskEvent, TaskMove, TaskState
from voiceops.domain.masking import Masking
from voiceops.domain.recording import Recording, RecordingKind, RecordingState
from voiceops.domain.waveform import Waveform
from voiceops.errors import Conflict, EngineFailed
from voiceops.ports import Page, TaskFilter
from voiceops.usecases.analyse_recording import analyse_recording
from voiceops.usecases.fail_recording import fail_recording
from voiceops.usecases.give_back_recording import give_back_recording
from voiceops.usecases.redact_recording import Redacted
from voiceops.usecases.resume_stuck import resume_stuck
from voiceops.usecases.retry_recording import retry_recording
from voiceops.usecases.take_voicemail import take_voicemail
from voiceops.usecases.transcribe_file import Heard
from voiceops.usecases.transcribe_recording import _claim, _give_up, _store

SMALL = settings(
    max_examples=5, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
ENGINE_FAILED = EngineFailed("It died.", record="engine", next_step="Try again.")
RECEIVED, TRANSCRIBING, TRANSCRIBED, ANALYSED, FAILED = RecordingState


class RecordingLife(RuleBasedStateMachine):
    """A voicemail, workers that may be late, die or be told to stop, the sweep, and a person who tries again."""

    def __init__(self, system: System) -> None:
        super().__init__()
        self.system, self.services, self.policy = system, system.services, system.services.policy
        system.paused = True
        self.state, self.attempts, self.deaths = RECEIVED, 0, 0
        self.moved_at = system.clock.now()
        self.lease_until: datetime | None = None
        self.workers: list[Recording] = []

    @initialize()
    def arrives(self) -> None:
        recording = a_recording(kind=RecordingKind.VOICEMAIL)
        self.id = recording.id
        self.moved_at = self.system.clock.now()
        with self.services.open_unit() as unit:
            unit.recordings.add(replace(recording, received_at=self.moved_at, state_changed_at=self.moved_at))
            take_voicemail(self.services, unit, recording)
            unit.commit()

    def moves(self, state: RecordingState, *, attempts: int | None = None) -> None:
        self.state, self.moved_at, self.lease_until = state, self.system.clock.now(), None
        self.deaths = 0
        self.attempts = self.attempts if attempts is None else attempts

    def is_abandoned(self) -> bool:
        return (
            self.state is TRANSCRIBING and self.lease_until is not None and self.lease_until < self.system.clock.now()
        )

    def is_held_by(self, worker: Recording) -> bool:
        return self.state is TRANSCRIBING and self.attempts == worker.attempts

    @rule()
    def a_worker_takes_it(self) -> None:
        can = self.state is RECEIVED or self.is_abandoned()
        claimed = _claim(self.services, self.id)
        assert (claimed is not None) == can
        if claimed is not None:
            self.moves(TRANSCRIBING, attempts=self.attempts + 1)
            self.lease_until = claimed.lease_until
            self.workers.append(claimed)

    @precondition(lambda self: self.workers)
    @rule(data=st.data())
    def a_worker_has_a_transcript(self, data: st.DataObject) -> None:
        worker = data.draw(st.sampled_from(self.workers))
        heard = Heard(a_transcript("caller: please call me back"), Waveform(4.0, ()), notes=(), channels=1)
        _store(self.services, worker, Redacted(heard, heard.transcript), Masking())
        if self.is_held_by(worker):
            self.moves(TRANSCRIBED)

    @precondition(lambda self: self.workers)
    @rule(data=st.data())
    def a_worker_has_failed(self, data: st.DataObject) -> None:
        worker = data.draw(st.sampled_from(self.workers))
        _give_up(self.services, worker, ENGINE_FAILED)
        if self.is_held_by(worker):
            self.moves(RECEIVED if worker.attempts < self.policy.attempts_limit else FAILED)

    @rule()
    def its_worker_is_told_to_stop(self) -> None:
        give_back_recording(self.services, self.id)
        if self.state is TRANSCRIBING:
            self.moves(RECEIVED, attempts=self.attempts - 1)

    @rule()
    def it_is_analysed(self) -> None:
        analyse_recording(self.services, self.id)
        if self.state is TRANSCRIBED:
            self.moves(ANALYSED if self.deaths < self.policy.attempts_limit else FAILED)

    @rule()
    def a_worker_dies_of_its_analysis(self) -> None:
        with self.services.open_unit() as unit:
            begun = unit.recordings.begin_analysis(self.id)
            unit.commit()
        self.deaths += self.state is TRANSCRIBED
        assert begun == (self.deaths if self.state is TRANSCRIBED else None)

    @rule()
    def its_analysis_breaks(self) -> None:
        if self.state is TRANSCRIBED:
            fail_recording(self.services, self.id, reason="It broke.")
            self.moves(FAILED)

    @precondition(lambda self: self.state is FAILED)
    @rule()
    def a_person_tries_again(self) -> None:
        retry_recording(self.services, self.id)
        self.moves(RECEIVED, attempts=0)

    @rule(seconds=st.sampled_from([1, 30, 61, 3600]))
    def time_passes(self, seconds: int) -> None:
        self.system.clock.passes(seconds=seconds)

    @rule()
    def the_sweep_comes_by(self) -> None:
        idle_since = self.system.clock.now() - timedelta(seconds=self.policy.idle_seconds)
        exhausted = self.attempts >= self.policy.attempts_limit
        waits_too_long = self.state is RECEIVED and self.moved_at < idle_since
        resume_stuck(self.services)
        if exhausted and (self.is_abandoned() or waits_too_long):
            self.moves(FAILED)
        elif self.is_abandoned():
            self.moves(RECEIVED)

    @invariant()
    def the_database_agrees_and_the_caller_has_one_task(self) -> None:
        with self.services.open_view() as unit:
            stored = unit.recordings.get(self.id)
            tasks = unit.tasks.list(TaskFilter(recording_id=self.id), Page())
            assert (stored.state, stored.attempts, stored.lease_until) == (self.state, self.attempts, self.lease_until)
            assert (stored.failure is not None) == (self.state is FAILED)
            assert len(tasks) == 1
            if self.state in {TRANSCRIBED, ANALYSED}:
                assert unit.transcripts.get(self.id)
            assert unit.ledger.read(now=stored.received_at).unbalanced == 0


class TaskLife(RuleBasedStateMachine):
    """A task that several people have before them, each perhaps in an older version."""

    def __init__(self, system: System) -> None:
        super().__init__()
        self.system, self.services = system, system.services
        self.seen: list[CallbackTask] = []

    @initialize()
    def is_raised(self) -> None:
        recording = a_recording(kind=RecordingKind.VOICEMAIL)
        now = self.system.clock.now()
        self.task = CallbackTask(f"task of {recording.id}", recording.id, now, now)
        self.moved = 0
        with self.services.open_unit() as unit:
            unit.recordings.add(recording)
            unit.tasks.add(self.task, self.event("raised"))
            unit.commit()
        self.seen = [self.task]

    def event(self, what: str) -> TaskEvent:
        return TaskEvent(self.task.id, self.system.clock.now(), actor="somebody", what=what, why="They did.")

    @rule()
    def somebody_looks(self) -> None:
        with self.services.open_view() as unit:
            self.seen.append(unit.tasks.get(self.task.id))

    @rule(data=st.data(), move=st.sampled_from(TaskMove))
    def somebody_moves_what_they_see(self, data: st.DataObject, move: TaskMove) -> None:
        before = data.draw(st.sampled_from(self.seen))
        can = before.version == self.task.version and before.state in MOVES[move]
        try:
            with self.services.open_unit() as unit:
                after = before.by(move)
                unit.tasks.save(after, self.event(move))
                unit.commit()
        except Conflict:
            assert not can
            return
        assert can
        self.task, self.moved = after, self.moved + 1

    @invariant()
    def every_move_is_there_once_and_in_order(self) -> None:
        with self.services.open_view() as unit:
            assert unit.tasks.get(self.task.id) == self.task
            assert len(unit.tasks.events(self.task.id)) == self.moved + 1
        assert self.task.version == self.moved + 1
        assert self.task.state in TaskState


def test_a_recording_obeys_its_states_whatever_comes_in_which_order(
    make_system: Callable[[str], System], database_url: str
) -> None:
    system = make_system(database_url)
    run_state_machine_as_test(lambda: RecordingLife(system), settings=SMALL)  # type: ignore[arg-type]  # any maker will do


def test_a_task_obeys_its_states_however_many_people_move_it(
    make_system: Callable[[str], System], database_url: str
) -> None:
    system = make_system(database_url)
    run_state_machine_as_test(lambda: TaskLife(system), settings=SMALL)  # type: ignore[arg-type]  # any maker will do
