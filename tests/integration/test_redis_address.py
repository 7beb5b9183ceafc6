"""The addresses of Redis that operators write: with TLS and a password, and sentinels that change the master."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from tests.certificates import write_certificate
from voiceops.delivery.embedded_redis import redis_program
from voiceops.delivery.redis_address import connect, masked
from voiceops.delivery.rq_job_queue import RqJobQueue
from voiceops.errors import BadInput
from voiceops.ports import Job, JobName, Lane
from voiceops.settings import Settings
from voiceops.storage.database import migrate

PATIENCE_SECONDS = 60


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def running(*words: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A redis-server with these arguments; killed at the end."""
    with subprocess.Popen([str(redis_program()), *words], stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(client: Redis) -> None:
    """Until it answers."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            client.ping()
        except RedisError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Redis does not answer.")


def test_jobs_go_through_tls_with_a_password(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path)
    port = a_free_port()
    tls = ["--port", "0", "--tls-port", str(port), "--tls-cert-file", str(certificate), "--tls-key-file", str(key)]
    tls += ["--tls-ca-cert-file", str(certificate), "--tls-auth-clients", "no"]
    if shutil.which("redis-server") is None:
        pytest.skip("only Debian's redis-server speaks TLS: apt-get install redis-server")
    with running(*tls, "--requirepass", "secret", "--dir", str(tmp_path), "--save", ""):
        address = f"rediss://:secret@127.0.0.1:{port}/0?ssl_ca_certs={certificate}"
        wait_for(connect(address, patience_seconds=1))
        queue = RqJobQueue(address)
        queue.enqueue(Job(JobName.ANALYSE, Lane.ANALYSE, "r", timeout_seconds=60))
        assert queue.depths()[Lane.ANALYSE] == 1
        assert "secret" not in repr(queue)


def test_jobs_go_to_whoever_is_the_master_by_the_word_of_the_sentinels(tmp_path: Path) -> None:
    master, replica, sentinel = a_free_port(), a_free_port(), a_free_port()
    watch = tmp_path / "sentinel.conf"
    watch.write_text(
        f"port {sentinel}\ndir {tmp_path}\nrequirepass lookout\nsentinel monitor house 127.0.0.1 {master} 1\n"
        "sentinel auth-pass house secret\nsentinel down-after-milliseconds house 500\n"
        "sentinel failover-timeout house 2000\n",
        encoding="utf-8",
    )
    login = ("--requirepass", "secret", "--masterauth", "secret", "--dir", str(tmp_path), "--save", "")
    with (
        running("--port", str(master), *login) as first,
        running("--port", str(replica), *login, "--replicaof", f"127.0.0.1 {master}"),
    ):
        second = connect(f"redis://:secret@127.0.0.1:{replica}/0", patience_seconds=1)
        wait_for(second)
        wait_until(lambda: second.info("replication")["master_link_status"] == "up")
        with running(str(watch), "--sentinel"):
            address = f"redis+sentinel://:secret@127.0.0.1:{sentinel}/house/0?sentinel_password=lookout"
            wait_for(connect(address, patience_seconds=1))
            queue = RqJobQueue(address)
            queue.enqueue(Job(JobName.ANALYSE, Lane.ANALYSE, "before", timeout_seconds=60))
            lookout = connect(f"redis://:lookout@127.0.0.1:{sentinel}/0", patience_seconds=1)
            wait_until(lambda: len(lookout.sentinel_slaves("house")) == 1)
            wait_until(lambda: second.llen("rq:queue:voiceops-analyse") == 1)
            first.kill()
            wait_until(lambda: second.info("replication")["role"] == "master")
            wait_for(connect(address, patience_seconds=1))
            queue.enqueue(Job(JobName.ANALYSE, Lane.ANALYSE, "after", timeout_seconds=60))
            assert queue.depths()[Lane.ANALYSE] == 2
            with a_worker(tmp_path / "data", address):
                wait_until(lambda: queue.depths()[Lane.ANALYSE] == 0)


@contextmanager
def a_worker(folder: Path, redis_url: str) -> Iterator[None]:
    """A process of the lane for analysis."""
    environment = {"VOICEOPS_DATA_DIR": str(folder), "VOICEOPS_REDIS_URL": redis_url}
    folder.mkdir()
    migrate(Settings(data_dir=folder, database_url=None).database)
    with subprocess.Popen([sys.executable, "-m", "workers.run", "analyse"], env=os.environ | environment) as process:
        try:
            yield
        finally:
            process.terminate()


def wait_until(holds: Callable[[], bool]) -> None:
    """Until it holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "It never held."
        time.sleep(0.1)


@pytest.mark.parametrize(
    "address",
    [
        "redis+sentinel://host:26379",
        "redis+sentinel://:x@/house",
        "redis+sentinel://host:port/house",
        "redis+sentinel://host/house/first",
        "http://host",
    ],
)
def test_what_is_no_address_is_said_to_be_none(address: str) -> None:
    with pytest.raises(BadInput, match="not the address of a Redis server"):
        connect(address, patience_seconds=1)


def test_a_shown_address_has_no_password_in_it() -> None:
    address = "rediss+sentinel://name:secret@a:1,b:2/house/0?sentinel_password=lookout"
    assert masked(address) == "rediss+sentinel://***@a:1,b:2/house/0"
