"""Measures what docs/decisions/0001-lanes.md rests on: loading, time limits, and a worker killed in its job.

Run `python benchmarks/bench_worker_death.py`; it takes about three minutes, most of them waiting.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from voiceops.bootstrap import build_services
from voiceops.delivery.embedded_redis import EmbeddedRedis
from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.domain.transcript import Span
from voiceops.engines import load_decoder, load_detector, load_transcriber
from voiceops.engines.hosted_transcriber import HostedTranscriber, TimeLimit
from voiceops.errors import EngineFailed
from voiceops.ports import Services, SpeechChannel
from voiceops.settings import Settings
from voiceops.shipped import shipped_folder
from voiceops.storage.database import migrate
from voiceops.usecases.receive_recording import Upload, receive_recording

CALL = next(shipped_folder("samples").glob("calls/01-*.opus"))


def main() -> None:
    """Print one line per measurement."""
    with tempfile.TemporaryDirectory() as folder:
        audio = load_decoder().decode(CALL, Path(folder))
        channels = [SpeechChannel(signal_, load_detector().detect(signal_)) for signal_ in audio.signals]
        measure_loading(channels[0])
        measure_alarm(channels)
        measure_hosted_limit(channels)
    with tempfile.TemporaryDirectory() as folder:
        measure_death(Path(folder))


def measure_loading(channel: SpeechChannel) -> None:
    """The first call of a hosted engine starts its process and loads the model; the second does not."""
    hosted = HostedTranscriber("pocketsphinx", {})
    second_of_silence = SpeechChannel(channel.signal[:16_000], channel.speech[:0])
    for name in ("first call: start the process, load the model", "second call, the model is there"):
        begun = time.perf_counter()
        hosted.transcribe([second_of_silence], language="en")
        print(f"{name}: {time.perf_counter() - begun:.2f} s")
    hosted.close()


def measure_alarm(channels: list[SpeechChannel]) -> None:
    """RQ's own time limit is SIGALRM; Python runs its handler only between two native calls."""
    engine = load_transcriber("pocketsphinx", {})
    engine.transcribe([SpeechChannel(channels[0].signal[:16_000], ())], language="en")
    joined = [SpeechChannel(one.signal, (Span(0.0, 28.0),)) for one in channels]

    def alarm(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, alarm)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    begun = time.perf_counter()
    try:
        engine.transcribe(joined, language="en")
    except TimeoutError:
        print(f"a limit of 0.5 s by SIGALRM took effect after {time.perf_counter() - begun:.2f} s")


def measure_hosted_limit(channels: list[SpeechChannel]) -> None:
    """The hosted engine is killed at its limit, whatever it is doing."""
    hosted = HostedTranscriber("pocketsphinx", {}, limit=TimeLimit(0.5, 0.0))
    try:
        hosted.check()
    except EngineFailed:
        hosted.close()
    begun = time.perf_counter()
    try:
        hosted.transcribe(channels, language="en")
    except EngineFailed:
        print(f"a limit of 0.5 s by killing the process took effect after {time.perf_counter() - begun:.2f} s")


def measure_death(folder: Path) -> None:
    """With the settings as they come: a worker is killed in its job, another one and the sweep go on."""
    redis = EmbeddedRedis(folder / "redis")
    redis.start()
    settings = Settings(_env_prefix="NONE_", data_dir=folder, redis_url=redis.url, transcriber="pocketsphinx")
    migrate(settings.database)
    services = build_services(settings)
    with CALL.open("rb") as source:
        recording_id = receive_recording(services, Upload(CALL.name, source, RecordingKind.CALL)).recording.id
    environment = os.environ | {
        "VOICEOPS_DATA_DIR": str(folder),
        "VOICEOPS_REDIS_URL": redis.url,
        "VOICEOPS_TRANSCRIBER": "pocketsphinx",
    }

    def start(*words: str) -> "subprocess.Popen[bytes]":
        log = subprocess.DEVNULL
        return subprocess.Popen([sys.executable, "-m", *words], env=environment, stdout=log, stderr=log)

    first = start("workers.run", "transcribe")
    _until(services, recording_id, attempts=1)
    others = [start("workers.run", "transcribe"), start("workers.sweep")]
    first.kill()
    first.wait()
    begun = time.perf_counter()
    _until(services, recording_id, attempts=2)
    print(f"a killed worker's recording was taken by another one after {time.perf_counter() - begun:.0f} s")
    for process in others:
        process.kill()
        process.wait()
    redis.stop()


def _until(services: Services, recording_id: str, *, attempts: int) -> None:
    while True:
        with services.open_view() as unit:
            recording = unit.recordings.get(recording_id)
        if recording.state is RecordingState.TRANSCRIBING and recording.attempts == attempts:
            return
        time.sleep(0.1)


if __name__ == "__main__":
    main()
