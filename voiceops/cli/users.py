"""`voiceops users`: who signs in to the pages with a password, and what they may do."""

from datetime import datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from voiceops.bootstrap import build_services
from voiceops.cli.console import COMMAND_LINE, OUT, print_json, split_names
from voiceops.domain.people import Role
from voiceops.domain.user import Rights, User
from voiceops.errors import NotFound
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.change_user import change_user
from voiceops.usecases.create_user import create_user
from voiceops.usecases.reset_password import reset_password

users = typer.Typer(help="List and add the people who sign in, and decide what they may do.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Name = Annotated[str, typer.Argument(help="The name they sign in with.")]
RoleOption = Annotated[Role, typer.Option(help="What they may do.")]
AgentOption = Annotated[str | None, typer.Option(help="For role agent: the agent's id.")]
TeamsOption = Annotated[str, typer.Option(help="For role supervisor: teams, separated by commas; * for all.")]


@users.command(name="list")
def list_users(as_json: AsJson = False) -> None:
    """List everybody who signs in with a password.

    Example: voiceops users list --json
    """
    with _services().open_view() as unit:
        found = unit.users.list()
    if as_json:
        print_json([_document(user) for user in found])
        return
    table = Table("name", "role", "agent or teams", "password", "locked until", "shut out")
    for user in found:
        place = user.agent_id or ", ".join(user.teams)
        password = "one-time" if user.must_change_password else "own"
        table.add_row(user.name, user.role, place, password, _minute(user.locked_until), _minute(user.disabled_at))
    OUT.print(table)


@users.command()
def add(name: Name, role: RoleOption, agent: AgentOption = None, teams: TeamsOption = "") -> None:
    """Add somebody and show their one-time password, this once; at their first sign-in they choose their own.

    Example: voiceops users add vera --role supervisor --teams north,south
    """
    _, password = create_user(
        _services(), name=name, role=role, agent_id=agent, teams=split_names(teams), actor=COMMAND_LINE
    )
    typer.echo(password)


@users.command()
def roles(name: Name, role: RoleOption, agent: AgentOption = None, teams: TeamsOption = "") -> None:
    """Change what somebody may do; they sign in anew.

    Example: voiceops users roles vera --role qa
    """
    services = _services()
    user, rights = find_user(services, name), Rights(role, agent, split_names(teams))
    change_user(services, user.id, actor=COMMAND_LINE, rights=rights, disabled=user.disabled_at is not None)
    OUT.print(f"{name} is {rights} now.", highlight=False)


@users.command()
def disable(name: Name) -> None:
    """Shut somebody out at once; their name and what they did stay known.

    Example: voiceops users disable vera
    """
    _set_disabled(name, disabled=True)
    OUT.print(f"{name} is shut out.", highlight=False)


@users.command()
def enable(name: Name) -> None:
    """Let somebody in again who was shut out.

    Example: voiceops users enable vera
    """
    _set_disabled(name, disabled=False)
    OUT.print(f"{name} may sign in again.", highlight=False)


@users.command(name="set-password")
def set_password(name: Name) -> None:
    """Give somebody a new one-time password, unlock them and sign them out; the password is shown this once.

    Example: voiceops users set-password vera
    """
    services = _services()
    typer.echo(reset_password(services, find_user(services, name).id, actor=COMMAND_LINE))


def find_user(services: Services, name: str) -> User:
    """The user of that name. Raises NotFound."""
    with services.open_view() as unit:
        user = unit.users.find(name)
    if user is None:
        raise NotFound(
            "There is no user of this name.", record=name, next_step="Look it up with `voiceops users list`."
        )
    return user


def _set_disabled(name: str, *, disabled: bool) -> None:
    services = _services()
    user = find_user(services, name)
    rights = user.rights
    change_user(services, user.id, actor=COMMAND_LINE, rights=rights, disabled=disabled)


def _services() -> Services:
    settings = Settings()
    migrate(settings.database)
    return build_services(settings)


def _document(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "role": user.role,
        "agent_id": user.agent_id,
        "teams": list(user.teams),
        "must_change_password": user.must_change_password,
        "locked_until": user.locked_until and user.locked_until.isoformat(),
        "disabled": user.disabled_at is not None,
    }


def _minute(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC" if instant else ""
