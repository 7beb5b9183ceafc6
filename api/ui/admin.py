"""The part of the pages for who runs the system: its sections, and where they begin."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from api.access import ACCESS, SignedIn
from api.deps import Who
from api.guard import GuardedRoute
from api.role_groups import Reach
from api.ui.forms import go_to
from api.ui.render import render
from api.ui.texts import later
from voiceops.domain.user import EVERY_TEAM

router = APIRouter(tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

# In the order of the menu: route, address, text.
_SECTIONS = (
    ("users_page", "/admin/users", later("Users")),
    ("queues_page", "/admin/queues", later("Queues")),
    ("agents_page", "/admin/agents", later("Agents")),
    ("tokens_page", "/admin/tokens", later("Tokens")),
    ("notices_page", "/admin/notices", later("Notices")),
    ("work_page", "/admin/work", later("Background work")),
    ("ledger_page", "/admin/ledger", later("Ledger")),
    ("retention_page", "/admin/retention", later("Retention")),
    ("access_page", "/admin/access", later("Who looked at what")),
    ("settings_page", "/admin/settings", later("Settings")),
)


@router.get("/admin", name="admin_page")
def admin_page(who: Who) -> Response:
    """On to the first section that they may open."""
    return go_to(_sections_of(who)[0][0])


def render_admin(
    request: Request, who: SignedIn, template: str, *, status: int = HTTPStatus.OK, **values: Any
) -> HTMLResponse:
    """A page of a section."""
    return render(request, template, status=status, sections=_sections_of(who), **values)


def _sections_of(who: SignedIn) -> list[tuple[str, str]]:
    return [(address, text) for route, address, text in _SECTIONS if _may_open(route, who)]


def _may_open(route: str, who: SignedIn) -> bool:
    reach = ACCESS[route].get(who.identity.role)
    return reach is not None and (reach is not Reach.EVERY_TEAM or EVERY_TEAM in who.identity.teams)
