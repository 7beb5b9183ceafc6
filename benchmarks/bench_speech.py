"""How fast two-channel calls are transcribed: a worker beside the `whisper` command on each channel, and the engine
faster-whisper beside its own library on the speech alone; how time and memory grow with length, channels and workers.

All sides get one checkpoint. Made by hand, of tiny's size, it says in each window about as many words as there is
speech, so it costs what a trained one costs, however a side cuts its windows. VOICEOPS_BENCH_MODEL names a real one
instead. Rounds alternate who begins; of several the median counts. Run it on a machine that does nothing else.
Run: python -m benchmarks.bench_speech [--minutes 1,5,20] [--threads 1]
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.speech_calls import make_call, write_wav
from benchmarks.speech_sides import Took, Worker, by_command, by_library, timed
from tests.listening_checkpoints import write_listening_checkpoint
from voiceops.domain.recording import Party
from voiceops.engines import load_detector, load_transcriber
from voiceops.engines.convert_checkpoint import convert_checkpoint
from voiceops.ports import SIGNAL_RATE_HZ, SpeechChannel
from voiceops.usecases.listen_to_channel import listen_to_channel

_MOST_ROUNDS = 3
_MIDDLE = 1  # of the lengths: the one on which channels, workers and faster-whisper are compared


@dataclass(frozen=True)
class Call:
    """One call as a file of two channels and as two files of one; `channels` are listened to."""

    path: Path
    alone: Sequence[Path]
    channels: Sequence[SpeechChannel]

    @property
    def audio(self) -> float:
        """Its length in seconds."""
        return len(self.channels[0].signal) / SIGNAL_RATE_HZ

    @property
    def spoken(self) -> float:
        """Seconds of speech on both channels."""
        return sum(span.seconds for channel in self.channels for span in channel.speech)


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", default="1,5,20", help="lengths of the calls")
    parser.add_argument("--threads", type=int, default=1, help="processor threads of every side")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="voiceops-bench-") as name:
        folder, lengths = Path(name), [float(length) for length in options.minutes.split(",")]
        calls = [_call(folder, length) for length in lengths]
        real = os.environ.get("VOICEOPS_BENCH_MODEL")
        model = Path(real) if real else write_listening_checkpoint(folder / "listening.pt")
        print(f"the same checkpoint for all sides: {model.name}; {options.threads} thread(s) each")
        _beside_the_command(model, calls, options.threads)
        middle = calls[min(_MIDDLE, len(calls) - 1)]
        _beside_the_library(model, middle, options.threads)
        _by_workers(_options(model, options.threads), middle)


def _beside_the_command(model: Path, calls: Sequence[Call], threads: int) -> None:
    print("\nwhisper: seconds of the clock, and times less than the command on each channel")
    with closing(Worker("whisper", _options(model, threads))) as worker:
        for call in calls:
            rounds = max(1, min(_MOST_ROUNDS, round(600 / call.audio)))
            ours, theirs = _alternately(
                lambda call=call: worker.hear(call.path),  # type: ignore[misc]  # mypy knows no default of a lambda
                lambda call=call: by_command(model, call.alone, threads),  # type: ignore[misc]  # as above
                rounds=rounds,
            )
            print(f"  call of {call.audio:.0f} s, {call.spoken:.0f} s of speech on both channels; {rounds} round(s)")
            print(f"    ours {ours.seconds:.1f}, command {theirs.seconds:.1f}: {_ratio(theirs, ours)}")
            print(f"    real-time factor {ours.seconds / call.audio:.3f}; peak memory {_peaks(ours, theirs)}")
        middle = calls[min(_MIDDLE, len(calls) - 1)]
        one, both = worker.hear(middle.alone[0], channels=1), worker.hear(middle.path)
    print(f"  of {middle.audio:.0f} s one channel takes {one.seconds:.1f}, both {both.seconds:.1f}")


def _beside_the_library(model: Path, call: Call, threads: int) -> None:
    folder = convert_checkpoint(model)
    engine = load_transcriber("faster-whisper", _options(folder, threads))
    library = by_library(folder, call.channels, threads)

    def hear() -> object:
        return engine.transcribe(call.channels, language="en")

    hear(), library()
    ours, theirs = _alternately(lambda: timed(hear), lambda: timed(library), rounds=2)
    with closing(Worker("faster-whisper", _options(folder, threads))) as worker:
        whole = worker.hear(call.path)
    print(
        f"\nfaster-whisper on the {call.spoken:.0f} s of speech in {call.audio:.0f} s: library {theirs.seconds:.1f} s"
    )
    print(f"  our engine {ours.seconds:.1f} s, {ours.processor_seconds / theirs.processor_seconds - 1:+.0%}")
    print(f"  whole path {whole.seconds:.1f} s, real-time factor {whole.seconds / call.audio:.3f}")


def _by_workers(options: Mapping[str, object], call: Call) -> None:
    print(f"\nworkers on {os.cpu_count()} cores, hours of calls in an hour:")
    for count in (1, 2):
        workers = [Worker("whisper", options) for _ in range(count)]
        begun = time.perf_counter()
        for worker in workers:
            worker.begin(call.path)
        peaks = [worker.took().peak_mib for worker in workers]
        seconds = time.perf_counter() - begun
        print(f"  {count}: {count * call.audio / seconds:.1f}, peak memory of one {max(peaks):.0f} MiB")
        for worker in workers:
            worker.close()


def _alternately(ours: Callable[[], Took], theirs: Callable[[], Took], *, rounds: int) -> tuple[Took, Took]:
    """The median of each, who begins changing from round to round."""
    kept: tuple[list[Took], list[Took]] = ([], [])
    for number in range(rounds):
        for side in (0, 1) if number % 2 == 0 else (1, 0):
            kept[side].append((ours, theirs)[side]())
    first, second = (_median(took) for took in kept)
    return first, second


def _median(took: Sequence[Took]) -> Took:
    return Took(*(median(values) for values in zip(*(vars(one).values() for one in took), strict=True)))


def _ratio(theirs: Took, ours: Took) -> str:
    clock = theirs.seconds / ours.seconds
    return f"{clock:.1f} times ({theirs.processor_seconds / ours.processor_seconds:.1f} of processor time)"


def _peaks(ours: Took, theirs: Took) -> str:
    return f"{ours.peak_mib:.0f} MiB, of the command {theirs.peak_mib:.0f}"


def _call(folder: Path, minutes: float) -> Call:
    signals, detector = make_call(minutes), load_detector()
    heard = [listen_to_channel(detector, Party.UNKNOWN, signal) for signal in signals]
    return Call(
        write_wav(folder / f"{minutes:g}.wav", signals),
        [write_wav(folder / f"{minutes:g}-{number}.wav", [signal]) for number, signal in enumerate(signals)],
        [SpeechChannel(one.signal, one.speech) for one in heard],
    )


def _options(model: Path, threads: int) -> Mapping[str, object]:
    return {"model": str(model), "device": "cpu", "threads": threads}


if __name__ == "__main__":
    main()
