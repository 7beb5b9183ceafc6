"""`voiceops up`: the whole system on this machine, every part a supervised child process."""

import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from voiceops.bootstrap import build_services
from voiceops.cli.console import ERR, OUT
from voiceops.cli.supervise import Part, Supervisor
from voiceops.delivery.embedded_redis import EmbeddedRedis, in_use
from voiceops.delivery.inline_job_queue import InlineJobQueue
from voiceops.domain.people import Role
from voiceops.errors import BadInput
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.create_first_admin import NAME as ADMIN
from voiceops.usecases.create_first_admin import create_first_admin
from voiceops.usecases.create_token import create_token

GRACE_SECONDS = 3  # for a job in hand when everything is stopped
GIB = 1024**3
# What one transcriber needs before a second beside it makes things faster: (cores, GiB of memory).
NEEDS = {"whisper": (4, 6.0)}
SMALL_NEEDS = (1, 0.5)
REANALYSE_WORKERS_LIMIT = 4


def up(
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port of the API; 0: any free one.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder for everything that is kept.")] = None,
) -> None:
    """Run everything on this machine until Ctrl-C: Redis, API, workers and the sweep.

    Example: VOICEOPS_MODEL=small.en voiceops up --port 8080
    """
    given: dict[str, object] = {"port": port, "data_dir": data_dir}
    settings = Settings().model_copy(update={name: value for name, value in given.items() if value is not None})
    settings = with_port(settings)
    with system(settings, say=lambda line: ERR.print(line, highlight=False, soft_wrap=True)) as supervisor:
        supervisor.wait_until_ready()
        if not supervisor.stopping:
            _greet(settings)
        supervisor.wait_until_stopped()
    if supervisor.fault is not None:
        raise supervisor.fault


def _greet(settings: Settings) -> None:
    OUT.print(f"VoiceOps runs at {address(settings)}  (Ctrl-C stops it)", highlight=False, soft_wrap=True)
    OUT.print(f"Logs: {log_folder(settings)}", highlight=False, soft_wrap=True)
    services = build_services(settings, jobs=InlineJobQueue(lambda _: None))  # no job comes of a user
    password = create_first_admin(services)
    if password:
        OUT.print(
            f"Sign in as {ADMIN} with this password, shown this once: {password}", highlight=False, soft_wrap=True
        )
    secret = first_token(settings)
    if secret:
        OUT.print(f"Token for the administrator, shown this once: {secret}", highlight=False, soft_wrap=True)


@contextmanager
def system(settings: Settings, *, say: Callable[[str], None]) -> Iterator[Supervisor]:
    """All parts as children, from the migration on; SIGINT and SIGTERM ask for the end; stopped on leaving."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    migrate(settings.database)
    parts = parts_of(settings)
    _clear(scratch_folder(settings))
    supervisor = Supervisor(parts, log_folder=log_folder(settings), say=say)
    # A thread of its own: a signal handler runs in the main thread and must find no lock held there.
    thread = threading.Thread(target=supervisor.run, name="supervisor")
    before = {number: signal.signal(number, lambda *_: supervisor.stop()) for number in (signal.SIGINT, signal.SIGTERM)}
    thread.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()
        thread.join()
        for number, handler in before.items():
            signal.signal(number, handler)


def parts_of(settings: Settings) -> list[Part]:
    """Every part in the order of starting. Raises Conflict if another system runs on the data folder."""
    redis_parts: list[Part] = []
    if settings.redis is None:
        redis = EmbeddedRedis(settings.data_dir / "redis")
        if redis.serving_pid() is not None:
            raise in_use(settings.data_dir)
        settings = settings.model_copy(update={"redis_url": SecretStr(redis.url)})
        redis_parts = [
            Part("redis", redis.command(), ready=lambda: redis.serving_pid() is not None, serves_others=True)
        ]
    environment = environment_of(settings)

    def part(name: str, module: str, *arguments: str) -> Part:
        return Part(name, [sys.executable, "-m", module, *arguments], environment)

    grace = ("--grace", str(GRACE_SECONDS))
    doors = [
        Part(name, [sys.executable, "-m", "api.serve"], environment, ready=lambda: answers(settings))
        for name in api_names(settings)
    ]
    workers = [
        part(f"transcribe {number}", "workers.run", "transcribe", *grace)
        for number in range(1, transcribe_workers(settings) + 1)
    ]
    return [
        *redis_parts,
        *doors,
        part("analyse", "workers.run", "analyse", *grace),
        part("notify", "workers.run", "notify", *grace),
        part("sweep", "workers.sweep"),
        *workers,
        *[part(f"reanalyse {number}", "workers.run", "reanalyse", *grace) for number in reanalyse_workers(settings)],
    ]


def api_names(settings: Settings) -> list[str]:
    """What the processes of the API are called."""
    if settings.api_processes == 1:
        return ["api"]
    return [f"api {number}" for number in range(1, settings.api_processes + 1)]


def transcribe_workers(settings: Settings) -> int:
    """How many transcribers this machine carries: the setting, or as many as cores and memory allow."""
    if settings.transcribe_workers:
        return settings.transcribe_workers
    cores, gib = NEEDS.get(settings.transcriber, SMALL_NEEDS)
    memory_gib = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / GIB
    return max(1, min(usable_cores() // cores, int(memory_gib / gib)))


def reanalyse_workers(settings: Settings) -> range:
    """The numbers of the workers that evaluate stored calls anew: one per core unless the setting says otherwise."""
    return range(1, (settings.reanalyse_workers or min(usable_cores(), REANALYSE_WORKERS_LIMIT)) + 1)


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def environment_of(settings: Settings) -> Mapping[str, str]:
    """The environment of a child: ours, with exactly these settings and a folder of its own for decoded sound."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("VOICEOPS_")}
    inherited["TMPDIR"] = str(scratch_folder(settings))
    return inherited | {f"VOICEOPS_{name.upper()}": _text(value) for name, value in settings if value is not None}


def with_port(settings: Settings) -> Settings:
    """The settings with a port that is free. Raises BadInput if somebody listens on it already."""
    try:
        with socket.create_server((settings.host, settings.port)) as server:
            return settings.model_copy(update={"port": server.getsockname()[1]})
    except OSError as error:
        raise BadInput(
            f"The API cannot listen there ({error.strerror}).",
            record=f"{settings.host}:{settings.port}",
            next_step="Stop the program that does, or choose another port with --port.",
        ) from error


def answers(settings: Settings) -> bool:
    """Whether somebody listens on the API's port."""
    try:
        with socket.create_connection((settings.host, settings.port), timeout=1):
            return True
    except OSError:
        return False


def address(settings: Settings) -> str:
    """Where the API is found."""
    return f"http://{settings.host}:{settings.port}"


def log_folder(settings: Settings) -> Path:
    """Where each part writes its log."""
    return settings.data_dir.absolute() / "logs"


def scratch_folder(settings: Settings) -> Path:
    """Where parts keep sound while they work on it; what killed ones left there goes at the next start."""
    return settings.data_dir.absolute() / "tmp"


def _clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def first_token(settings: Settings) -> str | None:
    """The secret of a new administrator's token if there is no token at all yet."""
    services = build_services(settings, jobs=InlineJobQueue(lambda _: None))  # no job comes of a token
    with services.open_view() as unit:
        if unit.tokens.list():
            return None
    return create_token(services, name="admin", role=Role.ADMIN)[1]


def _text(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value.absolute()) if isinstance(value, Path) else str(value)
