"""Users: let somebody in, change what they may do, give a new password, sign them out."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from api.access import SignedIn
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.routes import users as users_api
from api.schemas.user import UserIn, UserRights
from api.ui.admin import render_admin
from api.ui.filled import EMPTY, Filled, Unfit, checked, refused
from api.ui.forms import Typed, go_to
from api.ui.rights import field_of, rights_in
from voiceops.analysis.version_tag import user_tag
from voiceops.domain.people import Role
from voiceops.domain.user import User
from voiceops.errors import BadInput, Conflict, NotFound
from voiceops.ports import Services

router = APIRouter(prefix="/admin/users", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)


@router.get("", name="users_page")
def users_page(request: Request, services: Here, who: Who) -> Response:
    """Everybody who signs in, and a form for one more."""
    return _list(request, services, who)


@router.post("", name="add_user_by_form")
def add_user_by_form(  # noqa: PLR0913 - each field of the form is one parameter
    request: Request,
    services: Here,
    who: Who,
    *,
    name: Typed = "",
    role: Annotated[Role, Form()] = Role.AGENT,
    agent_id: Typed = "",
    teams: Typed = "",
) -> Response:
    """Makes a user. The page that answers is the only place where their password ever stands."""
    typed = {"name": name, "role": role, "agent_id": agent_id, "teams": teams}
    try:
        wanted = checked(UserIn, {"name": name, **rights_in(role, agent_id, teams)})
        made = users_api.create_user(wanted, Response(), services, who)
    except Conflict as error:
        return _list(request, services, who, refused(request, typed, error, field="name"))
    except (Unfit, BadInput, NotFound) as error:
        return _list(request, services, who, refused(request, typed, error, field=field_of(role)))
    return _list(request, services, who, given=(made.name, made.password))


@router.get("/{user_id}", name="user_page")
def user_page(request: Request, user_id: PathId, services: Here, who: Who) -> Response:
    """One user."""
    return _one(request, services, who, user_id)


@router.post("/{user_id}", name="change_user_by_form")
def change_user_by_form(  # noqa: PLR0913 - each field of the form is one parameter
    request: Request,
    user_id: PathId,
    services: Here,
    who: Who,
    *,
    seen: Typed,
    role: Annotated[Role, Form()],
    agent_id: Typed = "",
    teams: Typed = "",
    disabled: Annotated[bool, Form()] = False,
) -> Response:
    """Changes what they may do; they sign in anew."""
    typed = {"role": role, "agent_id": agent_id, "teams": teams, "disabled": disabled}
    try:
        rights = checked(UserRights, {**rights_in(role, agent_id, teams), "disabled": disabled})
        users_api.change_user(user_id, rights, Response(), services, who, seen)
    except Conflict as error:
        return _one(request, services, who, user_id, refused(request, typed, error))
    except (Unfit, BadInput, NotFound) as error:
        return _one(request, services, who, user_id, refused(request, typed, error, field=field_of(role)))
    return go_to(f"/admin/users/{user_id}", done="saved")


@router.post("/{user_id}/password", name="reset_password_by_form")
def reset_password_by_form(request: Request, user_id: PathId, services: Here, who: Who) -> Response:
    """Gives a new one-time password, shown by this answer alone."""
    password = users_api.reset_password(user_id, services, who).password
    return _one(request, services, who, user_id, given=password)


@router.post("/{user_id}/sessions", name="end_sessions_by_form")
def end_sessions_by_form(user_id: PathId, services: Here, who: Who) -> Response:
    """Signs them out everywhere."""
    users_api.end_sessions(user_id, services, who)
    return go_to(f"/admin/users/{user_id}", done="signed-out-everywhere")


def _list(
    request: Request,
    services: Services,
    who: SignedIn,
    filled: Filled = EMPTY,
    *,
    given: tuple[str, str] | None = None,
) -> Response:
    with services.open_view() as unit:
        users, agents = unit.users.list(), unit.agents.list()
    values: Mapping[str, Any] = {"role": Role.AGENT, **filled.values}
    return render_admin(
        request,
        who,
        "admin_users.html",
        status=filled.status,
        users=users,
        agents=agents,
        roles=[role for role in Role if role is not Role.INGEST],
        filled=Filled(values, filled.errors, filled.problem),
        given=given,
    )


def _one(
    request: Request,
    services: Services,
    who: SignedIn,
    user_id: str,
    filled: Filled = EMPTY,
    *,
    given: str | None = None,
) -> Response:
    with services.open_view() as unit:
        user, agents = unit.users.get(user_id), unit.agents.list()
    return render_admin(
        request,
        who,
        "admin_user.html",
        status=filled.status,
        user=user,
        agents=agents,
        seen=user_tag(user),
        roles=[role for role in Role if role is not Role.INGEST or user.role is role],
        filled=Filled({**_fields(user), **filled.values}, filled.errors, filled.problem),
        given=given,
    )


def _fields(user: User) -> dict[str, Any]:
    return {
        "role": user.role,
        "agent_id": user.agent_id or "",
        "teams": ", ".join(user.teams),
        "disabled": user.disabled_at is not None,
    }
