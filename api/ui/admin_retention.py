"""What is kept for how long, what is due now, and what stays because of a legal hold."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.access import SignedIn
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.schemas.retention import HoldIn
from api.ui.admin import render_admin
from api.ui.filled import EMPTY, Filled, Unfit, checked, refused
from api.ui.forms import Typed, go_to
from voiceops.errors import Conflict, NotFound
from voiceops.ports import Services
from voiceops.usecases.hold_recording import hold_recording
from voiceops.usecases.lift_hold import lift_hold
from voiceops.usecases.preview_retention import preview_retention

router = APIRouter(prefix="/admin/retention", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

RECEIPTS_SHOWN = 50
Why = Annotated[str, Form(min_length=3, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


@router.get("", name="retention_page")
def retention_page(request: Request, services: Here, who: Who) -> Response:
    """Each rule with how much is due by it, and every hold. Nothing is removed by looking."""
    return _page(request, services, who)


@router.post("/holds", name="hold_by_form")
def hold_by_form(
    request: Request, services: Here, who: Who, *, recording_id: Typed = "", reason: Typed = ""
) -> Response:
    """Puts a recording under a hold: nothing of it is removed until it is lifted."""
    typed = {"recording_id": recording_id, "reason": reason}
    try:
        told = checked(HoldIn, {"reason": reason})
        hold_recording(services, _id_in(recording_id), reason=told.reason, actor=who.actor)
    except (Unfit, Conflict, NotFound) as error:
        return _page(request, services, who, refused(request, typed, error, field="recording_id"))
    return go_to("/admin/retention", done="held")


@router.post("/holds/{recording_id}/lift", name="lift_hold_by_form")
def lift_hold_by_form(recording_id: PathId, services: Here, who: Who, reason: Why) -> Response:
    """Ends a hold; the reason stands in the access log."""
    lift_hold(services, recording_id, reason=reason, actor=who.actor)
    return go_to("/admin/retention", done="hold-lifted")


def _id_in(typed: str) -> str:
    """The recording's id, also where somebody pasted the address of its page."""
    return typed.strip().rstrip("/").rpartition("/")[2]


def _page(request: Request, services: Services, who: SignedIn, filled: Filled = EMPTY) -> Response:
    due = preview_retention(services)
    with services.open_view() as unit:
        held = unit.retention.held()
        receipts = [one for one in unit.erasures.list() if not one.is_dry_run][:RECEIPTS_SHOWN]
    return render_admin(
        request,
        who,
        "admin_retention.html",
        status=filled.status,
        due=due,
        held=held,
        receipts=receipts,
        filled=filled,
    )
