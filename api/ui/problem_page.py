"""A problem as a page, for who came with a browser; signing in is the page of who must do that first."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.credentials import cookie_name
from api.schemas.problem import Problem
from api.ui.render import here_of, render
from api.ui.texts import later

# Problems are worded where they arise, in English. People meet these before anybody could help them, so they are
# translated as well; of the others, the title is.
KNOWN_SENTENCES = (
    later("The name or the password is wrong."),
    later("Try again, or ask an administrator."),
    later("Too many wrong passwords were given."),
    later("Wait a while and try again, or ask an administrator for a new password."),
    later("The session has ended."),
    later("Sign in again."),
    later("The old password is wrong."),
    later("Type it again."),
    later("The new password is not the same both times."),
    later("Type both anew."),
    later("Take four or five words that nobody would put together."),
    later("Nothing is served at this address."),
    later("Load the task again and look at its state."),
    later("This is no telephone number that can be called."),
    later("Write it as you would dial it, or with + and the country's code."),
    later("No time was chosen."),
    later("Press one, or give a day and a time."),
)


def wants_page(request: Request) -> bool:
    """Whether a browser asks for something to look at; programs and scripts do not name HTML."""
    return "text/html" in request.headers.get("accept", "")


def problem_page(request: Request, problem: Problem, headers: Mapping[str, str]) -> HTMLResponse:
    """What happened, to what, and what to do next."""
    if problem.status == HTTPStatus.UNAUTHORIZED:
        # Who just arrived is asked to sign in, and not told that they have not.
        ended = problem if cookie_name(request) in request.cookies else None
        page = render(request, "sign_in.html", status=problem.status, problem=ended, name="", then=here_of(request))
    else:
        page = render(request, "problem.html", status=problem.status, problem=problem)
    page.headers.update(headers)
    return page
