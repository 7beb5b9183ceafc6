"""`Services`: one of each port and the policy, which is everything a use case may need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from voiceops.analysis.choices import Choices
from voiceops.analysis.file_names import FileNames
from voiceops.domain.masking import Masking
from voiceops.domain.recording import Party
from voiceops.domain.retention import Retention
from voiceops.domain.user import ProviderRules
from voiceops.ports.access import PasswordHasher, SignInProvider
from voiceops.ports.files import RecordingFiles, References
from voiceops.ports.speech import AudioDecoder, SecondHearing, SpeakerEmbedder, Transcriber, VoiceActivityDetector
from voiceops.ports.unit_of_work import UnitOfWork
from voiceops.ports.vault import Vault
from voiceops.ports.work import JobQueue, Notifier


class Clock(Protocol):
    """Tells the time; handed in, so that tests may choose it."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


@dataclass(frozen=True)
class Policy:
    """The figures that decide how use cases behave; bootstrap fills them from the settings."""

    upload_limit_bytes: int = 2 * 1024**3
    duration_limit_seconds: float = 6 * 3600
    default_language: str | None = "en"
    default_region: str = "US"
    lease_seconds: int = 45
    attempts_limit: int = 3
    idle_seconds: int = 60
    assign_grace_seconds: int = 120
    repeat_window_hours: float = 24.0
    notice_lease_seconds: int = 120
    notice_days: int = 30
    what_if_days: int = 30
    release_days: float | None = None
    dispute_days: float = 14.0
    give_back_accepted: bool = True
    reanalysis_batch_calls: int = 100
    transcribe_timeout_base_seconds: int = 120
    transcribe_timeout_per_audio_second: float = 10.0
    session_hours: float = 12.0
    session_idle_minutes: float = 60.0
    sign_in: ProviderRules = field(default_factory=ProviderRules)
    idempotency_hours: float = 24.0
    file_names: FileNames = field(default_factory=FileNames)
    retention: Retention = field(default_factory=Retention)
    masking: Masking = field(default_factory=Masking)
    keep_original: bool = False
    channels: Choices[tuple[Party, ...]] = field(default_factory=Choices)
    vocabulary: Choices[tuple[str, ...]] = field(default_factory=Choices)


@dataclass(frozen=True)
class SettingInEffect:
    """A setting as people may see it: `value` is masked where it is a secret, None where it is not set."""

    name: str
    value: str | None
    is_default: bool
    is_secret: bool
    description: str


@dataclass(frozen=True)
class Services:
    """One of each port, wired by `bootstrap`.

    `open_unit` begins a unit of work. `open_view` begins one that only reads: it waits for nobody
    and makes nobody wait.
    `scrub` makes the database forget the bytes of what was deleted.
    `transcriber` is loaded on first use, so that processes which never transcribe stay small; `engines` has
    those that were chosen for certain queues and languages instead. `embedders` separate mono calls; without one for
    their queue and language these are left as they are. `vault` is None where nobody gave a key,
    `second_hearing` where nobody wants second looks.
    """

    open_unit: Callable[[], UnitOfWork]
    open_view: Callable[[], UnitOfWork]
    files: RecordingFiles
    decoder: AudioDecoder
    detector: Callable[[], VoiceActivityDetector]
    transcriber: Callable[[], Transcriber]
    jobs: JobQueue
    notifier: Notifier
    references: References
    passwords: PasswordHasher
    clock: Clock
    new_id: Callable[[], str]
    policy: Policy = field(default_factory=Policy)
    sign_in_provider: SignInProvider | None = None
    settings: Sequence[SettingInEffect] = ()
    scrub: Callable[[], None] = lambda: None
    engines: Choices[Callable[[], Transcriber]] = field(default_factory=Choices)
    second_hearing: SecondHearing | None = None
    vault: Vault | None = None
    embedders: Choices[Callable[[], SpeakerEmbedder] | None] = field(default_factory=Choices)
