"""`voiceops holds`: which recordings must stay, whatever the rules of retention say."""

from typing import Annotated

import typer
from rich.table import Table

from voiceops.bootstrap import build_services
from voiceops.cli.console import COMMAND_LINE, OUT, print_json
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.hold_recording import hold_recording
from voiceops.usecases.lift_hold import lift_hold

holds = typer.Typer(help="Keep a recording that a dispute or an authority needs, until you say.", no_args_is_help=True)

RecordingId = Annotated[str, typer.Argument(help="The recording's id.")]
Reason = Annotated[str, typer.Option(help="Why, in a sentence; it stands in the access log.")]


@holds.command(name="list")
def list_holds(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False) -> None:
    """List every recording under a legal hold.

    Example: voiceops holds list --json
    """
    with _services().open_view() as unit:
        held = [(one.id, one.hold) for one in unit.retention.held() if one.hold is not None]
    if as_json:
        print_json([{"recording_id": own, **vars(hold), "at": hold.at.isoformat()} for own, hold in held])
        return
    table = Table("recording", "since (UTC)", "by", "reason")
    for own, hold in held:
        table.add_row(own, f"{hold.at:%Y-%m-%d %H:%M}", hold.by, hold.reason)
    OUT.print(table)


@holds.command(name="set")
def set_hold(recording_id: RecordingId, reason: Reason) -> None:
    """Keep everything of a recording: retention and erasures pass it by.

    Example: voiceops holds set 5f0c1d2e3b4a49788796a5b4c3d2e1f0 --reason "Dispute 17/2026"
    """
    hold_recording(_services(), recording_id, reason=reason, actor=COMMAND_LINE)
    OUT.print(f"{recording_id} stays until its hold is lifted.", highlight=False)


@holds.command()
def lift(recording_id: RecordingId, reason: Reason) -> None:
    """End a legal hold: the rules of retention count again.

    Example: voiceops holds lift 5f0c1d2e3b4a49788796a5b4c3d2e1f0 --reason "Dispute 17/2026 is settled"
    """
    lift_hold(_services(), recording_id, reason=reason, actor=COMMAND_LINE)
    OUT.print(f"{recording_id} is under no hold any more.", highlight=False)


def _services() -> Services:
    settings = Settings()
    migrate(settings.database)
    return build_services(settings)
