"""Documents say what the code does: every setting, every command."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from voiceops.cli import build_app
from voiceops.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_lists_every_setting_with_its_description() -> None:
    rows = dict(re.findall(r"^\| `(VOICEOPS_[A-Z_]+)` \| [^|]* \| ([^|]+) \|$", README, flags=re.MULTILINE))
    expected = {f"VOICEOPS_{name.upper()}": field.description for name, field in Settings.model_fields.items()}
    assert rows == expected


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!https?:|#)([^)#]+)", README))))
def test_the_readme_points_at_files_that_exist(link: str) -> None:
    assert (ROOT / link).exists()


def commands(command: Any, path: str = "voiceops") -> list[tuple[str, str]]:
    """Every command with its help; Any, since Typer carries a click of its own."""
    if not hasattr(command, "commands"):
        return [(path, command.help or "")]
    return [found for name, one in command.commands.items() for found in commands(one, f"{path} {name}")]


@pytest.mark.parametrize(("path", "text"), commands(typer.main.get_command(build_app())), ids=str)
def test_every_command_shows_an_example(path: str, text: str) -> None:
    assert re.search(r"Example: .*voiceops", text), f"{path} --help has no example"


def test_decisions_are_numbered_once_and_their_titles_say_the_same() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(record.name[:4]) for record in records]
    assert numbers == list(range(1, len(records) + 1))
    titles = [record.read_text(encoding="utf-8").splitlines()[0] for record in records]
    assert [int(title.removeprefix("# ").split(".")[0]) for title in titles] == numbers
