"""Real worker processes on a real Redis and database: Redis goes and comes, workers die, models are missing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest

from tests.builders import a_recording, a_transcript
from voiceops.bootstrap import build_services
from voiceops.delivery.embedded_redis import EmbeddedRedis
from voiceops.domain.recording import Recording, RecordingKind, RecordingState
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.shipped import shipped_folder
from voiceops.usecases.ask_for_analysis import ask_for_analysis
from voiceops.usecases.receive_recording import Upload, receive_recording

needs_recogniser = pytest.mark.skipif(
    find_spec("pocketsphinx") is None, reason="the embedded recogniser is not installed"
)


@dataclass
class Workplace:
    """A data folder with database and Redis, and worker processes on it."""

    folder: Path
    redis: EmbeddedRedis
    database_url: str
    changes: Mapping[str, str]

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("VOICEOPS_")}
        return inherited | {
            "VOICEOPS_DATA_DIR": str(self.folder),
            "VOICEOPS_DATABASE_URL": self.database_url,
            "VOICEOPS_REDIS_URL": self.redis.url,
            "VOICEOPS_TRANSCRIBER": "pocketsphinx",
            "VOICEOPS_LEASE_SECONDS": "3",
            "VOICEOPS_IDLE_SECONDS": "1",
            "VOICEOPS_SWEEP_SECONDS": "0.2",
            **self.changes,
        }

    def services(self) -> Services:
        return build_services(
            Settings(
                _env_prefix="NONE_", data_dir=self.folder, database_url=self.database_url, redis_url=self.redis.url
            )
        )

    def recording(self, recording_id: str) -> Recording:
        with self.services().open_view() as unit:
            return unit.recordings.get(recording_id)

    def until_state(self, recording_id: str, *states: RecordingState) -> Recording:
        while (recording := self.recording(recording_id)).state not in states:
            time.sleep(0.1)
        return recording

    @contextmanager
    def process(self, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
        with (self.folder / f"{'-'.join(words)}.log").open("ab") as log:
            process = subprocess.Popen([sys.executable, "-m", *words], env=self.environment, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def until_logged(self, log: str, text: str) -> None:
        while text not in (self.folder / log).read_text():
            time.sleep(0.05)


@pytest.fixture
def workplace(tmp_path: Path, sqlite_url: str) -> Iterator[Workplace]:
    redis = EmbeddedRedis(tmp_path / "redis")
    yield Workplace(tmp_path, redis, sqlite_url, {})
    redis.stop()


def a_transcribed_call(services: Services) -> str:
    """A transcribed recording whose analysis is asked for; if Redis is away the nudge is lost."""
    recording = replace(a_recording(state=RecordingState.TRANSCRIBED), id=services.new_id())
    recording = replace(recording, sha256=recording.id.ljust(64, "0"))
    with services.open_unit() as unit:
        unit.recordings.add(recording)
        unit.transcripts.put(recording.id, a_transcript("agent: this call is recorded"))
        ask_for_analysis(unit, recording.id)
        unit.commit()
    return recording.id


def an_uploaded_voicemail(services: Services) -> str:
    path = next(shipped_folder("samples").glob("voicemails/01-*.flac"))
    with path.open("rb") as source:
        return receive_recording(services, Upload(path.name, source, RecordingKind.VOICEMAIL)).recording.id


def test_a_worker_outlives_a_redis_that_is_not_there_and_one_that_is_killed(workplace: Workplace) -> None:
    with workplace.process("workers.run", "analyse") as worker:
        workplace.until_logged("workers.run-analyse.log", "no Redis")
        workplace.redis.start()
        workplace.until_state(a_transcribed_call(workplace.services()), RecordingState.ANALYSED)
        assert workplace.redis.pid is not None
        os.kill(workplace.redis.pid, signal.SIGKILL)
        workplace.redis.stop()
        workplace.redis.start()
        workplace.until_state(a_transcribed_call(workplace.services()), RecordingState.ANALYSED)
        assert worker.poll() is None


def test_the_sweep_sends_what_was_asked_for_while_redis_was_away(workplace: Workplace) -> None:
    recording_id = a_transcribed_call(workplace.services())
    workplace.redis.start()
    with workplace.process("workers.run", "analyse"), workplace.process("workers.sweep"):
        workplace.until_state(recording_id, RecordingState.ANALYSED)


def test_an_idle_worker_stops_when_told_and_reports_success(workplace: Workplace) -> None:
    workplace.redis.start()
    with workplace.process("workers.run", "analyse") as worker:
        workplace.until_logged("workers.run-analyse.log", "worker ready")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait() == 0


@needs_recogniser
def test_a_worker_that_is_told_to_stop_gives_its_recording_back_without_costing_an_attempt(
    workplace: Workplace,
) -> None:
    workplace.redis.start()
    recording_id = an_uploaded_voicemail(workplace.services())
    with workplace.process("workers.run", "transcribe", "--grace", "0.1") as worker:
        workplace.until_state(recording_id, RecordingState.TRANSCRIBING)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait() == 0
    recording = workplace.recording(recording_id)
    assert recording.state is RecordingState.RECEIVED
    assert recording.attempts == 0
    assert recording.lease_until is None


@needs_recogniser
@pytest.mark.parametrize("victim", ["worker", "transcriber"])
def test_a_recording_whose_worker_or_transcriber_was_killed_is_transcribed_by_another_try(
    workplace: Workplace, victim: str
) -> None:
    workplace.redis.start()
    recording_id = an_uploaded_voicemail(workplace.services())
    with workplace.process("workers.run", "transcribe") as first:
        workplace.until_state(recording_id, RecordingState.TRANSCRIBING)
        kill = _transcriber_of(first) if victim == "transcriber" else first
        kill.kill()
        with (
            workplace.process("workers.run", "transcribe"),
            workplace.process("workers.run", "analyse"),
            workplace.process("workers.sweep"),
        ):
            recording = workplace.until_state(recording_id, RecordingState.ANALYSED, RecordingState.FAILED)
    assert recording.state is RecordingState.ANALYSED
    # A transcriber that was killed before it was asked is replaced without costing an attempt.
    assert recording.attempts == 2 if victim == "worker" else recording.attempts <= 2


def test_a_missing_model_is_said_at_start_and_ends_the_worker_with_status_2(workplace: Workplace) -> None:
    workplace.changes = {
        "VOICEOPS_TRANSCRIBER": "whisper",
        "VOICEOPS_MODEL": str(workplace.folder / "no-such-model.pt"),
    }
    ended = _run(workplace, "workers.run", "transcribe")
    assert ended.returncode == 2
    assert "no-such-model.pt" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("words", [("workers.run", "analyse"), ("workers.sweep",)])
def test_an_address_that_is_no_redis_is_said_at_start(workplace: Workplace, words: tuple[str, ...]) -> None:
    workplace.changes = {"VOICEOPS_REDIS_URL": "http://:s3cret@example.org"}
    ended = _run(workplace, *words)
    assert ended.returncode == 2
    assert "VOICEOPS_REDIS_URL" in ended.stderr
    assert "s3cret" not in ended.stderr
    assert "Traceback" not in ended.stderr


def _run(workplace: Workplace, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *words], env=workplace.environment, capture_output=True, text=True, check=False
    )


def _transcriber_of(worker: "subprocess.Popen[bytes]") -> psutil.Process:
    while True:
        for child in psutil.Process(worker.pid).children():
            if "spawn_main" in " ".join(child.cmdline()):
                return child
        time.sleep(0.05)
