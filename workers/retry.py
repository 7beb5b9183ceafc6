"""Which failures of a job are tried again, and how the database learns of the others.

RQ's own retries are not used: they live in Redis and are lost with it. What is to be tried again
is simply left as it stands in the database, where the sweep finds it; attempts are counted there.
"""

import structlog

from voiceops.errors import StorageFull, Unavailable, VoiceOpsError
from voiceops.ports import JobName, Services
from voiceops.usecases.fail_recording import fail_recording

log = structlog.get_logger(__name__)


def tried_again(job: JobName, error: Exception) -> bool:
    """Whether the same job on the same recording may succeed later.

    Transcription is tried again after anything that is not known to be final, since its attempts
    are counted. Analysis is a pure computation: it is tried again only if a service was away or a disk full, else
    it would fail the same way again; only attempts that killed their worker are counted. A re-analysis skips what
    cannot be evaluated by itself, so whatever ends a batch may pass: it goes on from its cursor. A
    notice counts its attempts before it leaves, and so does a second look, which never fails its recording.
    """
    if job in {JobName.REANALYSE, JobName.DELIVER, JobName.LOOK_AGAIN}:
        return True
    if job is JobName.ANALYSE:
        return isinstance(error, Unavailable | StorageFull)
    return not isinstance(error, VoiceOpsError) or error.retryable


def note_failure(services: Services, job: JobName, recording_id: str, *, error: Exception) -> None:
    """Store a final failure; leave the others to the sweep. Never raises what is VoiceOps's own."""
    again = tried_again(job, error)
    log.warning("job failed", job=job.value, recording_id=recording_id, error=type(error).__name__, tried_again=again)
    if again:
        return
    try:
        fail_recording(services, recording_id, reason=_sentence(error))
    except VoiceOpsError as trouble:
        log.warning("failure not stored", recording_id=recording_id, error=type(trouble).__name__)


def _sentence(error: Exception) -> str:
    if isinstance(error, VoiceOpsError):
        return f"{error.what} {error.next_step}"
    return (
        f"Its analysis broke off with a fault in VoiceOps ({type(error).__name__}). "
        "Look at the worker's log, and press “try again” after an update."
    )
