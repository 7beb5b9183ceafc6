"""Who looks after which customer: list it, set it, end it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.access import SignedIn
from api.answers import problems
from api.deps import Here, Limit, Who
from api.guard import GuardedRoute
from api.preconditions import SeenTag, tagged
from api.reach import require_reach
from api.schemas.owner import Customer, OwnerIn, OwnerOut, OwnerPage, owner_out
from voiceops.analysis.customer_key import customer_key
from voiceops.analysis.version_tag import version_tag
from voiceops.domain.customer_owner import CustomerOwner
from voiceops.errors import NotFound
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


@router.get("/{customer}/owner", name="get_owner", responses=problems(HTTPStatus.NOT_FOUND))
def get_owner(customer: CustomerPath, response: Response, services: Here, who: Who) -> OwnerOut:
    """Who looks after a customer."""
    owner = _within_reach(services, customer, who)
    if owner is None:
        raise NotFound("Nobody looks after this customer.", record=customer, next_step="List the owners there are.")
    return _owner(owner, response)


@router.put(
    "/{customer}/owner",
    name="set_owner",
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.PRECONDITION_FAILED),
)
def set_owner(
    customer: CustomerPath, body: OwnerIn, response: Response, services: Here, who: Who, seen: SeenTag
) -> OwnerOut:
    """Name the agent who looks after a customer; their callbacks go to that agent where the queue's targets say so."""
    _within_reach(services, customer, who)
    with services.open_view() as unit:
        require_reach(unit, who, record=body.agent_id, agent_id=body.agent_id)
    return _owner(setting.set_owner(services, customer, body.agent_id, actor=who.actor, seen=seen), response)


@router.delete(
    "/{customer}/owner",
    name="remove_owner",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.PRECONDITION_FAILED),
)
def remove_owner(customer: CustomerPath, services: Here, who: Who, seen: SeenTag) -> None:
    """End that somebody looks after a customer."""
    _within_reach(services, customer, who)
    removing.remove_owner(services, customer, seen=seen)


def _owner(owner: CustomerOwner, response: Response) -> OwnerOut:
    tagged(response, version_tag(owner))
    return owner_out(owner)


def _within_reach(services: Services, customer: str, who: SignedIn) -> CustomerOwner | None:
    """Who looks after the customer. Raises NotAllowed where it is an agent of another team."""
    key = customer_key(customer, region=services.policy.default_region)
    with services.open_view() as unit:
        owner = unit.owners.find([key])
        if owner is not None:
            require_reach(unit, who, record=customer, agent_id=owner.agent_id)
    return owner
