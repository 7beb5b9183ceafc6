"""Rules about the web door that a machine can keep."""

import inspect
import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from api.access import ACCESS
from api.app import create_app
from api.guard import GuardedRoute
from api.open_routes import PUBLIC
from api.problems import PROBLEM_TABLE
from voiceops import errors
from voiceops.errors import VoiceOpsError

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
ROUTES = [route for route in create_app().routes if isinstance(route, APIRoute)]


def test_every_error_class_has_a_status() -> None:
    classes = {
        one
        for _, one in inspect.getmembers(errors, inspect.isclass)
        if issubclass(one, VoiceOpsError) and one.__module__ == errors.__name__
    }
    assert classes == PROBLEM_TABLE.keys()


def test_what_may_succeed_later_has_a_status_of_the_server() -> None:
    for kind, (status, _) in PROBLEM_TABLE.items():
        if kind.retryable:
            assert status in {502, 503, 507}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_route_is_guarded_and_runs_in_a_thread(route: APIRoute) -> None:
    assert isinstance(route, GuardedRoute)
    assert not inspect.iscoroutinefunction(inspect.unwrap(route.endpoint))


def test_nothing_but_guarded_routes_is_served() -> None:
    assert len(ROUTES) == len(create_app().routes)


def test_a_route_without_a_row_cannot_be_declared() -> None:
    with pytest.raises(LookupError, match="no row in api/access"):
        GuardedRoute("/everything", lambda: None, name="give_everything")


def test_the_guide_lists_every_route_with_its_roles() -> None:
    written = {
        (method, path): roles
        for method, path, roles in re.findall(r"^\| `([A-Z]+) (/\S*)` \| ([^|]*?) \|", GUIDE, re.MULTILINE)
    }
    expected = {
        (method, route.path): roles_of(route.name)
        for route in ROUTES
        if route.include_in_schema
        for method in route.methods or ()
    }
    assert written == expected


def roles_of(name: str) -> str:
    if name in PUBLIC:
        return "everybody"
    return ", ".join(f"{role} ({reach})" if reach != "any" else str(role) for role, reach in ACCESS[name].items())
