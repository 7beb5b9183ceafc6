"""One task for its agent: what the caller said and where, the number to call, and one press for how that went."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.access import SignedIn
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.reach import task_within_reach
from api.routes import tasks as moves
from api.schemas.task import Attempt, Completion, Reason
from api.ui.clock import clock_of, day_and_time
from api.ui.forms import Typed, go_to
from api.ui.inbox import agent_of, next_task
from api.ui.render import render
from api.ui.spoken import Line, Mark, shown
from api.ui.texts import language_of
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.callback_task import Disposition
from voiceops.domain.caller_facts import CallerFacts, Fact
from voiceops.domain.recording import Recording
from voiceops.domain.task_attempt import AttemptResult
from voiceops.domain.task_message import TaskMessage
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.log_access import log_access

router = APIRouter(prefix="/tasks/{task_id}", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

# The version that the page showed: who acts on an older one is told what happened since.
Version = Annotated[int, Form(ge=1)]


@dataclass(frozen=True)
class Heard:
    """One message of the caller, with its words once there are some."""

    recording: Recording
    message: TaskMessage
    lines: list[Line]


@router.get("", name="task_page")
def task_page(request: Request, task_id: PathId, services: Here, who: Who) -> Response:
    """Everything about one task that its agent needs while they call."""
    language, now = language_of(request), services.clock.now()
    with services.open_view() as unit:
        task = task_within_reach(unit, task_id, who)
        queue = unit.queues.find(task.queue)
        heard = [_heard(unit, message) for message in unit.messages.of_task(task_id)]
        attempts = unit.attempts.of_task(task_id)
    _log_reading(services, who, heard)

    def when(instant: datetime) -> str:
        return day_and_time(instant, now=now, time_zone=queue.hours.time_zone, language=language)

    return render(
        request,
        "task.html",
        task=task,
        clock=clock_of(task, now=now, time_zone=queue.hours.time_zone, language=language),
        is_theirs=task.agent_id == who.only_agent,
        heard=heard,
        attempts=attempts,
        when=when,
        results=list(AttemptResult),
        dispositions=queue.dispositions,
        following=next_task(services, agent_of(who), after=task_id),
    )


@router.post("/accept", name="accept_task_by_form")
def accept_task_by_form(task_id: PathId, services: Here, who: Who, version: Version) -> Response:
    """Accepts it, or claims it from the pool, and shows it."""
    moves.accept_task(task_id, services, who, moves.Move(Response(), version))
    return go_to(f"/tasks/{task_id}")


@router.post("/attempts", name="log_attempt_by_form")
def log_attempt_by_form(
    task_id: PathId, services: Here, who: Who, *, version: Version, result: Annotated[AttemptResult, Form()]
) -> Response:
    """Notes how a call went. Who reached the caller goes on with this task, who did not, with the next one."""
    moves.log_attempt(task_id, Attempt(result=result), services, who, moves.Move(Response(), version))
    if result is AttemptResult.REACHED:
        return go_to(f"/tasks/{task_id}")
    return _go_on(services, who, task_id, done="attempt")


@router.post("/complete", name="complete_task_by_form")
def complete_task_by_form(
    task_id: PathId,
    services: Here,
    who: Who,
    *,
    version: Version,
    disposition: Annotated[Disposition, Form()],
    note: Typed = "",
) -> Response:
    """Ends it and goes on with the next one."""
    completion = Completion(disposition=disposition, note=note)
    moves.complete_task(task_id, completion, services, who, moves.Move(Response(), version))
    return _go_on(services, who, task_id, done="completed")


@router.post("/release", name="release_task_by_form")
def release_task_by_form(
    task_id: PathId,
    services: Here,
    who: Who,
    *,
    version: Version,
    why: Annotated[str, Form(min_length=1, max_length=200)],
) -> Response:
    """Gives it back to the pool."""
    moves.release_task(task_id, Reason(why=why), services, who, moves.Move(Response(), version))
    return go_to("/inbox", done="released")


def _go_on(services: Services, who: SignedIn, task_id: str, *, done: str) -> Response:
    following = next_task(services, agent_of(who), after=task_id)
    return go_to("/inbox" if following is None else f"/tasks/{following}", done=done)


def _heard(unit: UnitOfWork, message: TaskMessage) -> Heard:
    recording = unit.recordings.get(message.recording_id)
    if message.facts is None or recording.transcript_removed_at is not None:
        return Heard(recording, message, [])
    return Heard(recording, message, shown(unit.transcripts.get(recording.id), _marks(message.facts)))


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
