"""`voiceops probe`: what a recording is, and how much speech each channel holds."""

import hashlib
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from voiceops.bootstrap import build_ears
from voiceops.cli.console import ERR, OUT, existing_file, print_json
from voiceops.domain.recording import RawFormat
from voiceops.settings import Settings

_BLOCK_BYTES = 1 << 20


def probe(
    file: Annotated[Path, typer.Argument(help="An audio file of any kind.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    raw_format: Annotated[RawFormat | None, typer.Option(help="How sound without a header is written.")] = None,
) -> None:
    """Show a recording's duration, channels, codec and speech per channel.

    Example: voiceops probe call.wav --json
    """
    document = _probe(existing_file(file), raw_format)
    if as_json:
        print_json(document)
        return
    for name, value in document.items():
        OUT.print(f"{name.replace('_', ' '):>16}  {value}", highlight=False)


def _probe(file: Path, raw_format: RawFormat | None) -> dict[str, object]:
    ears = build_ears(Settings())
    with tempfile.TemporaryDirectory(prefix="voiceops-") as workspace:
        audio = ears.decoder.decode(file, Path(workspace), hint=raw_format)
        detector = ears.detector()
        speech = [round(sum(span.seconds for span in detector.detect(signal)), 2) for signal in audio.signals]
    for note in audio.facts.notes:
        ERR.print(f"{file}: {note}", highlight=False, soft_wrap=True)
    return {
        "duration": round(audio.facts.duration, 3),
        "channels": audio.facts.channels,
        "sample_rate_hz": audio.facts.sample_rate_hz,
        "codec": audio.facts.codec,
        "speech_seconds": speech,
        "sha256": _sha256(file),
    }


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while block := source.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
