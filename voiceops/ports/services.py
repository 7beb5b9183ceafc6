"""The unit of work, and `Services`, which holds one of each port."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from voiceops.ports.duties import AgentStore, QueueStore, TaskStore, TokenStore
from voiceops.ports.files import RecordingFiles
from voiceops.ports.records import EvaluationStore, KeywordSetStore, RecordingStore, TranscriptStore
from voiceops.ports.speech import AudioDecoder, Transcriber, VoiceActivityDetector
from voiceops.ports.work import Job, JobQueue, Notice


class Clock(Protocol):
    """Tells the time; handed in, so that tests may choose it."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class UnitOfWork(Protocol):
    """One transaction over all stores; the only place that commits.

    Leaving the block without `commit()` undoes everything. What was asked for by `ask` and
    `tell` leaves only after the commit; a queue or notifier that does not answer then is logged
    and never undoes it. Write transactions exclude each other on SQLite.
    Raises Unavailable if the database does not answer.
    """

    recordings: RecordingStore
    transcripts: TranscriptStore
    keyword_sets: KeywordSetStore
    evaluations: EvaluationStore
    tasks: TaskStore
    agents: AgentStore
    queues: QueueStore
    tokens: TokenStore

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo whatever was not committed."""
        ...

    def ask(self, job: Job) -> None:
        """Enqueue this job after the commit."""
        ...

    def tell(self, notice: Notice) -> None:
        """Deliver this notice after the commit."""
        ...

    def commit(self) -> None:
        """Make it last, then send what was asked for."""
        ...


@dataclass(frozen=True)
class Policy:
    """The figures that decide how use cases behave; bootstrap fills them from the settings."""

    upload_limit_bytes: int = 2 * 1024**3
    duration_limit_seconds: float = 6 * 3600
    default_language: str | None = "en"
    default_region: str = "US"
    lease_seconds: int = 60
    attempts_limit: int = 3
    idle_seconds: int = 60
    assign_grace_seconds: int = 120
    transcribe_timeout_base_seconds: int = 120
    transcribe_timeout_per_audio_second: float = 10.0


@dataclass(frozen=True)
class Services:
    """One of each port, wired by `bootstrap`.

    `open_unit` begins a unit of work. `open_view` begins one that only reads: it waits for nobody
    and makes nobody wait.
    `transcriber` is loaded on first use, so that processes which never transcribe stay small.
    """

    open_unit: Callable[[], UnitOfWork]
    open_view: Callable[[], UnitOfWork]
    files: RecordingFiles
    decoder: AudioDecoder
    detector: Callable[[], VoiceActivityDetector]
    transcriber: Callable[[], Transcriber]
    jobs: JobQueue
    clock: Clock
    new_id: Callable[[], str]
    policy: Policy = field(default_factory=Policy)
