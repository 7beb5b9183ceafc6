"""What the API answers while the database is away or the disk is full, and what is left of it."""

from collections.abc import Iterator
from pathlib import Path
from signal import SIGQUIT

import pytest

from tests.api_door import a_wav, open_door, upload
from tests.databases import PostgresqlServer, a_postgresql_server
from tests.disks import small_disk
from voiceops.storage.database import migrate


@pytest.fixture
def server() -> Iterator[PostgresqlServer]:
    """A server that this test may crash."""
    with a_postgresql_server() as running:
        migrate(running.url("postgres"))
        yield running


def test_while_the_database_is_away_everybody_is_told_when_to_come_back_and_then_all_is_well(
    server: PostgresqlServer, redis_url: str, tmp_path: Path
) -> None:
    with open_door(tmp_path, database_url=server.url("postgres"), redis_url=redis_url) as door:
        client = door.client()
        assert upload(client, a_wav()).status_code == 201
        server.stop(SIGQUIT)
        for answer in (upload(client, a_wav(value=2)), client.get("/api/v1/recordings"), client.get("/readyz")):
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
        assert len(door.files()) == 1
        server.start()
        assert upload(client, a_wav(value=2)).status_code == 201
        assert len(door.recordings()) == len(door.files()) == 2


def test_on_a_full_disk_an_upload_is_refused_with_what_to_do_and_leaves_no_half_file(
    sqlite_url: str, redis_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "small"
    with small_disk(folder, mib=1) as is_small, open_door(folder, database_url=sqlite_url, redis_url=redis_url) as door:
        if not is_small:
            pytest.skip("only root on a machine that allows mounting can make a small disk")
        answer = upload(door.client(), a_wav(60))
        assert answer.status_code == 507
        assert int(answer.headers["Retry-After"]) > 0
        assert "Make room" in answer.json()["next_step"]
        assert door.soon_holds_nothing()
        assert upload(door.client(), a_wav(1)).status_code == 201
