"""What VoiceOps needs from the outside world, as Protocols, and `Services`, which holds one of each.

Every port has a suite in `tests/contract` that all its implementations pass, stand-ins included.
"""

from voiceops.ports.duties import (
    AgentStore,
    QueueStore,
    TaskFilter,
    TaskStore,
    TokenStore,
)
from voiceops.ports.files import (
    IncomingFile,
    RecordingFiles,
    StoredFile,
)
from voiceops.ports.records import (
    EvaluationStore,
    KeywordSetStore,
    Page,
    RecordingFilter,
    RecordingStore,
    StoredKeywordSet,
    TranscriptStore,
)
from voiceops.ports.services import (
    Clock,
    Policy,
    Services,
    UnitOfWork,
)
from voiceops.ports.speech import (
    SIGNAL_RATE_HZ,
    AudioDecoder,
    AudioFacts,
    DecodedAudio,
    Ears,
    Signal,
    SpeechChannel,
    Transcriber,
    Transcription,
    VoiceActivityDetector,
)
from voiceops.ports.work import (
    Job,
    JobName,
    JobQueue,
    Lane,
    Notice,
    Notifier,
)

__all__ = [
    "SIGNAL_RATE_HZ",
    "AgentStore",
    "AudioDecoder",
    "AudioFacts",
    "Clock",
    "DecodedAudio",
    "Ears",
    "EvaluationStore",
    "IncomingFile",
    "Job",
    "JobName",
    "JobQueue",
    "KeywordSetStore",
    "Lane",
    "Notice",
    "Notifier",
    "Page",
    "Policy",
    "QueueStore",
    "RecordingFiles",
    "RecordingFilter",
    "RecordingStore",
    "Services",
    "Signal",
    "SpeechChannel",
    "StoredFile",
    "StoredKeywordSet",
    "TaskFilter",
    "TaskStore",
    "TokenStore",
    "Transcriber",
    "TranscriptStore",
    "Transcription",
    "UnitOfWork",
    "VoiceActivityDetector",
]
