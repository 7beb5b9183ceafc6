"""`voiceops probe`: what a recording is, and how much speech each channel holds."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from voiceops.analysis.sound.measure import measure_channels
from voiceops.analysis.sound_document import write_sound
from voiceops.cli.console import ERR, OUT, existing_file, print_json
from voiceops.domain.recording import Party, RawFormat
from voiceops.ears import build_ears
from voiceops.settings import Settings
from voiceops.usecases.listen_to_channel import listen_to_channel

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
    for name, value in _lines(document):
        OUT.print(f"{name.replace('_', ' '):>16}  {value}", highlight=False)


def _lines(document: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """The document for people: of each channel's sound one line."""
    for name, value in document.items():
        if name != "sound":
            yield name, value
    for number, sound in enumerate(document["sound"], 1):
        tones = Counter(tone["kind"] for tone in sound["tones"])
        counted = ", ".join(f"{kind} {count}" for kind, count in tones.items())
        clarity = "nobody speaks" if sound["clarity"] is None else f"clarity {sound['clarity']} of 100"
        yield f"channel_{number}", f"{clarity}{f'; tones: {counted}' if counted else ''}"


def _probe(file: Path, raw_format: RawFormat | None) -> dict[str, Any]:
    ears = build_ears(Settings())
    with tempfile.TemporaryDirectory(prefix="voiceops-") as workspace:
        audio = ears.decoder.decode(file, Path(workspace), hint=raw_format)
        detector = ears.detector()
        channels = [listen_to_channel(detector, Party.UNKNOWN, signal) for signal in audio.signals]
        sounds = [write_sound(one) for one in measure_channels(channels)]
    for note in audio.facts.notes:
        ERR.print(f"{file}: {note}", highlight=False, soft_wrap=True)
    return {
        "duration": round(audio.facts.duration, 3),
        "channels": audio.facts.channels,
        "sample_rate_hz": audio.facts.sample_rate_hz,
        "codec": audio.facts.codec,
        "speech_seconds": [round(sum(span.seconds for span in channel.speech), 2) for channel in channels],
        "sha256": _sha256(file),
        "sound": [{name: value for name, value in sound.items() if name != "party"} for sound in sounds],
    }


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while block := source.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
