"""`voiceops access`: who looked at whose words or voice, and who changed which rights."""

from typing import Annotated

import typer
from rich.table import Table

from voiceops.bootstrap import build_services
from voiceops.cli.console import OUT, print_json
from voiceops.domain.access_entry import AccessAction
from voiceops.ports import AccessFilter
from voiceops.settings import Settings
from voiceops.storage.database import migrate


def access(
    actor: Annotated[str | None, typer.Option(help="Who did it: an agent's id, a user's or a token's name.")] = None,
    customer: Annotated[str | None, typer.Option(help="Whose words: the caller's number or reference.")] = None,
    record: Annotated[str | None, typer.Option(help="The recording, user or token it was done to.")] = None,
    action: Annotated[AccessAction | None, typer.Option(help="What was done.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many lines.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Search the access log, the newest first; nobody can change it.

    Example: voiceops access --customer +36301234567
    """
    settings = Settings()
    migrate(settings.database)
    wanted = AccessFilter(actor=actor, customer=customer, record=record, action=action)
    with build_services(settings).open_view() as unit:
        found = [line.entry for line in unit.access_log.list(wanted, limit=limit)]
    if as_json:
        print_json([{**vars(entry), "at": entry.at.isoformat()} for entry in found])
        return
    table = Table("at (UTC)", "who", "what", "to", "customer", "detail")
    for entry in found:
        when = f"{entry.at:%Y-%m-%d %H:%M:%S}"
        table.add_row(when, entry.actor, entry.action, entry.record, entry.customer or "", entry.detail)
    OUT.print(table)
