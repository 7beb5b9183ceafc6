"""Asks for the analysis of a transcribed recording."""

from voiceops.ports import Job, JobName, Lane, UnitOfWork

# Analysis takes milliseconds to seconds; a minute means that something hangs.
TIME_LIMIT_SECONDS = 60


def ask_for_analysis(unit: UnitOfWork, recording_id: str) -> None:
    """Enqueue the job after the unit's commit; asking twice is harmless."""
    unit.ask(Job(JobName.ANALYSE, Lane.ANALYSE, recording_id, timeout_seconds=TIME_LIMIT_SECONDS))
