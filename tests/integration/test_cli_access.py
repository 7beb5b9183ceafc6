"""Users, sessions, tokens and the access log on the command line."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from voiceops.bootstrap import build_services
from voiceops.cli import main
from voiceops.domain.people import Role
from voiceops.errors import NotSignedIn
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.usecases.create_first_admin import create_first_admin
from voiceops.usecases.resume_session import resume_session
from voiceops.usecases.sign_in import sign_in
from voiceops.usecases.sign_in_with_password import sign_in_with_password


def voiceops(*words: str) -> tuple[int, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ending:
        main(words)
    return int(ending.value.code or 0), out.getvalue() + err.getvalue()


def done(*words: str) -> str:
    status, said = voiceops(*words)
    assert status == 0, said
    return said.strip()


@pytest.fixture
def services(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Services:
    for name, value in (
        ("DATA_DIR", str(tmp_path)),
        ("DATABASE_URL", sqlite_url),
        ("REDIS_URL", "redis://localhost:1"),
    ):
        monkeypatch.setenv(f"VOICEOPS_{name}", value)
    services = build_services(Settings())
    create_first_admin(services)
    return services


def signs_in(services: Services, password: str) -> str:
    return sign_in_with_password(services, name="vera", password=password)[2]


def the_user(name: str) -> Any:
    [user] = [one for one in json.loads(done("users", "list", "--json")) if one["name"] == name]
    return user


def test_who_is_added_signs_in_with_the_password_that_was_shown(services: Services) -> None:
    password = done("users", "add", "vera", "--role", "supervisor", "--teams", "north, south")
    who = resume_session(services, signs_in(services, password))
    assert (who.role, who.teams, who.must_change_password) == (Role.SUPERVISOR, ("north", "south"), True)
    assert "one-time" in done("users", "list")


def test_a_new_password_and_an_end_of_sessions_sign_somebody_out(services: Services) -> None:
    session = signs_in(services, done("users", "add", "vera", "--role", "qa"))
    renewed = done("users", "set-password", "vera")
    with pytest.raises(NotSignedIn):
        resume_session(services, session)
    session = signs_in(services, renewed)
    assert "1 sessions ended" in done("sessions", "end", "vera")
    with pytest.raises(NotSignedIn):
        resume_session(services, session)


def test_somebody_is_shut_out_and_let_in_again_with_the_same_rights(services: Services) -> None:
    password = done("users", "add", "vera", "--role", "supervisor", "--teams", "north")
    done("users", "disable", "vera")
    assert the_user("vera")["disabled"]
    with pytest.raises(NotSignedIn):
        signs_in(services, password)
    done("users", "enable", "vera")
    assert (the_user("vera")["role"], the_user("vera")["teams"]) == ("supervisor", ["north"])
    assert signs_in(services, password)


@pytest.mark.usefixtures("services")
def test_rights_are_changed_and_never_half() -> None:
    done("users", "add", "vera", "--role", "qa")
    status, said = voiceops("users", "roles", "vera", "--role", "supervisor")
    assert status == 2
    assert "names the teams it leads" in said
    assert "supervisor (*)" in done("users", "roles", "vera", "--role", "supervisor", "--teams", "*")
    assert the_user("vera")["teams"] == ["*"]


@pytest.mark.usefixtures("services")
@pytest.mark.parametrize(
    "words", [("users", "disable", "nobody"), ("sessions", "end", "nobody"), ("tokens", "end", "nobody")], ids=str
)
def test_an_unknown_name_says_where_to_look_it_up(words: tuple[str, ...]) -> None:
    status, said = voiceops(*words)
    assert status == 2
    assert "nobody" in said
    assert "list" in said


def test_a_token_has_scopes_and_an_expiry_and_ends(services: Services) -> None:
    limits = ("--scopes", "recordings:write", "--expires", "2099-01-01T00:00:00Z")
    secret = done("tokens", "add", "dialler", "--role", "ingest", *limits)
    assert sign_in(services, secret).scopes == ("recordings:write",)
    [token] = json.loads(done("tokens", "list", "--json"))
    assert token == {
        "name": "dialler", "role": "ingest", "of": "", "scopes": "recordings:write", "expires": "2099-01-01T00:00+00:00"
    }  # fmt: skip
    assert secret not in done("tokens", "list")
    done("tokens", "end", "dialler")
    with pytest.raises(NotSignedIn):
        sign_in(services, secret)


@pytest.mark.usefixtures("services")
def test_every_change_of_rights_stands_in_the_access_log() -> None:
    done("users", "add", "vera", "--role", "qa")
    done("users", "disable", "vera")
    done("tokens", "add", "dialler", "--role", "ingest")
    found = json.loads(done("access", "--actor", "command line", "--json"))
    assert [(line["action"], line["record"], line["detail"]) for line in found] == [
        ("changed_rights", "dialler", "New token: ingest."),
        ("changed_rights", "vera", "Role qa, shut out."),
        ("changed_rights", "vera", "New user: qa."),
    ]
    assert "dialler" in done("access", "--record", "dialler")
    assert json.loads(done("access", "--customer", "+36301234567", "--json")) == []
