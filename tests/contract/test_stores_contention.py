"""What happens when many act at once, with real threads and processes, on SQLite and on PostgreSQL."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

from tests.builders import NOON, a_recording
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.domain.recording import RecordingState
from voiceops.errors import Conflict
from voiceops.ports import Page, RecordingStore, TaskFilter
from voiceops.storage.unit_of_work import SqlUnitOfWork

MINUTE = timedelta(minutes=1)

# A process of its own: five threads that claim at the same moment, once a line arrives on stdin.
CLAIMER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from voiceops.storage.database import open_database
from voiceops.storage.unit_of_work import SqlUnitOfWork

engine, now = open_database(sys.argv[1]), datetime.fromisoformat(sys.argv[2])

def claim(_):
    with SqlUnitOfWork(engine, jobs=None, clock=None) as unit:
        claimed = unit.recordings.claim("r", now=now, lease_until=now + timedelta(minutes=1))
        unit.commit()
    return claimed is not None

print("ready", flush=True)
sys.stdin.readline()
with ThreadPoolExecutor(5) as threads:
    print(sum(threads.map(claim, range(5))))
"""


def all_at_once(count: int, act: Callable[[int], Any]) -> Counter[Any]:
    """How often each answer came; a Conflict counts as an answer."""
    barrier = Barrier(count)

    def wait_and_act(number: int) -> Any:
        barrier.wait()
        try:
            return act(number)
        except Conflict:
            return Conflict

    with ThreadPoolExecutor(count) as threads:
        return Counter(threads.map(wait_and_act, range(count)))


def test_of_twenty_claims_in_four_processes_one_succeeds(database: Any, database_url: str) -> None:
    with database.unit() as unit:
        unit.recordings.add(a_recording("r"))
        unit.commit()
    command = [sys.executable, "-c", CLAIMER, database_url, NOON.isoformat()]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(4)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert sum(int(process.communicate()[0]) for process in processes) == 1
    with database.unit() as unit:
        assert unit.recordings.get("r").attempts == 1


def test_of_twenty_claims_of_an_abandoned_recording_one_succeeds(database: Any) -> None:
    with database.unit() as unit:
        unit.recordings.add(replace(a_recording("r", state=RecordingState.TRANSCRIBING), lease_until=NOON, attempts=1))
        unit.commit()

    def claim(_: int) -> bool:
        with database.unit() as unit:
            claimed = unit.recordings.claim("r", now=NOON + MINUTE, lease_until=NOON + 9 * MINUTE)
            unit.commit()
        return claimed is not None

    assert all_at_once(20, claim) == {True: 1, False: 19}


def test_of_a_renewal_and_a_claim_at_once_one_succeeds(database: Any) -> None:
    with database.unit() as unit:
        unit.recordings.add(replace(a_recording("r", state=RecordingState.TRANSCRIBING), lease_until=NOON))
        unit.commit()

    def renew_or_claim(number: int) -> bool:
        with database.unit() as unit:
            store: RecordingStore = unit.recordings
            if number % 2:
                succeeded = store.claim("r", now=NOON + MINUTE, lease_until=NOON + 9 * MINUTE) is not None
            else:
                succeeded = store.renew("r", held_until=NOON, lease_until=NOON + 5 * MINUTE)
            unit.commit()
        return succeeded

    assert all_at_once(8, renew_or_claim) == {True: 1, False: 7}


def test_a_job_run_eight_times_at_once_raises_one_task(database: Any) -> None:
    with database.unit() as unit:
        unit.recordings.add(a_recording("r"))
        unit.commit()

    def raise_task(number: int) -> str:
        task = CallbackTask(id=f"t{number}", recording_id="r", raised_at=NOON, due_at=NOON)
        with database.unit() as unit:
            unit.tasks.add(task, TaskEvent(task.id, NOON, "system", "raised", ""))
            unit.commit()
        return "raised"

    assert all_at_once(8, raise_task) == {"raised": 1, Conflict: 7}


def test_of_eight_people_who_accept_the_same_task_one_succeeds(database: Any) -> None:
    task = CallbackTask(id="t", recording_id="r", raised_at=NOON, due_at=NOON)
    with database.unit() as unit:
        unit.recordings.add(a_recording("r"))
        unit.tasks.add(task, TaskEvent("t", NOON, "system", "raised", ""))
        unit.commit()

    def accept(number: int) -> str:
        accepted = replace(task, state=TaskState.ACCEPTED, agent_id=f"agent-{number}", version=2)
        with database.unit() as unit:
            unit.tasks.save(accepted, TaskEvent("t", NOON, f"agent-{number}", "accepted", ""))
            unit.commit()
        return "accepted"

    assert all_at_once(8, accept) == {"accepted": 1, Conflict: 7}


def test_who_reads_a_recording_to_change_it_loses_no_change_of_others(database: Any) -> None:
    with database.unit() as unit:
        unit.recordings.add(a_recording("r"))
        unit.commit()

    def count_up(_: int) -> None:
        with database.unit() as unit:
            recording = unit.recordings.get("r")
            unit.recordings.save(replace(recording, attempts=recording.attempts + 1))
            unit.commit()

    all_at_once(8, count_up)
    with database.unit() as unit:
        assert unit.recordings.get("r").attempts == 8


def test_assigners_take_turns_so_nobody_gets_more_than_their_capacity(database: Any) -> None:
    with database.unit() as unit:
        for number in range(6):
            add_open_task(unit, f"t{number}")
        unit.commit()

    def assign(number: int) -> bool:
        with database.unit() as unit:
            task = unit.tasks.get(f"t{number}")
            free: bool = unit.tasks.loads().get("anna", 0) < 2
            if free:
                offered = replace(task, state=TaskState.OFFERED, agent_id="anna", version=2)
                unit.tasks.save(offered, TaskEvent(task.id, NOON, "system", "offered", ""))
            unit.commit()
        return free

    assert all_at_once(6, assign) == {True: 2, False: 4}


def add_open_task(unit: SqlUnitOfWork, name: str) -> None:
    recording = a_recording()
    unit.recordings.add(recording)
    task = CallbackTask(id=name, recording_id=recording.id, raised_at=NOON, due_at=NOON)
    unit.tasks.add(task, TaskEvent(name, NOON, "system", "raised", ""))


def test_a_page_is_read_while_somebody_else_is_writing(database: Any) -> None:
    with database.unit() as writer:
        add_open_task(writer, "t")
        with database.unit(read_only=True) as reader:
            # A reader that waited for the writer would wait for ever: both are in this thread.
            assert reader.tasks.list(TaskFilter(), Page()) == []
            writer.commit()
            assert reader.tasks.list(TaskFilter(), Page()) == []
        with database.unit(read_only=True) as reader:
            assert len(reader.tasks.list(TaskFilter(), Page())) == 1
            assert reader.tasks.loads() == {}
            assert reader.tasks.get("t").id == "t"
