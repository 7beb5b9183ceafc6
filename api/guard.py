"""The guard that every route passes: it asks the table in api/access.py before one byte of the body is read."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from api.access import ACCESS, SignedIn
from api.credentials import identity_of
from api.idempotency import answer_once
from api.open_routes import PUBLIC, WITH_A_GIVEN_PASSWORD
from api.role_groups import Reach
from voiceops.domain.user import EVERY_TEAM
from voiceops.errors import NotAllowed
from voiceops.ports import Services


class GuardedRoute(APIRoute):
    """A route that asks the table first, before one byte of the body is read."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Raises LookupError for a route that has no row in the table."""
        super().__init__(path, _in_a_thread(endpoint), **options)
        if self.name not in ACCESS and self.name not in PUBLIC:
            raise LookupError(f"The route {self.name!r} has no row in api/access.py; say there who may use it.")

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The usual handler with the guard in front."""
        handle = super().get_route_handler()
        if self.name in PUBLIC:
            return handle

        async def guarded(request: Request) -> Response:
            who = await run_in_threadpool(admit, request.app.state.services, request, self)
            request.state.signed_in = who
            return await answer_once(request, handle, route_name=self.name, asker=who.identity)

        return guarded


def _in_a_thread(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """A plain function as a coroutine: FastAPI would use a second thread to look at what the first one returned."""

    @wraps(endpoint)
    async def run(**given: Any) -> Any:
        return await run_in_threadpool(endpoint, **given)

    return run


def scope_of(route: APIRoute) -> str:
    """The scope that a narrowed token needs for a route, such as "recordings:read"."""
    what = str(route.tags[0]).replace(" ", "-")
    return f"{what}:{'read' if route.methods == {'GET'} else 'write'}"


def admit(services: Services, request: Request, route: APIRoute) -> SignedIn:
    """Who this is, if the table lets them in. Raises NotSignedIn or NotAllowed."""
    identity = identity_of(services, request)
    reach = ACCESS[route.name].get(identity.role)
    if reach is None:
        raise NotAllowed(
            f"The role {identity.role} may not do this.",
            record=identity.name,
            next_step="Sign in with another role; an admin can give one.",
        )
    if reach is Reach.OWN and identity.agent_id is None:
        raise NotAllowed(
            "This token belongs to no agent, so nothing is its own.",
            record=identity.name,
            next_step="Ask an admin for a token that names you as its agent.",
        )
    if reach is Reach.EVERY_TEAM and EVERY_TEAM not in identity.teams:
        raise NotAllowed(
            "This is about the whole house, and you lead some of its teams.",
            record=identity.name,
            next_step="Ask an admin, or a supervisor who leads every team.",
        )
    if identity.scopes and scope_of(route) not in identity.scopes:
        raise NotAllowed(
            f"This token's scopes do not include {scope_of(route)}.",
            record=identity.name,
            next_step="Use a token that has the scope; an admin can make one.",
        )
    if identity.must_change_password and route.name not in WITH_A_GIVEN_PASSWORD:
        raise NotAllowed(
            "Your password was given to you by somebody else.",
            record=identity.name,
            next_step="Choose one of your own first, at /password or by PUT /api/v1/session/password.",
        )
    return SignedIn(identity, reach)
