"""One task for its agent: what the caller said and where, the number to call, and what was done so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from api.access import SignedIn
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.reach import may_hear, task_within_reach
from api.schemas.problem import Problem
from api.ui.clock import clock_of, day_and_time
from api.ui.contacts import earlier_contacts
from api.ui.inbox import agent_of, next_task
from api.ui.render import render
from api.ui.spoken import Line, Mark, shown
from api.ui.texts import language_of
from voiceops.analysis.snooze_times import snooze_times
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.caller_facts import CallerFacts, Fact
from voiceops.domain.people import Agent, Queue
from voiceops.domain.recording import Recording
from voiceops.domain.task_attempt import AttemptResult
from voiceops.domain.task_message import TaskMessage
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.log_access import log_access

router = APIRouter(prefix="/tasks/{task_id}", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)


@dataclass(frozen=True)
class Heard:
    """One message of the caller, with its words once there are some."""

    recording: Recording
    message: TaskMessage
    lines: list[Line]
    waits: bool


@dataclass(frozen=True)
class Refused:
    """A form that was refused: which, why, and what was typed into it."""

    form: str
    problem: Problem
    typed: Mapping[str, str]


@router.get("", name="task_page")
def task_page(request: Request, task_id: PathId, services: Here, who: Who) -> Response:
    """Everything about one task that its agent needs while they call."""
    return show_task(request, services, who, task_id)


def show_task(
    request: Request, services: Services, who: SignedIn, task_id: str, *, refused: Refused | None = None
) -> Response:
    """The page of a task; a form that was refused stands on it as it was filled in."""
    with services.open_view() as unit:
        task = task_within_reach(unit, task_id, who)
        queue, queues = unit.queues.find(task.queue), unit.queues.list()
        heard = [_heard(services, unit, message, who) for message in unit.messages.of_task(task_id)]
        attempts, events = unit.attempts.of_task(task_id), unit.tasks.events(task_id)
        contacts = earlier_contacts(unit, task, who, messages=[one.recording for one in heard])
        colleagues = _colleagues(unit, task, queue, but_not=who.only_agent)
    _log_reading(services, who, heard)
    now = services.clock.now()
    when = partial(day_and_time, now=now, time_zone=queue.hours.time_zone, language=language_of(request))
    return render(
        request,
        "task.html",
        status=refused.problem.status if refused is not None else HTTPStatus.OK,
        task=task,
        clock=clock_of(task, now=now, time_zone=queue.hours.time_zone, language=language_of(request)),
        now=now,
        time_zone=queue.hours.time_zone,
        is_theirs=task.agent_id == who.only_agent,
        heard=heard,
        attempts=attempts,
        events=events,
        contacts=contacts,
        colleagues=colleagues,
        queues=[one for one in queues if one.id != task.queue],
        when=when,
        results=list(AttemptResult),
        dispositions=queue.dispositions,
        later=snooze_times(now, queue.hours),
        refused=refused,
        following=next_task(services, agent_of(who), after=task_id),
    )


def _colleagues(unit: UnitOfWork, task: CallbackTask, queue: Queue, *, but_not: str | None) -> list[Agent]:
    """Who works the task's queue, by name."""

    def works(one: Agent) -> bool:
        return not one.queues or task.queue in {None, *one.queues} or queue.team in {one.team} - {None}

    return sorted((one for one in unit.agents.list() if one.id != but_not and works(one)), key=lambda one: one.name)


def _heard(services: Services, unit: UnitOfWork, message: TaskMessage, who: SignedIn) -> Heard:
    recording = unit.recordings.get(message.recording_id)
    waits = not may_hear(services, unit, recording, who)
    if message.facts is None or recording.transcript_removed_at is not None:
        return Heard(recording, message, [], waits)
    return Heard(recording, message, shown(unit.transcripts.get(recording.id), _marks(message.facts)), waits)


def _marks(facts: CallerFacts) -> Sequence[Mark]:
    """Where in the message each fact was heard, under the fact's own name."""
    found = ((field.name, getattr(facts, field.name)) for field in fields(facts))
    return [
        Mark(name, fact.start, fact.end)
        for name, fact in found
        if isinstance(fact, Fact) and fact.start is not None and fact.end is not None
    ]


def _log_reading(services: Services, who: SignedIn, heard: Sequence[Heard]) -> None:
    for one in heard:
        if one.lines:
            log_access(services, one.recording, actor=who.actor, action=AccessAction.READ_TRANSCRIPT)
