"""Samples: random calls of each agent, drawn so that an audit can trust them."""

from http import HTTPStatus

from fastapi import APIRouter

from api.answers import problems
from api.calls_wanted import CallsWanted
from api.deps import Here, Limit, PathId, Who
from api.guard import GuardedRoute
from api.schemas.sample import SampleIn, SampleList, SampleOut, sample_out
from voiceops.usecases.draw_sample import draw_sample as draw

router = APIRouter(prefix="/api/v1/samples", tags=["samples"], route_class=GuardedRoute)


@router.post("", name="draw_sample", status_code=HTTPStatus.CREATED, responses=problems())
def draw_sample(body: SampleIn, services: Here, who: Who) -> SampleOut:
    """Draw up to so many calls of each agent by chance; who drew them, when and out of which is kept."""
    wanted = CallsWanted.model_validate(body.model_dump(exclude={"per_agent"}, exclude_none=True))
    with services.open_view() as unit:
        calls = wanted.filter(who, unit)
    drawn = draw(services, calls, per_agent=body.per_agent, asked=wanted.query(), drawn_by=who.actor)
    return sample_out(drawn)


@router.get("", name="list_samples", responses=problems())
def list_samples(services: Here, limit: Limit = 50) -> SampleList:
    """The samples drawn last, the newest first."""
    with services.open_view() as unit:
        return SampleList(items=[sample_out(one) for one in unit.samples.list(limit=limit)])


@router.get("/{sample_id}", name="get_sample", responses=problems(HTTPStatus.NOT_FOUND))
def get_sample(sample_id: PathId, services: Here) -> SampleOut:
    """One sample and its calls, the same for ever."""
    with services.open_view() as unit:
        return sample_out(unit.samples.get(sample_id))
