"""Turns every error into an RFC 9457 problem document; the only place that knows HTTP statuses."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.schemas.problem import Problem, ProblemPlace
from api.ui.problem_page import problem_page, wants_page
from voiceops import errors
from voiceops.errors import Changed, InvalidDocument, TooManyAttempts, VoiceOpsError

RETRY_AFTER_SECONDS = 5
_MAY_SUCCEED_LATER = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE}

# Every class of voiceops/errors.py has a row; a house test keeps it so. The title says what kind
# of problem it is and never changes from one occurrence to the next (RFC 9457, 3.1.3).
PROBLEM_TABLE: Mapping[type[VoiceOpsError], tuple[HTTPStatus, str]] = {
    errors.VoiceOpsError: (HTTPStatus.INTERNAL_SERVER_ERROR, "It cannot be done"),
    errors.BadInput: (HTTPStatus.UNPROCESSABLE_ENTITY, "The input cannot be used"),
    errors.UnreadableAudio: (HTTPStatus.UNPROCESSABLE_ENTITY, "Not a readable recording"),
    errors.TooLarge: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Larger or longer than allowed"),
    errors.InvalidDocument: (HTTPStatus.UNPROCESSABLE_ENTITY, "The document breaks its form"),
    errors.NotFound: (HTTPStatus.NOT_FOUND, "No such record"),
    errors.Removed: (HTTPStatus.GONE, "Removed on purpose"),
    errors.Conflict: (HTTPStatus.CONFLICT, "The record's state does not allow this"),
    errors.Changed: (HTTPStatus.PRECONDITION_FAILED, "Changed since you saw it"),
    errors.NotSignedIn: (HTTPStatus.UNAUTHORIZED, "Not signed in"),
    errors.TooManyAttempts: (HTTPStatus.TOO_MANY_REQUESTS, "Tried too often"),
    errors.NotAllowed: (HTTPStatus.FORBIDDEN, "Not allowed"),
    errors.MissingPart: (HTTPStatus.NOT_IMPLEMENTED, "A part is missing on this machine"),
    errors.StorageFull: (HTTPStatus.INSUFFICIENT_STORAGE, "No room left"),
    errors.Unavailable: (HTTPStatus.SERVICE_UNAVAILABLE, "A service does not answer now"),
    errors.EngineFailed: (HTTPStatus.BAD_GATEWAY, "An engine failed"),
}


def problem_of(error: VoiceOpsError, *, request_id: str | None) -> Problem:
    """The document for an error, by the nearest class that has a row in the table."""
    status, title = _row(type(error))
    return Problem(
        type=type_of(type(error).__name__),
        title=title,
        status=status,
        detail=error.what,
        record=error.record,
        next_step=error.next_step,
        request_id=request_id,
        problems=_places(error) if isinstance(error, InvalidDocument | Changed) else [],
    )


def type_of(class_name: str) -> str:
    """A stable name for a kind of problem, for programs: `UnreadableAudio` → `…:unreadable-audio`."""
    words = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in class_name)
    return f"urn:voiceops:problem:{words.strip('-')}"


def answer_problem(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """A page for who came with a browser, the document itself for a program."""
    if wants_page(request):
        return problem_page(request, problem, {**_headers_for(problem.status), **(headers or {})})
    return problem_response(problem, headers)


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer that carries a problem document, with the headers its status asks for."""
    return JSONResponse(
        problem.model_dump(mode="json"),
        status_code=problem.status,
        headers={**_headers_for(problem.status), **(headers or {})},
        media_type="application/problem+json",
    )


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every error of ours, of the router and of request validation as a problem."""
    app.add_exception_handler(VoiceOpsError, _on_our_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_router_error)


def request_id_of(request: Request) -> str | None:
    """The id under which this request is logged."""
    return getattr(request.state, "request_id", None)


def unexpected(request_id: str) -> Problem:
    """The problem for a fault of our own, which says nothing about its inside."""
    return Problem(
        type=type_of("UnexpectedFault"),
        title="An unexpected fault",
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        detail="The server met a fault that nobody foresaw.",
        next_step="Try once more; if it stays, give the request id to whoever runs this system.",
        request_id=request_id,
    )


def _row(kind: type[VoiceOpsError]) -> tuple[HTTPStatus, str]:
    return next(PROBLEM_TABLE[ancestor] for ancestor in kind.__mro__ if ancestor in PROBLEM_TABLE)


def _places(error: InvalidDocument | Changed) -> list[ProblemPlace]:
    return [ProblemPlace(line=place.line, sentence=place.sentence) for place in error.problems]


def _headers_for(status: int) -> dict[str, str]:
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="voiceops"'}
    if status in _MAY_SUCCEED_LATER:
        return {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return {}


async def _on_our_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, VoiceOpsError)  # noqa: S101 - registered for this class only
    wait = {"Retry-After": str(error.retry_after_seconds)} if isinstance(error, TooManyAttempts) else {}
    return answer_problem(request, problem_of(error, request_id=request_id_of(request)), wait)


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    return _invalid_request(request, [_place(entry) for entry in error.errors()])


def _invalid_request(request: Request, places: list[ProblemPlace]) -> Response:
    problem = Problem(
        type=type_of("InvalidRequest"),
        title="The request breaks its form",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        detail="The request has parts that are missing or not as the API description says.",
        next_step="Mend the places named in problems; /openapi.json describes every request.",
        request_id=request_id_of(request),
        problems=places,
    )
    return answer_problem(request, problem)


def _place(entry: Mapping[str, object]) -> ProblemPlace:
    location = entry["loc"]
    parts: Sequence[object] = location if isinstance(location, tuple) else ()
    return ProblemPlace(where=".".join(str(part) for part in parts), sentence=str(entry["msg"]))


async def _on_router_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    # FastAPI wraps whatever reading the body raised; ours is inside (a body past its limit).
    if isinstance(error.__cause__, VoiceOpsError):
        return await _on_our_error(request, error.__cause__)
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.BAD_REQUEST:
        return _invalid_request(request, [ProblemPlace(where="body", sentence="It cannot be read as JSON.")])
    detail, next_step = _ROUTER_WORDS.get(status, (str(error.detail), "See /openapi.json for what is possible."))
    problem = Problem(
        type="about:blank",
        title=status.phrase,
        status=status,
        detail=detail,
        next_step=next_step,
        request_id=request_id_of(request),
    )
    headers = _allowed(request) if status is HTTPStatus.METHOD_NOT_ALLOWED else error.headers
    return answer_problem(request, problem, headers)


def _allowed(request: Request) -> dict[str, str]:
    """All methods of an address; the router knows those of one route at a time only.

    Where an address is also the id in a wider one (`/recordings/batch`), only the first, narrower one counts.
    """
    matching = [route for route in request.app.routes if route.matches(request.scope)[0] is Match.PARTIAL]
    same = [route for route in matching if route.path == matching[0].path]
    return {"Allow": ", ".join(sorted({method for route in same for method in getattr(route, "methods", ())}))}


_ROUTER_WORDS: Mapping[HTTPStatus, tuple[str, str]] = {
    HTTPStatus.NOT_FOUND: ("Nothing is served at this address.", "See /openapi.json for the addresses there are."),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "This address does not know this method.",
        "Use one of the methods in the Allow header.",
    ),
}
