"""A real server that speaks S3, for tests: one for each test process, a new bucket for each test."""

import itertools
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.databases import running

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server."""
    with an_s3_server(tmp_path_factory.mktemp("s3")) as url:
        yield url


@contextmanager
def an_s3_server(folder: Path, *, host: str = "127.0.0.1") -> Iterator[str]:
    """A running server for the length of the block; its address."""
    with socket.socket() as free:
        free.bind((host, 0))
        port = free.getsockname()[1]
    url = f"http://{host}:{port}"

    def answers() -> bool:
        try:
            return httpx.get(f"{url}/moto-api/", trust_env=False).is_success
        except httpx.TransportError:
            return False

    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", host, "-p", str(port)]
    with running(command, folder=folder, answers=answers):
        yield url


@pytest.fixture
def s3_url(s3_server: str) -> str:
    """A store without any object, as the settings name one."""
    bucket = f"recordings-{next(_numbers)}"
    httpx.put(f"{s3_server}/{bucket}", trust_env=False).raise_for_status()
    return f"s3://key:secret@{bucket}/voiceops?endpoint={s3_server}"
