"""What TokenStore, UserStore and AccessLog promise, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, exc, update

from tests.builders import NOON
from tests.contract.conftest import Database
from voiceops.domain.access_entry import AccessAction, AccessEntry
from voiceops.domain.people import AccessToken, Role
from voiceops.domain.user import Session, User
from voiceops.errors import Conflict, NotFound, VoiceOpsError
from voiceops.ports import AccessFilter
from voiceops.storage.access_tables import access_log
from voiceops.storage.unit_of_work import SqlUnitOfWork

A_TOKEN = AccessToken("t1", "phone system", Role.INGEST, "ab" * 32, NOON, scopes=("recordings:write",))
A_USER = User("u1", "vera", Role.QA, "$argon2id$…", NOON)
A_SESSION = Session("s1", "u1", "ef" * 32, NOON, NOON, NOON + timedelta(hours=12))
A_LOOK = AccessEntry(NOON, "vera", AccessAction.READ_TRANSCRIPT, "call-1", "+36301234567")


def test_a_token_comes_back_as_stored_expired_or_not(unit: SqlUnitOfWork) -> None:
    old = replace(A_TOKEN, id="t2", name="old", sha256="cd" * 32, agent_id="anna", expires_at=NOON - timedelta(days=9))
    unit.tokens.add(A_TOKEN)
    unit.tokens.add(old)
    assert unit.tokens.find(A_TOKEN.sha256) == A_TOKEN
    assert unit.tokens.find(old.sha256) == old
    assert unit.tokens.find("0" * 64) is None
    assert unit.tokens.list() == [old, A_TOKEN]


def test_a_name_that_is_taken_is_a_conflict_and_the_unit_goes_on(unit: SqlUnitOfWork) -> None:
    unit.tokens.add(A_TOKEN)
    with pytest.raises(Conflict, match="phone system"):
        unit.tokens.add(replace(A_TOKEN, id="t2", sha256="cd" * 32))
    assert unit.tokens.list() == [A_TOKEN]


def test_a_removed_token_is_gone(unit: SqlUnitOfWork) -> None:
    unit.tokens.add(A_TOKEN)
    assert unit.tokens.remove(A_TOKEN.id) == A_TOKEN
    assert unit.tokens.find(A_TOKEN.sha256) is None
    with pytest.raises(NotFound, match="t1"):
        unit.tokens.remove(A_TOKEN.id)


def test_a_user_comes_back_as_stored_and_as_changed(unit: SqlUnitOfWork) -> None:
    unit.users.add(A_USER)
    assert unit.users.get("u1") == unit.users.find("vera") == A_USER
    changed = replace(A_USER, failures=3, locked_until=NOON, must_change_password=True, disabled_at=NOON)
    unit.users.save(changed)
    assert unit.users.list() == [changed]
    assert unit.users.find("Vera") is None


def test_two_users_of_one_name_and_unknown_ids_are_refused(unit: SqlUnitOfWork) -> None:
    unit.users.add(A_USER)
    with pytest.raises(Conflict, match="vera"):
        unit.users.add(replace(A_USER, id="u2"))
    with pytest.raises(NotFound):
        unit.users.get("u2")
    with pytest.raises(NotFound):
        unit.users.save(replace(A_USER, id="u2", name="zoe"))


def test_a_session_is_found_with_its_user_until_it_ends(unit: SqlUnitOfWork) -> None:
    unit.users.add(A_USER)
    unit.users.add_session(A_SESSION)
    assert unit.users.session(A_SESSION.sha256) == (A_SESSION, A_USER)
    unit.users.touch_session("s1", NOON + timedelta(minutes=5))
    assert unit.users.session(A_SESSION.sha256) == (replace(A_SESSION, used_at=NOON + timedelta(minutes=5)), A_USER)
    unit.users.end_session("s1")
    unit.users.end_session("s1")
    assert unit.users.session(A_SESSION.sha256) is None


def test_sessions_end_by_user_and_by_age(unit: SqlUnitOfWork) -> None:
    unit.users.add(A_USER)
    unit.users.add_session(A_SESSION)
    unit.users.add_session(replace(A_SESSION, id="s2", sha256="aa" * 32, expires_at=NOON))
    assert unit.users.remove_sessions(before=NOON + timedelta(hours=1)) == 1
    assert unit.users.end_sessions_of("u1") == 1
    assert unit.users.end_sessions_of("u1") == 0


def test_the_access_log_is_searched_by_person_customer_record_and_deed(unit: SqlUnitOfWork) -> None:
    hearing = replace(A_LOOK, actor="anna", action=AccessAction.HEARD_AUDIO, record="call-2", customer=None)
    for entry in (A_LOOK, hearing, A_LOOK):
        unit.access_log.add(entry)
    newest, middle, oldest = unit.access_log.list(AccessFilter(), limit=9)
    assert newest.number > middle.number > oldest.number
    assert [newest.entry, middle.entry] == [A_LOOK, hearing]
    assert unit.access_log.list(AccessFilter(), limit=9, before=middle.number) == [oldest]
    assert unit.access_log.list(AccessFilter(), limit=1) == [newest]
    for wanted in (
        AccessFilter(actor="anna"),
        AccessFilter(record="call-2"),
        AccessFilter(action=AccessAction.HEARD_AUDIO),
    ):
        assert unit.access_log.list(wanted, limit=9) == [middle]
    assert unit.access_log.list(AccessFilter(customer="+36301234567"), limit=9) == [newest, oldest]


def test_a_line_of_the_access_log_can_neither_be_changed_nor_removed(database: Database) -> None:
    with database.unit() as unit:
        unit.access_log.add(A_LOOK)
        unit.commit()
    for statement in (update(access_log).values(actor="nobody"), delete(access_log)):
        with database.engine.connect() as connection, pytest.raises((VoiceOpsError, exc.DatabaseError)):
            connection.execute(statement)
    with database.unit(read_only=True) as unit:
        assert [line.entry for line in unit.access_log.list(AccessFilter(), limit=9)] == [A_LOOK]
