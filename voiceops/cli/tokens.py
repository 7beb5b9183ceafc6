"""`voiceops tokens`: the secrets with which programs come in."""

from typing import Annotated

import typer
from rich.table import Table

from voiceops.bootstrap import build_services
from voiceops.cli.console import COMMAND_LINE, OUT, print_json, read_instant, split_names
from voiceops.domain.people import Role
from voiceops.errors import NotFound
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.create_token import TokenLimits, create_token
from voiceops.usecases.remove_token import remove_token

tokens = typer.Typer(help="Make, list and end access tokens.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What the token is called, e.g. anna-desk.")]


@tokens.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="What its holder may do.")],
    agent: Annotated[str | None, typer.Option(help="For role agent: the agent's id.")] = None,
    teams: Annotated[str, typer.Option(help="For role supervisor: teams, separated by commas; * for all.")] = "",
    scopes: Annotated[str, typer.Option(help="What of the role it may do, e.g. recordings:write; left out: all.")] = "",
    expires: Annotated[str | None, typer.Option(help="When it ends by itself; left out: never.")] = None,
) -> None:
    """Make an access token and show its secret, this once.

    Example: voiceops tokens add dialler --role ingest --expires 2027-01-01T00:00:00Z
    """
    expires_at = read_instant(expires, option="--expires") if expires else None
    limits = TokenLimits(expires_at, split_names(scopes), split_names(teams))
    _, secret = create_token(_services(), name=name, role=role, agent_id=agent, limits=limits, actor=COMMAND_LINE)
    typer.echo(secret)


@tokens.command(name="list")
def list_tokens(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False) -> None:
    """List all access tokens, without their secrets.

    Example: voiceops tokens list
    """
    with _services().open_view() as unit:
        found = unit.tokens.list()
    rows = [
        (one.name, one.role.value, one.agent_id or ", ".join(one.teams), ", ".join(one.scopes) or "all",
         one.expires_at.isoformat(timespec="minutes") if one.expires_at else "never") for one in found
    ]  # fmt: skip
    names = ("name", "role", "of", "scopes", "expires")
    if as_json:
        print_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    table = Table(*names)
    for row in rows:
        table.add_row(*row)
    OUT.print(table)


@tokens.command()
def end(name: Name) -> None:
    """End a token: from now on nobody signs in with it.

    Example: voiceops tokens end dialler
    """
    services = _services()
    with services.open_view() as unit:
        found = next((one for one in unit.tokens.list() if one.name == name), None)
    if found is None:
        raise NotFound(
            "There is no token of this name.", record=name, next_step="Look it up with `voiceops tokens list`."
        )
    remove_token(services, found.id, actor=COMMAND_LINE)
    OUT.print(f"{name} is ended.", highlight=False)


def _services() -> Services:
    settings = Settings()
    migrate(settings.database)
    return build_services(settings)
