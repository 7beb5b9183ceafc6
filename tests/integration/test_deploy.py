"""What deploy/ says is what there is: settings, commands, figures."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.api_door import Door
from tests.builders import a_recording
from tests.integration.test_cli_tasks import voiceops
from voiceops.cli.worker import Duty
from voiceops.domain.people import Role
from voiceops.domain.recording import RecordingState
from voiceops.settings import Settings
from voiceops.storage.s3_recording_files import S3RecordingFiles, open_store

DEPLOY = Path(__file__).parents[2] / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
PYPROJECT = tomllib.loads((DEPLOY.parent / "pyproject.toml").read_text(encoding="utf-8"))
OURS = [name for name, one in SERVICES.items() if one["image"].startswith("voiceops-")]


def dockerfile(service: dict[str, Any]) -> str:
    """The text of the file that a service's image is built from; "" for somebody else's image."""
    built = service.get("build")
    return (DEPLOY / built["context"] / built["dockerfile"]).read_text(encoding="utf-8") if built else ""


def with_values(text: str) -> str:
    """What compose makes of a line where everything that must be given is."""
    text = re.sub(r"\$\{\w+:\?[^}]*\}", "made-up", text)
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


def brought_by(lines: Iterable[str], extras: Iterable[str] = (), seen: set[str] | None = None) -> set[str]:
    """The names of all packages that an installation of these requirements brings, by what is installed here."""
    seen = set() if seen is None else seen
    given = ["", *extras]
    for wanted in map(Requirement, lines):
        name = canonicalize_name(wanted.name)
        is_wanted = wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in given)
        if is_wanted and name not in seen:
            seen.add(name)
            with suppress(PackageNotFoundError):
                brought_by(requires(name) or (), wanted.extras, seen)
    return seen


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bVOICEOPS_([A-Z_]+)\b", path.read_text(encoding="utf-8")))
    assert named <= {name.upper() for name in Settings.model_fields}


def test_every_lane_has_a_worker_and_every_worker_a_lane() -> None:
    commands = {one["command"][0] for one in SERVICES.values() if one["image"] == "voiceops-worker"}
    assert commands == set(Duty)
    units = (DEPLOY / "systemd" / "voiceops-worker@.service").read_text(encoding="utf-8")
    assert set(re.findall(r"voiceops-worker@(\w+)", units)) == set(Duty)


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_runs_as_root_or_writes_into_its_image_or_gains_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    # Compose's word counts, else the image's own.
    user = service.get("user") or dockerfile(service).partition("\nUSER ")[2].split()[0]
    assert user.partition(":")[0] not in {"", "0", "root"}


@pytest.mark.parametrize("name", SERVICES)
def test_whoever_is_waited_for_says_when_it_is_ready(name: str) -> None:
    for needed, how in SERVICES[name].get("depends_on", {}).items():
        other = SERVICES[needed]
        if how["condition"] == "service_healthy":
            assert "healthcheck" in other or "\nHEALTHCHECK" in dockerfile(other), needed
        else:
            assert other["restart"] == "on-failure", f"{needed} must end by itself"


def test_a_password_that_is_not_given_stops_compose_and_the_example_gives_none() -> None:
    wanted = set(re.findall(r"\$\{(\w+):\?", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    example = dict(
        line.split("=", 1)
        for line in (DEPLOY / "compose.env.example").read_text(encoding="utf-8").splitlines()
        if "=" in line and not line.startswith("#")
    )
    assert wanted == {name for name, value in example.items() if not value}
    for name in re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")):
        if name.endswith(("PASSWORD", "KEY")):
            assert name in wanted


@pytest.mark.parametrize("name", OURS)
def test_what_compose_gives_to_our_parts_are_settings_that_they_can_use(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in SERVICES[name]["environment"].items():
        monkeypatch.setenv(variable, with_values(value))
    settings = Settings()
    assert settings.database == "postgresql+psycopg://voiceops:made-up@postgres/voiceops"
    assert settings.redis == "redis://:made-up@redis:6379/0"
    assert settings.recordings_url is not None
    store = open_store(settings.recordings_url.get_secret_value())
    assert (store.config["bucket"], store.config["endpoint"]) == ("recordings", "http://store:8333")


def test_the_bucket_is_made_where_it_is_not_there_and_left_where_it_is(s3_server: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed here")
    [command] = SERVICES["bucket"]["command"]
    environment = {"PATH": os.environ["PATH"], "KEY": "key:secret", "BUCKET": f"{s3_server}/recordings"}
    for _ in range(2):
        subprocess.run(["/bin/sh", "-c", command.replace("$$", "$")], env=environment, check=True, capture_output=True)
    files = S3RecordingFiles(open_store(f"s3://key:secret@recordings/voiceops?endpoint={s3_server}"), tmp_path)
    assert list(files.all_sha256()) == []
    environment["BUCKET"] = "http://127.0.0.1:1/recordings"
    assert subprocess.run(["/bin/sh", "-c", command.replace("$$", "$")], env=environment, check=False).returncode != 0


@pytest.mark.parametrize(("name", "has_torch"), [("api", False), ("worker", True)])
def test_an_image_asks_for_extras_that_there_are_and_torch_is_in_the_workers_alone(
    name: str, *, has_torch: bool
) -> None:
    text = (DEPLOY / f"{name}.Dockerfile").read_text(encoding="utf-8")
    [extras] = re.findall(r"\.whl\)\[([a-z0-9,]+)\]", text)
    project = PYPROJECT["project"]
    wanted = [project["optional-dependencies"][extra] for extra in extras.split(",")]
    packages = brought_by([*project["dependencies"], *chain.from_iterable(wanted)])
    assert ("torch" in packages) is has_torch
    assert {"psycopg", "obstore"} <= packages


def test_an_image_is_made_of_what_is_there_and_of_nothing_private() -> None:
    top = DEPLOY.parent
    lines = (top / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"
    let_in = {line[1:] for line in lines if line.startswith("!")}
    assert all((top / name).exists() for name in let_in)
    build = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {*build["packages"], *build["force-include"], "README.md", "LICENSE", "pyproject.toml"} <= let_in


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("*.Dockerfile")), ids=lambda path: path.name)
def test_what_an_image_runs_is_a_command(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    words = json.loads(re.findall(r"^ENTRYPOINT (.+)$", text, re.MULTILINE)[0]) if "ENTRYPOINT" in text else []
    words += json.loads(re.findall(r"^CMD (.+)$", text, re.MULTILINE)[0])
    assert words[0] == "voiceops"
    assert voiceops(*words[1:], "--help")[0] == 0


def test_images_are_built_from_files_that_are_there_and_volumes_are_declared() -> None:
    for name, one in SERVICES.items():
        if "build" in one:
            assert (DEPLOY / one["build"]["context"] / one["build"]["dockerfile"]).is_file(), name
        for volume in one.get("volumes", []):
            assert volume.split(":")[0] in COMPOSE["volumes"], name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_password_is_written_down(path: Path) -> None:
    for name, value in re.findall(
        r"(?<!\{)\b(\w*(?:PASSWORD|_KEY))[:=] *\"?([^\s\"},]*)", path.read_text(encoding="utf-8")
    ):
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
