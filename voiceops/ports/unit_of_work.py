"""The port to one transaction over all stores."""

from types import TracebackType
from typing import Protocol, Self

from voiceops.ports.duties import AgentStore, QueueStore, TaskStore, TokenStore
from voiceops.ports.messages import AttemptStore, MessageStore
from voiceops.ports.reanalyses import ReanalysisStore
from voiceops.ports.records import EvaluationStore, KeywordSetStore, RecordingStore, TranscriptStore
from voiceops.ports.reviews import ReviewStore
from voiceops.ports.work import Job, Notice


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
    reanalyses: ReanalysisStore
    reviews: ReviewStore
    tasks: TaskStore
    messages: MessageStore
    attempts: AttemptStore
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
