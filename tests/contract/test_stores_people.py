"""What AgentStore and QueueStore promise, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from tests.builders import an_agent
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Agent, Presence, Queue, Target
from voiceops.domain.working_hours import HolidayCalendar, Opening, WorkingHours
from voiceops.errors import NotFound
from voiceops.storage.unit_of_work import SqlUnitOfWork


def test_an_agent_comes_back_as_stored_and_can_be_replaced(unit: SqlUnitOfWork) -> None:
    shifts = WorkingHours("Europe/Budapest", by_date={date(2026, 12, 24): ()})
    names = ("hu", "fa"), ("billing",), ("sales",)
    full = Agent("anna", "Anna Ünal", *names, 3, Presence.AWAY, "anna@example.org", "east", shifts)
    unit.agents.put(an_agent("anna"))
    unit.agents.put(full)
    assert unit.agents.get("anna") == full
    assert unit.agents.list() == [full]


def test_who_changes_somebodys_shifts_changes_them_for_nobody_else(unit: SqlUnitOfWork) -> None:
    short, long = WorkingHours(closes=time(13)), WorkingHours(closes=time(18))
    for name in ("anna", "bela"):
        unit.agents.put(replace(an_agent(name), shifts=short))
    assert [agent.shifts for agent in unit.agents.list()] == [short, short]
    unit.agents.put(replace(an_agent("bela"), shifts=long))
    assert [agent.shifts for agent in unit.agents.list()] == [short, long]


def test_agents_are_listed_by_id(unit: SqlUnitOfWork) -> None:
    for name in ("béla", "Zoe", "anna"):
        unit.agents.put(an_agent(name))
    assert [agent.id for agent in unit.agents.list()] == ["Zoe", "anna", "béla"]


def test_an_unknown_agent_is_not_found(unit: SqlUnitOfWork) -> None:
    with pytest.raises(NotFound, match="nobody"):
        unit.agents.get("nobody")


def test_a_queue_comes_back_as_stored_and_can_be_replaced(unit: SqlUnitOfWork) -> None:
    hours = WorkingHours(
        "Europe/Budapest",
        time(8, 30),
        time(20),
        frozenset({0, 5}),
        closed_days=frozenset({date(2026, 12, 24)}),
        by_weekday={0: (Opening(time(9), time(12)), Opening(time(13), time(17)))},
        by_date={date(2026, 12, 31): (Opening(time(9), time(11)),), date(2027, 1, 2): ()},
        holidays=HolidayCalendar("DE", "BY"),
    )
    told: dict[str, Any] = {
        "team": "east",
        "targets": (Target.TEAM, Target.OWNER),
        "offer_minutes": 5,
        "escalation_minutes": (10,),
    }
    full = Queue("sales", "Sales", "hu", "HU", ("sell",), hours, ((Urgency.HIGH, 5),), ("outbound",), **told)
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


def test_who_holds_an_agent_or_a_queue_gets_what_is_stored_and_no_defaults(unit: SqlUnitOfWork) -> None:
    assert unit.agents.hold("anna") is None
    assert unit.queues.hold("sales") is None
    unit.agents.put(an_agent("anna"))
    unit.queues.put(Queue("sales", "Sales"))
    assert unit.agents.hold("anna") == an_agent("anna")
    assert unit.queues.hold("sales") == Queue("sales", "Sales")
