"""What VoiceOps needs from the outside world, as Protocols, and `Services`, which holds one of each.

Every port has a suite in `tests/contract` that all its implementations pass, stand-ins included.
"""

from voiceops.ports.access import (
    AccessFilter,
    AccessLog,
    Errand,
    LoggedAccess,
    PasswordHasher,
    SignInProvider,
    TokenStore,
    UserStore,
)
from voiceops.ports.backlog import Backlog, BacklogStore
from voiceops.ports.board import BoardStore
from voiceops.ports.duties import (
    AgentStore,
    QueueStore,
    TaskFilter,
    TaskOrder,
    TaskStore,
    Teams,
)
from voiceops.ports.erasures import Belongings, ErasureStore, Trace
from voiceops.ports.files import (
    IncomingFile,
    RecordingFiles,
    ReferencedFile,
    References,
    StoredFile,
)
from voiceops.ports.ledger import LedgerStore
from voiceops.ports.messages import AttemptStore, Caller, MessageStore
from voiceops.ports.notices import NoticeStore, SubscriptionStore, TaskFeed
from voiceops.ports.offers import Offer, OfferStore, OwnerStore
from voiceops.ports.parts import Clock, Policy, Services, SettingInEffect
from voiceops.ports.reanalyses import ReanalysisStore
from voiceops.ports.records import (
    CallRange,
    EvaluationStore,
    KeywordSetStore,
    Page,
    RecordingFilter,
    RecordingOrder,
    RecordingStore,
    StoredKeywordSet,
    TranscribedCall,
    TranscriptStore,
    WaveformStore,
)
from voiceops.ports.releases import ReleaseStore
from voiceops.ports.replies import ReplyStore
from voiceops.ports.retention import DueParts, RetentionRule, RetentionStore
from voiceops.ports.reviews import ReviewStore
from voiceops.ports.samples import SampleStore
from voiceops.ports.second_looks import SecondLookStore
from voiceops.ports.speech import (
    SIGNAL_RATE_HZ,
    AudioDecoder,
    AudioFacts,
    DecodedAudio,
    Ears,
    SecondEar,
    SecondHearing,
    Signal,
    SpeakerEmbedder,
    SpeechChannel,
    Transcriber,
    Transcription,
    VoiceActivityDetector,
    WordingScorer,
)
from voiceops.ports.trends import TrendStore
from voiceops.ports.unit_of_work import UnitOfWork
from voiceops.ports.vault import Vault
from voiceops.ports.verdicts import VerdictStore
from voiceops.ports.work import (
    Job,
    JobName,
    JobQueue,
    Lane,
    Notice,
    Notifier,
    delivery_of,
)
from voiceops.ports.worklist import Worklist, WorklistEntry, WorklistFilter, WorklistOrder, WorklistPlace

__all__ = [
    "SIGNAL_RATE_HZ",
    "AccessFilter",
    "AccessLog",
    "AgentStore",
    "AttemptStore",
    "AudioDecoder",
    "AudioFacts",
    "Backlog",
    "BacklogStore",
    "Belongings",
    "BoardStore",
    "CallRange",
    "Caller",
    "Clock",
    "DecodedAudio",
    "DueParts",
    "Ears",
    "ErasureStore",
    "Errand",
    "EvaluationStore",
    "IncomingFile",
    "Job",
    "JobName",
    "JobQueue",
    "KeywordSetStore",
    "Lane",
    "LedgerStore",
    "LoggedAccess",
    "MessageStore",
    "Notice",
    "NoticeStore",
    "Notifier",
    "Offer",
    "OfferStore",
    "OwnerStore",
    "Page",
    "PasswordHasher",
    "Policy",
    "QueueStore",
    "ReanalysisStore",
    "RecordingFiles",
    "RecordingFilter",
    "RecordingOrder",
    "RecordingStore",
    "ReferencedFile",
    "References",
    "ReleaseStore",
    "ReplyStore",
    "RetentionRule",
    "RetentionStore",
    "ReviewStore",
    "SampleStore",
    "SecondEar",
    "SecondHearing",
    "SecondLookStore",
    "Services",
    "SettingInEffect",
    "SignInProvider",
    "Signal",
    "SpeakerEmbedder",
    "SpeechChannel",
    "StoredFile",
    "StoredKeywordSet",
    "SubscriptionStore",
    "TaskFeed",
    "TaskFilter",
    "TaskOrder",
    "TaskStore",
    "Teams",
    "TokenStore",
    "Trace",
    "TranscribedCall",
    "Transcriber",
    "TranscriptStore",
    "Transcription",
    "TrendStore",
    "UnitOfWork",
    "UserStore",
    "Vault",
    "VerdictStore",
    "VoiceActivityDetector",
    "WaveformStore",
    "WordingScorer",
    "Worklist",
    "WorklistEntry",
    "WorklistFilter",
    "WorklistOrder",
    "WorklistPlace",
    "delivery_of",
]
