"""The presses and forms of a task's page; one that was refused stands there again as it was filled in."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request, Response

from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.problems import problem_of, request_id_of
from api.routes import tasks as moves
from api.schemas.task_move import Attempt, Completion, HandOver, NumberToCall, Reason, Snooze, ToQueue
from api.schemas.text import Id, Instant
from api.ui.forms import Typed, go_to
from api.ui.inbox import agent_of, next_task
from api.ui.task import Refused, show_task
from voiceops.domain.callback_task import Disposition
from voiceops.domain.task_attempt import AttemptResult
from voiceops.errors import BadInput, Conflict, NotFound

router = APIRouter(prefix="/tasks/{task_id}", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

Why = Annotated[str, Form(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Press:
    """What every form of the page has in common: the task, who sent it, and the version that the page showed.

    Who acts on an older version is told what happened since.
    """

    def __init__(
        self, request: Request, task_id: PathId, services: Here, who: Who, version: Annotated[int, Form(ge=1)]
    ) -> None:
        self.task_id, self.services, self.who = task_id, services, who
        self.move = moves.Move(Response(), version)
        self._request = request

    def stay(self, *, done: str | None = None) -> Response:
        """The task again."""
        return go_to(f"/tasks/{self.task_id}", done=done)

    def go_on(self, *, done: str) -> Response:
        """The next task, or the inbox where there is none."""
        following = next_task(self.services, agent_of(self.who), after=self.task_id)
        return go_to("/inbox" if following is None else f"/tasks/{following}", done=done)

    def try_to(self, act: Callable[[], Response], *, form: str, **typed: str) -> Response:
        """What `act` answers, or the page with what was typed into that form and why it will not do."""
        try:
            return act()
        except (BadInput, Conflict, NotFound) as error:
            problem = problem_of(error, request_id=request_id_of(self._request))
            refused = Refused(form, problem, typed)
            return show_task(self._request, self.services, self.who, self.task_id, refused=refused)


Pressed = Annotated[Press, Depends()]


@router.post("/accept", name="accept_task_by_form")
def accept_task_by_form(pressed: Pressed) -> Response:
    """Accepts it, or claims it from the pool, and shows it."""
    moves.accept_task(pressed.task_id, pressed.services, pressed.who, pressed.move)
    return pressed.stay()


@router.post("/attempts", name="log_attempt_by_form")
def log_attempt_by_form(pressed: Pressed, result: Annotated[AttemptResult, Form()]) -> Response:
    """Notes how a call went. Who reached the caller goes on with this task, who did not, with the next one."""
    moves.log_attempt(pressed.task_id, Attempt(result=result), pressed.services, pressed.who, pressed.move)
    return pressed.stay() if result is AttemptResult.REACHED else pressed.go_on(done="attempt")


@router.post("/complete", name="complete_task_by_form")
def complete_task_by_form(pressed: Pressed, disposition: Annotated[Disposition, Form()], note: Typed = "") -> Response:
    """Ends it and goes on with the next one."""
    completion = Completion(disposition=disposition, note=note)
    moves.complete_task(pressed.task_id, completion, pressed.services, pressed.who, pressed.move)
    return pressed.go_on(done="completed")


@router.post("/release", name="release_task_by_form")
def release_task_by_form(pressed: Pressed, why: Why) -> Response:
    """Gives it back to the pool."""
    moves.release_task(pressed.task_id, Reason(why=why), pressed.services, pressed.who, pressed.move)
    return go_to("/inbox", done="released")


@router.post("/number", name="correct_number_by_form")
def correct_number_by_form(pressed: Pressed, number: Typed = "") -> Response:
    """Puts the number right; an empty one is the one that was heard again."""

    def correct() -> Response:
        # Not validated as the API does: whatever is no number is told beside the field.
        wanted = NumberToCall.model_construct(number=number.strip() or None)
        moves.correct_number(pressed.task_id, wanted, pressed.services, pressed.who, pressed.move)
        return pressed.stay(done="number")

    return pressed.try_to(correct, form="number", number=number)


@router.post("/snooze", name="snooze_task_by_form")
def snooze_task_by_form(
    pressed: Pressed, until: Annotated[Instant | None, Form()] = None, own: Typed = "", why: Typed = ""
) -> Response:
    """Puts it off to the time of a press, or to one of their own by the queue's clock, and goes on."""

    def snooze() -> Response:
        wanted = Snooze(until=until or _own_time(pressed, own), why=why.strip() or "The agent chose the time.")
        moves.snooze_task(pressed.task_id, wanted, pressed.services, pressed.who, pressed.move)
        return pressed.go_on(done="snoozed")

    return pressed.try_to(snooze, form="snooze", own=own, why=why)


@router.post("/hand-over", name="hand_over_task_by_form")
def hand_over_task_by_form(pressed: Pressed, to: Annotated[Id, Form()], why: Why) -> Response:
    """Offers it to a colleague, and goes on."""

    def hand_over() -> Response:
        wanted = HandOver(to_agent_id=to, why=why)
        moves.hand_over_task(pressed.task_id, wanted, pressed.services, pressed.who, pressed.move)
        return pressed.go_on(done="handed-over")

    return pressed.try_to(hand_over, form="hand-over", to=to, why=why)


@router.post("/to-queue", name="send_to_queue_by_form")
def send_to_queue_by_form(pressed: Pressed, to: Annotated[Id, Form()], why: Why) -> Response:
    """Sends it to another queue, and goes on."""

    def send() -> Response:
        moves.send_to_queue(pressed.task_id, ToQueue(queue=to, why=why), pressed.services, pressed.who, pressed.move)
        return pressed.go_on(done="handed-over")

    return pressed.try_to(send, form="to-queue", to=to, why=why)


def _own_time(pressed: Press, typed: str) -> datetime:
    with pressed.services.open_view() as unit:
        zone = ZoneInfo(unit.queues.find(unit.tasks.get(pressed.task_id).queue).hours.time_zone)
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=zone)
    except ValueError as error:
        raise BadInput(
            "No time was chosen.", record=pressed.task_id, next_step="Press one, or give a day and a time."
        ) from error
