"""How the API description says which problems a route may answer with, and answers that are JSON already."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Response
from pydantic_core import to_json

from api.schemas.problem import Problem

_MEANINGS = {
    HTTPStatus.UNAUTHORIZED: "No token or session, or one that is not known.",
    HTTPStatus.FORBIDDEN: "The token's role may not do this, or the record is somebody else's.",
    HTTPStatus.NOT_FOUND: "No record has that id.",
    HTTPStatus.GONE: "It was removed on purpose; detail says when and why.",
    HTTPStatus.CONFLICT: "The record's state does not allow this, or somebody was first.",
    HTTPStatus.PRECONDITION_FAILED: "It is not what you saw any more; problems says what changed.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Larger or longer than allowed.",
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: "The range lies outside the file.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The request or what was sent cannot be used; problems says where.",
    HTTPStatus.TOO_MANY_REQUESTS: "Tried too often; try again after Retry-After seconds.",
    HTTPStatus.SERVICE_UNAVAILABLE: "A service does not answer now; try again after Retry-After seconds.",
    HTTPStatus.INSUFFICIENT_STORAGE: "No room left on the disk.",
    HTTPStatus.NOT_IMPLEMENTED: "A part that this needs is missing on this machine.",
}

# What every route behind the guard may answer.
_ALWAYS = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


def problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a guarded route: these statuses and those that every such route has."""
    return {status.value: problem(status) for status in sorted({*statuses, *_ALWAYS})}


def problem(status: HTTPStatus) -> dict[str, Any]:
    """One status as a problem document."""
    return {
        "description": _MEANINGS[status],
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        "model": Problem,
    }


def json_answer(document: Mapping[str, object]) -> Response:
    """A document of plain JSON values as it is.

    Reading it into its schema first would take most of the time that a long transcript takes. A test compares the two.
    """
    return Response(to_json(document), media_type="application/json")
