"""Signing in and out of the pages, and one's own password."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.answers import problem, problems
from api.credentials import forget_session_cookie, refuse_forgery, set_session_cookie
from api.deps import Here, Who
from api.guard import GuardedRoute
from api.schemas.user import PasswordChange, SessionOut, SignIn, session_out
from voiceops.domain.user import Identity
from voiceops.errors import Conflict
from voiceops.usecases.change_password import change_password as change
from voiceops.usecases.end_session import end_session as end
from voiceops.usecases.end_user_sessions import end_user_sessions
from voiceops.usecases.sign_in_with_password import sign_in_with_password

router = APIRouter(prefix="/api/v1/session", tags=["session"], route_class=GuardedRoute)


@router.post(
    "",
    name="begin_session",
    responses={
        status.value: problem(status)
        for status in (
            HTTPStatus.UNAUTHORIZED,
            HTTPStatus.FORBIDDEN,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            HTTPStatus.TOO_MANY_REQUESTS,
            HTTPStatus.SERVICE_UNAVAILABLE,
        )
    },
)
def begin_session(body: SignIn, request: Request, response: Response, services: Here) -> SessionOut:
    """Sign in; the answer sets a cookie that scripts cannot read."""
    if request.headers.get("sec-fetch-site") or request.headers.get("origin"):
        refuse_forgery(request)
    session, user, secret = sign_in_with_password(services, name=body.name, password=body.password.get_secret_value())
    set_session_cookie(request, response, secret, session)
    return SessionOut(
        name=user.name,
        role=user.role,
        agent_id=user.agent_id,
        teams=list(user.teams),
        must_change_password=user.must_change_password,
    )


@router.get("", name="get_session", responses=problems())
def get_session(who: Who) -> SessionOut:
    """Who is signed in."""
    return session_out(who.identity)


@router.delete("", name="end_session", status_code=HTTPStatus.NO_CONTENT, responses=problems(HTTPStatus.CONFLICT))
def end_session(
    response: Response,
    services: Here,
    who: Who,
    *,
    everywhere: Annotated[bool, Query(description="true: in every other browser too.")] = False,
) -> None:
    """Sign out, here or everywhere."""
    user_id = user_of(who.identity)
    if everywhere:
        end_user_sessions(services, user_id, actor=who.actor)
    else:
        end(services, who.identity.id)
    forget_session_cookie(response)


@router.put(
    "/password",
    name="change_password",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(HTTPStatus.CONFLICT),
)
def change_password(body: PasswordChange, services: Here, who: Who) -> None:
    """Choose another password; every session of yours ends, so sign in again."""
    user_id = user_of(who.identity)
    change(services, user_id, old=body.old.get_secret_value(), new=body.new.get_secret_value())


def user_of(identity: Identity) -> str:
    """The id of the user in this session. Raises Conflict for a token."""
    if identity.user_id is None:
        raise Conflict(
            "A token has neither a session nor a password.",
            record=identity.name,
            next_step="Sign in with a name and a password for this; an admin ends tokens.",
        )
    return identity.user_id
