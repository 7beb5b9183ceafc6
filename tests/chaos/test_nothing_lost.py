"""Whatever dies, whenever it dies: every acknowledged upload ends in a final state, and nothing happens twice.

Real processes with a stand-in recogniser. `make chaos` takes more recordings and more seeds.
"""

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.builders import an_opening_set
from tests.chaos.losses import Expected, all_recordings, find_losses
from tests.chaos.sending import Sending
from tests.chaos.troubles import fill_disk, hold_redis, killing, stop_database, wipe_redis
from tests.databases import PostgresqlServer, a_postgresql_server
from tests.disks import small_disk
from tests.systems import services_on
from voiceops.cli.up import address, environment_of, system, with_port
from voiceops.delivery.embedded_redis import EmbeddedRedis
from voiceops.domain.people import Role
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.usecases.create_token import create_token
from voiceops.usecases.upload_keyword_set import upload_keyword_set

RECORDINGS = int(os.environ.get("CHAOS_RECORDINGS", "40"))
SEEDS = [int(seed) for seed in os.environ.get("CHAOS_SEEDS", "8").split(",")]
OUTAGE_SECONDS = 10 if RECORDINGS > 100 else 4
PER_SECOND = 3
# How long the rest may take once nothing dies any more: leases run out, parts that died often start again.
CALM_SECONDS = 180 + RECORDINGS

pytestmark = pytest.mark.timeout(900 + 5 * RECORDINGS)


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Iterator[PostgresqlServer | None]:
    """A PostgreSQL that may crash, or None for SQLite."""
    if request.param == "sqlite":
        yield None
        return
    with a_postgresql_server() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder on a disk that can be filled; its logs outlive the test."""
    folder = tmp_path / "data"
    with small_disk(folder, mib=96):
        yield folder
        shutil.copytree(folder / "logs", tmp_path / "logs")


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_and_nothing_happens_twice_whatever_dies(
    folder: Path, server: PostgresqlServer | None, seed: int
) -> None:
    settings = settings_for(folder, server)
    with system(settings, say=lambda _: None) as supervisor, services_on(settings) as services:
        supervisor.wait_until_ready()
        began = time.monotonic()
        activate(services, version=1)
        _, secret = create_token(services, name="sender", role=Role.INGEST)
        sending = Sending(address(settings), secret, count=RECORDINGS, seconds=RECORDINGS / PER_SECOND, seed=seed)
        with (
            sending.running(patience_seconds=CALM_SECONDS),
            a_second_sweep(settings),
            killing(supervisor, sending, seed=seed, frozen_seconds=2 * settings.lease_seconds) as killed,
        ):
            sending.wait_for(0.25)
            wipe_redis(folder)
            sending.wait_for(0.4)
            hold_redis(folder, seconds=OUTAGE_SECONDS)
            sending.wait_for(0.5)
            stop_database(settings.database, server, seconds=OUTAGE_SECONDS)
            activate(services, version=2)
            sending.wait_for(0.75)
            if folder.is_mount():
                fill_disk(folder, seconds=OUTAGE_SECONDS / 2)
            sending.wait_for(1)
        expected = Expected(RECORDINGS, sending.acknowledged, version=2, files=folder / "recordings")
        calm_since = time.monotonic()
        while (lost := find_losses(services, expected)) and time.monotonic() < calm_since + CALM_SECONDS:
            time.sleep(0.5)
        with services.open_view() as unit:
            states = Counter(recording.state.value for recording in all_recordings(unit))
    figures = (
        f"seed {seed}: {RECORDINGS} recordings, {killed.total()} kills {dict(killed)}, "
        f"answers {dict(sending.answers)}, in the end {dict(states)}; {time.monotonic() - began:.0f} s, the last "
        f"{time.monotonic() - calm_since:.0f} in calm"
    )
    print(figures)  # noqa: T201  for whoever runs `make chaos`
    assert not lost, "\n".join([figures, *lost])
    assert sending.answers.keys() <= {0, 200, 201, 503, 507}, figures
    assert_logs_tell_nothing_private(folder / "logs", secret)
    if not folder.is_mount():
        pytest.skip("all but the full disk was tried: only root may mount a small one")


@contextmanager
def a_second_sweep(settings: Settings) -> Iterator[None]:
    """One more sweep beside the supervised one, as on a second machine."""
    redis = EmbeddedRedis(settings.data_dir / "redis").url
    environment = environment_of(settings.model_copy(update={"redis_url": SecretStr(redis)}))
    command = [sys.executable, "-m", "workers.sweep"]
    with (settings.data_dir / "logs" / "second-sweep.log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield
        assert process.poll() is None, "the second sweep ended"
    finally:
        process.terminate()
        assert process.wait() == 0


def assert_logs_tell_nothing_private(folder: Path, secret: str) -> None:
    """Neither what was said nor whose number it was nor a secret."""
    for path in folder.glob("*.log*"):
        text = path.read_text(encoding="utf-8", errors="replace")
        for private in (secret, "call is recorded", "my number is", "1212555"):
            assert private not in text, f"{path.name}: {private}"


def settings_for(folder: Path, server: PostgresqlServer | None) -> Settings:
    """Short times, so that what died is found soon."""
    return with_port(
        Settings(
            _env_prefix="NONE_",
            data_dir=folder,
            database_url=server.url("postgres") if server is not None else None,
            port=0,
            transcriber="scripted",
            scripted_delay_seconds=1,
            transcribe_workers=2,
            reanalyse_workers=1,
            lease_seconds=4,
            idle_seconds=2,
            sweep_seconds=0.5,
        )
    )


def activate(services: Services, *, version: int) -> None:
    """From now on, and for all calls so far, this version of the keyword set counts."""
    text = an_opening_set(version, "this call is recorded")
    upload_keyword_set(services, text, file_name="opening.yaml", uploaded_by="test")
