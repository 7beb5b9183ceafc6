"""Runs the API on the address that the settings name, and stops it gracefully."""

import gc
import socket
import sys
from contextlib import suppress

import uvicorn

from api.app import create_app
from voiceops.bootstrap import build_services, configure_logging, configure_traces
from voiceops.errors import VoiceOpsError
from voiceops.ports import Services
from voiceops.settings import Settings

STOP_SECONDS = 10


def main() -> None:
    """Serve until SIGTERM or Ctrl-C; ends with status 2 and a sentence if it cannot start."""
    try:
        settings = Settings()
        configure_logging(settings)
        configure_traces(settings, part="api")
        services = build_services(settings)
    except VoiceOpsError as error:
        sys.exit(_refusal(error))
    running = server(services, settings)
    # What is there now stays: looking through it again for garbage would hold up every answer for a tenth of a second.
    gc.collect()
    gc.freeze()
    # Ctrl-C has stopped the server by the time it is raised once more.
    with suppress(KeyboardInterrupt):
        running.run(sockets=_shared_socket(settings))


def server(services: Services, settings: Settings) -> uvicorn.Server:
    """A server that is not running yet."""
    app = create_app(services)
    running = uvicorn.Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            # Our own log has neither queries nor tokens in it.
            access_log=False,
            server_header=False,
            # Behind a TLS proxy only these may say how the client came: cookies and HSTS depend on it.
            proxy_headers=True,
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
    )
    # An upload may last for many minutes: it is broken off with a clean answer and sent again.
    app.state.is_stopping = lambda: running.should_exit
    return running


def _shared_socket(settings: Settings) -> list[socket.socket] | None:
    """The port, shared by several processes among which the kernel spreads connections; None for one alone.

    Each of them is a process of its own to whoever starts it: one that dies takes nothing of the others along.
    """
    if settings.api_processes == 1:
        return None
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return [socket.create_server((settings.host, settings.port), family=family, reuse_port=True)]


def _refusal(error: VoiceOpsError) -> int:
    sys.stderr.write(f"{error}\n")
    return 2


if __name__ == "__main__":
    main()
