"""Background work: how much waits, what failed and why, and trying it again."""

from http import HTTPStatus

from fastapi import APIRouter

from api.answers import problems
from api.deps import Here, Limit
from api.guard import GuardedRoute
from api.schemas.jobs import FailedJobs, JobsOut, LaneOut, RetriedOut, failed_notice, failed_recording
from voiceops.domain.notice import NoticeState
from voiceops.domain.recording import RecordingState
from voiceops.ports import Page, RecordingFilter
from voiceops.usecases.retry_failed import retry_failed as try_again

router = APIRouter(prefix="/api/v1/jobs", tags=["health"], route_class=GuardedRoute)


@router.get("", name="get_jobs", responses=problems())
def get_jobs(services: Here) -> JobsOut:
    """How many background jobs wait in each lane."""
    depths = services.jobs.depths()
    return JobsOut(lanes=[LaneOut(lane=lane, waiting=waiting) for lane, waiting in depths.items()])


@router.get("/failed", name="list_failed_jobs", responses=problems())
def list_failed_jobs(services: Here, limit: Limit = 50) -> FailedJobs:
    """What failed for good, with the reason and the address that tries it again; the newest of each kind first."""
    page = Page(limit=limit)
    with services.open_view() as unit:
        recordings = unit.recordings.list(RecordingFilter(state=RecordingState.FAILED), page)
        notices = unit.notices.list(NoticeState.FAILED, page)
    return FailedJobs(items=[*map(failed_recording, recordings), *map(failed_notice, notices)])


@router.post("/failed/retry", name="retry_failed", status_code=HTTPStatus.ACCEPTED, responses=problems())
def retry_failed(services: Here) -> RetriedOut:
    """Try everything that failed again, at most 200 of each kind at once."""
    done = try_again(services)
    return RetriedOut(recordings=done.recordings, notices=done.notices)
