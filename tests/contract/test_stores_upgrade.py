"""Rows that an earlier version wrote are still there, and right, after an upgrade."""

from alembic import command
from sqlalchemy import text

from voiceops.storage.database import migrating, open_database
from voiceops.storage.unit_of_work import SqlUnitOfWork

RECORDING = (
    "INSERT INTO recordings (id, kind, sha256, file_name, size_bytes, received_at, parties, state, labels, attempts,"
    " notes) VALUES ('r', 'voicemail', 'ab', 'a.wav', 1, '2026-03-04 12:00:00', '[]', 'analysed', '{}', 1, '[]')"
)
TASK = (
    "INSERT INTO tasks (id, recording_id, raised_at, due_at, state, urgency, note, disposition, escalation_level,"
    " version, is_ended) VALUES ('t', 'r', '2026-03-04 12:00:00', '2026-03-04 16:00:00', 'done', 'normal',"
    " 'Nobody speaks.', 'no_message', 0, 2, true)"
)
QUEUE = (
    "INSERT INTO queues (id, title, language, region, skills, hours, target_minutes, keyword_sets)"
    " VALUES ('q', 'Q', 'en', 'US', '[]', '{}', '[]', '[]')"
)


def test_tasks_of_the_version_before_keep_their_message_and_queues_get_the_defaults(empty_database_url: str) -> None:
    with migrating(empty_database_url) as config:
        command.upgrade(config, "0002")
    engine = open_database(empty_database_url)
    with engine.begin() as connection:
        for statement in (RECORDING, TASK, QUEUE):
            connection.execute(text(statement))
    with migrating(empty_database_url) as config:
        command.upgrade(config, "head")
    with SqlUnitOfWork(engine, jobs=None, clock=None) as unit:  # type: ignore[arg-type]  # nothing is sent
        (message,) = unit.messages.of_task("t")
        assert (message.recording_id, message.note, message.no_message) == ("r", "Nobody speaks.", True)
        assert unit.tasks.get("t").kind == "callback"
        assert unit.queues.find("q").attempts.limit == 4
        assert len(unit.queues.find("q").dispositions) == 6
    engine.dispose()


def test_supervisors_of_the_version_before_go_on_leading_every_team(empty_database_url: str) -> None:
    with migrating(empty_database_url) as config:
        command.upgrade(config, "0009")
    engine = open_database(empty_database_url)
    columns = "INSERT INTO access_tokens (id, name, role, sha256, created_at) VALUES "
    with engine.begin() as connection:
        for role in ("supervisor", "qa"):
            connection.execute(text(columns + f"('{role}', '{role}', '{role}', '{role}', '2026-03-04 12:00:00')"))
    with migrating(empty_database_url) as config:
        command.upgrade(config, "head")
    with SqlUnitOfWork(engine, jobs=None, clock=None) as unit:  # type: ignore[arg-type]  # nothing is sent
        assert [(one.name, one.teams) for one in unit.tokens.list()] == [("qa", ()), ("supervisor", ("*",))]
    engine.dispose()
