"""Tries everything again that failed, after somebody mended what kept it from working."""

from collections.abc import Callable
from dataclasses import dataclass

from voiceops.domain.notice import NoticeState
from voiceops.domain.recording import RecordingState
from voiceops.errors import Conflict, NotFound
from voiceops.ports import Page, RecordingFilter, Services
from voiceops.usecases.retry_notice import retry_notice
from voiceops.usecases.retry_recording import retry_recording

AT_ONCE = 200


@dataclass(frozen=True)
class Retried:
    """How many of each are tried again."""

    recordings: int
    notices: int


def retry_failed(services: Services) -> Retried:
    """What failed last is tried again, at most `AT_ONCE` of each kind; the rest in the next call."""
    page = Page(limit=AT_ONCE)
    with services.open_view() as unit:
        recordings = [one.id for one in unit.recordings.list(RecordingFilter(state=RecordingState.FAILED), page)]
        notices = [one.id for one in unit.notices.list(NoticeState.FAILED, page)]
    return Retried(
        recordings=sum(_tried(services, retry_recording, one) for one in recordings),
        notices=sum(_tried(services, retry_notice, one) for one in notices),
    )


def _tried(services: Services, retry: Callable[[Services, str], object], record_id: str) -> bool:
    try:
        retry(services, record_id)
    except (Conflict, NotFound):
        # Somebody else was first.
        return False
    return True
