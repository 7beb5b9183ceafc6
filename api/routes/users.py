"""The people who sign in: make one, change their rights, give a new password, and see who looked at what."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.answers import problems
from api.deps import Here, Limit, PathId, Who
from api.guard import GuardedRoute
from api.preconditions import SeenTag, tagged
from api.schemas.text import Id, Line, Telephone
from api.schemas.user import (
    AccessPage,
    NewPassword,
    NewUser,
    UserIn,
    UserList,
    UserOut,
    UserRights,
    access_out,
    user_fields,
)
from voiceops.analysis.version_tag import user_tag
from voiceops.domain.access_entry import AccessAction
from voiceops.domain.user import Rights, User
from voiceops.ports import AccessFilter
from voiceops.usecases.change_user import change_user as change
from voiceops.usecases.create_user import create_user as make_user
from voiceops.usecases.end_user_sessions import end_user_sessions
from voiceops.usecases.reset_password import reset_password as reset

router = APIRouter(prefix="/api/v1", tags=["users"], route_class=GuardedRoute)


@router.post(
    "/users",
    name="create_user",
    status_code=HTTPStatus.CREATED,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def create_user(body: UserIn, response: Response, services: Here, who: Who) -> NewUser:
    """Make a user; this answer is the only place where their first password stands."""
    user, password = make_user(
        services, name=body.name, role=body.role, agent_id=body.agent_id, teams=body.teams, actor=who.actor
    )
    tagged(response, user_tag(user))
    return NewUser.model_validate({**user_fields(user), "password": password})


@router.get("/users", name="list_users", responses=problems())
def list_users(services: Here) -> UserList:
    """All users, by name."""
    with services.open_view() as unit:
        users = unit.users.list()
    return UserList(items=[UserOut.model_validate(user_fields(user)) for user in users])


@router.get("/users/{user_id}", name="get_user", responses=problems(HTTPStatus.NOT_FOUND))
def get_user(user_id: PathId, response: Response, services: Here) -> UserOut:
    """One user."""
    with services.open_view() as unit:
        return _user(unit.users.get(user_id), response)


@router.put(
    "/users/{user_id}",
    name="change_user",
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED),
)
def change_user(
    user_id: PathId, body: UserRights, response: Response, services: Here, who: Who, seen: SeenTag
) -> UserOut:
    """Change what a user may do, or shut them out; their sessions end."""
    rights = Rights(body.role, body.agent_id, tuple(body.teams))
    user = change(services, user_id, actor=who.actor, rights=rights, disabled=body.disabled, seen=seen)
    return _user(user, response)


@router.post("/users/{user_id}/password", name="reset_password", responses=problems(HTTPStatus.NOT_FOUND))
def reset_password(user_id: PathId, services: Here, who: Who) -> NewPassword:
    """Give a user a new one-time password and unlock them; their sessions end."""
    return NewPassword(password=reset(services, user_id, actor=who.actor))


@router.delete(
    "/users/{user_id}/sessions",
    name="end_sessions",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(HTTPStatus.NOT_FOUND),
)
def end_sessions(user_id: PathId, services: Here, who: Who) -> None:
    """Sign a user out everywhere."""
    end_user_sessions(services, user_id, actor=who.actor)


@router.get("/access-log", name="list_access", responses=problems())
def list_access(  # noqa: PLR0913 - each filter is one parameter of the address
    services: Here,
    *,
    actor: Line | None = None,
    customer: Telephone | None = None,
    record: Id | None = None,
    action: AccessAction | None = None,
    limit: Limit = 50,
    cursor: Annotated[int | None, Query(ge=1, le=2**53, description="`next` of the page before.")] = None,
) -> AccessPage:
    """Who looked at whose words or voice, and who changed which rights; the newest first."""
    wanted = AccessFilter(actor=actor, customer=customer, record=record, action=action)
    with services.open_view() as unit:
        found = unit.access_log.list(wanted, limit=limit + 1, before=cursor)
    page = found[:limit]
    return AccessPage(items=[access_out(line) for line in page], next=page[-1].number if len(found) > limit else None)


def _user(user: User, response: Response) -> UserOut:
    tagged(response, user_tag(user))
    return UserOut.model_validate(user_fields(user))
