"""`voiceops backup`: everything that the system holds, in one file, while it runs."""

from pathlib import Path
from typing import Annotated

import typer

from voiceops.bootstrap import build_services
from voiceops.cli.console import ERR, OUT, print_json
from voiceops.settings import Settings
from voiceops.storage.back_up import back_up
from voiceops.storage.database import migrate, open_database


def backup(
    file: Annotated[Path, typer.Argument(help="The file to make; there must be none of that name.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Write database and recordings into one file; the system may go on working.

    The file holds everything that customers said and is not encrypted: keep it on an encrypted disk. Settings and
    Redis are not in it; what waited in Redis is sent again from the database.

    Example: voiceops backup /backups/voiceops-$(date +%F).tar
    """
    settings = Settings()
    migrate(settings.database)
    engine = open_database(settings.database)
    try:
        made = back_up(engine, build_services(settings).files, file, lambda said: ERR.print(said, highlight=False))
    finally:
        engine.dispose()
    if as_json:
        print_json(vars(made))
    else:
        OUT.print(f"{file}: {made.rows} rows and {made.files} recordings.", highlight=False, soft_wrap=True)
    if made.missing:
        lost = ", ".join(made.missing)
        ERR.print(f"{len(made.missing)} recording(s) had no file: {lost}. `voiceops doctor` says what to do.")
