"""Wires settings to the parts that do the work: the only place that knows every implementation."""

import logging
import sys
import uuid
from contextlib import suppress
from datetime import UTC, datetime

import structlog
from pydantic import SecretStr

from voiceops.analysis.choices import Choices, read_choices
from voiceops.analysis.file_names import parse_file_names
from voiceops.analysis.keep_days import read_keep_days
from voiceops.analysis.name_parties import read_parties
from voiceops.analysis.provider_roles import read_roles
from voiceops.analysis.read_masking import read_masking
from voiceops.delivery.address_guard import AddressGuard
from voiceops.delivery.apprise_notifier import AppriseNotifier
from voiceops.delivery.choosing_notifier import ChoosingNotifier
from voiceops.delivery.embedded_redis import EmbeddedRedis
from voiceops.delivery.oidc_provider import OidcProvider
from voiceops.delivery.rq_job_queue import RqJobQueue
from voiceops.delivery.traces import send_traces
from voiceops.delivery.web_references import WebReferences
from voiceops.delivery.webhook_notifier import WebhookNotifier
from voiceops.domain.recording import Party
from voiceops.domain.user import ProviderRules
from voiceops.ears import MakeEmbedder, MakeTranscriber, build_ears, build_second_hearing, load_here
from voiceops.engines import load_transcriber
from voiceops.errors import BadInput, MissingPart
from voiceops.ports import (
    JobQueue,
    Notifier,
    Policy,
    RecordingFiles,
    Services,
    SignInProvider,
    Vault,
)
from voiceops.settings import Settings, settings_in_effect
from voiceops.storage.database import open_database, scrub
from voiceops.storage.passwords import Argon2Passwords
from voiceops.storage.recording_files import LocalRecordingFiles
from voiceops.storage.unit_of_work import SqlUnitOfWork


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)


def build_services(
    settings: Settings,
    *,
    jobs: JobQueue | None = None,
    make_transcriber: MakeTranscriber = load_transcriber,
    make_embedder: MakeEmbedder = load_here,
) -> Services:
    """Everything a use case needs. `jobs` replaces the Redis queue, for work done in this process; `make_transcriber`
    and `make_embedder` put an engine elsewhere.

    Opens no connection yet; heavy engines load on first use.
    """
    job_queue = jobs or RqJobQueue(redis_url(settings))
    engine = open_database(settings.database)
    clock = SystemClock()
    ears = build_ears(settings, make_transcriber, make_embedder)
    return Services(
        open_unit=lambda: SqlUnitOfWork(engine, jobs=job_queue, clock=clock),
        open_view=lambda: SqlUnitOfWork(engine, jobs=job_queue, clock=clock, read_only=True),
        files=build_files(settings),
        decoder=ears.decoder,
        detector=ears.detector,
        transcriber=ears.transcriber,
        engines=ears.engines,
        embedders=ears.embedders,
        second_hearing=build_second_hearing(settings, make_transcriber),
        jobs=job_queue,
        notifier=build_notifier(settings),
        references=WebReferences(AddressGuard(allow_private=settings.allow_private_addresses)),
        clock=clock,
        passwords=Argon2Passwords(),
        new_id=lambda: uuid.uuid4().hex,
        policy=build_policy(settings),
        sign_in_provider=_sign_in_provider(settings),
        settings=settings_in_effect(settings),
        scrub=lambda: scrub(engine),
        vault=build_vault(settings),
    )


def build_files(settings: Settings) -> RecordingFiles:
    """Where recordings are kept.

    Raises MissingPart where the package for S3 is not installed, BadInput for settings that contradict each other.
    """
    url = _revealed(settings.recordings_url)
    if not url:
        if settings.playback == "presigned":
            raise BadInput(
                "A folder cannot give sound to players by itself.",
                record="VOICEOPS_PLAYBACK",
                next_step="Set VOICEOPS_RECORDINGS_URL to a store that speaks S3, or leave VOICEOPS_PLAYBACK unset.",
            )
        return LocalRecordingFiles(settings.data_dir / "recordings")
    try:
        # Imported here: who keeps recordings in a folder does not need it.
        from voiceops.storage.s3_recording_files import S3RecordingFiles, open_store
    except ImportError as error:
        raise _missing("s3", "VOICEOPS_RECORDINGS_URL") from error
    presigns = settings.playback == "presigned"
    return S3RecordingFiles(open_store(url), settings.data_dir / "passing", presigns=presigns)


def build_vault(settings: Settings) -> Vault | None:
    """What seals originals, or None where there are none. Raises BadInput without a key, or MissingPart."""
    keys, path = _revealed(settings.originals_keys), settings.originals_key_file
    if not (keys or path or settings.keep_original):
        return None
    try:
        from voiceops.storage.sealed_files import read_vault
    except ImportError as error:
        raise _missing("originals", "VOICEOPS_KEEP_ORIGINAL") from error
    return read_vault(keys, path)


def _missing(extra: str, setting: str) -> MissingPart:
    install = f"Run: pip install 'voiceops[{extra}]'"
    return MissingPart(f"The package for {extra} is not installed.", record=setting, next_step=install)


def _sign_in_provider(settings: Settings) -> SignInProvider | None:
    if not settings.oidc_issuer:
        return None
    return OidcProvider(settings.oidc_issuer, settings.oidc_client_id, _revealed(settings.oidc_client_secret))


def build_notifier(settings: Settings) -> Notifier:
    """The one that tells people and other systems as the settings say."""
    guard = AddressGuard(allow_private=settings.allow_private_addresses)
    return ChoosingNotifier(
        webhooks=WebhookNotifier(guard, SystemClock()),
        people=AppriseNotifier(guard),
        supervisor_urls=_revealed(settings.supervisor_urls).split(),
        mail_url=_revealed(settings.mail_url) or None,
    )


def _revealed(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret is not None else ""


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def configure_logging(settings: Settings) -> None:
    """Send structured logs to stderr, so that stdout stays for results."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.log_level.upper()]),
        logger_factory=lambda *_: _Log(sys.stderr),
    )


def configure_traces(settings: Settings, *, part: str) -> None:
    """Send traces of this process, called `part` in them, if the settings name a collector. Raises MissingPart."""
    if settings.traces_url:
        send_traces(settings.traces_url, part=part)


class _Log(structlog.WriteLogger):
    """A full disk costs lines of the log, and never the work that they tell of."""

    def msg(self, message: str) -> None:
        """Write one line if it can be written."""
        with suppress(OSError):
            super().msg(message)

    debug = info = warning = error = critical = msg


def redis_url(settings: Settings) -> str:
    """The Redis of the settings, else the one that `voiceops up` runs on this data folder."""
    return settings.redis or EmbeddedRedis(settings.data_dir / "redis").url


def build_policy(settings: Settings) -> Policy:
    """The figures that use cases go by. Raises BadInput for a setting that cannot be used."""
    return Policy(
        upload_limit_bytes=settings.upload_limit_mb * 1024**2,
        duration_limit_seconds=settings.duration_limit_hours * 3600,
        default_language=settings.language or None,
        default_region=settings.region,
        lease_seconds=settings.lease_seconds,
        attempts_limit=settings.attempts_limit,
        idle_seconds=settings.idle_seconds,
        assign_grace_seconds=settings.assign_grace_seconds,
        repeat_window_hours=settings.repeat_window_hours,
        notice_days=settings.notice_days,
        what_if_days=settings.what_if_days,
        release_days=settings.release_days,
        dispute_days=settings.dispute_days,
        give_back_accepted=settings.give_back_accepted,
        transcribe_timeout_base_seconds=settings.transcribe_timeout_base_seconds,
        transcribe_timeout_per_audio_second=settings.transcribe_timeout_per_audio_second,
        session_hours=settings.session_hours,
        session_idle_minutes=settings.session_idle_minutes,
        sign_in=ProviderRules(
            name_claim=settings.oidc_name_claim,
            role_claim=settings.oidc_role_claim,
            roles=read_roles(settings.oidc_roles),
            create_users=settings.oidc_create_users,
        ),
        idempotency_hours=settings.idempotency_hours,
        file_names=parse_file_names(settings.filename_pattern, time_zone=settings.filename_time_zone),
        retention=read_keep_days(settings.keep_days),
        masking=read_masking(settings.mask),
        keep_original=settings.keep_original,
        channels=_channels(settings),
        vocabulary=read_choices(settings.vocabulary, setting="VOICEOPS_VOCABULARY", read=_names),
    )


def _channels(settings: Settings) -> Choices[tuple[Party, ...]]:
    setting = "VOICEOPS_CHANNELS"
    return read_choices(settings.channels, setting=setting, read=lambda text: read_parties(text, record=setting))
