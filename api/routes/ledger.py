"""The ledger of voicemails, for people and for an alarm."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

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


@router.get(
    "/metrics",
    name="get_metrics",
    response_class=Response,
    responses={**problems(), 200: {"description": "Gauges.", "content": {"text/plain": {}}}},
)
def get_metrics(services: Here) -> Response:
    """Gauges in the text form of Prometheus; alarm on voiceops_ledger_difference above 0."""
    ledger = check_ledger(services)
    registry = CollectorRegistry()
    for name, text, value in (
        ("voiceops_ledger_difference", "Voicemails, tasks and messages that do not fit together.", ledger.unbalanced),
        ("voiceops_voicemails_received", "Voicemails that were received.", ledger.received),
        ("voiceops_tasks_open", "Callbacks that are somebody's duty.", ledger.open),
        ("voiceops_tasks_overdue", "Open tasks whose due time has passed.", ledger.overdue),
    ):
        Gauge(name, text, registry=registry).set(value)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
