"""The first page after signing in, and the choice of a language."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.deps import Who
from api.guard import GuardedRoute
from api.ui.forms import Then, go_to
from api.ui.render import menu_of
from api.ui.texts import LANGUAGE_COOKIE

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

_YEAR_SECONDS = 365 * 24 * 3600


@router.get("/", name="home_page")
def home_page(request: Request, who: Who) -> Response:
    """On to the page where this role's day begins."""
    if who.identity.must_change_password:
        return go_to("/password")
    return go_to(menu_of(who)[0][0], done=request.query_params.get("done"))


@router.post("/language", name="choose_language")
def choose_language(
    request: Request, language: Annotated[str, Form(pattern="^[a-z]{2}$")], then: Then = "/"
) -> Response:
    """Keeps the language of the pages in this browser."""
    answer = go_to(then)
    answer.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=_YEAR_SECONDS,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer
