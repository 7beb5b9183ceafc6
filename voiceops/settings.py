"""Every setting of VoiceOps: one class, read from the environment with the prefix VOICEOPS_.

README.md lists them all; a test keeps the two alike.
"""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from voiceops.errors import BadInput, InvalidDocument, Problem
from voiceops.ports.parts import SettingInEffect

_MASK = "••••"


class Settings(BaseSettings):
    """Settings in effect. Secrets may stand in URLs; `masked` is what may be shown."""

    model_config = SettingsConfigDict(env_prefix="VOICEOPS_", extra="ignore")

    data_dir: Path = Field(Path("voiceops-data"), description="Folder for recordings, the SQLite database and Redis.")
    database_url: SecretStr | None = Field(
        None, description="SQLAlchemy URL, e.g. postgresql+psycopg://…; empty: SQLite in the data folder."
    )
    redis_url: SecretStr | None = Field(
        None, description="Redis URL; empty: `voiceops up` starts an embedded Redis in the data folder."
    )
    recordings_url: SecretStr | None = Field(
        None, description="S3-compatible store of recordings, s3://key:secret@bucket/…; empty: the data folder."
    )
    playback: Literal["proxied", "presigned"] = Field(
        "proxied", description="How players get sound: from the API, or from the store by addresses signed for minutes."
    )
    host: str = Field("127.0.0.1", description="Address the API listens on.")
    port: int = Field(8000, ge=0, le=65535, description="TCP port the API listens on.")
    api_processes: int = Field(
        1, ge=1, le=64, description="Processes that answer on this port together; `voiceops up` starts them."
    )
    transcriber: str = Field(
        "whisper", description="Engine: whisper, faster-whisper, remote, pocketsphinx (to try it) or scripted."
    )
    model: str = Field("turbo", description="Whisper model name or path of a checkpoint.")
    model_dir: Path | None = Field(None, description="Folder with Whisper checkpoints; empty: Whisper's own cache.")
    device: Literal["auto", "cpu", "cuda"] = Field("auto", description="Where the model runs.")
    engines: str = Field(
        "", description="Other engine and model by queue and language, e.g. */hu=whisper:large-v3; sales=remote:small."
    )
    second_look: str = Field(
        "",
        description="Engine and model that listens again where a required wording is missed, e.g. whisper:large-v3; "
        "empty: off.",
    )
    second_look_fit: float | None = Field(
        None,
        description="Score from which such a wording, heard again, counts as said; not set: the engine's measured one.",
    )
    remote_url: str = Field("", description="Server with the OpenAI transcription API, e.g. https://speech.example/v1.")
    remote_key: SecretStr | None = Field(None, description="The key that server wants.")
    vocabulary: str = Field(
        "", description="Names of products and people, by queue and language, e.g. Northwind, Anna Kiss; sales=Flexi."
    )
    scripted_delay_seconds: float = Field(
        0, ge=0, description="Longest time the scripted stand-in takes for a recording, by chance, in seconds."
    )
    threads: int = Field(0, ge=0, description="CPU threads of one transcriber; 0: as many as cores.")
    batch_windows: int = Field(
        0,
        ge=0,
        le=256,
        description="Windows of speech that go through Whisper together; 0: as many as the device carries.",
    )
    language: str | None = Field("en", description="Language where queue and upload name none; empty: detected.")
    channels: str = Field(
        "", description="Who speaks on which channel, e.g. agent,customer; sales=customer,agent; empty: it is judged."
    )
    separate_mono: str = Field(
        "auto",
        description="What tells the voices of a mono call apart: auto, campplus, timbre or off; e.g. auto; sales=off.",
    )
    region: str = Field("US", description="Country (ISO 3166) of telephone numbers without a country code.")
    transcribe_workers: int = Field(0, ge=0, description="Workers `voiceops up` starts; 0: by cores and memory.")
    reanalyse_workers: int = Field(
        0, ge=0, description="Workers for re-analysis that `voiceops up` starts; 0: one per core, at most 4."
    )
    upload_limit_mb: int = Field(2048, ge=1, description="Largest upload, in MiB.")
    filename_pattern: str = Field(
        "",
        description="How names of recordings are read, e.g. in-{dialled}-{caller}-{date}-{time}-{*}; see docs/api.md.",
    )
    filename_time_zone: str = Field(
        "UTC", description="Time zone of the clock that names of recordings are written by."
    )
    duration_limit_hours: float = Field(6, gt=0, description="Longest recording, in hours.")
    lease_seconds: int = Field(45, ge=3, description="How long a silent worker keeps its recording, in seconds.")
    attempts_limit: int = Field(
        3, ge=1, description="Attempts to transcribe, or to analyse, before a recording is failed."
    )
    idle_seconds: int = Field(60, ge=1, description="Rest after which the sweep sends a recording again, in seconds.")
    sweep_seconds: float = Field(10, gt=0, description="Pause between two sweeps, in seconds.")
    assign_grace_seconds: int = Field(
        120, ge=0, description="Wait for a transcript before a task is assigned without one, in seconds."
    )
    repeat_window_hours: float = Field(
        24, ge=0, description="How long after a message another of the same caller joins its open task, in hours."
    )
    give_back_accepted: bool = Field(
        True, description="Whether the end of a shift also gives back accepted tasks that were not started."
    )
    transcribe_timeout_base_seconds: int = Field(
        120, ge=1, description="Time limit of a transcription: this much, in seconds, …"
    )
    transcribe_timeout_per_audio_second: float = Field(
        10, gt=0, description="… and this many seconds for each second of audio."
    )
    supervisor_urls: SecretStr | None = Field(
        None, description="Where supervisors are told, as Apprise addresses separated by spaces; empty: in the log."
    )
    mail_url: SecretStr | None = Field(
        None, description="Mail server that tells agents by their e-mail, as an Apprise address (mailtos://…)."
    )
    allow_private_addresses: bool = Field(
        False,
        description="Whether webhooks, stored addresses and recordings by reference may lie inside your own network.",
    )
    notice_days: int = Field(30, ge=1, description="How long ended notices are kept, in days.")
    what_if_days: int = Field(30, ge=1, description="How long ended what-if runs are kept, in days.")
    keep_days: str = Field(
        "",
        description="Days that parts of recordings are kept, e.g. call.audio=90,voicemail.result=30; empty: for ever.",
    )
    mask: str = Field(
        "",
        description="What is masked in words and sound, e.g. call=card+account,voicemail=card; empty: nothing.",
    )
    keep_original: bool = Field(
        False, description="Whether the sound that was sent is kept, encrypted, where something in it was silenced."
    )
    originals_key_file: Path | None = Field(
        None, description="File with the keys for that: 32 bytes in base64 on each line, the newest first."
    )
    originals_keys: SecretStr | None = Field(None, description="The same keys, separated by spaces.")
    release_days: float | None = Field(
        None,
        ge=0,
        description="Days after which agents see the results of own calls; 0: at once; not set: once released by hand.",
    )
    dispute_days: float = Field(14, ge=0, description="How long agents may dispute released results, in days.")
    trusted_proxies: str = Field(
        "127.0.0.1", description="Addresses of TLS proxies whose X-Forwarded headers count, separated by commas."
    )
    session_hours: float = Field(12, gt=0, description="After this long a person signs in again, in hours.")
    session_idle_minutes: float = Field(60, gt=0, description="Rest after which a session ends, in minutes.")
    idempotency_hours: float = Field(
        24, gt=0, description="How long the reply to a request with an Idempotency-Key is kept, in hours."
    )
    oidc_issuer: str = Field("", description="OpenID Connect provider where people may sign in; empty: passwords only.")
    oidc_client_id: str = Field("", description="What the provider calls this system.")
    oidc_client_secret: SecretStr | None = Field(None, description="The secret shared with the provider.")
    oidc_name_claim: str = Field("preferred_username", description="The provider's claim that is a user's name here.")
    oidc_role_claim: str = Field("roles", description="The provider's claim that holds roles.")
    oidc_roles: str = Field(
        "", description="What they mean: claim=role or claim=supervisor:team+team, by commas; empty: as stored here."
    )
    oidc_create_users: bool = Field(False, description="Whether who has such a role and is not known becomes a user.")
    traces_url: str = Field(
        "", description="OpenTelemetry collector that gets traces (OTLP over HTTP, http://HOST:4318); empty: none."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")
    log_format: Literal["json", "console"] = Field("console", description="Form of the log.")

    def __init__(self, **values: Any) -> None:
        """Raises BadInput with every setting that cannot be used; their values may be secrets and are not shown."""
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise _unusable(error) from None

    @property
    def database(self) -> str:
        """The database URL in effect."""
        if self.database_url is not None and self.database_url.get_secret_value():
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'voiceops.sqlite').absolute()}"

    @property
    def redis(self) -> str | None:
        """The Redis URL in effect, or None where an embedded one is wanted."""
        return self.redis_url.get_secret_value() or None if self.redis_url is not None else None


def settings_in_effect(settings: Settings) -> tuple[SettingInEffect, ...]:
    """Every setting for people to see; of a secret only whether there is one."""
    return tuple(_in_effect(settings, name) for name in Settings.model_fields)


def _in_effect(settings: Settings, name: str) -> SettingInEffect:
    field, value = Settings.model_fields[name], getattr(settings, name)
    is_secret = "SecretStr" in str(field.annotation)
    return SettingInEffect(
        name=f"{Settings.model_config['env_prefix']}{name.upper()}",
        value=None if value is None else _MASK if is_secret else str(value),
        is_default=value == field.default,
        is_secret=is_secret,
        description=field.description or "",
    )


def _unusable(error: ValidationError) -> BadInput:
    prefix = Settings.model_config["env_prefix"]
    problems = [
        Problem(None, f"{prefix}{'.'.join(map(str, entry['loc'])).upper()}: {entry['msg']}") for entry in error.errors()
    ]
    return InvalidDocument(problems, record="the settings", next_step="Mend them in the environment, or unset them.")
