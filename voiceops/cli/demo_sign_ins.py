"""Who may sign in to the demo: somebody for each role, with a password and a token made for this run."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from voiceops.bootstrap import build_services
from voiceops.delivery.inline_job_queue import InlineJobQueue
from voiceops.domain.people import Role
from voiceops.domain.user import EVERY_TEAM
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.usecases.change_password import change_password
from voiceops.usecases.create_token import TokenLimits, create_token
from voiceops.usecases.create_user import create_user
from voiceops.usecases.reset_password import reset_password

ACTOR = "demo"
PASSWORD_BYTES = 12


@dataclass(frozen=True)
class SignIn:
    """A name and a password for the pages, None for machines, and a token for programs."""

    role: Role
    agent: str | None
    name: str | None
    password: str | None
    token: str


def sign_in_for(settings: Settings, role: Role, agent: str | None = None) -> SignIn:
    """A new token and a new password. Who is there from a run before in a kept folder gets a new one too."""
    services = build_services(settings, jobs=InlineJobQueue(lambda _: None))  # no job comes of it
    teams = (EVERY_TEAM,) if role is Role.SUPERVISOR else ()
    token_name = f"demo-{role}-{datetime.now(UTC):%Y%m%d%H%M%S}"
    limits = TokenLimits(teams=teams)
    token = create_token(services, name=token_name, role=role, agent_id=agent, limits=limits)[1]
    if role is Role.INGEST:
        return SignIn(role, agent, None, None, token)
    name = agent or role.value
    return SignIn(role, agent, name, _password(services, name, role=role, agent=agent, teams=teams), token)


def lines_of(sign_ins: Sequence[SignIn]) -> list[str]:
    """A heading and a line for each, in columns; the longest secret comes last, so that no terminal breaks it."""
    rows = [("role", "name", "password", "token for programs")]
    rows += [(one.role.value, one.name or "", one.password or "", one.token) for one in sign_ins]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _password(services: Services, name: str, *, role: Role, agent: str | None, teams: Sequence[str]) -> str:
    """Their own already: who began the demo gave it to themselves, so nobody is asked to change it."""
    with services.open_view() as unit:
        user = unit.users.find(name)
    if user is None:
        user, given = create_user(services, name=name, role=role, agent_id=agent, teams=teams, actor=ACTOR)
    else:
        given = reset_password(services, user.id, actor=ACTOR)
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    change_password(services, user.id, old=given, new=password)
    return password
