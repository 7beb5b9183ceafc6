"""Finds out who sends a request: a machine by its bearer token, or a browser by its session's cookie.

A cookie comes along with every request of a browser, also with one that another site made it send. So a request
that changes something counts only if the browser says that it comes from our own pages.
"""

from urllib.parse import urlsplit

from fastapi import Request, Response

from voiceops.domain.user import Identity, Session
from voiceops.errors import NotAllowed, NotSignedIn
from voiceops.ports import Services
from voiceops.usecases.resume_session import resume_session
from voiceops.usecases.sign_in import sign_in

COOKIE = "voiceops_session"
# A browser takes this name only over TLS, for this host alone, and lets no neighbouring host set it.
COOKIE_OVER_TLS = f"__Host-{COOKIE}"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def identity_of(services: Services, request: Request) -> Identity:
    """Who this is. Raises NotSignedIn, or NotAllowed for a request that another site may have forged."""
    header = request.headers.get("authorization")
    if header is not None:
        return sign_in(services, _secret(header))
    secret = request.cookies.get(cookie_name(request))
    if not secret:
        raise _no_token()
    if request.method not in _READING:
        refuse_forgery(request)
    return resume_session(services, secret)


def cookie_name(request: Request) -> str:
    """The session cookie's name: a stricter one over TLS."""
    return COOKIE_OVER_TLS if request.url.scheme == "https" else COOKIE


def set_session_cookie(request: Request, response: Response, secret: str, session: Session) -> None:
    """Let the browser keep the session's secret, out of reach of scripts and of other sites."""
    response.set_cookie(
        cookie_name(request),
        secret,
        max_age=round((session.expires_at - session.created_at).total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def forget_session_cookie(response: Response) -> None:
    """Let the browser forget the secret, however it came."""
    for name in (COOKIE, COOKIE_OVER_TLS):
        response.delete_cookie(name, path="/", secure=name == COOKIE_OVER_TLS, httponly=True, samesite="strict")


def refuse_forgery(request: Request) -> None:
    """Raise NotAllowed unless the browser says that the request comes from our own pages.

    Every browser since 2023 sends Sec-Fetch-Site; older ones send Origin.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        is_ours = site in {"same-origin", "none"}
    else:
        is_ours = urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host")
    if not is_ours:
        raise NotAllowed(
            "The request does not come from the pages of this system.",
            record="the session",
            next_step="Open the page anew and try again; programs use a token instead of a session.",
        )


def _secret(authorization: str) -> str:
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise _no_token()
    return secret.strip()


def _no_token() -> NotSignedIn:
    return NotSignedIn(
        "The request carries no bearer token and no session.",
        record="the Authorization header",
        next_step="Send `Authorization: Bearer …` with your token, or sign in.",
    )
