"""`voiceops doctor`: looks whether everything is here that the settings ask for, and whether the store agrees."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer

from voiceops.bootstrap import build_policy, build_services, redis_url
from voiceops.cli.console import OUT, print_json
from voiceops.delivery.embedded_redis import EmbeddedRedis, redis_program
from voiceops.delivery.rq_job_queue import RqJobQueue
from voiceops.domain.notice import NoticeState
from voiceops.ears import build_ears, build_second_hearing
from voiceops.engines import load_embedder
from voiceops.errors import MissingPart, VoiceOpsError
from voiceops.settings import Settings
from voiceops.shipped import shipped_folder
from voiceops.storage.schema_version import schema_version
from voiceops.usecases.compare_files import compare_files
from voiceops.usecases.remove_strays import remove_strays

_LEAST_FREE_BYTES = 1 << 30


@dataclass(frozen=True)
class Check:
    """One thing: `fault` is None where all is well, else what to do about it; `looked` is False where nobody could."""

    name: str
    found: str
    fault: str | None
    looked: bool = True


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
    checks = _checks(settings, repair=repair)
    if as_json:
        print_json([vars(check) for check in checks])
    else:
        for check in checks:
            mark, style = _mark(check)
            OUT.print(mark, style=style, end="  ")
            OUT.print(f"{check.name}: {check.found or check.fault}", soft_wrap=True, highlight=False)
    if any(check.fault for check in checks):
        raise typer.Exit(1)


def _checks(settings: Settings, *, repair: bool) -> list[Check]:
    """What is stored is looked at only where the database is as it should be: else its fault would be told thrice."""
    looks: dict[str, Callable[[], str]] = {
        "settings": lambda: _settings(settings),
        "data folder": lambda: _data_folder(settings),
        "database": lambda: _database(settings),
        "Redis": lambda: _redis(settings),
        "transcriber": lambda: _transcriber(settings),
        "voices of mono calls": lambda: _voices(settings),
        "speech detector": lambda: type(build_ears(settings).detector()).__name__,
        "samples": lambda: str(shipped_folder("samples")),
        "keyword sets": lambda: str(shipped_folder("keyword_sets")),
    }
    checks = [_look(name, look) for name, look in looks.items()]
    stored = {"recordings": lambda: _recordings(settings, repair=repair), "notices": lambda: _notices(settings)}
    if _is_up_to_date(settings):
        checks += [_look(name, look) for name, look in stored.items()]
    else:
        checks += [
            Check(name, "not looked at: that takes a database that is up to date", None, looked=False)
            for name in stored
        ]
    return checks


def _mark(check: Check) -> tuple[str, str]:
    """A word and its style."""
    if not check.looked:
        return "    -", "dim"
    return ("fault", "red") if check.fault else (" fine", "green")


def _look(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, look(), None)
    except (VoiceOpsError, OSError) as error:
        return Check(name, "", str(error).removeprefix(f"{name}: "))


def _settings(settings: Settings) -> str:
    build_policy(settings)
    return f"{len(settings.model_fields_set)} set, the others as they come"


def _data_folder(settings: Settings) -> str:
    folder = settings.data_dir.absolute()
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise OSError(
            f"{folder}: this user may not write to {there}. Let them, or set VOICEOPS_DATA_DIR to a folder that they "
            "may write to."
        )
    free = shutil.disk_usage(there).free
    if free < _LEAST_FREE_BYTES:
        raise OSError(f"{folder}: only {free >> 20} MiB are free. Make room or move the data folder.")
    return f"{folder}, {free >> 30} GiB free" + ("" if there == folder else "; the first part that starts makes it")


def _database(settings: Settings) -> str:
    version = schema_version(settings.database)
    if version.is_newer:
        raise OSError(
            f"Its tables are of version {version.there}, which this program does not know. Install the version of "
            "VoiceOps that made them, or a newer one."
        )
    if version.is_current:
        return "answers, its tables are up to date"
    if version.there is None:
        return "has no tables yet; the first part that starts makes them"
    return (
        f"answers; its tables are of version {version.there}, and the next part that starts brings them to "
        f"{version.wanted}: make a backup before"
    )


def _is_up_to_date(settings: Settings) -> bool:
    try:
        return schema_version(settings.database).is_current
    except (VoiceOpsError, OSError):
        return False


def _redis(settings: Settings) -> str:
    if settings.redis is None:
        embedded = EmbeddedRedis(settings.data_dir / "redis")
        if not embedded.socket.exists():
            return f"embedded, {redis_program()}; `voiceops up` starts it"
    depths = RqJobQueue(redis_url(settings)).depths()
    return ", ".join(f"{lane}: {depth} waiting" for lane, depth in depths.items())


def _transcriber(settings: Settings) -> str:
    ears = build_ears(settings)
    second = build_second_hearing(settings)
    seconds = (second.ear,) if second is not None else ()
    engines = [make() for make in (ears.transcriber, *ears.engines.chosen.values(), *seconds)]
    for engine in engines:
        engine.check()
    return ", ".join(dict.fromkeys(engine.name for engine in engines))


def _voices(settings: Settings) -> str:
    """What separates mono calls. That the model is not installed is no fault, but it is said how to get it."""
    chosen = build_ears(settings).embedders.chosen
    embedders = [make() for make in chosen.values() if make is not None]
    for embedder in embedders:
        embedder.check()
    names = ", ".join(dict.fromkeys(embedder.name for embedder in embedders)) or "left as they are"
    if "auto" in settings.separate_mono and "campplus" not in names:
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
