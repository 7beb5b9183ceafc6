"""Signing in at an OpenID Connect provider: the way there and the way back."""

import hmac
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.answers import problem
from api.credentials import set_session_cookie
from api.deps import Here
from api.guard import GuardedRoute
from voiceops.errors import NotFound, NotSignedIn
from voiceops.ports import Errand, Services, SignInProvider
from voiceops.usecases.sign_in_with_provider import sign_in_with_provider

router = APIRouter(prefix="/api/v1/session/provider", tags=["session"], route_class=GuardedRoute)

ERRAND = "voiceops_errand"
ERRAND_SECONDS = 600

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status.value: problem(status)
    for status in (
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
}
# A redirect would still count as a step of the provider's site, and the browser would hold the strict cookie back.
_COME_IN = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>VoiceOps</title><meta http-equiv="refresh" content="0;url=/"></head>
<body><p>You are signed in. <a href="/">Go on.</a></p></body></html>
"""


@router.get(
    "",
    name="begin_at_provider",
    status_code=HTTPStatus.SEE_OTHER,
    response_class=RedirectResponse,
    responses={**_PROBLEMS, 303: {"description": "To the provider."}},
)
def begin_at_provider(request: Request, services: Here) -> Response:
    """Go to the provider that the settings name, to sign in there."""
    errand = _provider(services).begin(_way_back(request))
    answer = RedirectResponse(errand.url, HTTPStatus.SEE_OTHER)
    # Lax: it must come along when the provider sends the browser back.
    answer.set_cookie(
        _errand_name(request),
        f"{errand.state}.{errand.nonce}.{errand.verifier}",
        max_age=ERRAND_SECONDS,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


@router.get(
    "/callback",
    name="finish_at_provider",
    response_class=HTMLResponse,
    responses={**_PROBLEMS, 200: {"description": "You are signed in.", "content": {"text/html": {}}}},
)
def finish_at_provider(
    request: Request,
    services: Here,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    """Come back from the provider; the answer sets the session's cookie."""
    provider = _provider(services)
    errand = _errand(request, state)
    if not code:
        raise NotSignedIn(
            "The provider did not let you in.", record="sign-in", next_step="Try again, or sign in with a password."
        )
    claims = provider.finish(errand, code=code, redirect_uri=_way_back(request))
    session, _, secret = sign_in_with_provider(services, claims)
    answer = HTMLResponse(_COME_IN)
    set_session_cookie(request, answer, secret, session)
    answer.delete_cookie(_errand_name(request), path="/", secure=request.url.scheme == "https", httponly=True)
    return answer


def _provider(services: Services) -> SignInProvider:
    if services.sign_in_provider is None:
        raise NotFound(
            "No provider is named in the settings.", record="sign-in", next_step="Sign in with a name and a password."
        )
    return services.sign_in_provider


def _errand(request: Request, state: str) -> Errand:
    """What this browser was sent with. Raises NotSignedIn for another browser, or another errand."""
    kept = request.cookies.get(_errand_name(request), "").split(".")
    if len(kept) != len(("state", "nonce", "verifier")) or not hmac.compare_digest(kept[0].encode(), state.encode()):
        raise NotSignedIn(
            "This sign-in was not begun in this browser, or too long ago.",
            record="sign-in",
            next_step="Begin the sign-in anew.",
        )
    return Errand("", *kept)


def _errand_name(request: Request) -> str:
    return f"__Host-{ERRAND}" if request.url.scheme == "https" else ERRAND


def _way_back(request: Request) -> str:
    return str(request.url_for("finish_at_provider"))
