"""The erasure of everything that is known about one person, and the receipt for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Person:
    """Whose data is meant, in every form in which it may be written down.

    `numbers` are the digits of a telephone number with and without its country code, `references` what senders know
    the customer by.
    """

    numbers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stayed:
    """Something that had to stay: what, which record, and why, in a sentence."""

    what: str
    record: str
    why: str


@dataclass(frozen=True)
class Export:
    """Words of this person that left the system before: when, by whom, from which record."""

    at: datetime
    actor: str
    record: str
    detail: str


@dataclass(frozen=True)
class Erasure:
    """The receipt. It never says whose data it was: the lines of the access log bear `pseudonym` instead.

    `removed` counts rows by table, and files, of which `originals` are encrypted ones. Of a dry run it says what would
    be removed.
    """

    id: str
    at: datetime
    actor: str
    removed: Mapping[str, int]
    stayed: tuple[Stayed, ...] = ()
    exports: tuple[Export, ...] = ()
    is_dry_run: bool = False

    @property
    def pseudonym(self) -> str:
        """What stands in the access log where the number or the reference stood."""
        return f"erased:{self.id}"
