"""What Prometheus reads: a gauge for every promise of the engine. deploy/ has alarms and pictures made of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from api.answers import problems
from api.deps import Here
from api.guard import GuardedRoute
from voiceops.domain.ledger import Ledger
from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.errors import Unavailable
from voiceops.ports import Backlog, Lane, Services

router = APIRouter(tags=["ledger"], route_class=GuardedRoute)

# A gauge's name, what it says, the names of its labels, and its values by the labels' values.
Measure = tuple[str, str, tuple[str, ...], Sequence[tuple[tuple[str, ...], float]]]


@router.get(
    "/metrics",
    name="get_metrics",
    response_class=Response,
    responses={**problems(), 200: {"description": "Gauges.", "content": {"text/plain": {}}}},
)
def get_metrics(services: Here) -> Response:
    """Gauges in the text form of Prometheus; alarm on voiceops_ledger_difference above 0."""
    now = services.clock.now()
    with services.open_view() as unit:
        ledger, backlog = unit.ledger.read(now=now), unit.backlog.read(now=now)
    registry = CollectorRegistry()
    for name, text, labels, values in (*_of_ledger(ledger), *_of_backlog(backlog, now), *_of_redis(services)):
        gauge = Gauge(name, text, labels, registry=registry)
        for said, value in values:
            (gauge.labels(*said) if labels else gauge).set(value)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _of_ledger(ledger: Ledger) -> Iterator[Measure]:
    yield _one(
        "voiceops_ledger_difference", "Voicemails, tasks and messages that do not fit together.", ledger.unbalanced
    )
    yield _one("voiceops_voicemails_received", "Voicemails that were received.", ledger.received)
    yield _one("voiceops_tasks_open", "Callbacks that are somebody's duty.", ledger.open)
    yield _one("voiceops_tasks_overdue", "Open tasks whose due time has passed.", ledger.overdue)


def _of_backlog(backlog: Backlog, now: datetime) -> Iterator[Measure]:
    # Also those of which there is none: an alarm on a change must see the first one come.
    states = [
        ((kind.value, state.value), backlog.recordings.get((kind, state), 0))
        for kind in RecordingKind
        for state in RecordingState
    ]
    yield "voiceops_recordings", "Recordings by kind and state.", ("kind", "state"), states
    ages = [((lane.value,), (now - backlog.waiting_since.get(lane, now)).total_seconds()) for lane in Lane]
    yield "voiceops_lane_oldest_seconds", "How long the oldest record of a lane has waited.", ("lane",), ages
    failures = [((reason,), number) for reason, number in backlog.failures.items()]
    yield "voiceops_recordings_failed", "Failed recordings by reason, the most frequent ones.", ("reason",), failures
    yield _one("voiceops_notices_failed", "Notices that could not be delivered.", backlog.notices_failed)
    share = backlog.unread / backlog.left if backlog.left else 0.0
    yield _one("voiceops_voicemails_unconverted_ratio", "Share of the last day's voicemails without a text.", share)


def _of_redis(services: Services) -> Iterator[Measure]:
    """The database answers for the rest: an alarm must see that Redis is away."""
    try:
        depths = services.jobs.depths()
    except Unavailable:
        yield _one("voiceops_redis_up", "Whether Redis answers.", 0)
        return
    yield _one("voiceops_redis_up", "Whether Redis answers.", 1)
    waiting = [((lane.value,), depth) for lane, depth in depths.items()]
    yield "voiceops_lane_waiting", "Background jobs that wait in a lane.", ("lane",), waiting


def _one(name: str, text: str, value: float) -> Measure:
    return name, text, (), [((), value)]
