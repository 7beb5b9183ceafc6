"""`voiceops retention`: what the rules would remove now, and its removal."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table

from voiceops.bootstrap import build_services
from voiceops.cli.console import OUT, log_to_stderr, print_json
from voiceops.domain.recording import RecordingPart
from voiceops.ports import DueParts, RetentionRule
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.expire_recordings import expire_recordings
from voiceops.usecases.preview_retention import preview_retention


def retention(
    dry_run: Annotated[
        bool, typer.Option("--dry-run/--run", help="Only say what is due, or remove it now instead of by the sweep.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Say what was kept for long enough by VOICEOPS_KEEP_DAYS and the queues' own rules; remove it with --run.

    The sweep removes it by itself. What is under a legal hold stays, and so does what an open task needs.

    Example: VOICEOPS_KEEP_DAYS=call.audio=90 voiceops retention --dry-run --json
    """
    log_to_stderr()
    settings = Settings()
    migrate(settings.database)
    services = build_services(settings)
    due = preview_retention(services)
    removed = 0
    while not dry_run and (done := expire_recordings(services)):
        removed += done
    if as_json:
        rows = [{**vars(rule), **vars(parts)} for rule, parts in due]
        print_json({"dry_run": dry_run, "removed": removed, "rules": rows})
        return
    OUT.print(_table(due) if due else "No rule: everything is kept for ever. Set VOICEOPS_KEEP_DAYS or a queue's.")
    OUT.print("Nothing was removed: this is a dry run." if dry_run else f"{removed} part(s) removed.")


def _table(due: Sequence[tuple[RetentionRule, DueParts]]) -> Table:
    table = Table("what", "queue", "kept for", "to remove", "MiB", "legal hold", "open task")
    for rule, parts in due:
        is_audio = rule.part is RecordingPart.AUDIO
        table.add_row(
            f"{rule.kind} {rule.part}",
            ", ".join(rule.queues) if rule.queues else "all others",
            f"{rule.days} days",
            str(parts.to_remove),
            f"{parts.size_bytes / 2**20:.1f}" if is_audio else "",
            str(parts.held),
            str(parts.needed),
        )
    return table
