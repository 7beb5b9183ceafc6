"""`voiceops restore`: a backup back into an empty system."""

from pathlib import Path
from typing import Annotated

import typer

from voiceops.bootstrap import build_services
from voiceops.cli.console import ERR, OUT, existing_file, print_json
from voiceops.settings import Settings
from voiceops.storage.restore import restore as restore_from


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `voiceops backup` made.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Check a backup from end to end, then restore it where nothing is yet, on SQLite or PostgreSQL.

    It refuses a database with rows in it and a folder with other recordings. Start the parts afterwards.

    Example: VOICEOPS_DATA_DIR=/new voiceops restore /backups/voiceops-2026-03-04.tar
    """
    settings = Settings()
    files = build_services(settings).files
    done = restore_from(settings.database, files, existing_file(file), lambda said: ERR.print(said, highlight=False))
    if as_json:
        print_json(vars(done))
        return
    OUT.print(f"{done.rows} rows and {done.files} recordings are back. See `voiceops tasks ledger`.", highlight=False)
