"""What ReplyStore promises, on SQLite and on PostgreSQL."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOON
from tests.contract.conftest import Database
from voiceops.domain.kept_reply import KeptReply, Reply
from voiceops.errors import Conflict
from voiceops.storage.unit_of_work import SqlUnitOfWork

HELD = KeptReply("phone system", "ab" * 32, NOON + timedelta(minutes=1), NOON + timedelta(days=1))
ANSWERED = replace(HELD, request_sha256="cd" * 32, reply=Reply(201, {"location": "/x"}, b'{"id": "x"}'))


def test_a_key_comes_back_as_held_and_as_answered(unit: SqlUnitOfWork) -> None:
    unit.replies.add(HELD)
    assert unit.replies.find(HELD.principal, HELD.key_sha256) == HELD
    unit.replies.save(ANSWERED)
    assert unit.replies.find(HELD.principal, HELD.key_sha256) == ANSWERED
    unit.replies.save(replace(ANSWERED, reply=Reply(201)))
    assert unit.replies.find(HELD.principal, HELD.key_sha256) == replace(ANSWERED, reply=Reply(201))


def test_a_key_is_held_once_by_each_principal(unit: SqlUnitOfWork) -> None:
    unit.replies.add(HELD)
    with pytest.raises(Conflict):
        unit.replies.add(HELD)
    unit.replies.add(replace(HELD, principal="somebody else"))
    assert unit.replies.find("nobody", HELD.key_sha256) is None


def test_a_released_key_is_free_and_an_expired_one_is_forgotten(unit: SqlUnitOfWork) -> None:
    unit.replies.add(HELD)
    unit.replies.add(replace(HELD, key_sha256="ef" * 32, expires_at=NOON - timedelta(seconds=1)))
    assert unit.replies.forget(expired_before=NOON) == 1
    unit.replies.release(HELD.principal, HELD.key_sha256)
    unit.replies.release(HELD.principal, HELD.key_sha256)
    assert unit.replies.find(HELD.principal, HELD.key_sha256) is None


def test_of_two_who_take_a_key_at_once_one_gets_it(database: Database) -> None:
    got: list[bool] = []

    def take() -> None:
        with database.unit() as unit:
            try:
                unit.replies.add(HELD)
            except Conflict:
                got.append(False)
                return
            unit.commit()
        got.append(True)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False, False, False, True]
