"""Documents say what the code does: every setting, every command."""

import re
from pathlib import Path

import click
import pytest
import typer.main

from voiceops.cli import app
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


def commands(group: click.Command, path: str = "voiceops") -> list[tuple[str, click.Command]]:
    if not isinstance(group, click.Group):
        return [(path, group)]
    return [found for name, one in group.commands.items() for found in commands(one, f"{path} {name}")]


@pytest.mark.parametrize(("path", "command"), commands(typer.main.get_command(app)), ids=str)
def test_every_command_shows_an_example(path: str, command: click.Command) -> None:
    assert re.search(r"Example: .*voiceops", command.help or ""), f"{path} --help has no example"
