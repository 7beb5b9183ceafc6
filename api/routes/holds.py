"""Legal holds: what is under one is removed neither by retention nor by an erasure."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from api.answers import problems
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.schemas.retention import HoldIn, HoldList, HoldOut, hold_out
from api.schemas.text import Line
from voiceops.usecases.hold_recording import hold_recording as hold
from voiceops.usecases.lift_hold import lift_hold as lift

router = APIRouter(prefix="/api/v1", tags=["retention"], route_class=GuardedRoute)


@router.get("/holds", name="list_holds", responses=problems())
def list_holds(services: Here) -> HoldList:
    """Every recording under a legal hold."""
    with services.open_view() as unit:
        return HoldList(items=[hold_out(one) for one in unit.retention.held()])


@router.put(
    "/recordings/{recording_id}/hold",
    name="hold_recording",
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def hold_recording(recording_id: PathId, body: HoldIn, services: Here, who: Who) -> HoldOut:
    """Keep everything of a recording until the hold is lifted; both stand in the access log with their reason."""
    return hold_out(hold(services, recording_id, reason=body.reason, actor=who.actor))


@router.delete(
    "/recordings/{recording_id}/hold",
    name="lift_hold",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def lift_hold(
    recording_id: PathId,
    services: Here,
    who: Who,
    reason: Annotated[Line, Query(description="Why it is not needed any more.")],
) -> None:
    """Let the rules of retention count again."""
    lift(services, recording_id, reason=reason, actor=who.actor)
