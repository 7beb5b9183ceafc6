"""The background jobs, by the names that ports.JobName gives them. Each carries one id and may run twice."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import structlog
from opentelemetry.trace import Span, get_tracer

from voiceops.errors import VoiceOpsError
from voiceops.ports import JobName, Services
from voiceops.usecases.analyse_recording import analyse_recording
from voiceops.usecases.deliver_notice import deliver_notice
from voiceops.usecases.give_back_recording import give_back_recording
from voiceops.usecases.look_again import look_again as look_again_at
from voiceops.usecases.reanalyse_part import reanalyse_part
from voiceops.usecases.transcribe_recording import transcribe_recording
from workers import process
from workers.retry import note_failure
from workers.stopping import StopWorking

log = structlog.get_logger(__name__)
_tracer = get_tracer("voiceops")


def transcribe(recording_id: str) -> None:
    """Transcribe one recording, or give it back if the worker is told to stop meanwhile."""
    try:
        _carry_out(JobName.TRANSCRIBE, transcribe_recording, recording_id)
    except StopWorking:
        give_back_recording(process.services(), recording_id)
        log.info("recording given back", recording_id=recording_id)


def analyse(recording_id: str) -> None:
    """Analyse one transcribed recording."""
    try:
        _carry_out(JobName.ANALYSE, analyse_recording, recording_id)
    except StopWorking:
        log.info("analysis left to the sweep", recording_id=recording_id)


def reanalyse(part_id: str) -> None:
    """Do the next batch of one part of a re-analysis."""
    try:
        _carry_out(JobName.REANALYSE, reanalyse_part, part_id)
    except StopWorking:
        log.info("batch left to the sweep", part_id=part_id)


def deliver(notice_id: str) -> None:
    """Deliver one notice."""
    try:
        _carry_out(JobName.DELIVER, deliver_notice, notice_id)
    except StopWorking:
        log.info("notice left to the sweep", notice_id=notice_id)


def look_again(recording_id: str) -> None:
    """Look a second time at what was missed in one call."""
    try:
        _carry_out(JobName.LOOK_AGAIN, look_again_at, recording_id)
    except StopWorking:
        log.info("second look left to the sweep", recording_id=recording_id)


def _carry_out(job: JobName, work: Callable[[Services, str], None], recording_id: str) -> None:
    """Do the work; a known failure is stored, a fault of ours is stored and shown with its place."""
    with process.switch.job(), _span(job, recording_id) as span:
        try:
            work(process.services(), recording_id)
        except VoiceOpsError as error:
            span.set_attribute("error.type", type(error).__name__)
            note_failure(process.services(), job, recording_id, error=error)
        except Exception as fault:
            span.set_attribute("error.type", type(fault).__name__)
            note_failure(process.services(), job, recording_id, error=fault)
            raise


def _span(job: JobName, record_id: str) -> AbstractContextManager[Span]:
    """This job in a trace. Errors are named there and not quoted: their words may be a caller's."""
    return _tracer.start_as_current_span(
        f"job {job.name.lower()}",
        attributes={"voiceops.record_id": record_id},
        record_exception=False,
        set_status_on_exception=False,
    )
