"""Models are known by their digests, and only whole ones come into the folder."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import whisper
from typer.testing import CliRunner, Result

from tests.checkpoints import write_checkpoint
from tests.model_servers import ModelServer, a_model_server
from voiceops.cli import build_app
from voiceops.engines import load_transcriber, whisper_checkpoints
from voiceops.engines.whisper_checkpoints import Checkpoint, is_whole, published_checkpoints, take_blocks
from voiceops.errors import BadInput, MissingPart, Unavailable


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICEOPS_MODEL_DIR", str(tmp_path / "models"))
    return tmp_path / "models"


def voiceops(arguments: Sequence[str]) -> Result:
    return CliRunner().invoke(build_app(["models", "doctor"]), ["models", *arguments])


def a_checkpoint(data: bytes = b"weights") -> Checkpoint:
    return Checkpoint("tiny", "https://models.example/abc/tiny.pt", hashlib.sha256(data).hexdigest())


def test_every_published_model_has_a_file_name_and_a_digest() -> None:
    known = published_checkpoints()
    assert known["turbo"].file_name == "large-v3-turbo.pt"
    assert all(len(one.sha256) == 64 for one in known.values())


def test_the_list_says_which_models_are_here(folder: Path) -> None:
    folder.mkdir()
    (folder / "tiny.pt").write_bytes(bytes(2 << 20))
    rows = {row["name"]: row for row in json.loads(voiceops(["list", "--json"]).output)}
    assert rows["tiny"]["mebibytes"] == 2
    assert rows["base"]["mebibytes"] is None
    assert "not here" in voiceops(["list"]).output


def test_a_damaged_model_is_found_out(folder: Path) -> None:
    folder.mkdir()
    (folder / "tiny.pt").write_bytes(b"half of it")
    shown = voiceops(["verify"])
    assert shown.exit_code == 1
    assert "tiny.pt: DAMAGED" in shown.output


@pytest.mark.usefixtures("folder")
def test_a_model_that_is_not_here_is_named_with_the_command_that_brings_it() -> None:
    for command in ("verify", "convert"):
        error = voiceops([command, "tiny"]).exception
        assert isinstance(error, MissingPart)
        assert "voiceops models fetch tiny" in error.next_step


def test_bytes_come_in_only_if_they_are_the_models(tmp_path: Path) -> None:
    assert is_whole(take_blocks([b"wei", b"ghts"], a_checkpoint(), tmp_path), a_checkpoint().sha256)
    with pytest.raises(BadInput, match="SHA-256 is another"):
        take_blocks([b"cut sho"], a_checkpoint(b"other"), tmp_path / "other")
    assert list((tmp_path / "other").iterdir()) == []


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModelServer]:
    """It has a whole made model, which is published as `tiny`."""
    data = write_checkpoint(tmp_path / "made.pt").read_bytes()
    with a_model_server(data) as models:
        monkeypatch.setitem(whisper._MODELS, "tiny", models.url(hashlib.sha256(data).hexdigest()))
        yield models


def test_a_model_is_fetched_verified_listed_and_heard_with(server: ModelServer, folder: Path) -> None:
    shown = voiceops(["fetch", "tiny"])
    assert shown.exit_code == 0, shown.output
    assert "tiny" in shown.output
    assert f"{len(server.data) / 1e6:.1f}/" in shown.output  # how much has come, of how much
    assert [path.name for path in folder.iterdir()] == ["made.pt"]
    assert "made.pt: whole" in voiceops(["verify", "tiny"]).output
    assert {row["name"] for row in json.loads(voiceops(["list", "--json"]).output) if row["mebibytes"]} == {"tiny"}
    load_transcriber("whisper", {"model": "tiny", "model_dir": folder}).check()


def test_a_fetch_that_broke_off_goes_on_where_it_stopped(server: ModelServer, folder: Path) -> None:
    server.breaks_after = half = len(server.data) // 2
    error = voiceops(["fetch", "tiny"]).exception
    assert isinstance(error, Unavailable)
    assert "goes on where it stopped" in error.next_step
    assert [path.name for path in folder.iterdir()] == ["made.part"]
    server.breaks_after = None
    assert voiceops(["fetch", "tiny"]).exit_code == 0
    assert server.sent == [(0, half), (half, len(server.data) - half)]
    assert (folder / "made.pt").read_bytes() == server.data


@pytest.mark.parametrize("has_more", [True, False])
def test_a_fetch_begins_anew_where_the_server_cannot_go_on(
    server: ModelServer, folder: Path, *, has_more: bool
) -> None:
    folder.mkdir()
    (folder / "made.part").write_bytes(server.data[:1000] if has_more else server.data + b"too much")
    server.knows_ranges = not has_more
    assert voiceops(["fetch", "tiny"]).exit_code == 0
    assert (folder / "made.pt").read_bytes() == server.data
    assert not (folder / "made.part").exists()


def test_wrong_bytes_never_take_a_models_place(server: ModelServer, folder: Path) -> None:
    whole = server.data
    assert voiceops(["fetch", "tiny"]).exit_code == 0
    server.data = whole[:-1] + b"?"
    error = voiceops(["fetch", "tiny"]).exception
    assert isinstance(error, BadInput)
    assert "SHA-256" in error.what
    assert [path.name for path in folder.iterdir()] == ["made.pt"]
    assert (folder / "made.pt").read_bytes() == whole


def test_without_a_network_the_way_over_another_machine_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_model_server(b"") as gone:
        url = gone.url("0" * 64)
    monkeypatch.setitem(whisper._MODELS, "tiny", url)
    error = voiceops(["fetch", "tiny"]).exception
    assert isinstance(error, Unavailable)
    assert "voiceops models import FILE" in error.next_step
    assert not folder.exists()


def test_a_file_of_any_name_is_imported_by_its_digest(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "from a stick.bin"
    source.write_bytes(b"weights")
    refused = voiceops(["import", str(source)]).exception
    assert isinstance(refused, BadInput)
    assert "no published model" in refused.what
    # No published model is small enough to ship with the tests, so one more is published here.
    monkeypatch.setattr(whisper_checkpoints, "published_checkpoints", lambda: {"tiny": a_checkpoint()})
    assert voiceops(["import", str(source)]).exit_code == 0
    assert (folder / "tiny.pt").read_bytes() == b"weights"


def test_a_checkpoint_of_ones_own_is_converted_beside_itself_and_heard_with(tmp_path: Path) -> None:
    own = write_checkpoint(tmp_path / "own.pt")
    shown = voiceops(["convert", str(own)])
    assert shown.exit_code == 0, shown.output
    assert (tmp_path / "own.ct2" / "model.bin").is_file()
    load_transcriber("faster-whisper", {"model": str(own)}).check()
