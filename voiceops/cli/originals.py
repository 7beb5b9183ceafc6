"""`voiceops originals`: the sound as it was sent, before something in it was silenced, for who has a reason."""

import os
from pathlib import Path
from typing import Annotated

import typer

from voiceops.bootstrap import build_services
from voiceops.cli.console import COMMAND_LINE, OUT
from voiceops.domain.recording import Recording
from voiceops.errors import BadInput, VoiceOpsError
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.open_original import open_original

originals = typer.Typer(
    help="Get the sound as it was sent, where VOICEOPS_KEEP_ORIGINAL keeps it encrypted.", no_args_is_help=True
)

RecordingId = Annotated[str, typer.Argument(help="The recording's id.")]


@originals.command()
def show(recording_id: RecordingId) -> None:
    """Say where a recording was silenced and whether its original is kept; nothing is opened.

    Example: voiceops originals show 5f0c1d2e3b4a49788796a5b4c3d2e1f0
    """
    recording = _recording(_services(), recording_id)
    for one in recording.silenced:
        channel = "all channels" if one.channel is None else f"channel {one.channel + 1}"
        OUT.print(f"{one.start:9.2f} to {one.end:9.2f} s  {one.what} on {channel}", highlight=False)
    kept = "is kept, encrypted" if recording.original_sha256 else "is not kept"
    OUT.print(f"Silenced: {len(recording.silenced)}. The original {kept}.", highlight=False)


@originals.command()
def export(
    recording_id: RecordingId,
    path: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence; it stands in the access log.")],
) -> None:
    """Decrypt a recording's original into a file that you alone may read; the access log keeps who and why.

    Example: voiceops originals export 5f0c1d2e3b4a49788796a5b4c3d2e1f0 call.wav --reason "Dispute 17/2026"
    """
    services = _services()
    recording = _recording(services, recording_id)
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BadInput(
            f"The file cannot be made: {error.strerror}.", record=str(path), next_step="Name another file."
        ) from error
    try:
        with os.fdopen(number, "wb") as target:
            for piece in open_original(services, recording, reason=reason, actor=COMMAND_LINE):
                target.write(piece)
    except VoiceOpsError:
        path.unlink()
        raise
    OUT.print(f"{path} holds {recording.file_name} as it was sent. Remove it when it is not needed any more.")


def _services() -> Services:
    settings = Settings()
    migrate(settings.database)
    return build_services(settings)


def _recording(services: Services, recording_id: str) -> Recording:
    with services.open_view() as unit:
        return unit.recordings.get(recording_id)
