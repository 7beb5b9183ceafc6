"""The error family: every message says what happened, to which record, and what to do next.

HTTP status codes are not known here; they live in one table in `api/problems.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


class VoiceOpsError(Exception):
    """Something that was promised cannot be done.

    `retryable` is a property of the class: True where the same call may succeed later without
    anybody changing its input.
    """

    retryable: ClassVar[bool] = False

    def __init__(self, what: str, *, record: str, next_step: str) -> None:
        """`what` and `next_step` are whole sentences; `record` names a file, an id or a setting."""
        super().__init__(what, record, next_step)
        self.what = what
        self.record = record
        self.next_step = next_step

    def __str__(self) -> str:
        """The whole message; who knows a better name for the record may set `record` on the way up."""
        return f"{self.record}: {self.what} {self.next_step}"


class BadInput(VoiceOpsError):
    """The caller sent something that cannot be used; sending it again will not help."""


class UnreadableAudio(BadInput):
    """The bytes are not a recording that can be decoded."""


class TooLarge(BadInput):
    """The input is larger or longer than a limit in the settings."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a document. `line` counts from 1; None where no line fits."""

    line: int | None
    sentence: str


class InvalidDocument(BadInput):
    """A keyword set or transcript document breaks its form; `problems` lists every place."""

    def __init__(self, problems: Sequence[Problem], *, record: str, next_step: str) -> None:
        sentences = (p.sentence.rstrip(".") for p in problems)
        places = "; ".join(f"line {p.line}: {s}" if p.line else s for p, s in zip(problems, sentences, strict=True))
        super().__init__(places if places.endswith("?") else f"{places}.", record=record, next_step=next_step)
        self.problems = tuple(problems)


class NotFound(VoiceOpsError):
    """No record has that id."""


class Removed(NotFound):
    """It was there, and was removed on purpose; it does not come back."""


class Conflict(VoiceOpsError):
    """The record is not in a state that allows this, or somebody changed it meanwhile."""


class Changed(Conflict):
    """The record is not any more what the actor saw; `problems` lists what changed since."""

    def __init__(self, what: str, problems: Sequence[Problem], *, record: str, next_step: str) -> None:
        super().__init__(what, record=record, next_step=next_step)
        self.problems = tuple(problems)


class NotSignedIn(VoiceOpsError):
    """No token, or one that is not known or has expired."""


class TooManyAttempts(VoiceOpsError):
    """Something was tried too often; it is refused for a while."""

    def __init__(self, what: str, *, record: str, next_step: str, retry_after_seconds: int) -> None:
        super().__init__(what, record=record, next_step=next_step)
        self.retry_after_seconds = retry_after_seconds


class NotAllowed(VoiceOpsError):
    """The person is known and may not do this."""


class MissingPart(VoiceOpsError):
    """A package, model or program that the settings ask for is not on this machine."""


class StorageFull(VoiceOpsError):
    """The disk has no room; nothing was kept of what was to be stored. Somebody will make room."""

    retryable: ClassVar[bool] = True


class Unavailable(VoiceOpsError):
    """A service (database, Redis, a remote engine) does not answer now."""

    retryable: ClassVar[bool] = True


class EngineFailed(VoiceOpsError):
    """An engine died, ran past its time limit, or returned nonsense; another try may succeed."""

    retryable: ClassVar[bool] = True
