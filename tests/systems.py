"""A whole system in one process: real database, files, decoder and detector, work done at once or held back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path

import pytest

from tests.builders import NOON
from voiceops.bootstrap import build_services
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.inline_job_queue import InlineJobQueue
from voiceops.delivery.memory_notifier import MemoryNotifier
from voiceops.delivery.web_references import WebReferences
from voiceops.engines import load_decoder, load_detector
from voiceops.engines.scripted_transcriber import ScriptedTranscriber
from voiceops.ports import Job, JobName, Policy, Services, Transcriber
from voiceops.settings import Settings
from voiceops.storage.database import open_database
from voiceops.storage.passwords import Argon2Passwords
from voiceops.storage.recording_files import LocalRecordingFiles
from voiceops.storage.unit_of_work import SqlUnitOfWork
from voiceops.usecases.analyse_recording import analyse_recording
from voiceops.usecases.deliver_notice import deliver_notice
from voiceops.usecases.look_again import look_again
from voiceops.usecases.reanalyse_part import reanalyse_part
from voiceops.usecases.transcribe_recording import transcribe_recording

_USE_CASES = {
    JobName.TRANSCRIBE: transcribe_recording,
    JobName.ANALYSE: analyse_recording,
    JobName.REANALYSE: reanalyse_part,
    JobName.DELIVER: deliver_notice,
    JobName.LOOK_AGAIN: look_again,
}
_detector = cache(lambda: load_detector("silero"))


class HandClock:
    """A clock that a test moves by hand; it begins on a Wednesday at noon UTC."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time

    def passes(self, *, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class System:
    """Services on a database and a folder. With `paused`, jobs are kept in `held` instead of run."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.clock = HandClock()
        self.notifier = MemoryNotifier()
        self.held: list[Job] = []
        self.paused = False
        engine = self.engine = open_database(database_url)
        jobs = InlineJobQueue(self.run)
        ids = iter(range(1, 10_000))
        self.services = Services(
            open_unit=lambda: SqlUnitOfWork(engine, jobs=jobs, clock=self.clock),
            open_view=lambda: SqlUnitOfWork(engine, jobs=jobs, clock=self.clock, read_only=True),
            files=LocalRecordingFiles(folder / "recordings"),
            decoder=load_decoder("pyav"),
            detector=_detector,
            transcriber=lambda: ScriptedTranscriber(sentences=()),
            jobs=jobs,
            notifier=self.notifier,
            references=WebReferences(AddressGuard()),
            passwords=Argon2Passwords(),
            clock=self.clock,
            new_id=lambda: f"id-{next(ids):04d}",
            policy=Policy(lease_seconds=60),
        )

    def run(self, job: Job) -> None:
        if self.paused:
            self.held.append(job)
            return
        _USE_CASES[job.name](self.services, job.record_id)

    def hears(self, *sentences: str, transcriber: Transcriber | None = None) -> None:
        """From now on the engine hears these sentences in any speech."""
        engine = transcriber or ScriptedTranscriber(sentences=sentences)
        self.services = replace(self.services, transcriber=lambda: engine)


@pytest.fixture
def make_system(tmp_path: Path) -> Iterator[Callable[[str], System]]:
    """Makes a system on a database; its connections are closed after the test."""
    made: list[System] = []

    def make(database_url: str) -> System:
        made.append(System(database_url, tmp_path))
        return made[-1]

    yield make
    for one in made:
        one.engine.dispose()


@pytest.fixture
def system(make_system: Callable[[str], System], sqlite_url: str) -> System:
    """A system on a fresh SQLite database."""
    return make_system(sqlite_url)


@contextmanager
def services_on(settings: Settings) -> Iterator[Services]:
    """The services of this process; their connections are closed in the end."""
    engine = open_database(settings.database)
    built = build_services(settings)

    def open_unit(*, read_only: bool) -> SqlUnitOfWork:
        return SqlUnitOfWork(engine, jobs=built.jobs, clock=built.clock, read_only=read_only)

    yield replace(built, open_unit=partial(open_unit, read_only=False), open_view=partial(open_unit, read_only=True))
    engine.dispose()
