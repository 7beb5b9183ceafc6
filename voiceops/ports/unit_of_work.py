"""The port to one transaction over all stores."""

from types import TracebackType
from typing import Protocol, Self

from voiceops.ports.access import AccessLog, TokenStore, UserStore
from voiceops.ports.backlog import BacklogStore
from voiceops.ports.board import BoardStore
from voiceops.ports.duties import AgentStore, QueueStore, TaskStore, Teams
from voiceops.ports.erasures import ErasureStore
from voiceops.ports.ledger import LedgerStore
from voiceops.ports.messages import AttemptStore, MessageStore
from voiceops.ports.notices import NoticeStore, SubscriptionStore, TaskFeed
from voiceops.ports.offers import OfferStore, OwnerStore
from voiceops.ports.reanalyses import ReanalysisStore
from voiceops.ports.records import EvaluationStore, KeywordSetStore, RecordingStore, TranscriptStore, WaveformStore
from voiceops.ports.releases import ReleaseStore
from voiceops.ports.replies import ReplyStore
from voiceops.ports.retention import RetentionStore
from voiceops.ports.reviews import ReviewStore
from voiceops.ports.samples import SampleStore
from voiceops.ports.second_looks import SecondLookStore
from voiceops.ports.trends import TrendStore
from voiceops.ports.verdicts import VerdictStore
from voiceops.ports.work import Job, Notice
from voiceops.ports.worklist import Worklist


class UnitOfWork(Protocol):
    """One transaction over all stores; the only place that commits.

    Leaving the block without `commit()` undoes everything. What was asked for by `ask` leaves only
    after the commit; a queue that does not answer then is logged and never undoes it. What is to be
    told is stored by the same commit and delivered afterwards. Write transactions exclude each other on SQLite.
    Raises Unavailable if the database does not answer.
    """

    recordings: RecordingStore
    transcripts: TranscriptStore
    waveforms: WaveformStore
    second_looks: SecondLookStore
    keyword_sets: KeywordSetStore
    evaluations: EvaluationStore
    reanalyses: ReanalysisStore
    reviews: ReviewStore
    releases: ReleaseStore
    verdicts: VerdictStore
    worklist: Worklist
    samples: SampleStore
    tasks: TaskStore
    messages: MessageStore
    attempts: AttemptStore
    ledger: LedgerStore
    backlog: BacklogStore
    offers: OfferStore
    owners: OwnerStore
    agents: AgentStore
    queues: QueueStore
    teams: Teams
    board: BoardStore
    trends: TrendStore
    tokens: TokenStore
    notices: NoticeStore
    subscriptions: SubscriptionStore
    feed: TaskFeed
    users: UserStore
    access_log: AccessLog
    replies: ReplyStore
    retention: RetentionStore
    erasures: ErasureStore

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
        """Put this notice into the outbox, once for each of its recipient's addresses."""
        ...

    def commit(self) -> None:
        """Make it last, then send what was asked for."""
        ...
