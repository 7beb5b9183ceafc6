"""What deploy/ says is what there is: settings, commands, figures."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.api_door import Door
from tests.builders import a_recording
from voiceops.cli.worker import Duty
from voiceops.domain.people import Role
from voiceops.domain.recording import RecordingState
from voiceops.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bVOICEOPS_([A-Z_]+)\b", path.read_text(encoding="utf-8")))
    assert named <= {name.upper() for name in Settings.model_fields}


def test_every_lane_has_a_worker_and_every_worker_a_lane() -> None:
    commands = [one["command"][0] for one in COMPOSE["services"].values() if one.get("image") == "voiceops-worker"]
    assert sorted(commands) == sorted(Duty)
    units = (DEPLOY / "systemd" / "voiceops-worker@.service").read_text(encoding="utf-8")
    assert set(re.findall(r"voiceops-worker@(\w+)", units)) == set(Duty)


def test_images_are_built_from_files_that_are_there_and_volumes_are_declared() -> None:
    for name, one in COMPOSE["services"].items():
        if "build" in one:
            assert (DEPLOY / one["build"]["context"] / one["build"]["dockerfile"]).is_file(), name
        for volume in one.get("volumes", []):
            assert volume.split(":")[0] in COMPOSE["volumes"], name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_password_is_written_down(path: Path) -> None:
    for name, value in re.findall(r"(?<!\{)\b(\w*PASSWORD)[:=] *\"?([^\s\"},]*)", path.read_text(encoding="utf-8")):
        assert value == "" or value.startswith("${"), f"{path.name}: {name}"


def test_alarms_and_pictures_are_made_of_figures_that_the_api_gives(door: Door) -> None:
    door.stores(a_recording("broken", state=RecordingState.FAILED))
    given = door.client(Role.SUPERVISOR).get("/metrics").raise_for_status().text
    there = set(re.findall(r"^# TYPE (\w+) gauge$", given, flags=re.MULTILINE))
    alarms = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text(encoding="utf-8"))
    panels = json.loads((DEPLOY / "grafana" / "voiceops.json").read_text(encoding="utf-8"))["panels"]
    rules = [rule["expr"] for group in alarms["groups"] for rule in group["rules"]]
    for expression in [*rules, *(target["expr"] for panel in panels for target in panel["targets"])]:
        named = set(re.findall(r"voiceops_\w+", expression))
        assert named
        assert named <= there, expression


@pytest.mark.parametrize("path", sorted((DEPLOY / "systemd").glob("*.service")), ids=lambda path: path.name)
def test_units_are_understood_by_systemd(path: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed here")
    unit = tmp_path / path.name.replace("@", "@transcribe")
    # Only the program is not there: it is installed by whoever follows the guide.
    unit.write_text(path.read_text(encoding="utf-8").replace("/opt/voiceops/bin/voiceops", "/bin/true"))
    checked = subprocess.run(
        [program, "verify", "--man=no", "--recursive-errors=no", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert path.stem.split("@")[0] not in checked.stderr, checked.stderr
