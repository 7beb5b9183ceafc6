"""`voiceops ingest`: hand recordings to the running system."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from voiceops.bootstrap import build_services
from voiceops.cli.console import ERR, OUT, existing_file, print_json
from voiceops.cli.transcribe import parties_of
from voiceops.domain.recording import Direction, Party, RawFormat, Recording, RecordingKind
from voiceops.errors import BadInput
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.receive_recording import Receipt, Upload, receive_recording

_LOOK_AGAIN_SECONDS = 0.5


@dataclass(frozen=True)
class Known:
    """What the options say of every file; the names are those of `Upload`."""

    kind: RecordingKind
    parties: tuple[Party, ...]
    language: str | None
    queue: str | None
    agent_id: str | None
    caller_number: str | None
    dialled_number: str | None
    raw_format: RawFormat | None
    customer: str | None
    direction: Direction | None
    archive: bool


def ingest(
    files: Annotated[list[Path], typer.Argument(help="Audio files of any kind.")],
    kind: Annotated[RecordingKind, typer.Option(help="Calls or voicemails.")] = RecordingKind.CALL,
    parties: Annotated[str | None, typer.Option(help="Who speaks on each channel, e.g. agent,customer.")] = None,
    language: Annotated[str | None, typer.Option(help="Language code, e.g. en, hu or fa.")] = None,
    queue: Annotated[str | None, typer.Option(help="The call-centre queue.")] = None,
    agent: Annotated[str | None, typer.Option(help="The agent's id.")] = None,
    caller_number: Annotated[str | None, typer.Option(help="The number that called.")] = None,
    dialled_number: Annotated[str | None, typer.Option(help="The number that was called.")] = None,
    raw_format: Annotated[RawFormat | None, typer.Option(help="How sound without a header is written.")] = None,
    customer: Annotated[str | None, typer.Option(help="The customer's number or reference.")] = None,
    direction: Annotated[Direction | None, typer.Option(help="Which way the calls went.")] = None,
    archive: Annotated[bool, typer.Option("--archive", help="Today's work may go before them.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait until every recording is analysed or failed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Hand recordings to the system that runs on this data folder.

    Example: voiceops ingest calls/*.wav --queue service --wait
    """
    settings = Settings()
    migrate(settings.database)
    services = build_services(settings)
    numbers = (caller_number, dialled_number)
    known = Known(kind, parties_of(parties), language, queue, agent, *numbers, raw_format, customer, direction, archive)
    receipts, bad = [], []
    for path in files:
        try:
            receipts.append(_ingest(services, path, known))
        except BadInput as error:
            # One bad file must not keep the others out.
            bad.append(error)
    recordings = _wait(services, receipts) if wait else [receipt.recording for receipt in receipts]
    _show(receipts, recordings, as_json=as_json)
    for fault in bad:
        typer.echo(f"voiceops: {fault}", err=True)
    if bad:
        raise typer.Exit(2)


def _ingest(services: Services, path: Path, known: Known) -> Receipt:
    with existing_file(path).open("rb") as source:
        return receive_recording(services, Upload(file_name=path.name, source=source, **vars(known)))


def _wait(services: Services, receipts: Sequence[Receipt]) -> list[Recording]:
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=ERR) as progress:
        bars = {
            receipt.recording.id: progress.add_task(receipt.recording.file_name, total=None) for receipt in receipts
        }
        while True:
            with services.open_view() as unit:
                recordings = [unit.recordings.get(recording_id) for recording_id in bars]
            for recording in recordings:
                progress.update(
                    bars[recording.id],
                    description=f"{recording.file_name}: {recording.state}",
                    total=1 if recording.state.is_final else None,
                    completed=1 if recording.state.is_final else 0,
                )
            if all(recording.state.is_final for recording in recordings):
                return recordings
            time.sleep(_LOOK_AGAIN_SECONDS)


def _show(receipts: Sequence[Receipt], recordings: Sequence[Recording], *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "file": one.file_name,
                    "state": one.state,
                    "failure": one.failure,
                    "new": receipt.created,
                }
                for receipt, one in zip(receipts, recordings, strict=True)
            ]
        )
        return
    for receipt, one in zip(receipts, recordings, strict=True):
        known = "" if receipt.created else " (was here already)"
        failure = f": {one.failure}" if one.failure else ""
        OUT.print(f"{one.id}  {one.file_name}  {one.state}{known}{failure}", highlight=False, soft_wrap=True)
