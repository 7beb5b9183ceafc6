"""Every package that we name is locked to a version, and torch to the build without a GPU."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def test_every_dependency_has_its_version_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    named = [*project["project"]["dependencies"], *(one for group in extras.values() for one in group)]
    needed = [Requirement(one) for one in (*named, *project["dependency-groups"]["dev"])]
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    locked = {canonicalize_name(name): version for name, version in (one.split("==") for one in lines if "==" in one)}
    for one in needed:
        if one.marker is None or one.marker.evaluate():
            version = locked.get(canonicalize_name(one.name))
            assert version is not None, f"{one.name} is not locked: add its tested version, or run make lock"
            assert version in one.specifier, one.name
    assert re.fullmatch(r"[0-9.]+", locked[canonicalize_name("torch")]), "a local build is not on every index"
    assert not [line for line in lines if not re.fullmatch(r"#.*|[a-z0-9-]+==[0-9a-z.]+", line)]
