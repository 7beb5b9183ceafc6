"""Signing in and out with a browser, and choosing a password of one's own."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import SecretStr

from api.credentials import forget_session_cookie, refuse_forgery, set_session_cookie
from api.deps import Here, Who
from api.guard import GuardedRoute
from api.problems import problem_of, request_id_of
from api.routes.session import user_of
from api.ui.forms import Then, Typed, go_to
from api.ui.render import render
from voiceops.errors import BadInput, NotSignedIn, TooManyAttempts
from voiceops.ports import Services
from voiceops.usecases.change_password import change_password
from voiceops.usecases.end_session import end_session
from voiceops.usecases.sign_in_with_password import sign_in_with_password

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

Password = Annotated[SecretStr, Form(max_length=200)]


@router.get("/sign-in", name="sign_in_page")
def sign_in_page(request: Request) -> Response:
    """Asks for a name and a password."""
    return render(request, "sign_in.html", problem=None, name="", then="/")


@router.post("/sign-in", name="sign_in_by_form")
def sign_in_by_form(request: Request, services: Here, name: Typed, password: Password, then: Then = "/") -> Response:
    """Begins a session and goes where they wanted to; a given password is changed first."""
    refuse_forgery(request)
    try:
        return _begin(request, services, name, password, then)
    except (NotSignedIn, TooManyAttempts) as error:
        problem = problem_of(error, request_id=request_id_of(request))
        return render(request, "sign_in.html", status=problem.status, problem=problem, name=name, then=then)


@router.post("/sign-out", name="sign_out_by_form")
def sign_out_by_form(services: Here, who: Who) -> Response:
    """Ends the session."""
    end_session(services, who.identity.id)
    answer = go_to("/sign-in", done="signed-out")
    forget_session_cookie(answer)
    return answer


@router.get("/password", name="password_page")
def password_page(request: Request) -> Response:
    """Asks for the password so far and a new one."""
    return render(request, "password.html", problem=None)


@router.post("/password", name="change_password_by_form")
def change_password_by_form(
    request: Request, services: Here, who: Who, *, old: Password, new: Password, again: Password
) -> Response:
    """Changes it. That ends every session of theirs, so this browser gets another one."""
    try:
        change_password(services, user_of(who.identity), old=old.get_secret_value(), new=_same(new, again))
    except BadInput as error:
        problem = problem_of(error, request_id=request_id_of(request))
        return render(request, "password.html", status=problem.status, problem=problem)
    return _begin(request, services, who.identity.name, new, "/", done="password")


def _same(new: SecretStr, again: SecretStr) -> str:
    if new != again:
        raise BadInput(
            "The new password is not the same both times.", record="the new password", next_step="Type both anew."
        )
    return new.get_secret_value()


def _begin(
    request: Request, services: Services, name: str, password: SecretStr, then: str, *, done: str | None = None
) -> Response:
    session, user, secret = sign_in_with_password(services, name=name, password=password.get_secret_value())
    answer = go_to("/password" if user.must_change_password else then, done=done)
    set_session_cookie(request, answer, secret, session)
    return answer
