"""`voiceops erase`: everything that is stored about one person goes, and a receipt says what."""

from typing import Annotated

import typer

from voiceops.analysis.erasure_document import write_erasure
from voiceops.bootstrap import build_services
from voiceops.cli.console import COMMAND_LINE, OUT, log_to_stderr, print_json
from voiceops.domain.erasure import Erasure
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.erase_person import Whom, erase_person


def erase(
    number: Annotated[str | None, typer.Option(help="The person's telephone number, in any form.")] = None,
    customer: Annotated[str | None, typer.Option(help="The reference that senders know them by.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run/--run", help="Only say what would go, or erase it now.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the receipt as one JSON document.")] = False,
) -> None:
    """Erase sound, words, findings, tasks, notices and kept replies of one person; a dry run unless told otherwise.

    What is under a legal hold stays and is listed. Recordings of which the number is known but not theirs, such as
    one of your own lines, are not meant. Backups keep what they have until they expire.

    Example: voiceops erase --number "+36 30 123 4567" --run --json > receipt.json
    """
    log_to_stderr()
    settings = Settings()
    migrate(settings.database)
    whom = Whom(number=number, customer=customer)
    receipt = erase_person(build_services(settings), whom, actor=COMMAND_LINE, dry_run=dry_run)
    if as_json:
        print_json(write_erasure(receipt))
        return
    print_receipt(receipt)
    if dry_run:
        OUT.print("Nothing was removed: this is a dry run. Do it with --run.")


def print_receipt(receipt: Erasure) -> None:
    """The receipt, to read."""
    OUT.print(f"Receipt {receipt.id}, {receipt.at:%Y-%m-%d %H:%M} UTC, by {receipt.actor}", highlight=False)
    for name, count in receipt.removed.items():
        OUT.print(f"{count:>8}  {name}", highlight=False)
    for one in receipt.stayed:
        OUT.print(f"stayed: {one.what} {one.record}: {one.why}", highlight=False, soft_wrap=True)
    for sent in receipt.exports:
        what = f"{sent.record}: {sent.detail}"
        OUT.print(f"exported before: {sent.at:%Y-%m-%d %H:%M} by {sent.actor}, {what}", highlight=False, soft_wrap=True)
    if not receipt.removed:
        OUT.print("Nothing of this person is stored.")
