"""`voiceops erasures`: the receipts of what was erased."""

from typing import Annotated

import typer
from rich.table import Table

from voiceops.analysis.erasure_document import write_erasure
from voiceops.bootstrap import build_services
from voiceops.cli.console import OUT, print_json
from voiceops.cli.erase import print_receipt
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate

erasures = typer.Typer(help="See the receipts of what `voiceops erase` removed.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@erasures.command(name="list")
def list_erasures(as_json: AsJson = False) -> None:
    """List all receipts, the newest first.

    Example: voiceops erasures list --json
    """
    with _services().open_view() as unit:
        found = unit.erasures.list()
    if as_json:
        print_json([write_erasure(one) for one in found])
        return
    table = Table("receipt", "at (UTC)", "by", "rows and files", "stayed")
    for one in found:
        stayed, gone = str(len(one.stayed)), str(sum(one.removed.values()))
        table.add_row(one.id, f"{one.at:%Y-%m-%d %H:%M}", one.actor, gone, stayed)
    OUT.print(table)


@erasures.command()
def show(receipt: Annotated[str, typer.Argument(help="The receipt's id.")], as_json: AsJson = False) -> None:
    """Show one receipt.

    Example: voiceops erasures show 5f0c1d2e3b4a49788796a5b4c3d2e1f0 --json
    """
    with _services().open_view() as unit:
        found = unit.erasures.get(receipt)
    if as_json:
        print_json(write_erasure(found))
        return
    print_receipt(found)


def _services() -> Services:
    settings = Settings()
    migrate(settings.database)
    return build_services(settings)
