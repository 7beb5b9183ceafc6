"""What one worker process has exactly once: its services, with a model that stays loaded, and its stop switch."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import cast

from voiceops.bootstrap import build_services
from voiceops.engines.hosted import HostedEmbedder, HostedTranscriber, TimeLimit
from voiceops.ports import Services, SpeakerEmbedder, Transcriber
from voiceops.settings import Settings
from workers.stopping import StopSwitch

GRACE_SECONDS = 8.0  # container engines kill ten seconds after they asked a process to stop

switch = StopSwitch(grace_seconds=GRACE_SECONDS)


@cache
def settings() -> Settings:
    """The settings in the environment."""
    return Settings()


@cache
def services() -> Services:
    """This process's services; the recogniser runs in a child process of its own and stays loaded there."""
    chosen = settings()
    limit = TimeLimit(chosen.transcribe_timeout_base_seconds, chosen.transcribe_timeout_per_audio_second)
    return build_services(
        chosen,
        make_transcriber=lambda name, options: HostedTranscriber(name, options, limit=limit),
        make_embedder=_hosted_embedder,
    )


def _hosted_embedder(name: str, options: Mapping[str, object], host: Callable[[], Transcriber]) -> SpeakerEmbedder:
    """In the recogniser's process, so that torch is there once and this process stays small."""
    return HostedEmbedder(name, options, cast(HostedTranscriber, host()))
