"""Whether a worker's memory stays flat over 200 recordings of many lengths and formats.

A real worker process of the transcribe lane, its engine in a child, on Redis and SQLite, hears calls of 2 to 12
seconds, one channel or two, in every format of the tests, with a made Whisper checkpoint of tiny's size. What both
processes hold is read after each recording; a line every now and then tells it. Flat means that the
last quarter's most is within five parts in a hundred of the second quarter's; the first quarter fills caches.
Run: python -m benchmarks.bench_worker_memory [--recordings 200]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.speech_calls import make_call
from tests.audio_files import ENCODINGS, Encoding, Samples, write_audio
from tests.listening_checkpoints import write_listening_checkpoint
from voiceops.bootstrap import build_services
from voiceops.delivery.embedded_redis import EmbeddedRedis
from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.ports import SIGNAL_RATE_HZ, Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.receive_recording import Upload, receive_recording

MIB = 1024**2
LINES = (10, 50, 100, 150, 200)
MOST_GROWTH = 0.05
_WAITING = (RecordingState.RECEIVED, RecordingState.TRANSCRIBING)


def main() -> None:
    """Print the lines and the verdict; ends with 1 if memory grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recordings", type=int, default=200)
    count = parser.parse_args().recordings
    with tempfile.TemporaryDirectory(prefix="voiceops-bench-") as name:
        folder = Path(name)
        model = write_listening_checkpoint(folder / "listening.pt")
        held: list[float] = []
        for mib in memory_after_each(folder, {"VOICEOPS_MODEL": str(model), "VOICEOPS_THREADS": "1"}, count):
            held.append(mib)
            if len(held) in {*LINES, count}:
                print(f"after {len(held):3} recordings {mib:.0f} MiB, the most so far {max(held):.0f}", flush=True)
    grown = growth(held)
    print(
        f"{'flat' if grown <= MOST_GROWTH else 'NOT FLAT'}: the last quarter's most is {grown:+.1%} over the second's"
    )
    sys.exit(0 if grown <= MOST_GROWTH else 1)


def growth(held: Sequence[float]) -> float:
    """How much more the last quarter's most is than the second quarter's, as a share of that."""
    quarter = len(held) // 4
    return max(held[-quarter:]) / max(held[quarter : 2 * quarter]) - 1


def memory_after_each(folder: Path, changes: Mapping[str, str], count: int) -> Iterator[float]:
    """What worker and engine hold together after each recording, in MiB."""
    redis = EmbeddedRedis(folder / "redis")
    redis.start()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("VOICEOPS_")}
    own = {"VOICEOPS_DATA_DIR": str(folder), "VOICEOPS_REDIS_URL": redis.url, "VOICEOPS_LOG_LEVEL": "warning"}
    settings = Settings(_env_prefix="NONE_", data_dir=folder, redis_url=redis.url)
    migrate(settings.database)
    services = build_services(settings)
    try:
        with _worker({**inherited, **own, **changes}) as worker:
            for path in _recordings(folder, count):
                _heard(services, path, worker)
                family = [worker, *worker.children(recursive=True)]
                yield sum(one.memory_info().rss for one in family) / MIB
    finally:
        redis.stop()


@contextmanager
def _worker(environment: Mapping[str, str]) -> Iterator[psutil.Process]:
    process = subprocess.Popen([sys.executable, "-m", "workers.run", "transcribe"], env=environment)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def _heard(services: Services, path: Path, worker: psutil.Process) -> None:
    with path.open("rb") as source:
        recording_id = receive_recording(services, Upload(path.name, source, RecordingKind.CALL)).recording.id
    path.unlink()
    while True:
        with services.open_view() as unit:
            state = unit.recordings.get(recording_id).state
        if state not in _WAITING:
            break
        if not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE:
            sys.exit("the worker has ended: see what it said above")
        time.sleep(0.05)
    if state is RecordingState.FAILED:
        sys.exit(f"{path.name} was not transcribed")


def _recordings(folder: Path, count: int) -> Iterator[Path]:
    """Each another stretch of made calls, in the formats in turn."""
    signals, chance = make_call(4), np.random.default_rng(0)
    encodings = list(ENCODINGS.items())
    for number in range(count):
        name, encoding = encodings[number % len(encodings)]
        seconds = float(chance.uniform(2, 12))
        begin = round(float(chance.uniform(0, 200)) * SIGNAL_RATE_HZ)
        sides = signals[: 1 if "amr" in name else int(chance.integers(1, 3))]
        cut = [_at_rate(side[begin : begin + round(seconds * SIGNAL_RATE_HZ)], encoding) for side in sides]
        yield write_audio(folder / f"{number}{encoding.suffix}", encoding, cut)


def _at_rate(samples: Samples, encoding: Encoding) -> Samples:
    times = np.arange(0, len(samples) / SIGNAL_RATE_HZ, 1 / encoding.rate_hz)
    resampled: Samples = np.interp(times * SIGNAL_RATE_HZ, np.arange(len(samples)), samples).astype(np.int16)
    return resampled


if __name__ == "__main__":
    main()
