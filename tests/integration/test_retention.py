"""What was kept for long enough goes from the store too, and who asks for it hears when and why."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.api_door import Door, a_wav, upload
from tests.integration.test_cli_tasks import voiceops
from tests.systems import System
from voiceops.analysis.keep_days import read_keep_days
from voiceops.domain.people import Queue, Role
from voiceops.domain.recording import Recording, RecordingKind, RecordingPart
from voiceops.domain.retention import KeepDays, Retention
from voiceops.errors import BadInput, Conflict, Removed
from voiceops.usecases.compare_files import compare_files
from voiceops.usecases.expire_recordings import AT_ONCE, expire_recordings
from voiceops.usecases.hold_recording import hold_recording
from voiceops.usecases.lift_hold import lift_hold
from voiceops.usecases.receive_recording import Upload, receive_recording
from voiceops.usecases.retry_recording import retry_recording

DAY = 24 * 3600
VOICEMAIL = Path(__file__).parents[2] / "samples" / "voicemails" / "02-polite.wav"
SHORT = read_keep_days("call.audio=30, call.transcript=60, voicemail.audio=30, voicemail.transcript=60")


@pytest.fixture
def kept(make_system: Callable[[str], System], database_url: str) -> System:
    """A system with short rules, on both databases, that hears a sentence in every recording."""
    system = make_system(database_url)
    system.services = replace(system.services, policy=replace(system.services.policy, retention=SHORT))
    system.hears("Hello, this is Ada Byron.")
    return system


def received(system: System, *, kind: RecordingKind = RecordingKind.CALL, queue: str | None = None) -> Recording:
    with VOICEMAIL.open("rb") as source:
        return receive_recording(system.services, Upload("a.wav", source, kind=kind, queue=queue)).recording


def now(system: System, recording: Recording) -> Recording:
    with system.services.open_view() as unit:
        return unit.recordings.get(recording.id)


def test_sound_and_words_go_each_at_their_time_and_the_row_stays(kept: System) -> None:
    call = received(kept)
    kept.clock.passes(seconds=30 * DAY)
    assert expire_recordings(kept.services) == 0
    kept.clock.passes(seconds=1)
    assert expire_recordings(kept.services) == 1
    assert not kept.services.files.exists(call.sha256)
    with pytest.raises(Removed, match=r"removed on 2026-04-03\. It was kept for as long as the rules of this system"):
        now(kept, call).require(RecordingPart.AUDIO)
    now(kept, call).require(RecordingPart.TRANSCRIPT)
    kept.clock.passes(seconds=30 * DAY)
    assert expire_recordings(kept.services) == 1
    assert now(kept, call).transcript_removed_at == kept.clock.now()
    assert expire_recordings(kept.services) == 0


def test_what_was_removed_is_no_loss_and_does_not_come_back_by_being_sent_again(kept: System) -> None:
    call = received(kept)
    kept.clock.passes(seconds=31 * DAY)
    expire_recordings(kept.services)
    assert compare_files(kept.services).lost == ()
    assert received(kept).id == call.id
    assert not kept.services.files.exists(call.sha256)
    with pytest.raises(Removed):
        retry_recording(kept.services, call.id)


def test_a_queue_replaces_the_rules_of_the_settings(kept: System) -> None:
    with kept.services.open_unit() as unit:
        unit.queues.put(Queue("sales", "Sales", retention=Retention(call=KeepDays(result=5))))
        unit.commit()
    call = received(kept, queue="sales")
    kept.clock.passes(seconds=365 * DAY)
    assert expire_recordings(kept.services) == 1
    stored = now(kept, call)
    assert (stored.audio_removed_at, stored.transcript_removed_at) == (None, None)
    assert stored.removal_reason == "It was kept for as long as the rules of queue sales say for a call."


def test_a_voicemail_stays_while_its_task_is_open(kept: System) -> None:
    voicemail = received(kept, kind=RecordingKind.VOICEMAIL)
    kept.clock.passes(seconds=365 * DAY)
    assert expire_recordings(kept.services) == 0
    assert kept.services.files.exists(voicemail.sha256)


def test_a_hold_comes_before_every_rule_until_it_is_lifted(kept: System) -> None:
    call = received(kept)
    hold_recording(kept.services, call.id, reason="Dispute 17", actor="vera")
    with pytest.raises(Conflict, match="held already, by vera"):
        hold_recording(kept.services, call.id, reason="Again", actor="vera")
    kept.clock.passes(seconds=365 * DAY)
    assert expire_recordings(kept.services) == 0
    lift_hold(kept.services, call.id, reason="Settled", actor="vera")
    assert expire_recordings(kept.services) == 2
    with pytest.raises(Conflict, match="no legal hold"):
        lift_hold(kept.services, call.id, reason="Settled", actor="vera")


def test_a_round_is_bounded_and_the_next_one_goes_on(kept: System) -> None:
    first = received(kept)
    with kept.services.open_unit() as unit:
        for number in range(AT_ONCE):
            unit.recordings.add(replace(now(kept, first), id=f"copy-{number}", sha256=f"{number:064x}"))
        unit.commit()
    kept.clock.passes(seconds=31 * DAY)
    assert [expire_recordings(kept.services) for _ in range(3)] == [AT_ONCE, 1, 0]


@pytest.mark.parametrize("rules", ["call=90", "call.audio=0", "call.audio=90,call.audio=91", "fax.audio=1"])
def test_rules_that_cannot_be_read_say_how_to_write_them(rules: str) -> None:
    with pytest.raises(BadInput, match=r"kind\.part=days"):
        read_keep_days(rules)


def test_the_api_says_when_and_why_something_is_gone_and_who_may_hold_it(door: Door) -> None:
    call = upload(door.client(Role.INGEST), a_wav()).json()["id"]
    address = f"/api/v1/recordings/{call}"
    with door.client(Role.ADMIN) as admin:
        assert admin.put(f"{address}/hold", json={"reason": "Dispute 17"}).json()["reason"] == "Dispute 17"
        assert admin.get(address).json()["is_held"]
        assert [one["recording_id"] for one in admin.get("/api/v1/holds").json()["items"]] == [call]
        assert admin.delete(f"{address}/hold", params={"reason": "Settled"}).status_code == 204
        with door.services.open_unit() as unit:
            stored = unit.recordings.get(call)
            for part in RecordingPart:
                stored = stored.without(part, door.services.clock.now(), reason="The rule.")
            unit.recordings.save(stored)
            unit.commit()
        for path in (
            "audio",
            "waveform",
            "clip?start=0&end=1",
            "transcript",
            "transcript.txt",
            "transcript.vtt",
            "findings",
        ):
            answer = admin.get(f"{address}/{path}")
            assert answer.status_code == 410, path
            assert "The rule." in answer.json()["detail"]
        page = admin.get(f"/calls/{call}", headers={"Accept": "text/html"}).text
        assert page.count("removed on") == 3
        assert "<audio" not in page
        actions = [one["action"] for one in admin.get("/api/v1/access-log", params={"record": call}).json()["items"]]
    assert {"held", "hold_lifted"} <= set(actions)


def test_the_command_says_what_is_due_and_removes_it_only_when_told(
    system: System, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = received(system)
    for name, value in (("DATA_DIR", str(tmp_path)), ("DATABASE_URL", sqlite_url), ("KEEP_DAYS", "call.audio=1")):
        monkeypatch.setenv(f"VOICEOPS_{name}", value)
    (rule,) = json.loads(voiceops("retention", "--json")[1])["rules"]
    assert (rule["kind"], rule["part"], rule["to_remove"]) == ("call", "audio", 1)
    assert "dry run" in voiceops("retention")[1]
    assert system.services.files.exists(call.sha256)
    assert json.loads(voiceops("retention", "--run", "--json")[1])["removed"] == 1
    assert not system.services.files.exists(call.sha256)
    assert (
        "is under no hold"
        in voiceops("holds", "set", call.id, "--reason", "x")[1]
        + voiceops("holds", "lift", call.id, "--reason", "x")[1]
    )
    assert json.loads(voiceops("holds", "list", "--json")[1]) == []
