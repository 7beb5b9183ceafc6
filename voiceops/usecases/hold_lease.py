"""Holds a recording while it is worked on: renews its lease until the block is left."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog

from voiceops.domain.recording import Recording
from voiceops.errors import VoiceOpsError
from voiceops.ports import Services

log = structlog.get_logger(__name__)


@contextmanager
def hold_lease(services: Services, recording: Recording) -> Iterator[threading.Event]:
    """Renew the lease of a claimed recording three times in each lease's length.

    Yields an event that is set once the lease was lost: somebody else holds the recording then,
    and what was done here must not be stored.
    """
    lost, done = threading.Event(), threading.Event()
    thread = threading.Thread(target=_renew, args=(services, recording, lost, done), daemon=True)
    thread.start()
    try:
        yield lost
    finally:
        done.set()
        thread.join()


def _renew(services: Services, recording: Recording, lost: threading.Event, done: threading.Event) -> None:
    held_until = recording.lease_until
    while held_until is not None and not done.wait(services.policy.lease_seconds / 3):
        try:
            held_until = _renewed(services, recording.id, held_until)
        except VoiceOpsError as error:
            # The database may be back before the lease runs out; the next round tries again.
            log.warning("lease not renewed", recording_id=recording.id, error=type(error).__name__)
            continue
        if held_until is None:
            lost.set()


def _renewed(services: Services, recording_id: str, held_until: datetime) -> datetime | None:
    lease_until = services.clock.now() + timedelta(seconds=services.policy.lease_seconds)
    with services.open_unit() as unit:
        ours = unit.recordings.renew(recording_id, held_until=held_until, lease_until=lease_until)
        unit.commit()
    return lease_until if ours else None
