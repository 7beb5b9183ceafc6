"""One transaction over all stores; jobs leave only after its commit, and so do notices."""

from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Self

import structlog
from sqlalchemy import Connection, Engine, exc

from voiceops.errors import VoiceOpsError
from voiceops.ports import (
    AccessLog,
    AgentStore,
    AttemptStore,
    BacklogStore,
    BoardStore,
    Clock,
    ErasureStore,
    EvaluationStore,
    Job,
    JobQueue,
    KeywordSetStore,
    LedgerStore,
    MessageStore,
    Notice,
    NoticeStore,
    OfferStore,
    OwnerStore,
    QueueStore,
    ReanalysisStore,
    RecordingStore,
    ReleaseStore,
    ReplyStore,
    RetentionStore,
    ReviewStore,
    SampleStore,
    SecondLookStore,
    SubscriptionStore,
    TaskFeed,
    TaskStore,
    Teams,
    TokenStore,
    TranscriptStore,
    TrendStore,
    UserStore,
    VerdictStore,
    WaveformStore,
    Worklist,
    delivery_of,
)
from voiceops.storage.access import SqlAccessLog, SqlTokenStore, SqlUserStore
from voiceops.storage.backlog import SqlBacklogStore
from voiceops.storage.board import SqlBoardStore
from voiceops.storage.customer_owners import SqlOwnerStore
from voiceops.storage.database import READ_ONLY
from voiceops.storage.erasures import SqlErasureStore
from voiceops.storage.evaluations import SqlEvaluationStore
from voiceops.storage.failures import voiceops_error
from voiceops.storage.keyword_sets import SqlKeywordSetStore
from voiceops.storage.ledger import SqlLedgerStore
from voiceops.storage.notices import SqlNoticeStore
from voiceops.storage.offers import SqlOfferStore
from voiceops.storage.people import SqlAgentStore, SqlQueueStore
from voiceops.storage.reanalyses import SqlReanalysisStore
from voiceops.storage.recordings import SqlRecordingStore
from voiceops.storage.releases import SqlReleaseStore
from voiceops.storage.replies import SqlReplyStore
from voiceops.storage.retention import SqlRetentionStore
from voiceops.storage.reviews import SqlReviewStore
from voiceops.storage.samples import SqlSampleStore
from voiceops.storage.second_looks import SqlSecondLookStore
from voiceops.storage.subscriptions import SqlSubscriptionStore
from voiceops.storage.task_feed import SqlTaskFeed
from voiceops.storage.task_messages import SqlAttemptStore, SqlMessageStore
from voiceops.storage.tasks import SqlTaskStore
from voiceops.storage.teams import SqlTeams
from voiceops.storage.transcripts import SqlTranscriptStore
from voiceops.storage.trends import SqlTrendStore
from voiceops.storage.verdicts import SqlVerdictStore
from voiceops.storage.waveforms import SqlWaveformStore
from voiceops.storage.worklist import SqlWorklist

log = structlog.get_logger(__name__)


class SqlUnitOfWork:
    """See `ports.UnitOfWork`. The transaction begins with the first statement, not with the block.

    Keep the block short: on SQLite it excludes all other units from its first statement on, and
    on PostgreSQL it locks what it gets. `read_only` is for lists and pages: such a unit sees one
    unchanging state, waits for nobody and makes nobody wait.
    """

    def __init__(self, engine: Engine, *, jobs: JobQueue, clock: Clock, read_only: bool = False) -> None:
        self._engine = engine
        self._jobs = jobs
        self._clock = clock
        self._read_only = read_only
        self._asked: list[Job] = []

    def __enter__(self) -> Self:
        """Begin."""
        self._connection = connect(self._engine, read_only=self._read_only)
        self.recordings: RecordingStore = SqlRecordingStore(self._connection)
        self.transcripts: TranscriptStore = SqlTranscriptStore(self._connection)
        self.waveforms: WaveformStore = SqlWaveformStore(self._connection)
        self.second_looks: SecondLookStore = SqlSecondLookStore(self._connection)
        self.keyword_sets: KeywordSetStore = SqlKeywordSetStore(self._connection)
        self.evaluations: EvaluationStore = SqlEvaluationStore(self._connection)
        self.reanalyses: ReanalysisStore = SqlReanalysisStore(self._connection)
        self.reviews: ReviewStore = SqlReviewStore(self._connection)
        self.verdicts: VerdictStore = SqlVerdictStore(self._connection)
        self.worklist: Worklist = SqlWorklist(self._connection)
        self.samples: SampleStore = SqlSampleStore(self._connection)
        self.releases: ReleaseStore = SqlReleaseStore(self._connection)
        self._outbox = SqlNoticeStore(self._connection, self._clock)
        self.notices: NoticeStore = self._outbox
        self.subscriptions: SubscriptionStore = SqlSubscriptionStore(self._connection)
        self.feed: TaskFeed = SqlTaskFeed(self._connection)
        self.tasks: TaskStore = SqlTaskStore(self._connection, self._outbox.tell_webhooks)
        self.messages: MessageStore = SqlMessageStore(self._connection)
        self.attempts: AttemptStore = SqlAttemptStore(self._connection)
        self.ledger: LedgerStore = SqlLedgerStore(self._connection)
        self.backlog: BacklogStore = SqlBacklogStore(self._connection)
        self.offers: OfferStore = SqlOfferStore(self._connection)
        self.owners: OwnerStore = SqlOwnerStore(self._connection)
        self.agents: AgentStore = SqlAgentStore(self._connection)
        self.queues: QueueStore = SqlQueueStore(self._connection)
        self.teams: Teams = SqlTeams(self._connection)
        self.board: BoardStore = SqlBoardStore(self._connection)
        self.trends: TrendStore = SqlTrendStore(self._connection)
        self.tokens: TokenStore = SqlTokenStore(self._connection)
        self.users: UserStore = SqlUserStore(self._connection)
        self.access_log: AccessLog = SqlAccessLog(self._connection)
        self.replies: ReplyStore = SqlReplyStore(self._connection)
        self.retention: RetentionStore = SqlRetentionStore(self._connection)
        self.erasures: ErasureStore = SqlErasureStore(self._connection)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Undo whatever was not committed."""
        self._asked.clear()
        self._outbox.added.clear()
        self._connection.close()

    def ask(self, job: Job) -> None:
        """See the port."""
        self._asked.append(job)

    def tell(self, notice: Notice) -> None:
        """See the port."""
        self._outbox.tell(notice)

    def commit(self) -> None:
        """See the port."""
        self._connection.commit()
        asked, self._asked = self._asked, []
        told, self._outbox.added = self._outbox.added, []
        for job in (*asked, *map(delivery_of, told)):
            _attempt(partial(self._jobs.enqueue, job), failed="job_not_sent", record_id=job.record_id)


def connect(engine: Engine, *, read_only: bool) -> Connection:
    """A connection for one unit; one that only reads sees one unchanging moment."""
    try:
        connection = engine.connect()
    except exc.TimeoutError as error:
        # All pooled connections are in use; no statement failed, so nothing else translates this.
        raise voiceops_error(error) or error from error
    if not read_only:
        return connection
    if engine.dialect.name == "postgresql":
        return connection.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True, **{READ_ONLY: True}
        )
    return connection.execution_options(**{READ_ONLY: True})


def _attempt(send: Callable[[], None], *, failed: str, record_id: str) -> None:
    """What is committed stays true whether or not anybody hears of it; the sweep sends again."""
    try:
        send()
    except VoiceOpsError as error:
        # The message itself could quote an address or a secret of the service.
        log.warning(failed, record_id=record_id, error=type(error).__name__)
