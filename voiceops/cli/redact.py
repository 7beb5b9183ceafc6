"""`voiceops redact`: recordings of before somebody wanted something masked are redacted now."""

from typing import Annotated

import typer

from voiceops.bootstrap import build_services
from voiceops.cli.console import OUT, log_to_stderr, print_json
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.redact_stored import not_redacted, redact_stored


def redact(
    dry_run: Annotated[bool, typer.Option("--dry-run/--run", help="Only count them, or redact them now.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Mask the words and silence the sound of stored recordings, by VOICEOPS_MASK and the queues' own rules.

    New recordings are redacted before they are stored; this is for those of before. Calls are judged anew with the
    keyword sets in use. What is under a legal hold stays as it is. It may be broken off and begun again.

    Example: VOICEOPS_MASK=call=card voiceops redact --run
    """
    log_to_stderr()
    settings = Settings()
    migrate(settings.database)
    services = build_services(settings)
    waiting = list(not_redacted(services))
    done = 0 if dry_run else sum(redact_stored(services, recording_id) for recording_id in waiting)
    if as_json:
        print_json({"dry_run": dry_run, "found": len(waiting), "redacted": done})
        return
    OUT.print(f"{len(waiting)} recording(s) wait to be redacted.", highlight=False)
    OUT.print("Nothing was changed: this is a dry run. Do it with --run." if dry_run else f"{done} redacted.")
