"""Rules about the shape of the code that a machine can keep; the import rules are `make lint`'s."""

import ast
import importlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from voiceops.ports import JobName

ROOT = Path(__file__).parents[2]
PRODUCT = ("voiceops", "workers", "api")
NAMED_AFTER_NOTHING = {"utils.py", "helpers.py", "service.py", "services.py", "manager.py", "common.py", "misc.py"}
MODULE_LINES = 250
FUNCTION_LINES = 40


def modules() -> Iterator[Path]:
    for package in PRODUCT:
        yield from (path for path in (ROOT / package).rglob("*.py") if "migrations/versions" not in path.as_posix())


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sorted(modules()), ids=named)
def test_a_module_fits_its_room(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.name not in NAMED_AFTER_NOTHING, "name the module after what it does"
    assert len(text.splitlines()) <= MODULE_LINES, "split what does two things"
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "open with one sentence: what is this module responsible for?"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= FUNCTION_LINES, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("path", sorted((ROOT / "voiceops" / "usecases").glob("[!_]*.py")), ids=named)
def test_a_use_case_is_named_after_its_verb(path: Path) -> None:
    names = {
        node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)
    }
    assert path.stem in names


@pytest.mark.parametrize("name", list(JobName))
def test_every_job_name_resolves(name: JobName) -> None:
    module, _, function = name.rpartition(".")
    assert callable(getattr(importlib.import_module(module), function))


def test_nothing_names_a_package_registry_or_a_path_of_a_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607  git is on every developer's PATH
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.split()  # fmt: skip
    words = [
        part + rest
        for part, rest in (("pypi.", "org"), ("files.python", "hosted"), ("/ro", "ot/"), ("registry.npm", "js"))
    ]
    guilty = {
        name
        for name in listed
        if (ROOT / name).suffix in {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".cfg", ""}
        and (ROOT / name).is_file()
        for word in words
        if word in (ROOT / name).read_text(encoding="utf-8", errors="ignore")
    }
    assert not guilty
