"""How fast a two-channel call is transcribed: the whole path beside the `whisper` command on each channel, and the
engine faster-whisper beside its library called directly on the speech alone.

Made weights of tiny's size say the same number of tokens in every window. Each side gets weights that say as many as
its own windows hold speech, so that both say as much in all: the command's windows are full of pauses, the packed ones
are not. VOICEOPS_BENCH_MODEL names a real checkpoint for both instead.
Run: python -m benchmarks.bench_speech [--minutes 2] [--threads 1]
"""

import argparse
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.checkpoints import LIKE_TINY, write_checkpoint
from tests.spoken import a_voice
from voiceops.analysis.pack_speech import pack_speech
from voiceops.analysis.window_sound import window_sound
from voiceops.domain.recording import Party, RecordingKind
from voiceops.ears import FileEars
from voiceops.engines import load_decoder, load_detector, load_transcriber
from voiceops.engines.convert_checkpoint import convert_checkpoint
from voiceops.ports import SIGNAL_RATE_HZ, Signal, SpeechChannel, Transcriber
from voiceops.usecases.listen_to_channel import listen_to_channel
from voiceops.usecases.transcribe_file import Sound, transcribe_file

# Speech has about two and a half words a second.
_WORDS_A_SECOND = 2.5
_WINDOW_SECONDS = 29
_PAUSE_SECONDS, _HOLD_SECONDS, _TURNS = 0.6, 12.0, 8


def make_call(minutes: float) -> tuple[Signal, Signal]:
    """Two parties in turns with pauses, and a stretch of waiting after every few of them."""
    voice = a_voice()
    rows: tuple[list[Signal], list[Signal]] = ([], [])
    quiet = np.random.default_rng(0)
    for turn in range(10_000):
        if sum(map(len, rows[0])) >= minutes * 60 * SIGNAL_RATE_HZ:
            break
        wait = _HOLD_SECONDS if turn % _TURNS == _TURNS - 1 else _PAUSE_SECONDS
        blank = np.zeros(len(voice) + round(wait * SIGNAL_RATE_HZ), np.int16)
        spoken = blank.copy()
        spoken[: len(voice)] = voice
        for number, row in enumerate(rows):
            row.append(spoken if turn % 2 == number else blank)
    first, second = (np.concatenate(row) + quiet.integers(-2, 3, sum(map(len, row))).astype(np.int16) for row in rows)
    return first, second


def write_wav(path: Path, signals: Sequence[Signal]) -> Path:
    """16-bit, 16 kHz."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(len(signals))
        out.setsampwidth(2)
        out.setframerate(SIGNAL_RATE_HZ)
        out.writeframes(np.stack(signals, axis=1).astype("<i2").tobytes())
    return path


def seconds_of(work: Callable[[], object]) -> float:
    """Processor time of one run in this process and its children: other work on the machine does not count."""
    begun = _processor_seconds()
    work()
    return _processor_seconds() - begun


def _processor_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def whole_path(engine: Transcriber, path: Path) -> float:
    """Decode, listen, transcribe, assemble, measure; the engine is loaded, as it is in a worker."""
    detector = load_detector()
    ears = FileEars(load_decoder(), lambda: detector, lambda: engine)
    parties = (Party.AGENT, Party.CUSTOMER)[: 1 if "mono" in path.name else 2]
    return seconds_of(lambda: transcribe_file(ears, Sound(path, RecordingKind.CALL, parties, "en")))


def by_command(model: Path, paths: Sequence[Path], threads: int) -> float:
    """The `whisper` command, once per channel: greedy, with word times, no window conditioned on the one before."""
    options = (
        "--language en --word_timestamps True --fp16 False --beam_size None --best_of None --output_format json "
        "--condition_on_previous_text False"
    )
    command = [sys.executable, "-m", "whisper", "--model", str(model), "--threads", str(threads), *options.split()]
    env = os.environ | {"PYTHONWARNINGS": "ignore"}
    return sum(
        seconds_of(
            lambda path=path: subprocess.run(  # type: ignore[misc]  # mypy knows no default of a lambda
                [*command, "--output_dir", str(path.parent), str(path)], check=True, capture_output=True, env=env
            )
        )
        for path in paths
    )


def by_library(folder: Path, channels: Sequence[SpeechChannel], threads: int) -> float:
    """faster-whisper itself on the same windows of speech."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)

    def run() -> None:
        for audio in _windows(channels):
            segments, _ = model.transcribe(
                audio,
                language="en",
                word_timestamps=True,
                condition_on_previous_text=False,
                hallucination_silence_threshold=2.0,
            )
            list(segments)

    run()
    return seconds_of(run)


def _windows(channels: Sequence[SpeechChannel]) -> Iterator[np.ndarray[tuple[int], np.dtype[np.float32]]]:
    for channel in channels:
        for window in pack_speech(channel.speech, window_seconds=_WINDOW_SECONDS, join_seconds=0.6):
            yield window_sound(channel.signal, window)


def main() -> None:
    """Print times and ratios of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=2.0, help="length of the call")
    parser.add_argument("--threads", type=int, default=1, help="processor threads of every side")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="voiceops-bench-") as name:
        _measure(Path(name), options.minutes, options.threads)


def _measure(folder: Path, minutes: float, threads: int) -> None:
    signals = make_call(minutes)
    call = write_wav(folder / "call.wav", signals)
    alone = [write_wav(folder / f"mono-{number}.wav", [signal]) for number, signal in enumerate(signals)]
    heard = [listen_to_channel(load_detector(), Party.UNKNOWN, signal) for signal in signals]
    channels = [SpeechChannel(one.signal, one.speech) for one in heard]
    audio = len(signals[0]) / SIGNAL_RATE_HZ
    spoken = sum(span.seconds for one in heard for span in one.speech)
    windows = list(_windows(channels))
    dense = _checkpoint(folder / "packed.pt", spoken=spoken / len(windows), seconds=_length(windows[0]))
    sparse = _checkpoint(folder / "paused.pt", spoken=spoken / (2 * math.ceil(audio / 30)), seconds=_WINDOW_SECONDS)
    print(f"call of {audio:.0f} s on two channels, {spoken:.0f} s of speech in both; {threads} thread(s)")
    print("all figures are seconds of processor time")
    engine = load_transcriber("whisper", {"model": str(dense), "device": "cpu", "threads": threads})
    whole_path(engine, alone[0])
    ours, half = whole_path(engine, call), whole_path(engine, alone[0])
    print(f"whole path, whisper:        {ours:6.1f} s, real-time factor {ours / audio:.2f}; one channel {half:.1f} s")
    theirs = by_command(sparse, alone, threads)
    print(f"whisper command per channel {theirs:6.1f} s: {theirs / ours:.1f} times ours")
    converted = convert_checkpoint(dense)
    fast = load_transcriber("faster-whisper", {"model": str(converted), "device": "cpu", "threads": threads})
    fast.transcribe(channels, language="en")
    engine_only = seconds_of(lambda: fast.transcribe(channels, language="en"))
    library = by_library(converted, channels, threads)
    print(f"faster-whisper: engine {engine_only:.1f} s, library on the speech alone {library:.1f} s")
    print(f"  the engine takes {engine_only / library - 1:+.0%}; whole path {whole_path(fast, call):.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process with both engines {peak:.0f} MiB")


def _checkpoint(path: Path, *, spoken: float, seconds: float) -> Path:
    """Weights that say in every window of that length what so many seconds of speech hold."""
    real = os.environ.get("VOICEOPS_BENCH_MODEL")
    said = _said(round(_WORDS_A_SECOND * spoken))
    return Path(real) if real else write_checkpoint(path, sentence=said, seconds=seconds, shape=LIKE_TINY)


def _length(audio: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    return len(audio) / SIGNAL_RATE_HZ


def _said(words: int) -> str:
    """So many words of plain English; in a loop Whisper would try again and again at other temperatures."""
    text = (Path(__file__).parents[1] / "docs" / "qa.md").read_text("utf-8").lower()
    return " ".join(re.findall(r"[a-z]+", text)[:words])


if __name__ == "__main__":
    main()
