"""Nobody finds an erased person anywhere: not in a table, not in Redis, not in the data folder."""

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from sqlalchemy import create_engine, text

from tests.api_door import Door, a_wav, upload
from tests.builders import NOON, a_transcript
from tests.integration.test_cli_tasks import voiceops
from tests.systems import System
from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.customer_owner import CustomerOwner
from voiceops.domain.kept_reply import KeptReply, Reply
from voiceops.domain.people import Role
from voiceops.domain.recording import Recording, RecordingKind
from voiceops.errors import BadInput
from voiceops.ports import AccessFilter, Notice, Page, RecordingFilter, TaskFilter
from voiceops.storage.database import scrub
from voiceops.storage.metadata import metadata
from voiceops.usecases.check_ledger import check_ledger
from voiceops.usecases.erase_person import Whom, erase_person
from voiceops.usecases.hold_recording import hold_recording
from voiceops.usecases.lift_hold import lift_hold
from voiceops.usecases.log_access import log_access
from voiceops.usecases.receive_recording import Upload, receive_recording

VOICEMAILS = Path(__file__).parents[2] / "samples" / "voicemails"
NUMBER, WRITTEN, OTHER = "+12025550147", "(202) 555-0147", "+12025550199"
WHOM = Whom(WRITTEN, "a-1701")
DIGITS, NAME, REFERENCE = "2025550147", "Byron", "A-1701"


@pytest.fixture
def full(make_system: Callable[[str], System], database_url: str) -> System:
    """Two voicemails and a call of one person, one voicemail of somebody else, and what others keep of them."""
    system = make_system(database_url)
    system.services = replace(system.services, scrub=lambda: scrub(system.engine))
    system.hears("Hello, this is Ada Byron.", f"My number is {WRITTEN}, please call me back.")
    received(system, "02-polite.wav", caller_number=WRITTEN)
    received(system, "01-urgent.flac", caller_number=NUMBER)
    call = received(system, "04-number-in-words.flac", kind=RecordingKind.CALL, customer=REFERENCE)
    system.hears("Hello, this is Bob Stone.")
    received(system, "05-same-caller.flac", caller_number=OTHER)
    with system.services.open_unit() as unit:
        unit.access_log.add(AccessEntry(NOON, "vera", AccessAction.EXPORTED, call.id, REFERENCE, "Transcript as text."))
        unit.owners.put(CustomerOwner(NUMBER, "anna", "admin", NOON))
        later = NOON + timedelta(days=1)
        for key, number in (("k", WRITTEN), ("l", OTHER)):
            body = json.dumps({"caller_number": number}).encode()
            unit.replies.add(KeptReply("dialler", key, later, later, "r", Reply(201, {}, body)))
        unit.tell(Notice("supervisor", "Overdue", f"Call {NUMBER} back.", task_id="gone"))
        unit.commit()
    for recording in recordings(system):
        log_access(system.services, recording, actor="anna", action=AccessAction.HEARD_AUDIO)
    return system


def received(
    system: System,
    name: str,
    *,
    kind: RecordingKind = RecordingKind.VOICEMAIL,
    caller_number: str | None = None,
    customer: str | None = None,
) -> Recording:
    with (VOICEMAILS / name).open("rb") as source:
        sent = Upload(f"20260304-{DIGITS}-{name}" if caller_number != OTHER else name, source, kind)
        sent = replace(sent, caller_number=caller_number, customer=customer)
        return receive_recording(system.services, sent).recording


def recordings(system: System) -> Sequence[Recording]:
    with system.services.open_view() as unit:
        return unit.recordings.list(RecordingFilter(), Page())


def erased(system: System, whom: Whom = WHOM, *, dry_run: bool = False) -> dict[str, int]:
    return dict(erase_person(system.services, whom, actor="admin", dry_run=dry_run).removed)


def everything_stored(url: str) -> str:
    """Every column of every table as text, read without any of our types; compressed ones are unpacked."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        rows = [
            " | ".join(map(_as_text, row))
            for name in metadata.tables
            for row in connection.execute(text(f"SELECT * FROM {name}"))  # noqa: S608  names of our own tables
        ]
    engine.dispose()
    return "\n".join(rows)


def _as_text(value: object) -> str:
    if not isinstance(value, bytes | memoryview):
        return str(value)
    try:
        return zlib.decompress(value).decode()
    except zlib.error:
        return bytes(value).decode(errors="replace")


def found_in(stored: str) -> set[str]:
    plain = stored.translate({ord(one): None for one in " ()-"})
    return {one for one in (DIGITS, NAME, REFERENCE.replace("-", "")) if one in plain}


def files_with(folder: Path) -> set[str]:
    needles = [one.encode() for one in (DIGITS, WRITTEN, "555-0147", NAME, REFERENCE)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if any(needle in path.read_bytes() for needle in needles)}


def test_nothing_is_found_afterwards_in_any_table_or_file_and_others_keep_theirs(
    full: System, database_url: str, tmp_path: Path
) -> None:
    assert len(found_in(everything_stored(database_url))) == 3
    removed = erased(full)
    assert (removed["recordings"], removed["tasks"], removed["files"], removed["transcripts"]) == (3, 1, 3, 3)
    assert (removed["notices"], removed["kept_replies"], removed["customer_owners"]) == (1, 1, 1)
    assert found_in(everything_stored(database_url)) == set()
    assert files_with(tmp_path) == set()
    assert [one.caller_number for one in recordings(full)] == [OTHER]
    assert full.services.files.exists(recordings(full)[0].sha256)
    assert "Stone" in everything_stored(database_url)
    assert check_ledger(full.services).faults == ()


def test_the_access_log_keeps_its_lines_under_a_pseudonym(full: System) -> None:
    receipt = erase_person(full.services, WHOM, actor="admin", dry_run=False)
    with full.services.open_view() as unit:
        lines = [one.entry for one in unit.access_log.list(AccessFilter(customer=receipt.pseudonym), limit=50)]
        (last,) = unit.access_log.list(AccessFilter(action=AccessAction.ERASED), limit=5)
        kept = unit.erasures.get(receipt.id)
    assert len(lines) == receipt.removed["customers in access_log"] == 4
    assert (last.entry.actor, last.entry.record) == ("admin", receipt.id)
    assert kept == receipt
    assert [(one.actor, one.detail) for one in kept.exports] == [("vera", "Transcript as text.")]


def test_a_dry_run_says_what_would_go_and_removes_nothing(full: System) -> None:
    foretold = erased(full, dry_run=True)
    assert len(recordings(full)) == 4
    assert all(full.services.files.exists(one.sha256) for one in recordings(full))
    assert erased(full) == foretold


def test_a_legal_hold_keeps_its_task_and_all_of_that_task_until_it_is_lifted(full: System) -> None:
    (held,) = [one for one in recordings(full) if one.caller_number == NUMBER]
    hold_recording(full.services, held.id, reason="Dispute 17", actor="vera")
    receipt = erase_person(full.services, WHOM, actor="admin", dry_run=False)
    assert receipt.removed["recordings"] == 1
    assert {one.record for one in receipt.stayed} >= {held.id}
    assert any("Legal hold by vera" in one.why for one in receipt.stayed)
    assert len(recordings(full)) == 3
    lift_hold(full.services, held.id, reason="Settled", actor="vera")
    assert erased(full)["recordings"] == 2


def test_who_is_mentioned_elsewhere_stands_in_the_receipt(full: System) -> None:
    with full.services.open_unit() as unit:
        (task,) = [one for one in unit.tasks.list(TaskFilter(), Page()) if one.caller_number == OTHER]
        event = unit.tasks.events(task.id)[0]
        noted = replace(task, note=f"Ask {WRITTEN} too", version=task.version + 1)
        unit.tasks.save(noted, replace(event, why="A colleague noted it."))
        unit.commit()
    receipt = erase_person(full.services, WHOM, actor="admin", dry_run=False)
    assert [(one.what, one.record) for one in receipt.stayed] == [("1 row(s)", "tasks.note")]


def test_what_others_said_is_searched_in_no_form(full: System) -> None:
    (other,) = (one for one in recordings(full) if one.caller_number == OTHER)
    with full.services.open_unit() as unit:
        unit.transcripts.put(other.id, a_transcript(f"caller: ask {NUMBER} too"))
        unit.commit()
    receipt = erase_person(full.services, WHOM, actor="admin", dry_run=False)
    assert list(receipt.stayed) == []


def test_half_of_a_number_or_of_a_reference_is_nobody(full: System) -> None:
    assert erased(full, Whom(number="555014")) == {}
    assert erased(full, Whom(customer="A-170")) == {}
    with pytest.raises(BadInput, match="at least 6 digits"):
        erased(full, Whom(number="12345"))
    with pytest.raises(BadInput, match="Nobody is named"):
        erased(full, Whom())


def test_redis_holds_no_number_before_or_after(door: Door, redis_url: str) -> None:
    said = {"kind": "call", "caller_number": NUMBER, "customer": REFERENCE}
    upload(door.client(Role.INGEST), a_wav(), fields=said)
    with door.client(Role.ADMIN) as admin, redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() > 0
        assert not any(DIGITS.encode() in (client.dump(key) or b"") + key for key in client.scan_iter())
        dry = admin.post("/api/v1/erasures", json={"number": WRITTEN}).json()
        assert (dry["is_dry_run"], dry["removed"]["recordings"]) == (True, 1)
        done = admin.post("/api/v1/erasures", json={"number": WRITTEN, "dry_run": False}).json()
        assert admin.get(f"/api/v1/erasures/{done['id']}").json() == done
        assert [one["id"] for one in admin.get("/api/v1/erasures").json()["items"]] == [done["id"]]
        assert admin.post("/api/v1/erasures", json={}).status_code == 422
    assert door.recordings() == []


def test_the_command_is_a_dry_run_and_keeps_the_receipt_it_prints(
    system: System, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(system, "02-polite.wav", caller_number=WRITTEN)
    for name, value in (("DATA_DIR", str(tmp_path)), ("DATABASE_URL", sqlite_url)):
        monkeypatch.setenv(f"VOICEOPS_{name}", value)
    assert "dry run" in voiceops("erase", "--number", NUMBER)[1]
    assert len(recordings(system)) == 1
    receipt = json.loads(voiceops("erase", "--number", NUMBER, "--run", "--json")[1])
    assert receipt["removed"]["recordings"] == 1
    assert json.loads(voiceops("erasures", "show", receipt["id"], "--json")[1]) == receipt
    assert receipt["id"] in voiceops("erasures", "list", "--json")[1]
