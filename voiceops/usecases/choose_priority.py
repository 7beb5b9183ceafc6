"""Chooses whose turn comes first: today's work before bursts, and those before an archive."""

from voiceops.domain.recording import Priority, Recording
from voiceops.ports import UnitOfWork

# So many may wait before others overtake: enough for everyday work, too few to keep anybody waiting for long.
SHARE = 20


def choose_priority(unit: UnitOfWork, recording: Recording, *, archive: bool) -> Priority:
    """The priority of a recording that comes in now."""
    if archive:
        return Priority.ARCHIVE
    return Priority.BURST if unit.recordings.waiting_beside(recording, limit=SHARE) == SHARE else Priority.TODAY
