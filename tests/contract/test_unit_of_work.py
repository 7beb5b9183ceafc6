"""What every UnitOfWork promises, on SQLite and on PostgreSQL."""

import json
import subprocess
import sys
from typing import Any

import pytest
import structlog
from sqlalchemy import Engine

from tests.builders import NOON, a_recording, an_agent
from voiceops.bootstrap import SystemClock
from voiceops.delivery.inline_job_queue import InlineJobQueue
from voiceops.domain.callback_task import CallbackTask, TaskEvent
from voiceops.domain.notice import EventType, NoticeState, OutgoingNotice, Subscription
from voiceops.errors import NotFound, Unavailable, VoiceOpsError
from voiceops.ports import Job, JobName, Lane, Notice, Page, RecordingFilter, UnitOfWork, delivery_of
from voiceops.storage.database import open_database
from voiceops.storage.unit_of_work import SqlUnitOfWork

A_JOB = Job(JobName.TRANSCRIBE, Lane.TRANSCRIBE, "r", timeout_seconds=60)
A_NOTICE = Notice("anna", "A caller waits", "Heard: my account is frozen", task_id="t")


def a_unit(engine: Engine) -> SqlUnitOfWork:
    return SqlUnitOfWork(engine, jobs=InlineJobQueue(lambda _: None), clock=SystemClock())


def told(database: Any) -> list[OutgoingNotice]:
    with database.unit(read_only=True) as unit:
        return list(unit.notices.list(None, Page()))


def subscribers(database: Any) -> list[str]:
    return sorted(notice.subscription_id or "" for notice in told(database))


def add_a_task(unit: UnitOfWork) -> None:
    unit.recordings.add(a_recording("r"))
    unit.tasks.add(CallbackTask("t", "r", NOON, NOON, queue="billing"), TaskEvent("t", NOON, "system", "raised", ""))


def is_stored(database: Any, recording_id: str) -> bool:
    with database.unit() as unit:
        return any(r.id == recording_id for r in unit.recordings.list(RecordingFilter(), Page()))


def test_what_was_committed_lasts(database: Any) -> None:
    with database.unit() as unit:
        unit.recordings.add(a_recording("r"))
        unit.commit()
    assert is_stored(database, "r")


def test_leaving_without_commit_undoes_everything_and_sends_nothing(database: Any) -> None:
    with database.unit() as unit:
        unit.recordings.add(a_recording("r"))
        unit.ask(A_JOB)
        unit.tell(A_NOTICE)
    assert not is_stored(database, "r")
    assert database.queue.sent == told(database) == []


def test_an_error_undoes_everything_and_is_not_swallowed(database: Any) -> None:
    def store_and_fail() -> None:
        with database.unit() as unit:
            unit.recordings.add(a_recording("r"))
            unit.recordings.get("nobody")

    with pytest.raises(NotFound, match="nobody"):
        store_and_fail()
    assert not is_stored(database, "r")


def test_jobs_and_notices_leave_after_the_commit_and_once(database: Any) -> None:
    with database.unit() as unit:
        unit.ask(A_JOB)
        unit.tell(A_NOTICE)
        assert database.queue.sent == []
        unit.commit()
        unit.commit()
    (notice,) = told(database)
    assert (notice.recipient, notice.subject, notice.state) == ("anna", "A caller waits", NoticeState.WAITING)
    assert database.queue.sent == [A_JOB, delivery_of(notice.id)]


def test_a_notice_goes_to_each_address_of_its_recipient(database: Any) -> None:
    with database.unit() as unit:
        for number, owner in enumerate(("agent:anna", "agent:anna", "agent:bela", "supervisor", "webhook")):
            unit.subscriptions.add(Subscription(f"s{number}", owner, "tgram://secret", NOON, "sup"))
        unit.tell(A_NOTICE)
        unit.commit()
    assert subscribers(database) == ["s0", "s1"]


def test_every_event_of_a_task_is_put_into_the_outbox_for_each_webhook_that_wants_it(database: Any) -> None:
    with database.unit() as unit:
        for subscription_id, types in (("all", ()), ("raised", (EventType.RAISED,)), ("done", (EventType.DONE,))):
            unit.subscriptions.add(Subscription(subscription_id, "webhook", "https://x", NOON, "sup", types, "whsec_"))
        add_a_task(unit)
        unit.commit()
    assert subscribers(database) == ["all", "raised"]
    assert json.loads(told(database)[0].text) == {
        "type": "task.raised",
        "timestamp": NOON.isoformat(),
        "data": {
            "task_id": "t",
            "state": "open",
            "agent_id": None,
            "agent_before": None,
            "queue": "billing",
            "actor": "system",
        },
    }


def test_a_supervisors_notice_also_goes_to_the_addresses_of_the_tasks_queue(database: Any) -> None:
    with database.unit() as unit:
        for owner in ("supervisor", "queue:billing", "queue:other"):
            unit.subscriptions.add(Subscription(owner, owner, "tgram://secret", NOON, "sup"))
        add_a_task(unit)
        unit.tell(Notice("supervisor", "Overdue", "", task_id="t"))
        unit.commit()
    assert subscribers(database) == ["queue:billing", "supervisor"]


def test_a_job_may_use_the_database_while_it_is_being_sent(database: Any) -> None:
    stored_when_sent = []
    database.queue.enqueue = lambda job: stored_when_sent.append(is_stored(database, job.record_id))
    with database.unit() as unit:
        unit.recordings.add(a_recording("r"))
        unit.ask(A_JOB)
        unit.commit()
    assert stored_when_sent == [True]


def test_a_queue_that_does_not_answer_undoes_nothing_and_is_logged_by_id(database: Any) -> None:
    database.queue.is_down = True
    with structlog.testing.capture_logs() as lines, database.unit() as unit:
        unit.recordings.add(a_recording("r"))
        unit.ask(A_JOB)
        unit.tell(A_NOTICE)
        unit.commit()
    assert is_stored(database, "r")
    (notice,) = told(database)
    sent = [(line["event"], line["record_id"]) for line in lines]
    assert sent == [("job_not_sent", "r"), ("job_not_sent", notice.id)]
    assert "frozen" not in str(lines)
    assert "secret" not in str(lines)


def test_a_unit_can_go_on_after_its_commit(database: Any) -> None:
    with database.unit() as unit:
        unit.agents.put(an_agent("anna"))
        unit.commit()
        unit.agents.put(an_agent("bela"))
    with database.unit() as unit:
        assert [agent.id for agent in unit.agents.list()] == ["anna"]


def test_a_unit_for_reading_refuses_to_write(database: Any) -> None:
    with database.unit(read_only=True) as unit, pytest.raises(VoiceOpsError):
        unit.agents.put(an_agent())


def test_more_units_at_once_than_connections_is_unavailable(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    engine.pool._timeout = 0.01  # type: ignore[attr-defined] # nobody waits thirty seconds in a test
    units = [a_unit(engine) for _ in range(21)]
    for unit in units[:-1]:
        unit.__enter__()
    with pytest.raises(Unavailable):
        units[-1].__enter__()
    for unit in units[:-1]:
        unit.__exit__(None, None, None)
    engine.dispose()


def test_a_database_that_stopped_is_unavailable_and_works_again_once_it_is_back(
    postgresql_url: str, postgresql_server: Any
) -> None:
    engine = open_database(postgresql_url)
    with a_unit(engine) as unit:
        assert unit.agents.list() == []
        postgresql_server.end_connections(engine.url.database)
        with pytest.raises(Unavailable):
            unit.agents.put(an_agent())
    with a_unit(engine) as unit:
        assert unit.agents.list() == []
    engine.dispose()


def test_a_forked_child_does_not_speak_on_its_parents_connections(database_url: str) -> None:
    script = f"""
import os
from voiceops.storage.database import open_database
engine = open_database({database_url!r})
engine.connect().close()
assert engine.pool.checkedin() == 1
child = os.fork()
if child == 0:
    os._exit(engine.pool.checkedin())
assert os.waitpid(child, 0)[1] == 0
engine.dispose()
"""
    subprocess.run([sys.executable, "-c", script], check=True)
