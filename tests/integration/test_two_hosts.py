"""Two hosts without a common disk work off one batch: they share PostgreSQL, Redis and a store that speaks S3."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.databases import a_postgresql_server
from tests.networks import Host, Network, a_network
from tests.object_stores import an_s3_server
from tests.spoken import a_spoken_wav
from tests.systems import services_on
from voiceops.delivery.embedded_redis import redis_program
from voiceops.domain.people import Role
from voiceops.domain.recording import RecordingState
from voiceops.ports import Page, RecordingFilter, Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.create_token import create_token

RECORDINGS = 24
PATIENCE_SECONDS = 240
PORT, REDIS_PORT = 8000, 6379

pytestmark = pytest.mark.timeout(420)


@pytest.fixture
def network(socket_enabled: None) -> Iterator[Network]:  # noqa: ARG001  asked for what it does
    """Two hosts."""
    with a_network(2) as network:
        yield network


@contextmanager
def a_redis(address: str, folder: Path) -> Iterator[str]:
    """It listens on that address with a password."""
    words = f"--bind {address} --port {REDIS_PORT} --requirepass secret --dir {folder}".split()
    with subprocess.Popen([str(redis_program()), *words, "--save", ""], stdout=subprocess.DEVNULL) as process:
        try:
            yield f"redis://:secret@{address}:{REDIS_PORT}/0"
        finally:
            process.kill()


@contextmanager
def parts(host: Host, folder: Path, shared: Mapping[str, str], *commands: str) -> Iterator[None]:
    """Parts of VoiceOps on a host, with a data folder and a log of its own."""
    folder.mkdir()
    environment = {"PATH": "/usr/bin:/bin", "VOICEOPS_DATA_DIR": str(folder), **shared}
    with ExitStack() as running, (folder / "log").open("wb") as log:
        for command in commands:
            words = [*host.prefix, sys.executable, "-m", "voiceops", *command.split()]
            process = subprocess.Popen(words, env=environment, stdout=log, stderr=log, cwd=folder)
            running.callback(process.wait, 30)
            running.callback(process.terminate)
        yield


def test_a_batch_is_worked_off_by_two_hosts_that_share_no_disk(network: Network, tmp_path: Path) -> None:
    here, (first, second) = network.address, network.hosts
    with (
        a_postgresql_server(address=here, friends=network.cidr) as database,
        a_redis(here, tmp_path) as redis_url,
        an_s3_server(tmp_path, host=here) as store,
    ):
        httpx.put(f"{store}/recordings", trust_env=False).raise_for_status()
        database.run("CREATE DATABASE house")
        shared = {
            "VOICEOPS_DATABASE_URL": f"postgresql+psycopg://voiceops@{here}/house",
            "VOICEOPS_REDIS_URL": redis_url,
            "VOICEOPS_RECORDINGS_URL": f"s3://key:secret@recordings/voiceops?endpoint={store}",
            "VOICEOPS_HOST": first.address,
            "VOICEOPS_PORT": str(PORT),
            "VOICEOPS_TRANSCRIBER": "scripted",
            "VOICEOPS_SCRIPTED_DELAY_SECONDS": "1",
        }
        migrate(shared["VOICEOPS_DATABASE_URL"])
        settings = Settings(
            data_dir=tmp_path / "none",
            database_url=shared["VOICEOPS_DATABASE_URL"],
            redis_url=redis_url,
            recordings_url=shared["VOICEOPS_RECORDINGS_URL"],
        )
        one, two = tmp_path / "one", tmp_path / "two"
        with (
            services_on(settings) as services,
            httpx.Client(base_url=f"http://{first.address}:{PORT}", trust_env=False) as client,
            parts(first, one, shared, "serve", "worker transcribe", "worker analyse", "worker sweep"),
            parts(second, two, shared, "worker transcribe", "worker analyse"),
        ):
            _, secret = create_token(services, name="sender", role=Role.ADMIN)
            client.headers["Authorization"] = f"Bearer {secret}"
            wait_for(client)
            sound = {send(client, number): number for number in range(RECORDINGS)}
            deadline = time.monotonic() + PATIENCE_SECONDS
            while (states := states_of(services)) != {RecordingState.ANALYSED}:
                assert time.monotonic() < deadline, states
                time.sleep(0.2)
            for recording_id, number in sound.items():
                played = client.get(f"/api/v1/recordings/{recording_id}/audio").raise_for_status()
                assert played.content == a_spoken_wav(seed=number)
        done = [(folder / "log").read_text().count("transcribed ") for folder in (one, two)]
        assert sum(done) == RECORDINGS
        assert min(done) >= RECORDINGS // 4, f"one host did nearly nothing: {done}"
        kept = [path for folder in (one, two) for path in folder.rglob("*") if path.is_file() and path.name != "log"]
        assert kept == []


def send(client: httpx.Client, number: int) -> str:
    """An upload; its recording's id."""
    files = {"file": (f"{number}.wav", a_spoken_wav(seed=number))}
    answer = client.post("/api/v1/recordings", data={"kind": "call"}, files=files)
    recording_id: str = answer.raise_for_status().json()["id"]
    return recording_id


def states_of(services: Services) -> set[RecordingState]:
    """Of all recordings."""
    with services.open_view() as unit:
        return {one.state for one in unit.recordings.list(RecordingFilter(), Page(limit=1000))}


def wait_for(client: httpx.Client) -> None:
    """Until the API is ready."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if client.get("/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    pytest.fail("The API never answered.")
