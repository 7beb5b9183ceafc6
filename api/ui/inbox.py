"""The agent's inbox: what they owe whom, by when; what they may claim; whether they are there."""

from collections import Counter
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.access import SignedIn
from api.deps import Here, Who
from api.guard import GuardedRoute
from api.ui.clock import Clock, Press, clock_of
from api.ui.forms import go_to
from api.ui.render import render
from api.ui.texts import language_of
from voiceops.domain.callback_task import CallbackTask, TaskState
from voiceops.domain.people import Agent, Presence
from voiceops.ports import Page, Services, TaskFilter, UnitOfWork
from voiceops.usecases.set_presence import set_presence

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

SHOWN = 100


class Show(StrEnum):
    """Which of their tasks somebody wants to see."""

    TO_ACCEPT = "to_accept"
    TO_CALL = "to_call"
    PUT_OFF = "put_off"


@router.get("/inbox", name="inbox_page")
def inbox_page(request: Request, services: Here, who: Who, show: Show | None = None) -> Response:
    """Tasks by due time, theirs first, then those of the pool of their queues."""
    with services.open_view() as unit:
        agent = unit.agents.get(agent_of(who))
        own, pool = own_tasks(unit, agent.id), _pool(unit, agent)
        queues = unit.queues.find_all({task.queue for task in (*own, *pool)})
    language, now = language_of(request), services.clock.now()
    clocks = {
        task.id: clock_of(task, now=now, time_zone=queues[task.queue].hours.time_zone, language=language)
        for task in (*own, *pool)
    }
    kinds = Counter(kind_of(task, clocks[task.id]) for task in own)
    return render(
        request,
        "inbox.html",
        agent=agent,
        presences=list(Presence),
        own=[task for task in own if show in {None, kind_of(task, clocks[task.id])}],
        owned=len(own),
        kinds=kinds,
        show=show,
        pool=pool if show is None else [],
        clocks=clocks,
        now=now,
    )


@router.post("/presence", name="set_presence_by_form")
def set_presence_by_form(services: Here, who: Who, presence: Annotated[Presence, Form()]) -> Response:
    """Says whether they are there."""
    set_presence(services, agent_of(who), presence)
    return go_to("/inbox")


def kind_of(task: CallbackTask, clock: Clock) -> Show:
    """What a task of theirs waits for."""
    if clock.press is Press.ASLEEP:
        return Show.PUT_OFF
    return Show.TO_CALL if task.state is TaskState.ACCEPTED else Show.TO_ACCEPT


def agent_of(who: SignedIn) -> str:
    """The agent who asks; only agents have an inbox."""
    assert who.only_agent is not None  # noqa: S101 - the table lets nobody else in
    return who.only_agent


def own_tasks(unit: UnitOfWork, agent_id: str) -> list[CallbackTask]:
    """What is this agent's duty, by due time."""
    return list(unit.tasks.list(TaskFilter(agent_id=agent_id, ended=False), Page(limit=SHOWN)))


def _pool(unit: UnitOfWork, agent: Agent) -> list[CallbackTask]:
    return list(unit.tasks.list(TaskFilter(pool=True, pool_of=agent.queues or None), Page(limit=SHOWN)))


def next_task(services: Services, agent_id: str, *, after: str) -> str | None:
    """The id of their most pressing task but this one that is not put off, or None."""
    now = services.clock.now()
    with services.open_view() as unit:
        own = own_tasks(unit, agent_id)
    awake = (task for task in own if task.snoozed_until is None or task.snoozed_until <= now)
    return next((task.id for task in awake if task.id != after), None)
