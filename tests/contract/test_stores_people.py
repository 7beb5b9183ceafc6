"""What AgentStore, QueueStore and TokenStore promise, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.builders import NOON, an_agent
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import AccessToken, Agent, OpeningHours, Queue, Role
from voiceops.errors import Conflict, NotFound
from voiceops.storage.unit_of_work import SqlUnitOfWork

A_TOKEN = AccessToken("t1", "phone system", Role.INGEST, "ab" * 32, NOON)


def test_an_agent_comes_back_as_stored_and_can_be_replaced(unit: SqlUnitOfWork) -> None:
    full = Agent("anna", "Anna Ünal", ("hu", "fa"), ("billing",), ("sales",), 3, False, "anna@example.org")
    unit.agents.put(an_agent("anna"))
    unit.agents.put(full)
    assert unit.agents.get("anna") == full
    assert unit.agents.list() == [full]


def test_agents_are_listed_by_id(unit: SqlUnitOfWork) -> None:
    for name in ("béla", "Zoe", "anna"):
        unit.agents.put(an_agent(name))
    assert [agent.id for agent in unit.agents.list()] == ["Zoe", "anna", "béla"]


def test_an_unknown_agent_is_not_found(unit: SqlUnitOfWork) -> None:
    with pytest.raises(NotFound, match="nobody"):
        unit.agents.get("nobody")


def test_a_queue_comes_back_as_stored_and_can_be_replaced(unit: SqlUnitOfWork) -> None:
    hours = OpeningHours(
        "Europe/Budapest", time(8, 30), time(20), frozenset({0, 5}), closed_days=frozenset({date(2026, 12, 24)})
    )
    full = Queue("sales", "Sales", "hu", "HU", ("sell",), hours, ((Urgency.HIGH, 5),), ("outbound",))
    unit.queues.put(Queue("sales", "Old"))
    unit.queues.put(full)
    assert unit.queues.find("sales") == full
    assert unit.queues.list() == [full]


def test_unknown_queues_and_none_have_the_defaults(unit: SqlUnitOfWork) -> None:
    for found in (unit.queues.find("nothing"), unit.queues.find(None)):
        assert found == Queue("default", found.title)
    assert unit.queues.list() == []


def test_a_stored_default_queue_speaks_for_the_unknown_ones(unit: SqlUnitOfWork) -> None:
    default = Queue("default", "Everything else", region="HU")
    unit.queues.put(default)
    assert unit.queues.find("nothing") == unit.queues.find(None) == unit.queues.find("default") == default


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
    unit.tokens.remove(A_TOKEN.id)
    assert unit.tokens.find(A_TOKEN.sha256) is None
    with pytest.raises(NotFound, match="t1"):
        unit.tokens.remove(A_TOKEN.id)
