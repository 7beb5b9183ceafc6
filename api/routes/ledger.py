"""The ledger of voicemails."""

from fastapi import APIRouter

from api.answers import problems
from api.deps import Here
from api.guard import GuardedRoute
from api.schemas.ledger import LedgerOut, ledger_out
from voiceops.usecases.check_ledger import check_ledger

router = APIRouter(tags=["ledger"], route_class=GuardedRoute)


@router.get("/api/v1/ledger", name="get_ledger", responses=problems())
def get_ledger(services: Here) -> LedgerOut:
    """Whether every received voicemail has one open duty or one recorded ending, with what does not fit."""
    return ledger_out(check_ledger(services))
