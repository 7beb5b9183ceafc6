"""`voiceops sessions`: signs people out."""

import typer

from voiceops.bootstrap import build_services
from voiceops.cli.console import COMMAND_LINE, OUT
from voiceops.cli.users import Name, find_user
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.end_user_sessions import end_user_sessions

sessions = typer.Typer(help="End where people are signed in.", no_args_is_help=True)


@sessions.callback()
def _group() -> None:
    """End where people are signed in."""


@sessions.command()
def end(name: Name) -> None:
    """Sign somebody out everywhere.

    Example: voiceops sessions end vera
    """
    settings = Settings()
    migrate(settings.database)
    services = build_services(settings)
    count = end_user_sessions(services, find_user(services, name).id, actor=COMMAND_LINE)
    OUT.print(f"{name} is signed out; {count} sessions ended.", highlight=False)
