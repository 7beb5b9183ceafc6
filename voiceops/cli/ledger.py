"""`voiceops tasks ledger`: whether every voicemail has one open duty or one recorded ending."""

from typing import Annotated

import typer

from voiceops.bootstrap import build_services
from voiceops.cli.console import OUT, print_json
from voiceops.domain.ledger import Ledger
from voiceops.settings import Settings
from voiceops.usecases.check_ledger import check_ledger

LONGEST_LIST = 50


def ledger(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False) -> None:
    """Check that no voicemail is forgotten; ends with status 1 where something does not fit.

    Example: voiceops tasks ledger --json
    """
    found = check_ledger(build_services(Settings()))
    if as_json:
        print_json(_document(found))
    else:
        _print(found)
    if found.unbalanced:
        raise typer.Exit(1)


def _print(found: Ledger) -> None:
    OUT.print(
        f"{found.received} voicemails received = {found.open} open + {found.ended} ended + {found.merged} merged"
        f" + {found.no_message} without a message; difference {found.difference}.",
        highlight=False,
        soft_wrap=True,
    )
    for fault in found.faults[:LONGEST_LIST]:
        record = f"recording {fault.recording_id}" if fault.recording_id else f"task {fault.task_id}"
        OUT.print(f"{record}: {fault.what} {fault.next_step}", highlight=False, soft_wrap=True)
    if found.fault_count > LONGEST_LIST:
        OUT.print(f"… and {found.fault_count - LONGEST_LIST} more; --json lists them.", highlight=False)


def _document(found: Ledger) -> dict[str, object]:
    counts = {name: value for name, value in vars(found).items() if name != "faults"}
    faults = [{**vars(fault), "what": fault.what, "next_step": fault.next_step} for fault in found.faults]
    return {**counts, "difference": found.difference, "balances": found.unbalanced == 0, "faults": faults}
