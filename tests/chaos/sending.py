"""Sends recordings to the API as a patient client does: each until it is acknowledged, whatever happens meanwhile."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx

from tests.spoken import a_spoken_wav
from voiceops.domain.recording import RecordingKind

SENDERS = 4
LONGEST_PAUSE_SECONDS = 0.5
ACKNOWLEDGED = {HTTPStatus.OK, HTTPStatus.CREATED}


@dataclass
class Sending:
    """Uploads that run in threads, spread over about `seconds`.

    `acknowledged` maps an upload's number to its recording's id. `answers` counts statuses; 0 is none at all.
    """

    url: str
    secret: str
    count: int
    seconds: float
    seed: int
    acknowledged: dict[int, str] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    gives_up_at: float = 0.0

    @contextmanager
    def running(self, *, patience_seconds: float) -> Iterator[None]:
        """Send while the block runs, and until the end or until patience ends."""
        self.gives_up_at = time.monotonic() + self.seconds + patience_seconds
        with ThreadPoolExecutor(SENDERS) as pool:
            sent = [pool.submit(self._send, number) for number in range(self.count)]
            yield
        for one in sent:
            one.result()

    def wait_for(self, share: float) -> None:
        """Until so much of all, from 0 to 1, is acknowledged, or patience ends."""
        while len(self.acknowledged) < share * self.count and time.monotonic() < self.gives_up_at:
            time.sleep(0.05)

    def _send(self, number: int) -> None:
        chance = random.Random(f"{self.seed} {number}")  # noqa: S311  repeatable, not secret
        time.sleep(2 * chance.random() * self.seconds * SENDERS / self.count)
        kind = kind_of(number)
        # Numbers of their own, so that no caller's message joins another's task.
        fields = {"kind": kind.value, "caller_number": f"+1212555{number:04}"}
        sound = a_spoken_wav(seed=self.seed * 10_000 + number)
        headers = {"Authorization": f"Bearer {self.secret}"}
        with httpx.Client(base_url=self.url, headers=headers, trust_env=False, timeout=90) as client:
            while number not in self.acknowledged and time.monotonic() < self.gives_up_at:
                try:
                    files = {"file": (f"{kind}-{number}.wav", sound)}
                    answer = client.post("/api/v1/recordings", data=fields, files=files, headers=key_of(number))
                except httpx.TransportError:
                    self.answers[0] += 1
                    time.sleep(LONGEST_PAUSE_SECONDS)
                    continue
                self.answers[answer.status_code] += 1
                if answer.status_code in ACKNOWLEDGED:
                    self.acknowledged[number] = answer.json()["id"]
                else:
                    time.sleep(min(LONGEST_PAUSE_SECONDS, float(answer.headers.get("Retry-After", 1))))


def key_of(number: int) -> dict[str, str]:
    """Every third client sends the same key with each try, so that a reply which got lost is given again."""
    return {"Idempotency-Key": f"upload-{number}"} if number % 3 == 0 else {}


def kind_of(number: int) -> RecordingKind:
    """Every second one is a voicemail."""
    return RecordingKind.VOICEMAIL if number % 2 else RecordingKind.CALL
