"""Two hundred recordings in which nobody speaks, through the whole path of every engine: no word may come out.

Each is decoded, listened to, transcribed, matched with all shipped keyword sets and searched for caller facts. Whisper
runs on a made checkpoint that says required wording whatever it hears, so what is tried are the guards around it.
Run: python -m benchmarks.bench_silence
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.silence_clips import FORMS, KINDS, VERSIONS, Clip, write_clips
from tests.checkpoints import write_checkpoint
from voiceops.analysis.caller_facts import caller_facts
from voiceops.analysis.evaluate import PreparedKeywordSet, evaluate, prepare
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.domain.recording import RecordingKind
from voiceops.domain.transcript import Transcript
from voiceops.ears import FileEars
from voiceops.engines import load_decoder, load_detector, load_transcriber
from voiceops.engines.convert_checkpoint import convert_checkpoint
from voiceops.shipped import shipped_folder
from voiceops.usecases.transcribe_file import Sound, transcribe_file

_SENTENCE = (
    "thank you for calling this call is recorded i am sorry my number is two one two five five five one two three four"
)


@dataclass(frozen=True)
class Heard:
    """What came out of one clip, with what it was: all three are to be 0."""

    clip: Clip
    words: int
    findings: int
    facts: int

    @property
    def is_silent(self) -> bool:
        """Whether nothing was invented."""
        return not (self.words or self.findings or self.facts)


def engine_options(folder: Path) -> Mapping[str, Mapping[str, object]]:
    """Every engine that runs here without a download, made as talkative as it can be."""
    checkpoint = write_checkpoint(folder / "talkative.pt", sentence=_SENTENCE)
    small = {"device": "cpu", "threads": 1}
    return {
        "whisper": {"model": str(checkpoint), **small},
        "faster-whisper": {"model": str(convert_checkpoint(checkpoint)), **small},
        "pocketsphinx": {},
        "scripted": {"sentences": [_SENTENCE]},
    }


def listen(
    engine: str, options: Mapping[str, object], *, versions: int = VERSIONS, forms: Sequence[str] = tuple(FORMS)
) -> Iterator[Heard]:
    """Put every clip through the whole path with this engine."""
    transcriber = load_transcriber(engine, options)
    detector = load_detector()
    ears = FileEars(load_decoder(), lambda: detector, lambda: transcriber)
    with tempfile.TemporaryDirectory(prefix="voiceops-bench-") as folder:
        for clip in write_clips(Path(folder), versions=versions, forms=forms):
            heard = transcribe_file(ears, Sound(clip.path, RecordingKind.CALL, language="en"))
            yield _heard(clip, heard.transcript)
            clip.path.unlink()


def _heard(clip: Clip, transcript: Transcript) -> Heard:
    words = sum(len(utterance.text.split()) for utterance in transcript.utterances)
    findings = [
        finding
        for one in _shipped()
        for finding in evaluate(one, replace(transcript, language=one.keyword_set.language)).findings
        if finding.evidence is not None
    ]
    facts = [value for name, value in vars(caller_facts(transcript)).items() if name != "urgency" and value is not None]
    return Heard(clip, words, len(findings), len(facts))


@cache
def _shipped() -> Sequence[PreparedKeywordSet]:
    paths = sorted(shipped_folder("keyword_sets").glob("*.yaml"))
    return [prepare(read_keyword_set(path.read_text("utf-8"), record=path.name)) for path in paths]


def main() -> None:
    """Print for each engine and kind of sound how many clips had words, findings or facts."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    loud = 0
    with tempfile.TemporaryDirectory(prefix="voiceops-bench-") as folder:
        for engine, options in engine_options(Path(folder)).items():
            heard = list(listen(engine, options))
            print(f"{engine}: {len(heard)} clips, {_counted(heard)}")
            for kind in KINDS:
                own = [one for one in heard if one.clip.kind == kind]
                print(f"  {kind:<12} {len(own):3} clips, {_counted(own)}")
            loud += sum(not one.is_silent for one in heard)
    sys.exit(1 if loud else 0)


def _counted(heard: Sequence[Heard]) -> str:
    words, findings, facts = (sum(getattr(one, name) for one in heard) for name in ("words", "findings", "facts"))
    return f"{words} words, {findings} findings, {facts} caller facts"


if __name__ == "__main__":
    main()
