"""Asks for a second look at a call in which required wordings were missed, where the settings want one."""

from collections.abc import Iterable

from voiceops.analysis.second_places import second_places
from voiceops.domain.finding import Evaluation
from voiceops.domain.keyword_set import KeywordSet
from voiceops.domain.recording import Priority, Recording
from voiceops.domain.second_look import SecondLooks, SecondLookState
from voiceops.domain.transcript import Transcript
from voiceops.ports import Job, JobName, Lane, Services, UnitOfWork

# The engine has its own limit for each stretch; this one is for whatever else may hang. Nobody waits for the answer.
TIME_LIMIT_SECONDS = 1800


def ask_for_second_look(
    services: Services,
    unit: UnitOfWork,
    recording: Recording,
    *,
    transcript: Transcript,
    judged: Iterable[tuple[KeywordSet, Evaluation]],
) -> None:
    """Enqueue the job after the unit's commit if a missed window was not looked at yet; asking twice is harmless."""
    if services.second_hearing is None or recording.audio_removed_at is not None:
        return
    kept = unit.second_looks.find(recording.id)
    if kept is not None and kept.state is not SecondLookState.DONE:
        return
    looks = kept.looks if kept is not None else ()
    if second_places(judged, transcript, looks):
        unit.second_looks.put(SecondLooks(recording.id, SecondLookState.ASKED, services.clock.now(), looks))
        send_second_look(unit, recording.id)


def send_second_look(unit: UnitOfWork, recording_id: str) -> None:
    """Nudge a worker that transcribes: it has the sound and the engines, and newer recordings go first."""
    unit.ask(
        Job(
            JobName.LOOK_AGAIN,
            Lane.TRANSCRIBE,
            recording_id,
            timeout_seconds=TIME_LIMIT_SECONDS,
            priority=Priority.ARCHIVE,
        )
    )
