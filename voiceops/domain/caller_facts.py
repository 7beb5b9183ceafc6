"""What a caller said about themselves in a voicemail; what was not said stays None."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Urgency(StrEnum):
    """How soon somebody should call back."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True)
class Fact(Generic[T]):
    """A value with the words it came from. `confidence` is 0..1, times are seconds.

    `value` is None where something was said but could not be made out (a telephone number with
    a digit missing): it is shown as heard and never acted on.
    """

    value: T | None
    spoken: str
    confidence: float
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True)
class UrgencyFact:
    """How urgent a message is, and why we think so."""

    value: Urgency
    why: str


@dataclass(frozen=True)
class CallerFacts:
    """All facts of one message. `callback_number` is E.164; `wanted_at` is aware.

    `extension` holds the digits to dial after the callback number, which E.164 has no place for.
    """

    urgency: UrgencyFact
    callback_number: Fact[str] | None = None
    caller_name: Fact[str] | None = None
    company: Fact[str] | None = None
    reference: Fact[str] | None = None
    reason: Fact[str] | None = None
    topic: Fact[str] | None = None
    asked_for: Fact[str] | None = None
    wanted_at: Fact[datetime] | None = None
    extension: Fact[str] | None = None
