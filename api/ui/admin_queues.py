"""Queues: opening hours, promised times, skills, keyword sets, and how their callbacks are worked and kept."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from api.access import SignedIn
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.routes import people
from api.schemas.queue import QueueIn, queue_out
from api.schemas.text import Id
from api.ui.admin import render_admin
from api.ui.filled import EMPTY, Filled, Unfit, checked, names_in, refused, whole_numbers_in
from api.ui.forms import Typed, go_to
from api.ui.hours_form import HoursForm, hours_values
from api.ui.names import name_of
from api.ui.texts import language_of, texts
from api.ui.ways_form import WaysForm, ways_values
from voiceops.analysis.version_tag import version_tag
from voiceops.domain.callback_task import Disposition
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Queue
from voiceops.domain.private import Private
from voiceops.domain.recording import RecordingKind, RecordingPart
from voiceops.domain.task_attempt import LastResort
from voiceops.errors import Conflict, NotFound
from voiceops.ports import Services

router = APIRouter(prefix="/admin", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)


class NamedSo(BaseModel):
    """The id of a record that is to be made."""

    id: Id


class QueueForm:
    """As it was typed."""

    def __init__(  # noqa: PLR0913 - each field of the form is one parameter
        self,
        *,
        id: Typed = "",  # noqa: A002 - the field's name
        title: Typed = "",
        language: Typed = "",
        region: Typed = "",
        team: Typed = "",
        skills: Typed = "",
        keyword_sets: Typed = "",
        high: Typed = "",
        normal: Typed = "",
        low: Typed = "",
        offer_minutes: Typed = "",
        escalation_minutes: Typed = "",
        seen: Typed = "",
        hours: Annotated[HoursForm, Depends()],
        ways: Annotated[WaysForm, Depends()],
    ) -> None:
        self.hours, self.ways, self.seen = hours, ways, seen
        own = {name: value for name, value in locals().items() if isinstance(value, str)}
        self.values = {**own, **hours.values, **ways.values}

    def read(self, queue: Queue) -> QueueIn:
        """The queue in the API's own form. Raises Unfit."""
        typed = self.values
        minutes = {urgency: whole_numbers_in(typed, urgency.value)[:1] for urgency in Urgency}
        said: dict[str, Any] = {
            "title": typed["title"],
            "language": typed["language"],
            "region": typed["region"].upper() or None,
            "team": typed["team"] or None,
            "skills": names_in(typed["skills"]),
            "keyword_sets": names_in(typed["keyword_sets"]),
            "target_minutes": {urgency: found[0] for urgency, found in minutes.items() if found},
            "offer_minutes": next(iter(whole_numbers_in(typed, "offer_minutes")), None),
            "escalation_minutes": whole_numbers_in(typed, "escalation_minutes"),
        }
        hours = self.hours.read()
        if hours is None:
            raise Unfit({"hours": "Say when the queue is open."})
        kept = queue_out(queue).model_dump(exclude={"id"})
        return checked(QueueIn, {**kept, **said, **self.ways.read(), "hours": hours.model_dump()})


Sent = Annotated[QueueForm, Depends()]


@router.get("/queues", name="queues_page")
def queues_page(request: Request, services: Here, who: Who) -> Response:
    """All queues."""
    with services.open_view() as unit:
        queues = unit.queues.list()
    return render_admin(request, who, "admin_queues.html", queues=queues, hours_of=hours_values)


@router.get("/queues-new", name="new_queue_page")
def new_queue_page(request: Request, who: Who, services: Here) -> Response:
    """An empty form, with the values that most queues have."""
    return _form(request, who, _begun("", services))


@router.post("/queues-new", name="add_queue_by_form")
def add_queue_by_form(request: Request, services: Here, who: Who, sent: Sent) -> Response:
    """Stores a new queue."""
    queue = _begun(sent.values["id"], services)
    try:
        checked(NamedSo, {"id": queue.id})
        body = sent.read(queue)
        _require_new(services, queue.id)
        people.put_queue(queue.id, body, Response(), services, who, None)
    except Conflict as error:
        return _form(request, who, queue, refused(request, sent.values, error, field="id"))
    except Unfit as error:
        return _form(request, who, queue, refused(request, sent.values, error))
    return go_to("/admin/queues", done="saved")


@router.get("/queues/{queue_id}", name="queue_page")
def queue_page(request: Request, queue_id: PathId, services: Here, who: Who) -> Response:
    """One queue."""
    return _form(request, who, _stored(services, queue_id), is_new=False)


@router.post("/queues/{queue_id}", name="change_queue_by_form")
def change_queue_by_form(request: Request, queue_id: PathId, services: Here, who: Who, sent: Sent) -> Response:
    """Stores what was changed."""
    queue = _stored(services, queue_id)
    try:
        people.put_queue(queue_id, sent.read(queue), Response(), services, who, sent.seen)
    except (Unfit, Conflict) as error:
        return _form(request, who, queue, refused(request, sent.values, error), is_new=False)
    return go_to("/admin/queues", done="saved")


def _begun(queue_id: str, services: Services) -> Queue:
    return Queue(queue_id, "", region=services.policy.default_region)


def _stored(services: Services, queue_id: str) -> Queue:
    with services.open_view() as unit:
        found = unit.queues.hold(queue_id)
    if found is None:
        raise NotFound("There is no queue with this id.", record=queue_id, next_step="Look at the list of queues.")
    return found


def _require_new(services: Services, queue_id: str) -> None:
    with services.open_view() as unit:
        if unit.queues.hold(queue_id) is not None:
            raise Conflict(
                "There is a queue with this id.", record=queue_id, next_step="Choose another, or change that one."
            )


def _form(request: Request, who: SignedIn, queue: Queue, filled: Filled = EMPTY, *, is_new: bool = True) -> Response:
    return render_admin(
        request,
        who,
        "admin_queue.html",
        status=filled.status,
        queue=queue,
        is_new=is_new,
        dispositions=_named(request, Disposition),
        last_resorts=_named(request, LastResort),
        privates=_named(request, Private),
        kinds=list(RecordingKind),
        parts=list(RecordingPart),
        seen=version_tag(queue),
        filled=Filled({**_values(queue), **filled.values}, filled.errors, filled.problem),
    )


def _named(request: Request, members: Iterable[StrEnum]) -> list[tuple[str, str]]:
    translated = texts(language_of(request)).gettext
    return [(one.value, translated(name_of(one))) for one in members]


def _values(queue: Queue) -> dict[str, Any]:
    minutes = {urgency.value: str(number) for urgency, number in queue.target_minutes}
    return {
        "id": queue.id,
        "title": queue.title,
        "language": queue.language,
        "region": queue.region,
        "team": queue.team or "",
        "skills": ", ".join(queue.skills),
        "keyword_sets": ", ".join(queue.keyword_sets),
        "offer_minutes": str(queue.offer_minutes),
        "escalation_minutes": ", ".join(map(str, queue.escalation_minutes)),
        **minutes,
        **hours_values(queue.hours),
        **ways_values(queue),
    }
