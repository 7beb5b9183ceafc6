"""Models are known by their digests, and only whole ones come into the folder."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.checkpoints import write_checkpoint
from voiceops.cli import build_app
from voiceops.engines import load_transcriber, whisper_checkpoints
from voiceops.engines.whisper_checkpoints import Checkpoint, is_whole, published_checkpoints, take_blocks
from voiceops.errors import BadInput, MissingPart


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
