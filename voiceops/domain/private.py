"""What customers say that nobody needs afterwards, and where it was taken out of a recording's sound."""

from dataclasses import dataclass
from enum import StrEnum


class Private(StrEnum):
    """Kinds of private words; `id` are numbers that a state gives to people."""

    CARD = "card"
    ACCOUNT = "account"
    ID = "id"
    PHONE = "phone"
    REFERENCE = "reference"
    EMAIL = "email"
    NAME = "name"


@dataclass(frozen=True)
class Masked:
    """Words of a transcript that were masked: those of one utterance from `first` to before `stop`, from 0."""

    what: Private
    utterance: int
    first: int
    stop: int


@dataclass(frozen=True)
class Silenced:
    """A stretch that was made silent, in seconds from the beginning; `channel` None: on all of them."""

    what: Private
    start: float
    end: float
    channel: int | None = None
