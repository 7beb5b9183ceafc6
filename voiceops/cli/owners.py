"""`voiceops owners`: who looks after which customer, on this machine's database."""

from typing import Annotated

import typer
from rich.table import Table

from voiceops.bootstrap import build_services
from voiceops.cli.console import COMMAND_LINE, OUT, print_json
from voiceops.domain.customer_owner import CustomerOwner
from voiceops.ports import Page, Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.remove_owner import remove_owner
from voiceops.usecases.set_owner import set_owner

owners = typer.Typer(help="Say who looks after which customer: their callbacks go there first.", no_args_is_help=True)

Customer = Annotated[str, typer.Argument(help="A telephone number, or the reference the customer is known by.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@owners.command(name="list")
def list_owners(
    after: Annotated[str | None, typer.Option(help="Only customers after this one, to go on with a long list.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List who looks after which customer, by customer.

    Example: voiceops owners list --json
    """
    with _services().open_view() as unit:
        found = unit.owners.list(Page(limit=limit, after=after))
    if as_json:
        print_json([_document(one) for one in found])
        return
    table = Table("customer", "agent", "set by", "set at")
    for one in found:
        table.add_row(one.customer, one.agent_id, one.set_by, f"{one.set_at:%Y-%m-%d %H:%M} UTC")
    OUT.print(table)


@owners.command(name="set")
def set_one(
    customer: Customer,
    agent: Annotated[str, typer.Option(help="Who looks after them: an agent's id.")],
    as_json: AsJson = False,
) -> None:
    """Name the agent who looks after a customer.

    Example: voiceops owners set "+36 30 123 4567" --agent anna
    """
    owner = set_owner(_services(), customer, agent, actor=COMMAND_LINE)
    if as_json:
        print_json(_document(owner))
        return
    OUT.print(f"{owner.agent_id} looks after {owner.customer}.", highlight=False)


@owners.command()
def remove(customer: Customer) -> None:
    """End that somebody looks after a customer.

    Example: voiceops owners remove "+36 30 123 4567"
    """
    remove_owner(_services(), customer)
    OUT.print(f"Nobody looks after {customer} any more.", highlight=False)


def _document(owner: CustomerOwner) -> dict[str, str]:
    return {**vars(owner), "set_at": owner.set_at.isoformat()}


def _services() -> Services:
    settings = Settings()
    migrate(settings.database)
    return build_services(settings)
