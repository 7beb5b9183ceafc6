"""No route that changes anything may be reached by a page of another site with the cookie of who looks at it."""

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi.routing import APIRoute

from api.app import create_app
from api.open_routes import PUBLIC
from tests.api_door import Door
from tests.integration.test_api_sessions import a_browser

CHANGING = sorted(
    (method, re.sub(r"\{[^}]+\}", "x", route.path))
    for route in create_app().routes
    if isinstance(route, APIRoute) and route.name not in PUBLIC
    for method in (route.methods or set()) - {"GET", "HEAD"}
)


@pytest.fixture(scope="module")
def browser(untouched: Door) -> Iterator[httpx.Client]:
    """Signed in, as its cookie says."""
    with a_browser(untouched) as client:
        yield client


def test_there_are_such_routes() -> None:
    assert len(CHANGING) > 80


@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_a_forged_request_is_refused_before_anything_else(browser: httpx.Client, method: str, path: str) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        answer = browser.request(method, path, headers=headers)
        assert answer.status_code == 403
        assert "does not come from the pages of this system" in answer.text


def test_the_same_request_from_our_own_pages_is_not(browser: httpx.Client) -> None:
    answer = browser.post("/api/v1/recordings/nobody/retry", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code != 401
    assert "does not come from the pages" not in answer.text
