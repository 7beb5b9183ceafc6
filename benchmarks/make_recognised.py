"""Renders the written calls in recognised/scripts, lets the embedded recogniser hear them, keeps the transcripts.

Run: python -m benchmarks.make_recognised [--condition clean] [NAME…]     (needs flite; no audio is kept)
"""

import argparse
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from samples.make_samples import Script, read_script, render
from voiceops.analysis.transcript_document import read_transcript, write_transcript
from voiceops.domain.recording import Party, RecordingKind
from voiceops.ears import FileEars, build_ears
from voiceops.settings import Settings
from voiceops.usecases.transcribe_file import Sound, transcribe_file

RECOGNISED = Path(__file__).resolve().parent / "recognised"
SCRIPTS = RECOGNISED / "scripts"
TRANSCRIPTS = RECOGNISED / "transcripts"
SPOKEN = "spoken"


@dataclass(frozen=True)
class Condition:
    """How a call is recorded. `noise_db` is the line noise against the speech; encodings are make_samples'."""

    band: str
    encoding: str
    noise_db: float


CONDITIONS: Mapping[str, Condition] = {
    "clean": Condition("wide", "flac", -60),
    "telephone": Condition("narrow", "mulaw", -40),
    "noisy": Condition("wide", "flac", -20),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the transcripts of the calls named (all of them by default)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="only calls whose name begins so, such as 03")
    parser.add_argument("--condition", choices=CONDITIONS, action="append", help="only this condition; may be repeated")
    parser.add_argument(
        "--to", type=Path, default=TRANSCRIPTS, help="folder for the transcripts (default: the kept ones)"
    )
    wanted = parser.parse_args(arguments)
    scripts = [s for s in read_calls() if not wanted.names or any(map(s.is_named, wanted.names))]
    if not scripts:
        print(f"No call is named {' or '.join(wanted.names)}; look in {SCRIPTS}.", file=sys.stderr)
        return 2
    if shutil.which("flite") is None:
        print("The speech synthesiser is missing. Run: apt-get install flite", file=sys.stderr)
        return 2
    for script in scripts:
        for name in wanted.condition or CONDITIONS:
            # The recogniser adapts to what it heard before, so each recording gets a fresh one.
            _hear(build_ears(Settings(transcriber="pocketsphinx")), script, name, wanted.to)
            print(f"{script.name}  {name}", flush=True)
    return 0


def read_calls() -> list[Script]:
    """The written calls in the order of their names."""
    return [read_script(path) for path in sorted(SCRIPTS.glob("*.script.yaml"))]


def _hear(ears: FileEars, script: Script, name: str, folder: Path) -> None:
    """Keep what was spoken, and what was heard of it in this condition, as two transcripts."""
    how = CONDITIONS[name]
    with TemporaryDirectory(prefix="recognised-") as workspace:
        path = Path(workspace) / script.path.name
        recording = replace(script, path=path, band=how.band, encoding=how.encoding, noise_db=how.noise_db)
        render(recording)
        sound = Sound(recording.audio, RecordingKind.CALL, tuple(Party(p) for p in script.parties), "en")
        heard = transcribe_file(ears, sound).transcript
        spoken = read_transcript(recording.truth.read_bytes(), record=recording.truth.name)
    _write(write_transcript(spoken), folder / SPOKEN / f"{script.name}.json")
    _write(write_transcript(heard), folder / name / f"{script.name}.json")


def _write(document: dict[str, object], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    utterances = document["utterances"]
    assert isinstance(utterances, list)
    # One utterance a line: a change of one shows as one.
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in utterances)
    rest = json.dumps({k: v for k, v in document.items() if k != "utterances"}, separators=(",", ":"))
    path.write_text(rest[:-1] + ',"utterances":[\n' + lines + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
