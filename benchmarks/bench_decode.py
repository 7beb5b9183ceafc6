"""Memory and time of decoding a long two-channel recording, and of cutting one clip out of it.

The recording is made here: noise in bursts, as 8 kHz µ-law in a WAV. Each figure comes from a process of its own.
Run: python -m benchmarks.bench_decode [--hours 4] [--listen]
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream

from voiceops.analysis.sound.crosstalk import without_crosstalk
from voiceops.analysis.sound.likeness import compare
from voiceops.analysis.sound.measure import measure_channels
from voiceops.domain.recording import Party
from voiceops.engines import load_decoder, load_detector
from voiceops.ports import Signal
from voiceops.usecases.listen_to_channel import listen_to_channel

RATE_HZ = 8_000


def make_recording(path: Path, hours: float) -> None:
    """Write two channels of noise that comes and goes by the second, minute by minute."""
    chance = np.random.default_rng(1)
    with av.open(str(path), "w", format="wav") as container:
        stream = container.add_stream("pcm_mulaw", rate=RATE_HZ)
        assert isinstance(stream, AudioStream)
        stream.codec_context.layout = "stereo"
        for _ in range(round(hours * 60)):
            loudness = chance.integers(0, 2, (2, 60)).repeat(RATE_HZ, axis=1)
            minute = (chance.standard_normal((2, 60 * RATE_HZ)) * 2_000 * loudness).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(minute.T.reshape(1, -1).copy(), format="s16", layout="stereo")
            frame.sample_rate = RATE_HZ
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def measure(step: str, path: Path) -> dict[str, float]:
    """Do one step in this process: seconds, peak memory in MiB."""
    decoder = load_decoder()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as workspace:
        if step == "clip":
            start = decoder.probe(path).duration * 0.75
            with path.open("rb") as sound:
                decoder.cut(sound, start, start + 10)
        else:
            audio = decoder.decode(path, Path(workspace))
            if step == "listen":
                _listen(audio.signals)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - begun, "peak_mib": peak}


def _listen(signals: Sequence[Signal]) -> None:
    """All that is heard of a recording before an engine gets its speech."""
    detector = load_detector()
    heard = [listen_to_channel(detector, Party.UNKNOWN, signal) for signal in signals]
    likenesses = {(0, 1): compare(*signals)}
    for number, channel in enumerate(heard):
        without_crosstalk(number, channel.speech, signals, likenesses)
    measure_channels(heard, likenesses)


def main() -> None:
    """Print what each step takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=4.0, help="length of the recording")
    parser.add_argument("--listen", action="store_true", help="measure decoding with the speech detector too")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(measure(options.step, options.file)))
        return
    with tempfile.TemporaryDirectory(prefix="voiceops-bench-") as folder:
        path = Path(folder) / "long.wav"
        make_recording(path, options.hours)
        print(f"{options.hours:g} h, two channels, {path.stat().st_size / 2**20:.0f} MiB of 8 kHz µ-law")
        for step in ("decode", "clip", *(["listen"] if options.listen else [])):
            command = [sys.executable, "-m", "benchmarks.bench_decode", "--step", step, "--file", str(path)]
            shown = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(f"{step:>8}: {shown['seconds']:8.2f} s, peak memory {shown['peak_mib']:6.0f} MiB")


if __name__ == "__main__":
    main()
