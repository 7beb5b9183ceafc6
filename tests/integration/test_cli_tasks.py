"""Tasks on the command line: work one from end to end, and the ledger's exit status."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_recording, an_agent
from voiceops.bootstrap import build_services
from voiceops.cli import main
from voiceops.delivery.inline_job_queue import InlineJobQueue
from voiceops.domain.recording import RecordingKind
from voiceops.ports import Job, Services
from voiceops.settings import Settings
from voiceops.usecases.take_voicemail import take_voicemail


def voiceops(*words: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ending:
        main([str(word) for word in words])
    return int(ending.value.code or 0), out.getvalue(), err.getvalue()


def result(*words: object) -> Any:
    status, out, err = voiceops("tasks", *words, "--json")
    assert status == 0, err
    return json.loads(out)


@pytest.fixture
def services(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Services:
    """The same database as the commands', with two agents and a task of two messages."""
    for name, value in (("DATA_DIR", tmp_path), ("DATABASE_URL", sqlite_url), ("REDIS_URL", "redis://localhost:1")):
        monkeypatch.setenv(f"VOICEOPS_{name}", str(value))

    def ignore(_: Job) -> None:
        """Nothing is transcribed here."""

    services = build_services(Settings(), jobs=InlineJobQueue(ignore))
    with services.open_unit() as unit:
        for agent in ("anna", "ben"):
            unit.agents.put(an_agent(agent))
        for name in ("one", "two"):
            recording = a_recording(name, kind=RecordingKind.VOICEMAIL, caller_number="+12125550123")
            unit.recordings.add(recording)
            take_voicemail(services, unit, recording)
        unit.commit()
    return services


@pytest.mark.usefixtures("services")
def test_a_task_is_claimed_tried_put_off_handed_over_and_completed() -> None:
    (task,) = result("list", "--pool", "--agent", "anna")
    accepted = result("accept", task["id"], "--agent", "anna")
    assert (accepted["state"], result("list", "--pool")) == ("accepted", [])
    tried = result("attempt", task["id"], "--agent", "anna", "--result", "busy", "--note", "Engaged.")
    assert tried["snoozed_until"] is not None
    assert result("hand-over", task["id"], "--agent", "anna", "--to", "ben", "--why", "Knows it.")["agent_id"] == "ben"
    result("accept", task["id"], "--agent", "ben")
    done = result("complete", task["id"], "--agent", "ben", "--disposition", "resolved")
    assert (done["state"], done["disposition"]) == ("done", "resolved")
    shown = result("show", task["id"])
    assert [one["recording_id"] for one in shown["messages"]] == ["one", "two"]
    assert [one["result"] for one in shown["attempts"]] == ["busy"]
    assert shown["events"][-1]["what"] == "done: resolved"


@pytest.mark.usefixtures("services")
def test_moves_are_said_in_a_sentence_and_what_is_not_allowed_with_status_2() -> None:
    (task,) = result("list")
    assert voiceops("tasks", "accept", task["id"], "--agent", "anna")[1] == f"{task['id']} is accepted.\n"
    status, _, err = voiceops(
        "tasks", "snooze", task["id"], "--agent", "anna", "--until", "2020-01-01T00:00", "--why", "x"
    )
    assert (status, "between now and 90 days" in err) == (2, True)
    status, out, _ = voiceops("tasks", "attempt", task["id"], "--agent", "anna", "--result", "no_answer")
    assert (status, "is accepted, put off until" in out) == (0, True)
    assert "message one  Being transcribed." in voiceops("tasks", "show", task["id"])[1]


def test_the_ledger_ends_with_status_1_and_names_what_does_not_fit(services: Services) -> None:
    found = result("ledger")
    assert (found["received"], found["open"], found["merged"], found["balances"]) == (2, 1, 1, True)
    assert voiceops("tasks", "ledger")[1].startswith("2 voicemails received = 1 open + 0 ended + 1 merged")
    with services.open_unit() as unit:
        unit.recordings.add(a_recording("lost", kind=RecordingKind.VOICEMAIL))
        unit.commit()
    status, out, _ = voiceops("tasks", "ledger")
    assert (status, "recording lost: The voicemail has no task." in out) == (1, True)
    status, out, _ = voiceops("tasks", "ledger", "--json")
    assert (status, json.loads(out)["difference"], json.loads(out)["faults"][0]["recording_id"]) == (1, 1, "lost")
