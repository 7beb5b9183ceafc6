"""Ports to what is stored about recordings: themselves, transcripts, keyword sets, evaluations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from voiceops.domain.finding import Evaluation
from voiceops.domain.keyword_set import KeywordSet
from voiceops.domain.reanalysis import EVER, Received
from voiceops.domain.recording import Recording, RecordingKind, RecordingState
from voiceops.domain.transcript import Transcript
from voiceops.domain.waveform import Waveform


@dataclass(frozen=True)
class RecordingFilter:
    """Which recordings to list; None means any. `agent_id` is the agent named on the recording.

    `teams` means those whose agent is of one of these teams, or whose queue is theirs. `clarity_below` leaves out
    what is not measured.
    """

    kind: RecordingKind | None = None
    state: RecordingState | None = None
    queue: str | None = None
    agent_id: str | None = None
    customer: str | None = None
    caller_number: str | None = None
    teams: tuple[str, ...] | None = None
    clarity_below: int | None = None


class RecordingOrder(StrEnum):
    """Orders of a list of recordings. By start, those whose start is not known are left out."""

    RECEIVED_LAST = "received_at_desc"
    RECEIVED_FIRST = "received_at_asc"
    STARTED_LAST = "started_at_desc"
    STARTED_FIRST = "started_at_asc"


@dataclass(frozen=True)
class Page:
    """Part of a long list: at most `limit` records after the record with the id `after`."""

    limit: int = 50
    after: str | None = None


class RecordingStore(Protocol):
    """Recordings by id and by content."""

    def add(self, recording: Recording) -> None:
        """Raises Conflict if its id or sha256 is there already."""
        ...

    def get(self, recording_id: str) -> Recording:
        """Raises NotFound."""
        ...

    def find_by_sha256(self, sha256: str) -> Recording | None:
        """The recording with these bytes, or None."""
        ...

    def list(
        self, wanted: RecordingFilter, page: Page, order: RecordingOrder = RecordingOrder.RECEIVED_LAST
    ) -> Sequence[Recording]:
        """One page; at one instant the id decides. Raises NotFound for a `page.after` that is not in this order."""
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

    def has_file(self, sha256: str) -> bool:
        """Whether a file is one of a recording's own: the one that is heard, its original, or one that goes soon."""
        ...

    def half_redacted(self, *, limit: int) -> Sequence[str]:
        """The ids of recordings of which the file is still there that a redacted one replaced; not of those held."""
        ...

    def begin_analysis(self, recording_id: str) -> int | None:
        """Count one more beginning of its analysis: which one it is, or None unless it is transcribed."""
        ...

    def renew(self, recording_id: str, *, held_until: datetime, lease_until: datetime) -> bool:
        """Extend a lease; False if it is no longer ours (state changed, or lease is not `held_until`)."""
        ...

    def stuck(
        self, *, now: datetime, idle_before: datetime, at_latest: datetime | None = None, limit: int = 100
    ) -> Sequence[Recording]:
        """Recordings that should be moving and are not: transcribing with a lease before `now`, or
        received or transcribed and unchanged since `idle_before`. Those that were begun come first, then
        those that wait, by priority; the oldest first.

        What is held, or was changed, after `at_latest` was so by a clock that was set back since, and counts too.
        """
        ...

    def waiting_beside(self, recording: Recording, *, limit: int) -> int:
        """How many of its kind and customer wait as today's work, at most `limit`; of its queue without a customer."""
        ...


@dataclass(frozen=True)
class CallRange:
    """Transcribed calls with ids after `after`, up to and including `upto`; None leaves a side open."""

    after: str | None = None
    upto: str | None = None
    received: Received = EVER


@dataclass(frozen=True)
class TranscribedCall:
    """What evaluating a stored call takes.

    `read` gives the transcript, or None where its bytes are damaged. It is taken apart only then:
    hundreds of them at once would cost more memory, and four times as much time, as one by one.
    """

    recording_id: str
    queue: str | None
    read: Callable[[], Transcript | None]


class TranscriptStore(Protocol):
    """One transcript per recording."""

    def put(self, recording_id: str, transcript: Transcript) -> None:
        """Store or replace, and with it the words by which the recording is found."""
        ...

    def get(self, recording_id: str) -> Transcript:
        """Raises NotFound, saying that the recording is not transcribed yet."""
        ...

    def make_searchable(self, *, limit: int) -> int:
        """Let up to so many transcripts of the version before be found by their words; how many were looked at."""
        ...

    def calls(self, wanted: CallRange, *, limit: int) -> Sequence[TranscribedCall]:
        """The first `limit` transcribed calls of a range, by id."""
        ...

    def count_calls(self, received: Received) -> int:
        """How many transcribed calls were received in a span."""
        ...


class WaveformStore(Protocol):
    """At most one waveform per recording; one transcribed by an older version has none."""

    def put(self, recording_id: str, waveform: Waveform) -> None:
        """Store or replace."""
        ...

    def find(self, recording_id: str) -> Waveform | None:
        """The waveform, or None."""
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

    def activate(self, keyword_set_id: str, version: int) -> None:
        """Make one version the active one of its id. Raises NotFound."""
        ...

    def list_active(self) -> Sequence[StoredKeywordSet]:
        """The active version of every set, by id."""
        ...

    def list_newest(self) -> Sequence[StoredKeywordSet]:
        """The newest version of every set, active or not, by id."""
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

    def put_all(self, evaluations: Mapping[str, Evaluation], at: datetime) -> None:
        """As `put`, for one evaluation of each of many recordings."""
        ...

    def newest(self, keyword_set_id: str, recording_ids: Sequence[str]) -> Mapping[str, Evaluation]:
        """By recording, the newest version's evaluation with one keyword set; those without any are left out."""
        ...

    def latest(self, keyword_set_id: str, version: int, *, limit: int) -> Sequence[Evaluation]:
        """Up to `limit` evaluations by one version, the ones made last."""
        ...
