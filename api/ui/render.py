"""Turns a template and its values into a page in the reader's language."""

from functools import cache
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.access import ACCESS, SignedIn
from api.ui.names import name_of, name_of_verdict, sign_of
from api.ui.serve_assets import address_of
from api.ui.texts import LANGUAGES, RIGHT_TO_LEFT, language_of, later, texts
from voiceops.analysis.transcript_text import clock_time

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    # Without a referrer a browser says "Origin: null" for a form, which tells our own pages from nobody's.
    "Referrer-Policy": "same-origin",
}

# The pages that a menu offers, in order: route, address, text. Who may open one stands in api/page_access.py.
_MENU = (
    ("inbox_page", "/inbox", later("Inbox")),
    ("board_page", "/board", later("Board")),
    ("calls_page", "/calls", later("Calls")),
    ("trends_page", "/trends", later("Trends")),
    ("disputes_page", "/disputes", later("Disputes")),
    ("keyword_sets_page", "/keyword-sets", later("Keyword sets")),
    ("admin_page", "/admin", later("Administration")),
)

# What a page says after something was done; the address names it, so that nothing is kept between two requests.
_DONE = {
    "password": later("Your password is changed."),
    "signed-out": later("You are signed out."),
    "attempt": later("The attempt is noted; the task comes back by itself."),
    "completed": later("The task is done."),
    "reviewed": later("Your answer is kept beside the machine's."),
    "shown-to-agent": later("The agent sees the results now."),
    "acknowledged": later("It is noted that you have read the results."),
    "disputed": later("Your dispute is with QA now."),
    "answered": later("The agent sees your answer."),
    "sampled": later("The sample is drawn; it shows the same calls for ever."),
    "released": later("The task is given back."),
    "handed-over": later("The task is handed over."),
    "cancelled": later("The task is cancelled."),
    "activated": later("It is in use. Stored calls are being evaluated with it."),
    "reanalysis-cancelled": later("It is stopped; what it has stored stays."),
    "number": later("The number is kept; what was heard stays beside it."),
    "snoozed": later("The task is put off; it comes back by itself."),
    "saved": later("It is saved."),
    "signed-out-everywhere": later("They are signed out everywhere."),
    "token-removed": later("The token is removed: nobody comes in with it any more."),
    "arrived": later("A notice has arrived there."),
    "unsubscribed": later("Nobody is told there any more."),
    "held": later("It is held: nothing of it is removed until the hold is lifted."),
    "hold-lifted": later("The hold is lifted: the rules count again."),
    "tried-again": later("It is tried again."),
}


def render(request: Request, template: str, *, status: int = HTTPStatus.OK, **values: Any) -> HTMLResponse:
    """The page, with what the layout needs beside the template's own values."""
    language = language_of(request)
    who: SignedIn | None = getattr(request.state, "signed_in", None)
    page = _environment(language).get_template(template)
    body = page.render(
        who=who,
        menu=menu_of(who),
        path=request.url.path,
        here=here_of(request),
        has_provider=request.app.state.services.sign_in_provider is not None,
        done=_DONE.get(request.query_params.get("done", "")),
        **values,
    )
    return HTMLResponse(body, status, {**_HEADERS, "Content-Security-Policy": _policy(request)})


def _policy(request: Request) -> str:
    """What a page may load: scripts and styles are files of ours only, none stands in a page.

    Sound may come from the store of recordings where the settings let players fetch it there.
    """
    store = request.app.state.services.files.players_origin
    return _POLICY.replace("media-src 'self'", f"media-src 'self' {store}") if store else _POLICY


def menu_of(who: SignedIn | None) -> list[tuple[str, str]]:
    """Address and text of each page that they may open from anywhere."""
    if who is None or who.identity.must_change_password:
        return []
    return [(address, text) for route, address, text in _MENU if who.identity.role in ACCESS[route]]


def here_of(request: Request) -> str:
    """Where to come back to after signing in or choosing a language: this address, if it can be asked for again."""
    if request.method != "GET":
        return "/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("api.ui"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(texts(language), newstyle=True)  # type: ignore[attr-defined]  # by i18n
    environment.globals.update(
        asset=address_of,
        language=language,
        languages=LANGUAGES,
        name_of=name_of,
        name_of_verdict=name_of_verdict,
        sign_of=sign_of,
        clock_time=clock_time,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
    )
    return environment
