"""Who looked at whose words or voice, and the settings in effect."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.deps import Here, Who
from api.guard import GuardedRoute
from api.ui.admin import render_admin
from voiceops.domain.access_entry import AccessAction
from voiceops.ports import AccessFilter

router = APIRouter(prefix="/admin", tags=["pages"], route_class=GuardedRoute, include_in_schema=False)

SHOWN = 50

# A form sends what was left empty, too.
Wish = Annotated[str, Query(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


@router.get("/access", name="access_page")
def access_page(  # noqa: PLR0913 - each filter is one parameter of the address
    request: Request,
    services: Here,
    who: Who,
    *,
    actor: Wish = "",
    customer: Wish = "",
    action: Annotated[str, Query(pattern=f"^({'|'.join(AccessAction)})?$")] = "",
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Response:
    """Lines of the access log by person, by customer and by what was done; the newest first."""
    wanted = AccessFilter(
        actor=actor.strip() or None,
        customer=customer.strip() or None,
        action=AccessAction(action) if action else None,
    )
    with services.open_view() as unit:
        found = unit.access_log.list(wanted, limit=SHOWN + 1, before=before)
    page = found[:SHOWN]
    return render_admin(
        request,
        who,
        "admin_access.html",
        lines=page,
        following=page[-1].number if len(found) > SHOWN else None,
        actions=list(AccessAction),
        actor=actor,
        customer=customer,
        action=action,
    )


@router.get("/settings", name="settings_page")
def settings_page(request: Request, services: Here, who: Who) -> Response:
    """Every setting as this process has it; of a secret only whether it is set."""
    return render_admin(request, who, "admin_settings.html", settings=services.settings)
