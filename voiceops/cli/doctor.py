"""`voiceops doctor`: looks whether everything is here that the settings ask for, and whether the store agrees."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer

from voiceops.bootstrap import build_services
from voiceops.cli.console import OUT, print_json
from voiceops.delivery.embedded_redis import redis_program
from voiceops.domain.notice import NoticeState
from voiceops.ears import build_ears
from voiceops.engines import load_embedder
from voiceops.errors import MissingPart, VoiceOpsError
from voiceops.settings import Settings
from voiceops.shipped import shipped_folder
from voiceops.storage.database import migrate
from voiceops.usecases.compare_files import compare_files
from voiceops.usecases.remove_strays import remove_strays

_LEAST_FREE_BYTES = 1 << 30


@dataclass(frozen=True)
class Check:
    """One thing looked at: `fault` is None where all is well, else what to do about it."""

    name: str
    found: str
    fault: str | None


def doctor(
    repair: Annotated[
        bool, typer.Option("--repair", help="Remove files older than a day that belong to no recording.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Check the parts of this installation, and that files and database agree. Ends with 1 on a fault.

    Nothing is changed without --repair.

    Example: voiceops doctor --json
    """
    settings = Settings()
    looks: dict[str, Callable[[], str]] = {
        "data folder": lambda: _data_folder(settings),
        "database": lambda: _database(settings),
        "Redis": lambda: _redis(settings),
        "transcriber": lambda: _transcriber(settings),
        "voices of mono calls": lambda: _voices(settings),
        "speech detector": lambda: type(build_ears(settings).detector()).__name__,
        "samples": lambda: str(shipped_folder("samples")),
        "keyword sets": lambda: str(shipped_folder("keyword_sets")),
        "recordings": lambda: _recordings(settings, repair=repair),
        "notices": lambda: _notices(settings),
    }
    checks = [_look(name, look) for name, look in looks.items()]
    if as_json:
        print_json([vars(check) for check in checks])
    else:
        for check in checks:
            OUT.print("fault" if check.fault else " fine", style="red" if check.fault else "green", end="  ")
            OUT.print(f"{check.name}: {check.found or check.fault}", soft_wrap=True, highlight=False)
    if any(check.fault for check in checks):
        raise typer.Exit(1)


def _look(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, look(), None)
    except (VoiceOpsError, OSError) as error:
        return Check(name, "", str(error))


def _data_folder(settings: Settings) -> str:
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    free = shutil.disk_usage(settings.data_dir).free
    if free < _LEAST_FREE_BYTES:
        raise OSError(f"{settings.data_dir}: only {free >> 20} MiB are free. Make room or move the data folder.")
    return f"{settings.data_dir}, {free >> 30} GiB free"


def _database(settings: Settings) -> str:
    migrate(settings.database)
    with build_services(settings).open_unit() as unit:
        unit.agents.list()
    return "answers, schema is up to date"


def _redis(settings: Settings) -> str:
    if settings.redis is None:
        return f"embedded, {redis_program()}; `voiceops up` starts it"
    depths = build_services(settings).jobs.depths()
    return ", ".join(f"{lane}: {depth} waiting" for lane, depth in depths.items())


def _transcriber(settings: Settings) -> str:
    ears = build_ears(settings)
    engines = [make() for make in (ears.transcriber, *ears.engines.chosen.values())]
    for engine in engines:
        engine.check()
    return ", ".join(dict.fromkeys(engine.name for engine in engines))


def _voices(settings: Settings) -> str:
    """What separates mono calls. That nothing better is installed is no fault, but it is said how to get it."""
    chosen = build_ears(settings).embedders.chosen
    embedders = [make() for make in chosen.values() if make is not None]
    for embedder in embedders:
        embedder.check()
    names = ", ".join(dict.fromkeys(embedder.name for embedder in embedders))
    if "timbre" not in names:
        return names or "off"
    try:
        load_embedder("campplus").check()
    except MissingPart as missing:
        return f"{names}; {missing.what} {missing.next_step}"
    return names


def _recordings(settings: Settings, *, repair: bool) -> str:
    """Rows without a file are a loss; files without a row are left-overs of a crash."""
    services = build_services(settings)
    removed = f"{remove_strays(services)} file(s) without a record removed; " if repair else ""
    compared = compare_files(services)
    if compared.lost:
        raise OSError(
            f"{removed}{len(compared.lost)} recording(s) have lost their file: {', '.join(compared.lost)}. Restore the "
            "folder `recordings` from your backup, or send the same recordings again."
        )
    if compared.unredacted:
        raise OSError(
            f"{removed}{len(compared.unredacted)} file(s) hold sound that was replaced by a redacted one: "
            f"{', '.join(compared.unredacted)}. Remove them with `voiceops doctor --repair`."
        )
    if not compared.strays:
        return f"{removed}{compared.recordings} stored, each with its file"
    return (
        f"{removed}{compared.recordings} stored; {len(compared.strays)} file(s) without a record, left by a crash "
        f"before their upload was answered: {', '.join(compared.strays)}. `voiceops doctor --repair` removes them once "
        "they are older than a day."
    )


def _notices(settings: Settings) -> str:
    """What could not be told is somebody's to mend."""
    with build_services(settings).open_view() as unit:
        failed, waiting = (unit.notices.count(state) for state in (NoticeState.FAILED, NoticeState.WAITING))
    if failed:
        raise OSError(
            f"{failed} notice(s) could not be delivered. See them with `voiceops notices list --failed`, mend the "
            "address, and send them with `voiceops notices retry ID`."
        )
    return f"{waiting} waiting, none failed"
