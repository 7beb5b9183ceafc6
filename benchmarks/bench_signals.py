"""How well music, keys, noise and crosstalk are heard: what is found of each, and how much speech is taken for it.

Music, keys and noise are made here. Voices are those of the samples, of espeak-ng and flite in seven languages where
they are installed, and of the real recordings beside the project where there are any.
Run: python -m benchmarks.bench_signals
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.spoken_texts import TEXTS
from tests.audio_files import ENCODINGS, REAL_AUDIO, Samples, write_audio
from tests.made_music import MUSIC
from tests.made_sounds import RATE_HZ, keys, noise, pink, samples, silence
from voiceops.analysis.sound.crosstalk import without_crosstalk
from voiceops.analysis.sound.keys import pressed_keys
from voiceops.analysis.sound.likeness import compare
from voiceops.analysis.sound.measure import ListenedChannel, measure_channels
from voiceops.domain.recording import Party
from voiceops.domain.sound import ToneKind
from voiceops.domain.transcript import Span
from voiceops.engines import load_decoder, load_detector
from voiceops.errors import UnreadableAudio
from voiceops.ports import Signal, VoiceActivityDetector
from voiceops.usecases.listen_to_channel import listen_to_channel

ROOT = Path(__file__).resolve().parents[1]
# A telephone's codec and a mobile's, and music so soft that one hardly hears it.
LINES: Mapping[str, tuple[str, float]] = {
    "as made": ("wav-16", 0.0),
    "8 kHz µ-law": ("wav-mulaw", 0.0),
    "AMR": ("amr", 0.0),
    "26 dB softer": ("wav-mulaw", -26.0),
}
SNRS_DB = (0, 3, 6, 10, 15, 20, 25, 30)
CROSSTALK_DB = (-26, -20, -12, -6)
# So many voices are enough where each is mixed with something in many ways.
_CHOSEN = 6
_DIGITS = "0123456789*#"
_SOUNDS = {".wav", ".flac", ".opus", ".ogg", ".mp3", ".gsm"}


@dataclass(frozen=True)
class Share:
    """Seconds of something, and of how many."""

    seconds: float
    among: float

    def __str__(self) -> str:
        return f"{self.seconds:7.1f} of {self.among:7.1f} s ({self.seconds / max(self.among, 1e-9):.1%})"


@cache
def _detector() -> VoiceActivityDetector:
    return load_detector()


def voices(folder: Path, *, real: bool = True) -> Iterator[tuple[str, Signal]]:
    """Every recorded and made voice here, each channel by itself."""
    paths = [*sorted((ROOT / "samples").rglob("*")), *_spoken(folder)]
    if real and REAL_AUDIO.is_dir():
        # Single digits say nothing that their thousands would not.
        paths += [path for path in sorted(REAL_AUDIO.rglob("*")) if not {"fsdd", "pydub"} & set(path.parts)]
    for path in paths:
        if path.suffix in _SOUNDS:
            try:
                signals = load_decoder().decode(path, folder).signals
            except UnreadableAudio:
                continue
            yield from ((path.name, np.array(signal)) for signal in signals)


def _spoken(folder: Path) -> Iterator[Path]:
    for language, text in TEXTS.items():
        for voice in ("", "+f3"):
            path = folder / f"espeak-{language}{voice}.wav"
            if shutil.which("espeak-ng"):
                _run("espeak-ng", "-v", language + voice, "-w", str(path), text)
                yield path
    for voice in ("kal", "slt", "awb", "rms"):
        path = folder / f"flite-{voice}.wav"
        if shutil.which("flite"):
            _run("flite", "-voice", voice, "-t", TEXTS["en"], "-o", str(path))
            yield path


def _run(program: str, *options: str) -> None:
    subprocess.run([str(shutil.which(program)), *options], check=True)


def music_found(kind: str, line: str, *, folder: Path, versions: Sequence[int] = (0, 3)) -> Share:
    """How much of made music is found through a line."""
    name, loudness_db = LINES[line]
    encoding, found, among = ENCODINGS[name], 0.0, 0.0
    for version in versions:
        sound = 10 ** (loudness_db / 20) * np.concatenate([silence(5), MUSIC[kind](version, 20.0), silence(5)])
        path = write_audio(folder / f"music{encoding.suffix}", encoding, [_thinned(samples(sound), encoding.rate_hz)])
        (signal,) = load_decoder().decode(path, folder).signals
        found += _split(_music_of(np.array(signal)), (), (5.0, 25.0)).seconds
        among += 20.0
    return Share(found, among)


def music_in(signal: Signal) -> Share:
    """How much of a channel is taken for music."""
    return Share(sum(span.seconds for span in _music_of(signal)), len(signal) / RATE_HZ)


def _music_of(signal: Signal) -> Sequence[Span]:
    tones = listen_to_channel(_detector(), Party.UNKNOWN, signal).tones
    return [Span(tone.start, tone.end) for tone in tones if tone.kind is ToneKind.MUSIC]


def kept_over_music(voice: Signal, above_db: float) -> Share:
    """How much of what is said over music, so much louder than it, is still given to an engine."""
    music = np.resize(samples(MUSIC["band"](1, 20.0)), len(voice)).astype(np.float64)
    mixed = voice + music * np.std(voice.astype(np.float64)) / np.std(music) / 10 ** (above_db / 20)
    signal = np.clip(mixed, -32_768, 32_767).astype(np.int16)
    spoken = sum(span.seconds for span in _detector().detect(signal))
    return Share(sum(span.seconds for span in listen_to_channel(_detector(), Party.UNKNOWN, signal).speech), spoken)


def estimated_snr(voice: Signal, snr_db: float, *, rumbling: bool) -> float | None:
    """What is estimated of a voice under noise of a known loudness."""
    clean = np.concatenate([voice.astype(np.float64), np.zeros(3 * RATE_HZ)])
    speech = _detector().detect(clean.astype(np.int16))
    power = np.mean(np.concatenate([clean[_slice(span)] for span in speech]) ** 2)
    made = (pink if rumbling else noise)(len(clean) / RATE_HZ, level=1.0, seed=round(snr_db))[: len(clean)]
    signal = np.clip(clean + made * np.sqrt(power / 10 ** (snr_db / 10)), -32_768, 32_767).astype(np.int16)
    heard = ListenedChannel(Party.UNKNOWN, signal, _detector().detect(signal))
    return measure_channels([heard])[0].snr_db


def keys_read(snr_db: float) -> float:
    """The share of pressed keys that are read under white noise, those invented taken off."""
    sound = keys(_DIGITS * 5, on=0.06, off=0.06)
    level = np.sqrt(np.mean(keys("5", on=0.5, off=0.0) ** 2)) / 10 ** (snr_db / 20)
    found = [tone.key for tone in pressed_keys(samples(sound + noise(len(sound) / RATE_HZ, level=level)))]
    wanted = list(_DIGITS * 5)
    return sum(one == other for one, other in zip(found, wanted, strict=False)) / max(len(found), len(wanted))


def crosstalk_left(agent: Signal, customer: Signal, loudness_db: float) -> tuple[Share, Share]:
    """The agent's seconds left on the customer's channel, and the customer's own that are, one after the other."""
    first = np.concatenate([agent, np.zeros(len(customer))])
    second = np.concatenate([np.zeros(len(agent)), customer]) + np.roll(first, 80) * 10 ** (loudness_db / 20)
    signals = [np.clip(one, -32_768, 32_767).astype(np.int16) for one in (first, second)]
    speech = _detector().detect(signals[1])
    left = without_crosstalk(1, speech, signals, {(0, 1): compare(*signals)})
    border = len(agent) / RATE_HZ
    return _split(left, speech, (0.0, border)), _split(left, speech, (border, 1e9))


def _split(left: Sequence[Span], speech: Sequence[Span], within: tuple[float, float]) -> Share:
    sums = [sum(max(0.0, min(one.end, within[1]) - max(one.start, within[0])) for one in of) for of in (left, speech)]
    return Share(*sums)


def _slice(span: Span) -> slice:
    return slice(round(span.start * RATE_HZ), round(span.end * RATE_HZ))


def _thinned(sound: Samples, rate_hz: int) -> Samples:
    step = RATE_HZ // rate_hz
    thinned: Samples = sound[: len(sound) - len(sound) % step].reshape(-1, step).mean(axis=1).astype(np.int16)
    return thinned


def main() -> None:
    """Print every figure."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory(prefix="voiceops-bench-") as name:
        folder = Path(name)
        for line in LINES:
            for kind in MUSIC:
                print(f"music found, {line:<14} {kind:<18} {music_found(kind, line, folder=folder)}")
        heard = list(voices(folder))
    print(f"speech taken for music: {_added(music_in(signal) for _, signal in heard)}", flush=True)
    long = [signal[: 20 * RATE_HZ] for _, signal in heard if len(signal) > 20 * RATE_HZ]
    chosen = long[:: max(1, len(long) // _CHOSEN)]
    for above_db in (15, 10, 5, 0):
        print(f"speech kept {above_db:>2} dB above music: {_added(kept_over_music(one, above_db) for one in chosen)}")
    _print_snr(chosen)
    for snr_db in (20, 10, 5, 0):
        print(f"keys read {snr_db:>2} dB over white noise: {keys_read(snr_db):.1%}")
    for loudness_db in CROSSTALK_DB:
        pairs = [crosstalk_left(one, other, loudness_db) for one, other in pairwise(chosen)]
        foreign, own = (_added(pair[at] for pair in pairs) for at in (0, 1))
        print(f"crosstalk at {loudness_db} dB: left of the other's {foreign}, of one's own {own}")


def _added(shares: Iterable[Share]) -> Share:
    all_of = list(shares)
    return Share(sum(one.seconds for one in all_of), sum(one.among for one in all_of))


def _print_snr(chosen: Sequence[Signal]) -> None:
    for rumbling in (False, True):
        pairs = [(snr, estimated_snr(one, snr, rumbling=rumbling)) for one in chosen for snr in SNRS_DB]
        known, found = np.array([(snr, estimate) for snr, estimate in pairs if estimate is not None]).T
        ranks = np.corrcoef(_ranked(known), _ranked(found))
        errors = np.abs(known - found)
        print(
            f"noise, {'pink' if rumbling else 'white'}: rank correlation {float(ranks.flat[1]):.3f}, "
            f"error {np.median(errors):.1f} dB in the median, {np.percentile(errors, 95):.1f} dB at most in 95 of 100"
        )


def _ranked(values: NDArray[np.float64]) -> list[float]:
    """The place of each, those that are equal in the middle of theirs."""
    return [float(np.mean(np.flatnonzero(np.sort(values) == one))) for one in values]


if __name__ == "__main__":
    main()
