"""Puts the web door together: routes, guard, limits, problem documents."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from starlette.routing import BaseRoute

from api.body_limit import BodyLimit
from api.compress import Compress
from api.description import add_description
from api.edge import Edge
from api.problems import add_problem_handlers
from api.routes import (
    audio,
    customers,
    docs,
    erasures,
    events,
    health,
    holds,
    jobs,
    keyword_sets,
    ledger,
    metrics,
    notices,
    people,
    provider,
    reanalyses,
    recordings,
    releases,
    reviews,
    samples,
    session,
    settings,
    tasks,
    tokens,
    trends,
    uploads,
    users,
    waveform,
)
from api.streams import Streams
from api.ui import (
    admin,
    admin_access,
    admin_agents,
    admin_notices,
    admin_queues,
    admin_retention,
    admin_tokens,
    admin_users,
    admin_work,
    board,
    call,
    export,
    figures,
    home,
    inbox,
    keyword_set,
    keyword_set_list,
    reanalysis,
    released,
    report,
    sample,
    serve_assets,
    sign_in,
    task,
    task_moves,
    voicemails,
    worklist,
)
from voiceops.bootstrap import build_services
from voiceops.ports import Services
from voiceops.settings import Settings

_ROUTERS = (
    uploads,
    recordings,
    audio,
    waveform,
    reviews,
    samples,
    releases,
    keyword_sets,
    reanalyses,
    tasks,
    trends,
    ledger,
    metrics,
    people,
    customers,
    notices,
    events,
    session,
    provider,
    users,
    tokens,
    health,
    jobs,
    settings,
    holds,
    erasures,
    docs,
    serve_assets,
    home,
    sign_in,
    inbox,
    task,
    task_moves,
    voicemails,
    worklist,
    export,
    sample,
    call,
    released,
    report,
    board,
    figures,
    keyword_set_list,
    keyword_set,
    reanalysis,
    admin,
    admin_users,
    admin_queues,
    admin_notices,
    admin_retention,
    admin_agents,
    admin_tokens,
    admin_work,
    admin_access,
)


def create_app(services: Services | None = None) -> FastAPI:
    """The application; without `services` it builds them from the settings when it starts.

    Starting then raises MissingPart where the settings ask for what is not there.
    """
    app = FastAPI(
        routes=_routes(),
        lifespan=_lifespan(services),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    # Who serves the app puts a better answer here: see api/serve.py.
    app.state.is_stopping = lambda: False
    app.state.streams = Streams()
    add_problem_handlers(app)
    add_description(app)
    app.add_middleware(Compress)
    app.add_middleware(BodyLimit)
    app.add_middleware(Edge)
    return app


def _routes() -> list[BaseRoute]:
    """All routes in one flat list, so that a test can walk them."""
    return [route for module in _ROUTERS for route in module.router.routes]


def _lifespan(services: Services | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.services = services if services is not None else build_services(Settings())
        yield

    return lifespan
