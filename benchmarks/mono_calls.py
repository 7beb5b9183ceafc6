"""Mono calls with known truth: the samples' two channels and a real call's, mixed, and dialogues spoken by made voices.

The same words are laid anew with turns that overlap and a "mhm" in between, and sent through what telephone lines do.
"""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from samples.make_samples import read_scripts
from tests.page_records import with_words
from voiceops.analysis.transcript_document import read_transcript
from voiceops.domain.recording import Party
from voiceops.domain.transcript import Transcript, Utterance
from voiceops.engines import load_decoder, load_detector
from voiceops.ports import SIGNAL_RATE_HZ, Signal

REAL = Path(__file__).parents[2] / "shared" / "audio" / "derived" / "Auto_Repairs_40_stereo_Lcaller_Ragent.wav"
Sound = NDArray[np.float64]

# Pairs of made voices: of both sexes, and of the same one.
PAIRS = (
    ("flite:slt", "flite:rms"),
    ("flite:rms", "flite:awb"),
    ("flite:slt", "espeak-ng:en-us+f2"),
    ("espeak-ng:en-gb+m3", "espeak-ng:en-us+m7"),
    ("espeak-ng:en-us+f2", "espeak-ng:en-gb+f4"),
)
_LOUDNESS = 1800.0
_SOX = shutil.which("sox") or ""
_BACK_CHANNELS = ("mhm", "yes", "okay", "right")


@dataclass(frozen=True)
class MonoCall:
    """A call on one channel, and who says what when; `name` of a real call without its words has none."""

    name: str
    signal: Signal
    truth: Transcript

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.signal) / SIGNAL_RATE_HZ


def sample_calls() -> Iterator[MonoCall]:
    """The shipped calls with both channels on one."""
    for script in read_scripts():
        if script.kind == "call":
            with tempfile.TemporaryDirectory() as folder:
                channels = load_decoder().decode(script.audio, Path(folder)).signals
                mix = _samples(np.sum([np.asarray(one, np.float64) for one in channels], axis=0))
            truth = read_transcript(script.truth.read_text("utf-8"), record=script.name)
            yield MonoCall(script.name, mix, with_words(truth))


def real_call() -> MonoCall | None:
    """A real one, where it lies beside the checkout: its channels' speech is the truth, its words are not known."""
    if not REAL.is_file():
        return None
    with tempfile.TemporaryDirectory() as folder:
        caller, agent = (np.array(one) for one in load_decoder().decode(REAL, Path(folder)).signals)
    detector = load_detector()
    said = [
        Utterance(party, span.start, span.end, "word " * max(1, round(2 * span.seconds)))
        for party, signal in ((Party.CUSTOMER, caller), (Party.AGENT, agent))
        for span in detector.detect(signal)
    ]
    truth = Transcript("en", len(agent) / SIGNAL_RATE_HZ, tuple(sorted(said, key=lambda one: one.start)))
    return MonoCall("real call", _samples(caller.astype(np.float64) + agent), with_words(truth))


def spoken_calls(*, overlapping: bool) -> Iterator[MonoCall]:
    """The first samples' words by pairs of made voices; none where no synthesiser is installed."""
    for number, (agent, customer) in enumerate(PAIRS):
        if all(shutil.which(voice.partition(":")[0]) for voice in (agent, customer)):
            voices = {Party.AGENT: agent, Party.CUSTOMER: customer}
            yield _spoken(voices, number, np.random.default_rng(number), overlapping=overlapping)


def _spoken(voices: Mapping[Party, str], number: int, chance: np.random.Generator, *, overlapping: bool) -> MonoCall:
    script = read_scripts()[number % 7]
    pieces: list[tuple[Utterance, Sound]] = []
    at, before = 0.6, None
    for line in script.lines:
        party = Party(line.party)
        sound = _say(voices[party], line.text)
        pause = chance.uniform(0.15, 0.9)
        if overlapping and before not in {None, party} and chance.random() < 0.4:
            pause = -chance.uniform(0.2, 0.8)
        before, start = party, max(0.0, at + pause)
        at = start + len(sound) / SIGNAL_RATE_HZ
        pieces.append((Utterance(party, start, at, line.text), sound))
        if overlapping and at - start > 2.5 and chance.random() < 0.5:
            pieces.append(_back_channel(voices, party, start + 0.5 * (at - start), chance))
    mix = np.zeros(round((at + 1.5) * SIGNAL_RATE_HZ))
    for said, sound in pieces:
        first = round(said.start * SIGNAL_RATE_HZ)
        mix[first : first + len(sound)] += sound
    truth = Transcript(
        "en", len(mix) / SIGNAL_RATE_HZ, tuple(sorted((said for said, _ in pieces), key=lambda one: one.start))
    )
    return MonoCall(f"{script.name} by {' and '.join(voices.values())}", _samples(mix), with_words(truth))


def _back_channel(
    voices: Mapping[Party, str], speaking: Party, start: float, chance: np.random.Generator
) -> tuple[Utterance, Sound]:
    listening = Party.CUSTOMER if speaking is Party.AGENT else Party.AGENT
    text = str(chance.choice(_BACK_CHANNELS))
    sound = 0.7 * _say(voices[listening], text)
    return Utterance(listening, start, start + len(sound) / SIGNAL_RATE_HZ, text), sound


def _say(voice: str, text: str) -> Sound:
    """What a synthesiser says, without the silence around it, all voices equally loud."""
    program, _, name = voice.partition(":")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        written = ["-w", str(path), text] if program == "espeak-ng" else ["-t", text, "-o", str(path)]
        subprocess.run(
            [program, "-v" if program == "espeak-ng" else "-voice", name, *written], check=True, capture_output=True
        )
        sound = np.array(load_decoder().decode(path, Path(folder)).signals[0], np.float64)
    loud = np.flatnonzero(np.abs(sound) > 100)
    sound = sound[loud[0] : loud[-1] + 1]
    return np.asarray(sound * (_LOUDNESS / np.sqrt(np.mean(sound**2))))


def _noisy(decibels: float) -> Callable[[Signal], Signal]:
    def through(signal: Signal) -> Signal:
        noise = np.random.default_rng(1).standard_normal(len(signal))
        speech = np.sqrt(np.mean(signal[np.abs(signal) > 100].astype(np.float64) ** 2))
        return mu_law(_samples(signal + noise * speech * 10 ** (-decibels / 20)))

    return through


def mu_law(signal: Signal) -> Signal:
    """Through a telephone line: 8 kHz, 8 bits."""
    buffer = io.BytesIO()
    frame = av.AudioFrame.from_ndarray(signal.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate, frame.time_base, frame.pts = SIGNAL_RATE_HZ, Fraction(1, SIGNAL_RATE_HZ), 0
    with av.open(buffer, "w", format="wav") as output:
        stream = output.add_stream("pcm_mulaw", rate=8_000, layout="mono", format="s16")
        resampler = av.AudioResampler(format="s16", layout="mono", rate=8_000)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            output.mux(stream.encode(piece))
        output.mux(stream.encode(None))
    return _decoded(buffer.getvalue(), ".wav")


def gsm(signal: Signal) -> Signal:
    """Through a mobile telephone of old: 13 kbit/s."""
    raw = ["-t", "raw", "-r", str(SIGNAL_RATE_HZ), "-e", "signed", "-b", "16", "-c", "1", "-"]
    coded = subprocess.run(
        [_SOX, *raw, "-r", "8000", "-t", "gsm", "-"], input=signal.tobytes(), check=True, capture_output=True
    )
    return _decoded(coded.stdout, ".gsm")


def _decoded(data: bytes, suffix: str) -> Signal:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"coded{suffix}"
        path.write_bytes(data)
        return np.array(load_decoder().decode(path, Path(folder)).signals[0])


LINES: Mapping[str, Callable[[Signal], Signal]] = {
    "as recorded": lambda signal: signal,
    "µ-law": mu_law,
    **({"GSM": gsm} if _SOX else {}),
    "noise at 20 dB": _noisy(20),
    "noise at 10 dB": _noisy(10),
}


def through(call: MonoCall, line: str) -> MonoCall:
    """The call at the end of such a line."""
    return replace(call, signal=LINES[line](call.signal))


def _samples(sound: Sound) -> Signal:
    return np.clip(sound, -32_767, 32_767).astype(np.int16)
