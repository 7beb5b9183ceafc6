"""Finds recordings that should be moving and are not, and sets them going again.

The database is the truth and the queue a nudge: a wiped Redis, a dead worker or a lost job all
look alike here, and all are mended by sending the job again.
"""

from datetime import timedelta

import structlog

from voiceops.domain.recording import Recording, RecordingState
from voiceops.errors import Conflict
from voiceops.ports import Services, UnitOfWork
from voiceops.usecases.ask_for_analysis import ask_for_analysis
from voiceops.usecases.ask_for_transcription import ask_for_transcription
from voiceops.usecases.fail_recording import fail_recording

log = structlog.get_logger(__name__)

# By so much the clocks of two machines may differ without anybody having set one.
_CLOCKS_DIFFER = timedelta(minutes=1)


def resume_stuck(services: Services) -> int:
    """How many recordings were sent again, given back or failed."""
    now = services.clock.now()
    with services.open_view() as unit:
        stuck = unit.recordings.stuck(
            now=now,
            idle_before=now - timedelta(seconds=services.policy.idle_seconds),
            at_latest=now + timedelta(seconds=2 * services.policy.lease_seconds) + _CLOCKS_DIFFER,
        )
    for recording in stuck:
        try:
            _resume(services, recording)
        except Conflict:
            log.info("recording moved by itself meanwhile", recording_id=recording.id)
    return len(stuck)


def _resume(services: Services, recording: Recording) -> None:
    exhausted = recording.attempts >= services.policy.attempts_limit
    if recording.state is not RecordingState.TRANSCRIBED and exhausted:
        fail_recording(
            services,
            recording.id,
            reason=f"Transcribing it stopped {recording.attempts} times without an answer. "
            "Listen to the recording; if it sounds normal, press “try again” and look at the worker's log.",
        )
        return
    with services.open_unit() as unit:
        current = unit.recordings.get(recording.id)
        if current.state_changed_at != recording.state_changed_at or current.lease_until != recording.lease_until:
            return
        _send(services, unit, current)
        unit.commit()
    # One that merely waits its turn is sent again too, which costs nothing and is not news.
    say = log.info if recording.state is RecordingState.TRANSCRIBING else log.debug
    say("recording sent again", recording_id=recording.id, state=recording.state.value)


def _send(services: Services, unit: UnitOfWork, recording: Recording) -> None:
    if recording.state is RecordingState.TRANSCRIBED:
        ask_for_analysis(unit, recording.id)
        return
    if recording.state is RecordingState.TRANSCRIBING:
        recording = recording.moved(RecordingState.RECEIVED, services.clock.now())
        unit.recordings.save(recording)
    ask_for_transcription(services, unit, recording)
