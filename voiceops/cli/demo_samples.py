"""The shipped samples as the demo sees them: what to send with each, and what must come out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SCRIPT, EXPECTED = ".script.yaml", ".expected.json"


@dataclass(frozen=True)
class Sample:
    """One recording; `script` is what was written, `expected` what must come out of it."""

    name: str
    audio: Path
    script: Mapping[str, Any]
    expected: Mapping[str, Any]

    @property
    def cannot(self) -> str | None:
        """Why the embedded recogniser cannot do this one; such a sample is shown and does not count."""
        reason = self.expected.get("cannot")
        return str(reason) if reason else None

    @property
    def fields(self) -> Mapping[str, str]:
        """What the telephone system would say of it, as the API's form fields."""
        names = {"agent": "agent_id"}
        keys = ("kind", "queue", "agent", "language", "caller_number", "dialled_number")
        known = {names.get(key, key): str(self.script[key]) for key in keys if self.script.get(key)}
        return known | {"parties": ",".join(self.script["parties"])}


def read_samples(folder: Path) -> list[Sample]:
    """Every sample of a folder, calls first, by name."""
    return [_sample(folder, path) for path in sorted(folder.glob(f"*/*{SCRIPT}"))]


def read_people(folder: Path) -> Mapping[str, list[dict[str, Any]]]:
    """The lists `agents` and `queues` of people.yaml, in the API's form, each entry with its id."""
    people: dict[str, list[dict[str, Any]]] = yaml.safe_load((folder / "people.yaml").read_text(encoding="utf-8"))
    return people


def _sample(folder: Path, script: Path) -> Sample:
    stem = script.name.removesuffix(SCRIPT)
    (audio,) = (path for path in script.parent.glob(f"{stem}.*") if path.suffix not in {".yaml", ".json"})
    return Sample(
        name=str(audio.relative_to(folder)),
        audio=audio,
        script=yaml.safe_load(script.read_text(encoding="utf-8")),
        expected=json.loads(script.with_name(stem + EXPECTED).read_text(encoding="utf-8"))
        if script.with_name(stem + EXPECTED).exists()
        else {},
    )
