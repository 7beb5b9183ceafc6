"""How many wrong "missed" a second look repairs, and how many wrong "met" it makes, on made calls with known truth.

The border of the score is chosen on one half of the calls and reported on the other, which shares neither voices nor
wordings with it. First look, second look and scores are pocketsphinx's, over the product's own steps.

Run: python -m benchmarks.bench_second_look            figures from what was kept
     python -m benchmarks.bench_second_look --make     hear everything again (flite and espeak-ng; half an hour)
"""

import argparse
import io
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import yaml
from pydantic import TypeAdapter

from samples.make_samples import RATE_HZ, SPEECH_RMS, Samples, speak, through_line
from voiceops.analysis.assemble import assemble
from voiceops.analysis.evaluate import PreparedKeywordSet, evaluate, prepare
from voiceops.analysis.keyword_set_document import read_keyword_set
from voiceops.analysis.second_places import second_places
from voiceops.analysis.second_verdict import second_verdict
from voiceops.domain.finding import Outcome
from voiceops.domain.recording import Party
from voiceops.domain.second_look import FitBorders, SecondLook, WordingFit
from voiceops.domain.transcript import Transcript
from voiceops.engines import SECOND_EARS, load_detector, load_second_ear, load_transcriber
from voiceops.ports import SecondHearing, Signal, SpeechChannel, Transcriber, VoiceActivityDetector
from voiceops.usecases.hear_stretch import FirstLook, hear_stretch

FOLDER = Path(__file__).resolve().parent / "second_look"
KEPT = FOLDER / "heard.jsonl"
KINDS = ("said", "near", "denied", "unrelated")
# The line's band, and its noise against the speech in dB.
CONDITIONS = {"wideband": ("wide", -25.0), "noisy wideband": ("wide", -18.0), "telephone": ("narrow", -35.0)}
PAUSE_SECONDS = 0.4
SET = """
format: 1
id: second-look-en
version: 1
title: One wording
language: en
owner: benchmarks
reason: It is asked about every made call.
keyphrases:
  wording: {{variants: ["{wording}"]}}
rules:
  - {{id: wording, title: It is said, expect: required, keyphrase: wording, party: agent,
     window: {{first_seconds: 30}}}}
"""


@dataclass(frozen=True)
class Case:
    """One made call: whether its agent says the wording, something like it, its denial or something else, and how."""

    half: str
    wording: str
    kind: str
    voice: str
    condition: str
    text: str


@dataclass(frozen=True)
class Heard:
    """What came of a case: the first transcript, the second look where the wording was missed, and its score alone."""

    case: Case
    transcript: Transcript
    looks: tuple[SecondLook, ...]
    alone: WordingFit | None = None

    @property
    def score(self) -> float | None:
        """Of the wording against the whole call; None where it fits nowhere."""
        return self.alone.score if self.alone is not None else None

    @property
    def is_wrong(self) -> bool:
        """Whether the score alone ought to tell that the wording was not said."""
        return self.case.kind != "said" and self.case.wording not in self.case.text.lower()


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints one block for each half; with --make the calls are spoken and heard before."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--make", action="store_true", help="speak and hear all calls again, and keep what was heard")
    parser.add_argument("--jobs", type=int, default=2, help="processes for --make (default: 2)")
    given = parser.parse_args(arguments)
    if given.make:
        _make(given.jobs)
    if not KEPT.exists():
        print("Nothing was heard yet. Run: python -m benchmarks.bench_second_look --make", file=sys.stderr)
        return 2
    heard = [_HEARD.validate_json(line) for line in KEPT.read_text("utf-8").splitlines()]
    borders = chosen_borders([one for one in heard if one.case.half == "development"])
    print(f"Borders chosen on the development half: weak {borders.weak:.1f}, strong {borders.strong:.1f}")
    print(f"Borders that are shipped:               weak {SHIPPED.weak:.1f}, strong {SHIPPED.strong:.1f}")
    for half in ("development", "held-out"):
        own = [one for one in heard if one.case.half == half]
        print(f"\n{half}: {len(own)} calls, {sum(one.case.kind == 'said' for one in own)} of them say the wording")
        print(*(f"  {line}" for line in (*lines_of(own, SHIPPED), *lines_of_scores(own, SHIPPED))), sep="\n")
    return 0


_HEARD = TypeAdapter(Heard)
SHIPPED = SECOND_EARS["pocketsphinx"]


def cases() -> Iterator[Case]:
    """Every wording in every kind, voice and condition of its half."""
    document: Mapping[str, Any] = yaml.safe_load((FOLDER / "cases.yaml").read_text("utf-8"))
    for half, its in document["halves"].items():
        for number, one in enumerate(its["wordings"]):
            texts = {**one, "unrelated": document["unrelated"][number % len(document["unrelated"])]}
            for kind in KINDS:
                for voice in its["voices"]:
                    for condition in CONDITIONS:
                        yield Case(half, one["wording"], kind, voice, condition, texts[kind])


def chosen_borders(heard: Sequence[Heard]) -> FitBorders:
    """By the score alone: `strong` lets nothing pass that was not said; `weak` lets more pass that was than was not.

    A sentence that denies the wording word for word, "that does not mean that you agree", fits as well as if it was
    meant: no border could tell, and there the transcript decides.
    """
    steps = [round(-0.1 * step, 1) for step in range(1, 60)]
    said = [score for one in heard if one.case.kind == "said" and (score := one.score) is not None]
    wrong = [score for one in heard if one.is_wrong and (score := one.score) is not None]
    strong = min(step for step in steps if step > max(wrong, default=-6.0))

    def gain(step: float) -> int:
        return sum(score >= step for score in said) - sum(score >= step for score in wrong)

    return FitBorders(max(steps, key=gain), strong)


def lines_of_scores(heard: Sequence[Heard], borders: FitBorders) -> Iterator[str]:
    """How many wordings pass by the score alone, whatever any transcript says."""
    groups = {
        "said": [one for one in heard if one.case.kind == "said"],
        "not said, or denied in other words": [one for one in heard if one.is_wrong],
        "denied word for word": [one for one in heard if one.case.kind != "said" and not one.is_wrong],
    }
    for title, own in groups.items():
        scores = [score for one in own if (score := one.score) is not None]
        weak, strong = (sum(score >= border for score in scores) for border in (borders.weak, borders.strong or 0.0))
        highest = f"{max(scores):.2f}" if scores else "none"
        yield f"{title:36} {len(own):3}: {strong} at strong or above, {weak} at weak or above; highest {highest}"


def outcome_before(heard: Heard) -> Outcome:
    """The rule's outcome by the first transcript."""
    return evaluate(_prepared(heard.case.wording), heard.transcript).findings[0].outcome


def outcome_after(heard: Heard, borders: FitBorders) -> Outcome:
    """The rule's outcome with the second look, by these borders."""
    prepared = _prepared(heard.case.wording)
    looks = [replace(look, borders=borders) for look in heard.looks]
    first = evaluate(prepared, heard.transcript)
    return second_verdict(prepared, heard.transcript, first, looks=looks, queue=None).findings[0].outcome


def lines_of(heard: Sequence[Heard], borders: FitBorders) -> Iterator[str]:
    """What became of what was missed, by what was said."""
    for kind in KINDS:
        own = [one for one in heard if one.case.kind == kind]
        before = Counter(outcome_before(one) for one in own)
        moved = Counter(outcome_after(one, borders) for one in own if outcome_before(one) is Outcome.MISSED)
        first = ", ".join(f"{outcome} {count}" for outcome, count in sorted(before.items()))
        after = ", ".join(f"{outcome} {count}" for outcome, count in sorted(moved.items())) or "nothing"
        yield f"{kind:10} at first: {first:50} of the missed: {after}"
    missed = [one for one in heard if outcome_before(one) is Outcome.MISSED]
    wrong = [one for one in missed if one.case.kind == "said"]
    right = [one for one in missed if one.case.kind != "said"]
    yield (
        f"wrong “missed” {len(wrong)}: repaired to met {_count(wrong, borders, Outcome.MET)}, "
        f"to uncertain {_count(wrong, borders, Outcome.UNCERTAIN)}"
    )
    yield (
        f"right “missed” {len(right)}: wrong “met” made {_count(right, borders, Outcome.MET)}, "
        f"uncertain made {_count(right, borders, Outcome.UNCERTAIN)}"
    )


def _count(heard: Sequence[Heard], borders: FitBorders, outcome: Outcome) -> int:
    return sum(outcome_after(one, borders) is outcome for one in heard)


_PREPARED: dict[str, PreparedKeywordSet] = {}


def _prepared(wording: str) -> PreparedKeywordSet:
    if wording not in _PREPARED:
        _PREPARED[wording] = prepare(read_keyword_set(SET.format(wording=wording), record=wording))
    return _PREPARED[wording]


# --- speaking and hearing ----------------------------------------------------------------------


def _make(jobs: int) -> None:
    with ProcessPoolExecutor(jobs) as pool, KEPT.open("w", encoding="utf-8") as file:
        for number, heard in enumerate(pool.map(hear, cases()), 1):
            file.write(_HEARD.dump_json(heard).decode() + "\n")
            file.flush()
            print(f"\r{number} calls heard", end="", file=sys.stderr)
    print(file=sys.stderr)


@cache
def _ears() -> tuple[VoiceActivityDetector, Transcriber, SecondHearing]:
    second = load_second_ear("pocketsphinx", {"careful": True})
    hearing = SecondHearing(lambda: second, "pocketsphinx", SHIPPED)
    return load_detector(), load_transcriber("pocketsphinx", {}), hearing


def hear(case: Case) -> Heard:
    """Speak the case and hear it as the product does."""
    signal, (detector, transcriber, hearing) = _spoken(case), _ears()
    speech = detector.detect(signal)
    result = transcriber.transcribe([SpeechChannel(signal, speech)], language="en")
    seconds = len(signal) / RATE_HZ
    transcript = assemble([(Party.AGENT, result.channels[0], speech)], duration=seconds, language="en")
    prepared = _prepared(case.wording)
    judged = [(prepared.keyword_set, evaluate(prepared, transcript))]
    looks = []
    for place in second_places(judged, transcript):
        cut = signal[round(place.stretch.start * RATE_HZ) : round(place.stretch.end * RATE_HZ)]
        looks.append(hear_stretch(detector, hearing, FirstLook(transcript, "en", ()), place=place, signals=[cut]))
    (alone,) = hearing.ear().score(signal, [case.wording], language="en")
    return Heard(case, transcript, tuple(looks), alone)


def _spoken(case: Case) -> Signal:
    greeting = yaml.safe_load((FOLDER / "cases.yaml").read_text("utf-8"))["greeting"]
    band, noise_db = CONDITIONS[case.condition]
    pause = np.zeros(round(PAUSE_SECONDS * RATE_HZ))
    pieces = [pause]
    for text in (greeting, case.text):
        pieces += [through_line(_speak(text, case.voice), band), pause]
    sound = np.concatenate(pieces)
    seed = zlib.crc32(f"{case.wording} {case.kind} {case.voice} {case.condition}".encode())
    noise = through_line(np.random.default_rng(seed).standard_normal(len(sound)), band)
    sound = sound + noise / noise.std() * SPEECH_RMS * 10 ** (noise_db / 20)
    signal: Signal = np.clip(sound, -32767, 32767).astype(np.int16)
    return signal


def _speak(text: str, voice: str) -> Samples:
    if not voice.startswith("espeak:"):
        return speak(text, (voice, 1.0))
    command = ["espeak-ng", "-v", voice.removeprefix("espeak:"), "-s", "150", "--stdout", text]
    made = subprocess.run(command, check=True, capture_output=True).stdout
    with av.open(io.BytesIO(made), mode="r") as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
        frames = [new for frame in container.decode(audio=0) for new in resampler.resample(frame)]
    samples = np.concatenate([frame.to_ndarray()[0] for frame in frames]).astype(np.float64)
    louder: Samples = samples * (SPEECH_RMS / float(np.sqrt(np.mean(samples**2))))
    return louder


if __name__ == "__main__":
    sys.exit(main())
