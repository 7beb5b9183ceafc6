"""What AgentStore and QueueStore promise, on SQLite and on PostgreSQL."""

from datetime import date, time

import pytest

from tests.builders import an_agent
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Agent, OpeningHours, Queue
from voiceops.errors import NotFound
from voiceops.storage.unit_of_work import SqlUnitOfWork


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
