"""Measures how long a recording waits for another worker after its own was killed in the middle of the job.

Run: python -m benchmarks.bench_worker_death (about a minute, most of it waiting)
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from voiceops.bootstrap import build_services
from voiceops.delivery.embedded_redis import EmbeddedRedis
from voiceops.domain.recording import RecordingKind, RecordingState
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.shipped import shipped_folder
from voiceops.storage.database import migrate
from voiceops.usecases.receive_recording import Upload, receive_recording

CALL = next(shipped_folder("samples").glob("calls/01-*.opus"))


def main() -> None:
    """Print how long the recording of a killed worker waits for another one."""
    with tempfile.TemporaryDirectory() as folder:
        measure_death(Path(folder))


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
