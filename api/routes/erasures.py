"""Erasures: everything of one person goes, and a receipt says what."""

from http import HTTPStatus

from fastapi import APIRouter

from api.answers import problems
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.schemas.erasure import ErasureIn, ErasureList, ErasureOut, erasure_out
from voiceops.usecases.erase_person import Whom
from voiceops.usecases.erase_person import erase_person as erase

router = APIRouter(prefix="/api/v1/erasures", tags=["retention"], route_class=GuardedRoute)


@router.post("", name="erase_person", responses=problems())
def erase_person(body: ErasureIn, services: Here, who: Who) -> ErasureOut:
    """Erase everything that is stored about one person; a dry run unless `dry_run` is false."""
    whom = Whom(number=body.number, customer=body.customer)
    return erasure_out(erase(services, whom, actor=who.actor, dry_run=body.dry_run))


@router.get("", name="list_erasures", responses=problems())
def list_erasures(services: Here) -> ErasureList:
    """All receipts, the newest first."""
    with services.open_view() as unit:
        return ErasureList(items=[erasure_out(one) for one in unit.erasures.list()])


@router.get("/{erasure_id}", name="get_erasure", responses=problems(HTTPStatus.NOT_FOUND))
def get_erasure(erasure_id: PathId, services: Here) -> ErasureOut:
    """One receipt."""
    with services.open_view() as unit:
        return erasure_out(unit.erasures.get(erasure_id))
