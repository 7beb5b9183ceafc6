"""Reviews: what people say about findings, and how far each rule can be trusted."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.answers import problems
from api.deps import Here, PathId, Who
from api.guard import GuardedRoute
from api.preconditions import SeenNumber, tagged
from api.reach import may_see_results, recording_within_reach
from api.schemas.reanalysis import VERSION_LIMIT
from api.schemas.review import ReviewIn, ReviewList, ReviewOut, SetTrustOut, review_out, set_trust_out
from voiceops.usecases.measure_trust import measure_trust
from voiceops.usecases.review_finding import Judgement
from voiceops.usecases.review_finding import review_finding as review

router = APIRouter(prefix="/api/v1", tags=["reviews"], route_class=GuardedRoute)


@router.post(
    "/recordings/{recording_id}/reviews",
    name="review_finding",
    status_code=HTTPStatus.CREATED,
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED),
)
def review_finding(recording_id: PathId, body: ReviewIn, services: Here, who: Who, seen: SeenNumber) -> ReviewOut:
    """Confirm or correct one finding; the machine's answer stays beside yours."""
    with services.open_view() as unit:
        recording_within_reach(unit, recording_id, who)
    judgement = Judgement(recording_id, body.keyword_set, body.rule, body.outcome, body.note, body.version)
    return review_out(review(services, judgement, reviewer=who.actor, seen=seen))


@router.get("/recordings/{recording_id}/reviews", name="list_reviews", responses=problems(HTTPStatus.NOT_FOUND))
def list_reviews(recording_id: PathId, response: Response, services: Here, who: Who) -> ReviewList:
    """All reviews of a recording's findings, oldest first; for its agent once they are released."""
    with services.open_view() as unit:
        recording = recording_within_reach(unit, recording_id, who)
        found = unit.reviews.of_recording(recording_id) if may_see_results(services, unit, recording, who) else ()
    tagged(response, len(found))
    return ReviewList(items=[review_out(one) for one in found])


@router.get("/keyword-sets/{keyword_set_id}/trust", name="get_trust", responses=problems(HTTPStatus.NOT_FOUND))
def get_trust(
    keyword_set_id: PathId,
    services: Here,
    version: Annotated[int | None, Query(ge=1, le=VERSION_LIMIT, description="Left out: the one in use.")] = None,
) -> SetTrustOut:
    """How far each rule can be trusted, by people's reviews."""
    with services.open_view() as unit:
        return set_trust_out(measure_trust(unit, keyword_set_id, version))
