"""What all live streams of one process share: a limit on their number, and one look at the database for all of them."""

import threading
import time

from voiceops.errors import Unavailable
from voiceops.ports import Services

STREAMS_LIMIT = 200
LOOK_SECONDS = 1.0


class Streams:
    """The live streams of one application. May be shared by threads."""

    def __init__(self, limit: int = STREAMS_LIMIT) -> None:
        self._places = threading.BoundedSemaphore(limit)
        self._lock = threading.Lock()
        self._newest = 0
        self._looked_at = float("-inf")

    def enter(self) -> None:
        """Take a place; `leave` gives it back. Raises Unavailable where all are taken."""
        if not self._places.acquire(blocking=False):
            raise Unavailable(
                "As many live streams are open as this server carries.",
                record="the live stream",
                next_step="Close one that nobody looks at, or come back in a minute.",
            )

    def leave(self) -> None:
        """Give the place back."""
        self._places.release()

    def newest(self, services: Services) -> int:
        """The number of the newest event, at most a second old however many streams ask."""
        with self._lock:
            if time.monotonic() - self._looked_at >= LOOK_SECONDS:
                with services.open_view() as unit:
                    self._newest = unit.feed.newest()
                self._looked_at = time.monotonic()
            return self._newest
