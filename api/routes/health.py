"""Whether the API lives and whether it can work."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response

from api.answers import problem
from api.deps import Here
from api.guard import GuardedRoute
from api.problems import problem_response, request_id_of, type_of
from api.schemas.health import Life, Readiness
from api.schemas.problem import Problem, ProblemPlace
from voiceops.errors import VoiceOpsError
from voiceops.ports import Services

router = APIRouter(tags=["health"], route_class=GuardedRoute)


@router.get("/livez", name="live")
def live() -> Life:
    """The process answers."""
    return Life(status="alive")


@router.get(
    "/readyz",
    name="ready",
    response_model=Readiness,
    responses={HTTPStatus.SERVICE_UNAVAILABLE.value: problem(HTTPStatus.SERVICE_UNAVAILABLE)},
)
def ready(request: Request, services: Here) -> Any:  # a Readiness or a problem document
    """The parts that the API needs answer too."""
    parts = {"database": lambda: _ask_database(services), "redis": services.jobs.depths}
    faults = [fault for name, ask in parts.items() if (fault := _fault(name, ask)) is not None]
    return _not_ready(request, faults) if faults else Readiness(status="ready", parts=sorted(parts))


def _ask_database(services: Services) -> None:
    with services.open_view() as unit:
        unit.tokens.find("")


def _fault(name: str, ask: Callable[[], object]) -> ProblemPlace | None:
    try:
        ask()
    except VoiceOpsError as error:
        return ProblemPlace(where=name, sentence=error.what)
    return None


def _not_ready(request: Request, faults: list[ProblemPlace]) -> Response:
    return problem_response(
        Problem(
            type=type_of("NotReady"),
            title="Not ready to work",
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            detail="A part that the API needs does not answer: "
            + ", ".join(str(fault.where) for fault in faults)
            + ".",
            record="readyz",
            next_step="Wait a few seconds; if it stays, see that the parts named in problems run.",
            request_id=request_id_of(request),
            problems=faults,
        )
    )
