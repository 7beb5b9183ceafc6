"""Results that agents see: releasing them, acknowledging them, disputing a finding, and deciding on disputes."""

from http import HTTPStatus

from fastapi import APIRouter

from api.access import SignedIn
from api.answers import problems
from api.deps import Here, Limit, PathId, Who
from api.guard import GuardedRoute
from api.reach import recording_within_reach
from api.schemas.release import (
    DisputeAnswerIn,
    DisputeIn,
    DisputeList,
    DisputeOut,
    ReleaseOut,
    dispute_out,
)
from voiceops.ports import Services
from voiceops.usecases.acknowledge_result import acknowledge_result as acknowledge
from voiceops.usecases.answer_dispute import answer_dispute as answer
from voiceops.usecases.dispute_finding import dispute_finding as dispute
from voiceops.usecases.dispute_finding import dispute_until
from voiceops.usecases.find_release import find_release
from voiceops.usecases.release_result import release_result as release
from voiceops.usecases.review_finding import Judgement

router = APIRouter(prefix="/api/v1", tags=["reviews"], route_class=GuardedRoute)

_CONFLICT = problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


@router.get("/disputes", name="list_disputes", responses=problems())
def list_disputes(services: Here, who: Who, limit: Limit = 50) -> DisputeList:
    """Disputes that nobody has decided on, the oldest first; supervisors see those of their teams."""
    with services.open_view() as unit:
        found = unit.releases.open_disputes(teams=who.only_teams, limit=limit)
    return DisputeList(items=[dispute_out(one) for one in found])


@router.get("/recordings/{recording_id}/release", name="get_release", responses=problems(HTTPStatus.NOT_FOUND))
def get_release(recording_id: PathId, services: Here, who: Who) -> ReleaseOut:
    """Whether the call's agent sees its results, and what they said to them."""
    with services.open_view() as unit:
        recording = recording_within_reach(unit, recording_id, who)
        found = find_release(services, unit, recording)
        disputes = unit.releases.disputes(recording_id)
    return ReleaseOut(
        recording_id=recording_id,
        released_at=found.released_at if found else None,
        released_by=found.released_by if found else None,
        acknowledged_at=found.acknowledged_at if found else None,
        dispute_until=dispute_until(found, services.policy) if found else None,
        disputes=[dispute_out(one) for one in disputes],
    )


@router.put("/recordings/{recording_id}/release", name="release_result", responses=_CONFLICT)
def release_result(recording_id: PathId, services: Here, who: Who) -> ReleaseOut:
    """Show the results of a call to its agent; once they are shown, nothing changes."""
    _within_reach(services, recording_id, who)
    release(services, recording_id, actor=who.actor)
    return get_release(recording_id, services, who)


@router.post(
    "/recordings/{recording_id}/release/acknowledgement",
    name="acknowledge_result",
    status_code=HTTPStatus.CREATED,
    responses=_CONFLICT,
)
def acknowledge_result(recording_id: PathId, services: Here, who: Who) -> ReleaseOut:
    """Say that you have read the results of your call; the first time counts."""
    _within_reach(services, recording_id, who)
    acknowledge(services, recording_id)
    return get_release(recording_id, services, who)


@router.post(
    "/recordings/{recording_id}/disputes",
    name="dispute_finding",
    status_code=HTTPStatus.CREATED,
    responses=_CONFLICT,
)
def dispute_finding(recording_id: PathId, body: DisputeIn, services: Here, who: Who) -> DisputeOut:
    """Object to one finding of your call, once, within the time there is for it."""
    _within_reach(services, recording_id, who)
    objection = Judgement(recording_id, body.keyword_set, body.rule, note=body.reason, version=body.version)
    return dispute_out(dispute(services, objection, actor=who.actor))


@router.post(
    "/recordings/{recording_id}/disputes/{dispute_id}/answer",
    name="answer_dispute",
    status_code=HTTPStatus.CREATED,
    responses=_CONFLICT,
)
def answer_dispute(
    recording_id: PathId, dispute_id: PathId, body: DisputeAnswerIn, services: Here, who: Who
) -> DisputeOut:
    """Decide on a dispute, once; a finding that was wrong is corrected by a review besides."""
    _within_reach(services, recording_id, who)
    decided = answer(services, recording_id, dispute_id, answer=body.answer, note=body.note, actor=who.actor)
    return dispute_out(decided)


def _within_reach(services: Services, recording_id: str, who: SignedIn) -> None:
    with services.open_view() as unit:
        recording_within_reach(unit, recording_id, who)
