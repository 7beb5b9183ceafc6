"""Who looks after which customer: list it, set it, end it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.access import SignedIn
from api.answers import problems
from api.deps import Here, Limit, Who
from api.guard import GuardedRoute
from api.reach import require_reach
from api.schemas.owner import Customer, OwnerIn, OwnerOut, OwnerPage, owner_out
from voiceops.analysis.customer_key import customer_key
from voiceops.ports import Page, Services
from voiceops.usecases import remove_owner as removing
from voiceops.usecases import set_owner as setting

router = APIRouter(prefix="/api/v1/customers", tags=["people"], route_class=GuardedRoute)

CustomerPath = Annotated[Customer, Path()]


@router.get("/owners", name="list_owners", responses=problems())
def list_owners(
    services: Here, who: Who, *, limit: Limit = 50, cursor: Annotated[Customer | None, Query()] = None
) -> OwnerPage:
    """Who looks after which customer, by customer; supervisors see those that their teams look after."""
    with services.open_view() as unit:
        found = unit.owners.list(Page(limit=limit + 1, after=cursor), teams=who.only_teams)
    page = found[:limit]
    following = page[-1].customer if len(found) > limit else None
    return OwnerPage(items=[owner_out(one) for one in page], next=following)


@router.put("/{customer}/owner", name="set_owner", responses=problems(HTTPStatus.NOT_FOUND))
def set_owner(customer: CustomerPath, body: OwnerIn, services: Here, who: Who) -> OwnerOut:
    """Name the agent who looks after a customer; their callbacks go to that agent where the queue's targets say so."""
    _require_reach(services, customer, who)
    with services.open_view() as unit:
        require_reach(unit, who, record=body.agent_id, agent_id=body.agent_id)
    return owner_out(setting.set_owner(services, customer, body.agent_id, actor=who.actor))


@router.delete(
    "/{customer}/owner",
    name="remove_owner",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(HTTPStatus.NOT_FOUND),
)
def remove_owner(customer: CustomerPath, services: Here, who: Who) -> None:
    """End that somebody looks after a customer."""
    _require_reach(services, customer, who)
    removing.remove_owner(services, customer)


def _require_reach(services: Services, customer: str, who: SignedIn) -> None:
    """Raise NotAllowed where an agent of another team looks after the customer."""
    key = customer_key(customer, region=services.policy.default_region)
    with services.open_view() as unit:
        owner = unit.owners.find([key])
        if owner is not None:
            require_reach(unit, who, record=customer, agent_id=owner.agent_id)
