"""Tokens: let a program in, narrowed to what it needs, and end its access."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.routing import APIRoute

from api.access import SignedIn
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute, scope_of
from api.routes import tokens as tokens_api
from api.schemas.people import TokenIn
from api.ui.admin import render_admin
from api.ui.filled import EMPTY, Filled, Unfit, checked, refused
from api.ui.forms import Typed, go_to
from api.ui.rights import field_of, rights_in
from voiceops.domain.people import Role
from voiceops.errors import BadInput, Conflict, NotFound
from voiceops.ports import Services

router = APIRouter(prefix="/admin/tokens", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)


@router.get("", name="tokens_page")
def tokens_page(request: Request, services: Here, who: Who) -> Response:
    """Every token without its secret, and a form for one more."""
    return _list(request, services, who)


@router.post("", name="add_token_by_form")
def add_token_by_form(  # noqa: PLR0913 - each field of the form is one parameter
    request: Request,
    services: Here,
    who: Who,
    *,
    name: Typed = "",
    role: Annotated[Role, Form()] = Role.INGEST,
    agent_id: Typed = "",
    teams: Typed = "",
    until: Typed = "",
    scopes: Annotated[tuple[str, ...], Form()] = (),
) -> Response:
    """Makes a token. The page that answers is the only place where its secret ever stands."""
    typed = {
        "name": name, "role": role, "agent_id": agent_id, "teams": teams, "until": until, "scopes": scopes
    }  # fmt: skip
    try:
        wanted = {
            "name": name,
            **rights_in(role, agent_id, teams),
            "expires_at": _end_of(until),
            "scopes": list(scopes),
        }
        made = tokens_api.create_token(checked(TokenIn, wanted), services, who)
    except Conflict as error:
        return _list(request, services, who, refused(request, typed, error, field="name"))
    except (Unfit, BadInput, NotFound) as error:
        return _list(request, services, who, refused(request, typed, error, field=field_of(role, other="until")))
    return _list(request, services, who, given=(made.name, made.secret))


@router.post("/{token_id}/remove", name="remove_token_by_form")
def remove_token_by_form(token_id: PathId, services: Here, who: Who) -> Response:
    """Ends a token."""
    tokens_api.remove_token(token_id, services, who)
    return go_to("/admin/tokens", done="token-removed")


def _end_of(day: str) -> datetime | None:
    if not day:
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time.max, tzinfo=UTC)
    except ValueError as error:
        raise Unfit({"until": "This is no date."}) from error


def _list(
    request: Request,
    services: Services,
    who: SignedIn,
    filled: Filled = EMPTY,
    *,
    given: tuple[str, str] | None = None,
) -> Response:
    with services.open_view() as unit:
        tokens, agents = unit.tokens.list(), unit.agents.list()
    values: dict[str, Any] = {"role": Role.INGEST, "scopes": (), **filled.values}
    return render_admin(
        request,
        who,
        "admin_tokens.html",
        status=filled.status,
        tokens=tokens,
        agents=agents,
        now=services.clock.now(),
        roles=list(Role),
        scopes=_scopes(request),
        filled=Filled(values, filled.errors, filled.problem),
        given=given,
    )


def _scopes(request: Request) -> list[str]:
    """Every scope that a route of the API asks for."""
    routes = (route for route in request.app.routes if isinstance(route, APIRoute) and route.include_in_schema)
    return sorted({scope_of(route) for route in routes if route.tags})
