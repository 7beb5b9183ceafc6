"""Recordings and transcripts as they cross the wire."""

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.text import Instant
from voiceops.domain.private import Masked, Silenced
from voiceops.domain.recording import (
    Direction,
    PartiesBy,
    Party,
    Priority,
    RawFormat,
    Recording,
    RecordingKind,
    RecordingState,
)
from voiceops.domain.sound import ChannelSound


class RecordingOut(BaseModel):
    """One recording and where it stands."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "5f0c1d2e3b4a49788796a5b4c3d2e1f0",
                    "kind": "call",
                    "state": "analysed",
                    "failure": None,
                    "file_name": "clean-call.wav",
                    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    "size_bytes": 960044,
                    "received_at": "2026-03-02T09:15:00.000Z",
                    "state_changed_at": "2026-03-02T09:15:41.250Z",
                    "duration_seconds": 60.0,
                    "parties": ["agent", "customer"],
                    "language": "en",
                    "queue": "service",
                    "agent_id": "ana",
                    "caller_number": "+14155550100",
                    "dialled_number": None,
                    "labels": {"campaign": "spring"},
                    "attempts": 1,
                    "notes": [],
                    "raw_format": None,
                    "customer": "A-1701",
                    "direction": "inbound",
                    "started_at": "2026-03-02T09:02:11.000Z",
                    "priority": "today",
                    "clarity": 84,
                    "parties_by": "judged",
                    "parties_confidence": 0.973,
                    "audio_removed_at": None,
                    "transcript_removed_at": None,
                    "result_removed_at": None,
                    "removal_reason": None,
                    "is_held": False,
                    "redacted_at": "2026-03-02T09:15:41.250Z",
                    "silenced": [{"what": "card", "start": 31.2, "end": 37.85, "channel": 1}],
                }
            ]
        }
    )

    id: str
    kind: RecordingKind
    state: RecordingState
    failure: str | None = Field(description="Why it failed, in a sentence; null where it did not.")
    file_name: str = Field(description="A label for people; never a path.")
    sha256: str = Field(description="SHA-256 of the bytes as they were sent, in lower-case hex.")
    size_bytes: int
    received_at: Instant
    state_changed_at: Instant | None
    duration_seconds: float | None
    parties: list[Party] = Field(description="Who speaks on each channel, in order.")
    parties_by: PartiesBy = Field(
        description="How they are known: its sender or a setting says so, custom has it so, or they were judged; "
        "`voices`: told apart on one channel by their voices."
    )
    parties_confidence: float | None = Field(description="How surely they were judged, 0 to 1; null if not.")
    language: str | None
    queue: str | None
    agent_id: str | None
    caller_number: str | None
    dialled_number: str | None
    labels: dict[str, str]
    attempts: int
    notes: list[str]
    raw_format: RawFormat | None = Field(description="What its sender said of sound without a header.")
    customer: str | None = Field(description="The number or reference that its sender knows the customer by.")
    direction: Direction | None
    started_at: Instant | None = Field(description="When the call began, where that was said.")
    priority: Priority = Field(description="Whose turn to be transcribed comes first.")
    clarity: int | None = Field(
        description="Of the channel that is understood worst, 0 to 100; null until it is transcribed."
    )
    audio_removed_at: Instant | None = Field(description="When its sound was removed on purpose; null: it was not.")
    transcript_removed_at: Instant | None
    result_removed_at: Instant | None = Field(description="When findings, reviews and a caller's facts were removed.")
    removal_reason: str | None = Field(description="Why something was removed, in a sentence.")
    is_held: bool = Field(description="Whether a legal hold keeps everything of it.")
    redacted_at: Instant | None = Field(
        description="When what is private was last looked for in its sound; null: nobody wants that, or not yet."
    )
    silenced: list[Silenced] = Field(
        description="Where its sound was made silent, in seconds; `channel` from 0, null: on all of them."
    )


def recording_out(recording: Recording) -> RecordingOut:
    """The recording for the wire."""
    return RecordingOut.model_validate(recording, from_attributes=True)


class RecordingPage(BaseModel):
    """Recordings, newest first."""

    items: list[RecordingOut]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class WordOut(BaseModel):
    """One timed word, in seconds from the beginning."""

    text: str
    start: float
    end: float
    probability: float | None = None


class UtteranceOut(BaseModel):
    """One party's uninterrupted stretch."""

    party: Party
    start: float
    end: float
    text: str
    words: list[WordOut] = []
    party_confidence: float | None = Field(
        None, description="How sure it is that the party speaks, 0 to 1, where parties were told apart by voice."
    )


class SpeechOut(BaseModel):
    """Where a speech detector heard a party's voice."""

    party: Party
    spans: list[tuple[float, float]]


class PartiesOut(BaseModel):
    """How it is known which party speaks where."""

    by: PartiesBy
    confidence: float = Field(description="0 to 1; below 0.8 rules about one party are uncertain.")
    reason: str


class TranscriptOut(BaseModel):
    """The ordered utterances of a recording."""

    language: str | None
    duration: float
    utterances: list[UtteranceOut]
    speech: list[SpeechOut] | None = None
    dropped_words: int = Field(0, description="Words that the recogniser said and nobody spoke; they were left out.")
    parties: PartiesOut | None = Field(None, description="Who is who, where that had to be judged.")
    masked: list[Masked] = Field(
        default=[], description="What stood where `•••` stands: words from `first` to before `stop`, counted from 0."
    )
    sound: list[ChannelSound] | None = Field(None, description="How each channel is recorded, and the tones on it.")
