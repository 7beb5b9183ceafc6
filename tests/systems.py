"""A whole system in one process: real database, files, decoder and detector, work done at once or held back."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from voiceops.engines.scripted_transcriber import ScriptedTranscriber

from tests.builders import NOON
from voiceops.delivery.inline_job_queue import InlineJobQueue
from voiceops.delivery.memory_notifier import MemoryNotifier
from voiceops.engines import load_decoder, load_detector
from voiceops.ports import Job, JobName, Policy, Services, Transcriber
from voiceops.storage.database import open_database
from voiceops.storage.recording_files import LocalRecordingFiles
from voiceops.storage.unit_of_work import SqlUnitOfWork
from voiceops.usecases.analyse_recording import analyse_recording
from voiceops.usecases.transcribe_recording import transcribe_recording

_detector = cache(lambda: load_detector("silero"))


class HandClock:
    """A clock that a test moves by hand; it begins on a Wednesday at noon UTC."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time

    def passes(self, *, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class System:
    """Services, and what a test may hold on to. With `paused`, jobs are kept in `held` instead of run."""

    services: Services
    clock: HandClock
    notifier: MemoryNotifier
    held: list[Job] = field(default_factory=list)
    paused: bool = False

    def run(self, job: Job) -> None:
        if self.paused:
            self.held.append(job)
            return
        use_case = {JobName.TRANSCRIBE: transcribe_recording, JobName.ANALYSE: analyse_recording}[job.name]
        use_case(self.services, job.record_id)

    def hears(self, *sentences: str, transcriber: Transcriber | None = None) -> None:
        """From now on the engine hears these sentences in any speech."""
        engine = transcriber or ScriptedTranscriber(sentences=sentences)
        self.services = replace(self.services, transcriber=lambda: engine)


@pytest.fixture
def make_system(tmp_path: Path) -> Callable[[str], System]:
    """Makes a system on a database."""

    def make(database_url: str) -> System:
        clock, notifier = HandClock(), MemoryNotifier()
        engine = open_database(database_url)
        jobs = InlineJobQueue(system.run)
        ids = iter(range(1, 10_000))
        services = Services(
            open_unit=lambda: SqlUnitOfWork(engine, jobs=jobs, notifier=notifier),
            open_view=lambda: SqlUnitOfWork(engine, jobs=jobs, notifier=notifier, read_only=True),
            files=LocalRecordingFiles(tmp_path / "recordings"),
            decoder=load_decoder("pyav"),
            detector=_detector,
            transcriber=lambda: ScriptedTranscriber(sentences=()),
            jobs=jobs,
            clock=clock,
            new_id=lambda: f"id-{next(ids):04d}",
            policy=Policy(lease_seconds=60),
        )
        return System(services, clock, notifier)

    return make


@pytest.fixture
def system(make_system: Callable[[str], System], sqlite_url: str) -> System:
    """A system on a fresh SQLite database."""
    return make_system(sqlite_url)
