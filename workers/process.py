"""What one worker process has exactly once: its services, with a model that stays loaded, and its stop switch."""

from functools import cache

from voiceops.bootstrap import build_services
from voiceops.engines.hosted_transcriber import HostedTranscriber, TimeLimit
from voiceops.ports import Services
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
    return build_services(chosen, make_transcriber=lambda name, options: HostedTranscriber(name, options, limit=limit))
