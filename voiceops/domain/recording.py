"""A recording: one audio file, what is known about it, and the states it moves through."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from voiceops.domain.private import Silenced
from voiceops.errors import Conflict, Removed


class RecordingKind(StrEnum):
    """A call has an agent and a customer; a voicemail was left with nobody answering."""

    CALL = "call"
    VOICEMAIL = "voicemail"


class Direction(StrEnum):
    """Which way a call went, seen from the call centre."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


class Party(StrEnum):
    """Who speaks. `caller` exists on voicemails only; `unknown` is an honest answer."""

    AGENT = "agent"
    CUSTOMER = "customer"
    CALLER = "caller"
    UNKNOWN = "unknown"


class PartiesBy(StrEnum):
    """How it is known who speaks: somebody says so of each channel, custom has it so, or it was judged.

    `voices`: all speak on one channel, and were told apart by their voices.
    """

    SENDER = "sender"
    SETTING = "setting"
    CUSTOM = "custom"
    JUDGED = "judged"
    VOICES = "voices"


class RawFormat(StrEnum):
    """How sound is written where no header says it; a sender names it, or a file's extension does.

    `sln` is 16-bit signed linear, little end first, at 8 kHz, `sln16` the same at 16 kHz.
    """

    ULAW = "ulaw"
    ALAW = "alaw"
    G722 = "g722"
    GSM = "gsm"
    SLN = "sln"
    SLN16 = "sln16"


class Priority(StrEnum):
    """Whose turn to be transcribed comes first, in this order.

    `burst` is what a customer or queue sends beyond its share while that still waits.
    """

    TODAY = "today"
    BURST = "burst"
    ARCHIVE = "archive"


class RecordingState(StrEnum):
    """Where a recording stands on the straight line."""

    RECEIVED = "received"
    TRANSCRIBING = "transcribing"
    TRANSCRIBED = "transcribed"
    ANALYSED = "analysed"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """True where nothing moves by itself any more."""
        return self in {RecordingState.ANALYSED, RecordingState.FAILED}


# The only legal moves. `transcribing → received` gives a recording back (its worker died or was
# told to stop); `failed → received` is a person pressing "try again"; `analysed → transcribed`
# asks for a new analysis of the transcript that is there.
RECORDING_MOVES: Mapping[RecordingState, frozenset[RecordingState]] = {
    RecordingState.RECEIVED: frozenset({RecordingState.TRANSCRIBING, RecordingState.FAILED}),
    RecordingState.TRANSCRIBING: frozenset(
        {RecordingState.TRANSCRIBED, RecordingState.RECEIVED, RecordingState.FAILED}
    ),
    RecordingState.TRANSCRIBED: frozenset({RecordingState.ANALYSED, RecordingState.FAILED}),
    RecordingState.ANALYSED: frozenset({RecordingState.TRANSCRIBED}),
    RecordingState.FAILED: frozenset({RecordingState.RECEIVED}),
}


class RecordingPart(StrEnum):
    """What is kept of a recording beside its row: each part may be removed on its own.

    `result` is what was made of it: findings, reviews and the facts of a caller, with the words that they quote.
    """

    AUDIO = "audio"
    TRANSCRIPT = "transcript"
    RESULT = "result"


@dataclass(frozen=True)
class LegalHold:
    """Somebody's order that nothing of a recording may be removed, and why."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Recording:
    """One audio file and what is known about it.

    `sha256` is the lower-case hex digest of the bytes as they were sent and is unique. `parties` names each channel
    in order, `parties_by` says how they are known and, where they were judged, `parties_confidence` 0..1 how surely.
    `raw_format` is what its sender said of sound without a header. `attempts` counts how
    often transcription was begun since it was last received by a person's hand, `analyses_begun` how often its analysis
    was since it was last transcribed. While a worker holds
    the recording, `lease_until` says until when; a lease that has run out means that the worker is
    gone. `customer` is a number or reference that the sender knows them by; `started_at` is when the call
    began, where that was said. `clarity` 0..100 is that of the channel which is understood worst, once it is
    transcribed; None where nobody speaks. `failure` is a sentence a supervisor understands.
    What was removed on purpose says when; `removal_reason` is a sentence for it.
    `redacted_at` is when what is private was last looked for in its sound, and `silenced` is where it was.
    `redacted_sha256` is the file that is kept instead of the one sent, `replaced_sha256` one that is still
    to be removed, and `original_sha256` the one sent, encrypted.
    """

    id: str
    kind: RecordingKind
    sha256: str
    file_name: str
    size_bytes: int
    received_at: datetime
    parties: tuple[Party, ...]
    state: RecordingState = RecordingState.RECEIVED
    state_changed_at: datetime | None = None
    duration_seconds: float | None = None
    language: str | None = None
    queue: str | None = None
    agent_id: str | None = None
    caller_number: str | None = None
    dialled_number: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    attempts: int = 0
    lease_until: datetime | None = None
    failure: str | None = None
    notes: tuple[str, ...] = ()
    raw_format: RawFormat | None = None
    customer: str | None = None
    direction: Direction | None = None
    started_at: datetime | None = None
    priority: Priority = Priority.TODAY
    clarity: int | None = None
    parties_by: PartiesBy = PartiesBy.CUSTOM
    parties_confidence: float | None = None
    analyses_begun: int = 0
    audio_removed_at: datetime | None = None
    transcript_removed_at: datetime | None = None
    result_removed_at: datetime | None = None
    removal_reason: str | None = None
    hold: LegalHold | None = None
    redacted_at: datetime | None = None
    silenced: tuple[Silenced, ...] = ()
    redacted_sha256: str | None = None
    replaced_sha256: str | None = None
    original_sha256: str | None = None

    @property
    def file_sha256(self) -> str:
        """The file that is heard."""
        return self.redacted_sha256 or self.sha256

    @property
    def heard_name(self) -> str:
        """The name of that file for people."""
        return self.file_name if self.redacted_sha256 is None else f"{self.file_name.rsplit('.', 1)[0]}.flac"

    @property
    def files(self) -> tuple[str, ...]:
        """All files that are its own, the one that is heard first."""
        return tuple(filter(None, (self.file_sha256, self.replaced_sha256, self.original_sha256)))

    @property
    def hint(self) -> str:
        """What a decoder may go by where the content has no mark: the format's name, or the file's."""
        return self.raw_format or self.file_name

    def moved(self, state: RecordingState, at: datetime, *, failure: str | None = None) -> "Recording":
        """This recording in another state, its lease ended. Raises Conflict for an illegal move."""
        if state not in RECORDING_MOVES[self.state]:
            raise Conflict(
                f"A recording that is {self.state} cannot become {state}.",
                record=self.id,
                next_step="Load the recording again and look at its state.",
            )
        begun = 0 if state is RecordingState.TRANSCRIBED else self.analyses_begun
        return replace(self, state=state, state_changed_at=at, lease_until=None, failure=failure, analyses_begun=begun)

    @property
    def is_held(self) -> bool:
        """Whether a legal hold keeps everything of it."""
        return self.hold is not None

    def removed_at(self, part: RecordingPart) -> datetime | None:
        """When a part was removed on purpose, or None where it was not."""
        at: datetime | None = getattr(self, f"{part}_removed_at")
        return at

    def require(self, part: RecordingPart) -> None:
        """Raise Removed where a part was removed on purpose."""
        at = self.removed_at(part)
        if at is not None:
            raise Removed(
                f"Its {part} was removed on {at:%Y-%m-%d}. {self.removal_reason or ''}".rstrip(),
                record=self.id,
                next_step="It does not come back; what else is kept of the recording can still be read.",
            )

    def without(self, part: RecordingPart, at: datetime, *, reason: str) -> "Recording":
        """This recording after a part was removed."""
        removed: Mapping[str, datetime] = {f"{part}_removed_at": at}
        return replace(self, removal_reason=reason, **removed)  # type: ignore[arg-type]  # names made of a part
