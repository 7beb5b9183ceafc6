"""What VoiceOps needs from the outside world, as Protocols, and `Services`, which holds one of each.

Every port has a suite in `tests/contract` that all its implementations pass, stand-ins included.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.domain.finding import Evaluation
from voiceops.domain.keyword_set import KeywordSet
from voiceops.domain.people import AccessToken, Agent, Queue
from voiceops.domain.recording import Recording, RecordingKind, RecordingState
from voiceops.domain.transcript import Segment, Span, Transcript

# One channel of a recording: 16-bit samples at 16 kHz, possibly a memory map of a file.
Signal = NDArray[np.int16]
SIGNAL_RATE_HZ = 16_000


class Clock(Protocol):
    """Tells the time; handed in, so that tests may choose it."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


# --- audio and speech -------------------------------------------------------------------------


@dataclass(frozen=True)
class AudioFacts:
    """What a recording's container says and what decoding it showed. `notes` are sentences
    for people, such as that the file is cut short.
    """

    duration: float
    channels: int
    sample_rate_hz: int
    codec: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class DecodedAudio:
    """All channels as signals of equal length, and the facts."""

    facts: AudioFacts
    signals: tuple[Signal, ...]


class AudioDecoder(Protocol):
    """Turns a recording's file into signals. The content decides the format, not the name."""

    def probe(self, path: Path) -> AudioFacts:
        """Facts from the header and a first stretch of audio; cheap enough for the API.

        `duration` is the container's own claim, or counted where it makes none.
        Raises UnreadableAudio if nothing can be decoded.
        """
        ...

    def decode(self, path: Path, workspace: Path) -> DecodedAudio:
        """Decode everything to one 16 kHz signal per channel, resampled without aliasing.

        Signals may be memory maps of files made in the folder `workspace`, which the caller
        removes. A truncated file yields what is there and a note. Raises UnreadableAudio if
        nothing can be decoded.
        """
        ...


class VoiceActivityDetector(Protocol):
    """Finds where somebody speaks."""

    def detect(self, signal: Signal) -> tuple[Span, ...]:
        """Stretches with speech, in order, not overlapping, inside the signal. Silence: ()."""
        ...


@dataclass(frozen=True)
class SpeechChannel:
    """One channel as an engine gets it: the whole signal and where in it somebody speaks."""

    signal: Signal
    speech: tuple[Span, ...]


@dataclass(frozen=True)
class Transcription:
    """What an engine heard: for each channel given, its segments in order, in recording time."""

    language: str | None
    channels: tuple[tuple[Segment, ...], ...]


class Transcriber(Protocol):
    """A speech recogniser. Load once, use for many recordings; not thread-safe."""

    name: str

    def check(self) -> None:
        """Raise MissingPart, with the command that mends it, if package or model is not here."""
        ...

    def transcribe(self, channels: Sequence[SpeechChannel], *, language: str | None) -> Transcription:
        """Transcribe the speech of all channels; every segment has timed words.

        Nothing outside the speech stretches is transcribed; no speech gives no segments.
        `language` None lets the engine detect it. Raises EngineFailed, or BadInput for a
        language that the engine does not have.
        """
        ...


# --- files -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class StoredFile:
    """A file that was written: lower-case hex digest and size."""

    sha256: str
    size_bytes: int


class RecordingFiles(Protocol):
    """Keeps recordings' bytes under their SHA-256; the same bytes are kept once."""

    def receive(self, source: BinaryIO, *, limit_bytes: int) -> AbstractContextManager["IncomingFile"]:
        """Stream `source` to disk, never into memory, hashing on the way.

        The block looks at `IncomingFile.path` and calls `keep()`; leaving it without `keep()`
        removes every trace. Raises TooLarge past the limit, StorageFull if the disk is full.
        """
        ...

    def open_local(self, sha256: str) -> AbstractContextManager[Path]:
        """A local path to the bytes for the length of the block. Raises NotFound."""
        ...

    def exists(self, sha256: str) -> bool:
        """Whether the bytes are kept."""
        ...

    def remove(self, sha256: str) -> None:
        """Remove the bytes; no error if they are not there."""
        ...

    def all_sha256(self) -> Iterator[str]:
        """The digests of everything kept."""
        ...


class IncomingFile(Protocol):
    """A file that was received and not yet kept."""

    path: Path
    stored: StoredFile

    def keep(self) -> None:
        """Make it permanent: fsync and atomic rename; once this returns, a crash loses nothing."""
        ...


# --- stores and the unit of work ---------------------------------------------------------------


@dataclass(frozen=True)
class RecordingFilter:
    """Which recordings to list; None means any. `agent_id` is the agent named on the recording."""

    kind: RecordingKind | None = None
    state: RecordingState | None = None
    queue: str | None = None
    agent_id: str | None = None


@dataclass(frozen=True)
class Page:
    """Part of a long list: at most `limit` records after the record with the id `after`."""

    limit: int = 50
    after: str | None = None


class RecordingStore(Protocol):
    """Recordings by id and by content. Lists are newest first (received_at, then id)."""

    def add(self, recording: Recording) -> None:
        """Raises Conflict if its id or sha256 is there already."""
        ...

    def get(self, recording_id: str) -> Recording:
        """Raises NotFound."""
        ...

    def find_by_sha256(self, sha256: str) -> Recording | None:
        """The recording with these bytes, or None."""
        ...

    def list(self, wanted: RecordingFilter, page: Page) -> Sequence[Recording]:
        """One page. Raises NotFound for an unknown `page.after`."""
        ...

    def save(self, recording: Recording) -> None:
        """Overwrite the stored recording of that id. Raises NotFound."""
        ...

    def claim(self, recording_id: str, *, now: datetime, lease_until: datetime) -> Recording | None:
        """Atomically take a recording for transcription, or None if it is not to be had.

        Succeeds for state received, and for transcribing with a lease before `now`; sets state
        transcribing, the new lease, and attempts + 1. Of several claims at once one succeeds.
        """
        ...

    def renew(self, recording_id: str, *, held_until: datetime, lease_until: datetime) -> bool:
        """Extend a lease; False if it is no longer ours (state changed, or lease is not `held_until`)."""
        ...

    def stuck(self, *, now: datetime, idle_before: datetime, limit: int = 100) -> Sequence[Recording]:
        """Recordings that should be moving and are not, oldest first: transcribing with a lease
        before `now`, or received or transcribed and unchanged since `idle_before`.
        """
        ...


class TranscriptStore(Protocol):
    """One transcript per recording."""

    def put(self, recording_id: str, transcript: Transcript) -> None:
        """Store or replace."""
        ...

    def get(self, recording_id: str) -> Transcript:
        """Raises NotFound, saying that the recording is not transcribed yet."""
        ...


@dataclass(frozen=True)
class StoredKeywordSet:
    """A keyword set with the text it was read from and who uploaded it."""

    keyword_set: KeywordSet
    source: str
    uploaded_at: datetime
    uploaded_by: str
    active: bool


class KeywordSetStore(Protocol):
    """All versions of all keyword sets; at most one version of an id is active."""

    def add(self, stored: StoredKeywordSet) -> None:
        """Add a version; if active, the others of that id become inactive.

        Raises Conflict if the version is not higher than every stored one.
        """
        ...

    def get(self, keyword_set_id: str, version: int | None = None) -> StoredKeywordSet:
        """A version, or the active one for None. Raises NotFound."""
        ...

    def list_active(self) -> Sequence[StoredKeywordSet]:
        """The active version of every set, by id."""
        ...

    def versions(self, keyword_set_id: str) -> Sequence[StoredKeywordSet]:
        """All versions of one id, newest first; () if there is none."""
        ...


class EvaluationStore(Protocol):
    """Evaluations of calls; one per recording, keyword set id and version."""

    def put(self, recording_id: str, evaluation: Evaluation, at: datetime) -> None:
        """Store or replace."""
        ...

    def of_recording(self, recording_id: str) -> Sequence[Evaluation]:
        """The newest version's evaluation for each keyword set, by set id."""
        ...


@dataclass(frozen=True)
class TaskFilter:
    """Which tasks to list; None means any. `ended` False means still somebody's duty."""

    state: TaskState | None = None
    agent_id: str | None = None
    queue: str | None = None
    caller_number: str | None = None
    ended: bool | None = None


class TaskStore(Protocol):
    """Callback tasks and their events. Lists are ordered by due time, then id."""

    def add(self, task: CallbackTask, event: TaskEvent) -> None:
        """Raises Conflict if a task for that recording exists: a job run twice raises one task."""
        ...

    def get(self, task_id: str) -> CallbackTask:
        """Raises NotFound."""
        ...

    def find_by_recording(self, recording_id: str) -> CallbackTask | None:
        """The task raised from a recording, or None."""
        ...

    def save(self, task: CallbackTask, event: TaskEvent) -> None:
        """Overwrite and add the event. `task.version` must be the stored version + 1.

        Raises NotFound, or Conflict if somebody else changed the task meanwhile.
        """
        ...

    def list(self, wanted: TaskFilter, page: Page) -> Sequence[CallbackTask]:
        """One page. Raises NotFound for an unknown `page.after`."""
        ...

    def events(self, task_id: str) -> Sequence[TaskEvent]:
        """All events of a task, oldest first."""
        ...

    def loads(self) -> Mapping[str, int]:
        """For each agent with any, the number of tasks offered to or accepted by them.

        Whoever asks is about to assign: until the unit ends, others who ask wait, so that two
        assigners never see the same free place.
        """
        ...

    def last_offered(self) -> Mapping[str, datetime]:
        """For each agent who was ever offered a task, when the newest offer was made."""
        ...

    def unassigned(self, *, raised_before: datetime, limit: int = 100) -> Sequence[CallbackTask]:
        """Open tasks without an agent raised before an instant, oldest first."""
        ...

    def overdue(self, *, now: datetime, limit: int = 100) -> Sequence[CallbackTask]:
        """Tasks not ended, due before `now`, not yet escalated, oldest first."""
        ...


class AgentStore(Protocol):
    """Agents by id; lists are ordered by id."""

    def put(self, agent: Agent) -> None:
        """Store or replace."""
        ...

    def get(self, agent_id: str) -> Agent:
        """Raises NotFound."""
        ...

    def list(self) -> Sequence[Agent]:
        """All agents."""
        ...


class QueueStore(Protocol):
    """Call-centre queues by id; lists are ordered by id."""

    def put(self, queue: Queue) -> None:
        """Store or replace."""
        ...

    def find(self, queue_id: str | None) -> Queue:
        """The queue, or for None and for unknown ids one with the defaults and id "default"."""
        ...

    def list(self) -> Sequence[Queue]:
        """All stored queues."""
        ...


class TokenStore(Protocol):
    """Access tokens by the SHA-256 of their secret."""

    def add(self, token: AccessToken) -> None:
        """Raises Conflict if the name is taken."""
        ...

    def find(self, sha256: str) -> AccessToken | None:
        """The token, expired or not, or None."""
        ...

    def list(self) -> Sequence[AccessToken]:
        """All tokens, by name."""
        ...

    def remove(self, token_id: str) -> None:
        """Raises NotFound."""
        ...


class JobName(StrEnum):
    """Background jobs by the dotted name that the worker imports; a test resolves each."""

    TRANSCRIBE = "workers.jobs.transcribe"
    ANALYSE = "workers.jobs.analyse"


class Lane(StrEnum):
    """The software queues; one lane per worker process."""

    TRANSCRIBE = "transcribe"
    ANALYSE = "analyse"


@dataclass(frozen=True)
class Job:
    """One piece of background work on one record. `attempt` makes a re-sent job a new one."""

    name: JobName
    lane: Lane
    record_id: str
    timeout_seconds: int
    attempt: int = 0


class JobQueue(Protocol):
    """Nudges a worker. The database is the truth: a lost nudge is sent again by the sweep."""

    def enqueue(self, job: Job) -> None:
        """Send; the same name, record and attempt twice is sent once while it waits.

        Raises Unavailable if the queue does not answer.
        """
        ...

    def depths(self) -> Mapping[Lane, int]:
        """How many jobs wait in each lane. Raises Unavailable."""
        ...


@dataclass(frozen=True)
class Notice:
    """A message for a person about a task. `recipient` is an agent's id or "supervisor"."""

    recipient: str
    subject: str
    text: str
    task_id: str


class Notifier(Protocol):
    """Tells people. Best effort: a notice that cannot be delivered never loses a task."""

    def notify(self, notice: Notice) -> None:
        """Deliver, or raise Unavailable."""
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


# --- everything a use case may need -------------------------------------------------------------


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


class Ears(Protocol):
    """What it takes to hear a file: `Services` has it, and so has a command that needs no database."""

    @property
    def decoder(self) -> AudioDecoder:
        """Decodes."""
        ...

    @property
    def detector(self) -> Callable[[], VoiceActivityDetector]:
        """Makes the detector on first use."""
        ...

    @property
    def transcriber(self) -> Callable[[], Transcriber]:
        """Loads the engine on first use."""
        ...


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
