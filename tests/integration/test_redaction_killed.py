"""A worker that is killed at any moment leaves a recording with its file, and no sound that nobody knows to remove."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.audio_files import write_audio
from tests.integration.test_redaction import WAV, TimedTranscriber, noise, stored, that_keeps, that_masks
from tests.systems import System
from voiceops.domain.recording import Recording, RecordingKind, RecordingState
from voiceops.usecases.finish_redactions import finish_redactions
from voiceops.usecases.receive_recording import Upload, receive_recording

RECORDINGS = 4
ROOT = Path(__file__).parents[2]
# A worker with one recording; it begins when it is told to, with all that takes long to load in its memory.
WORK = """
import sys
from pathlib import Path
from tests.integration.test_redaction_killed import ready
from tests.systems import System
from voiceops.usecases.transcribe_recording import transcribe_recording
url, folder, recording_id, passed_seconds = sys.argv[1:]
system = ready(System(url, Path(folder)))
system.clock.passes(seconds=float(passed_seconds))
print("ready", flush=True)
sys.stdin.readline()
transcribe_recording(system.services, recording_id)
"""


def ready(system: System) -> System:
    system.paused = True
    return that_keeps(that_masks(system, TimedTranscriber()))


def received(system: System, folder: Path, number: int) -> Recording:
    path = write_audio(folder / f"{number}.wav", WAV, [noise(number), noise(number + 100)])
    with path.open("rb") as source:
        return receive_recording(system.services, Upload(path.name, source, RecordingKind.CALL)).recording


def is_left_in_order(system: System, recording: Recording) -> bool:
    """Its file is there, and the one that was sent only as long as it is needed or the row says that it goes."""
    row, files = stored(system, recording), system.services.files
    is_known = row.redacted_sha256 is None or row.replaced_sha256 == row.sha256
    return files.exists(row.file_sha256) and (is_known or not files.exists(row.sha256))


def killed(arguments: list[str], after_seconds: float | None) -> float:
    """For how long a worker worked, which is killed after some time, or never."""
    command = [sys.executable, "-c", WORK, *arguments]
    pipe, silent = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=silent, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        began = time.monotonic()
        try:
            worker.communicate("go\n", timeout=after_seconds)
        except subprocess.TimeoutExpired:
            worker.kill()
        return time.monotonic() - began


def test_whenever_a_worker_is_killed_no_state_loses_a_file_or_forgets_one(
    make_system: Callable[[str], System], database_url: str, tmp_path: Path
) -> None:
    system = ready(make_system(database_url))
    chance, rounds, passed = random.Random(17), 0, 0.0  # noqa: S311  repeatable, not secret
    recordings = [received(system, tmp_path, number) for number in range(RECORDINGS)]
    longest = killed([database_url, str(tmp_path), recordings[0].id, "0"], None)
    for recording in recordings[1:]:
        while stored(system, recording).state is not RecordingState.TRANSCRIBED:
            passed, rounds = passed + 1000, rounds + 1
            killed([database_url, str(tmp_path), recording.id, str(passed)], chance.uniform(0.1, 1.1) * longest)
            assert is_left_in_order(system, recording)
    finish_redactions(system.services)
    rows = [stored(system, one) for one in recordings]
    assert rounds >= len(recordings) - 1
    assert set(system.services.files.all_sha256()) == {sha256 for one in rows for sha256 in one.files}
    assert all(one.redacted_sha256 and one.original_sha256 and one.replaced_sha256 is None for one in rows)
