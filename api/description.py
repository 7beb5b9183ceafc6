"""The API's description: an OpenAPI 3.1 document, served at /openapi.json."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from api.access import ACCESS
from api.answers import problem
from api.credentials import COOKIE
from api.examples import add_examples
from api.guard import GuardedRoute, scope_of
from api.idempotency import HEADER, KEY_PATTERN
from api.open_routes import PUBLIC
from voiceops import __version__

_ABOUT = """\
Recorded calls become compliance verdicts, voicemails become callback tasks.

Send `Authorization: Bearer …` with every request. Errors are problem documents (RFC 9457) that say what happened, to
which record, and what to do next. Lists come in pages: pass `next` as `cursor` to get the page that follows. Times are
RFC 3339 in UTC.
"""


_IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "A fresh name for this request; sent again with the same one, it gets the same answer and does "
    "nothing twice.",
    "schema": {"type": "string", "pattern": KEY_PATTERN, "minLength": 1, "maxLength": 255},
    "example": "8e03978e-40d5-43dd-bc93-6894a57f9324",
}


def add_description(app: FastAPI) -> None:
    """Serve the document; it is made once, on the first request."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    def api_description() -> JSONResponse:
        return JSONResponse(describe())

    app.openapi = describe  # type: ignore[method-assign]  # the documented way to extend the description
    app.router.routes.append(
        GuardedRoute("/openapi.json", api_description, name="api_description", include_in_schema=False)
    )


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title="VoiceOps",
        version=__version__,
        openapi_version="3.1.0",
        description=_ABOUT,
        routes=app.routes,
        # One name for one thing: generated clients would otherwise have two of some models.
        separate_input_output_schemas=False,
    )
    document["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
    }
    for route in app.routes:
        if isinstance(route, APIRoute) and route.include_in_schema:
            _describe_access(route, document["paths"][route.path_format])
    add_examples(document["components"]["schemas"])
    return document


def _describe_access(route: APIRoute, path: dict[str, Any]) -> None:
    """Who may use a route stands in its description, straight from the table."""
    for method in route.methods or ():
        operation = path[method.lower()]
        operation["operationId"] = route.name
        if route.name in PUBLIC:
            operation["security"] = []
            continue
        operation["security"] = [{"bearer": []}, {"session": []}]
        roles = ", ".join(f"{role} ({reach})" for role, reach in ACCESS[route.name].items())
        if method == "POST":
            operation.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)
            operation["responses"].setdefault("409", _described(HTTPStatus.CONFLICT))
        operation["description"] = f"{operation.get('description', '')}\n\nRoles: {roles}. Scope: {scope_of(route)}."


def _described(status: HTTPStatus) -> dict[str, Any]:
    """A problem as the finished document has it; FastAPI's `model` is for routes only."""
    return {name: value for name, value in problem(status).items() if name != "model"}
