"""`voiceops facts`: what a caller said about themselves, without server or database."""

from pathlib import Path
from typing import Annotated

import typer
from phonenumbers import SUPPORTED_REGIONS

from voiceops.analysis.caller_facts import caller_facts
from voiceops.analysis.facts_document import write_caller_facts
from voiceops.analysis.transcript_document import read_transcript
from voiceops.cli.console import OUT, print_json, read_file, read_instant
from voiceops.errors import BadInput
from voiceops.settings import Settings


def facts(
    transcript: Annotated[Path, typer.Option(help="A voicemail's transcript (JSON).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    region: Annotated[str | None, typer.Option(help="Country of numbers without a country code, e.g. US.")] = None,
    received_at: Annotated[
        str | None, typer.Option(help="When the message was left, in ISO 8601; without a zone: in the caller's own.")
    ] = None,
    caller_number: Annotated[str | None, typer.Option(help="The number that the caller called from.")] = None,
) -> None:
    """Show the callback number, name, reason, urgency and wanted time that a caller left.

    Example: voiceops facts --transcript message.json --region HU --json
    """
    found = caller_facts(
        read_transcript(read_file(transcript), record=str(transcript)),
        region=_known(region) if region else Settings().region,
        # Without a zone it is the caller's own time, which the number or the country tells.
        received_at=read_instant(received_at, option="--received-at", zone=None) if received_at else None,
        caller_number=caller_number,
    )
    document = write_caller_facts(found)
    if as_json:
        print_json(document)
        return
    for name, fact in document.items():
        OUT.print(f"{name.replace('_', ' '):>16}  {_line(fact)}", highlight=False, soft_wrap=True)


def _known(region: str) -> str:
    if region.upper() not in SUPPORTED_REGIONS:
        raise BadInput(
            f"“{region}” is no country with telephone numbers.",
            record="--region",
            next_step="Write its two letters, such as US, HU or IR.",
        )
    return region.upper()


def _line(fact: object) -> str:
    """A fact for people: its value and the words it came from."""
    if not isinstance(fact, dict):
        return "not said"
    value = fact.get("e164", fact.get("value"))
    spoken = fact.get("spoken") or fact.get("why")
    return f"{value if value is not None else 'not understood'}  (“{spoken}”)"
