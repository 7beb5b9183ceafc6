"""A unit of work on a fresh database of each kind, with a queue that remembers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from sqlalchemy import Engine

from voiceops.bootstrap import SystemClock
from voiceops.errors import Unavailable
from voiceops.ports import Clock, Job, Lane
from voiceops.storage.database import open_database
from voiceops.storage.unit_of_work import SqlUnitOfWork


@dataclass
class RememberingQueue:
    """A JobQueue that keeps what it was sent, or does not answer."""

    sent: list[Job] = field(default_factory=list)
    is_down: bool = False

    def enqueue(self, job: Job) -> None:
        if self.is_down:
            raise Unavailable("It does not answer.", record="redis://:secret@host", next_step="Start it.")
        self.sent.append(job)

    def depths(self) -> Mapping[Lane, int]:
        return {}


@dataclass
class Database:
    """Opens units of work on one database."""

    engine: Engine
    queue: RememberingQueue = field(default_factory=RememberingQueue)
    clock: Clock = field(default_factory=SystemClock)

    def unit(self, *, read_only: bool = False) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine, jobs=self.queue, clock=self.clock, read_only=read_only)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    engine = open_database(database_url)
    yield Database(engine)
    engine.dispose()


@pytest.fixture
def unit(database: Database) -> Iterator[SqlUnitOfWork]:
    """A unit that a whole test happens in."""
    with database.unit() as unit:
        yield unit
