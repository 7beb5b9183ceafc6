"""`voiceops agents`: who works here, on this machine's database."""

from dataclasses import replace
from datetime import date, time
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter
from rich.table import Table

from voiceops.analysis.hours_text import read_hours, read_openings
from voiceops.analysis.shifts import is_on_shift
from voiceops.bootstrap import build_services
from voiceops.cli.console import COMMAND_LINE, OUT, log_to_stderr, print_json, split_names
from voiceops.cli.hours import HoursOption, ZoneOption
from voiceops.domain.people import Agent, Presence
from voiceops.domain.working_hours import WorkingHours
from voiceops.errors import BadInput
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.set_presence import set_presence
from voiceops.usecases.store_agent import store_agent

# For who has no schedule: always there, but for the exceptions.
ALL_DAY = WorkingHours(opens=time(0), closes=time(0), weekdays=frozenset(range(7)))

agents = typer.Typer(help="List and add agents.", no_args_is_help=True)


@agents.command(name="list")
def list_agents(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """List all agents.

    Example: voiceops agents list --json
    """
    services = _services()
    now = services.clock.now()
    with services.open_view() as unit:
        found = unit.agents.list()
    if as_json:
        print_json([{**_document(agent), "on_shift": is_on_shift(agent, now)} for agent in found])
        return
    table = Table("id", "name", "languages", "skills", "queues", "team", "capacity", "presence", "on shift")
    for agent in found:
        table.add_row(
            agent.id,
            agent.name,
            ", ".join(agent.languages),
            ", ".join(agent.skills),
            ", ".join(agent.queues),
            agent.team or "",
            str(agent.capacity),
            agent.presence.value,
            "yes" if is_on_shift(agent, now) else "no",
        )
    OUT.print(table)


@agents.command()
def add(
    agent_id: Annotated[str, typer.Argument(help="A short id, e.g. anna.")],
    name: Annotated[str, typer.Option(help="The name colleagues use.")],
    languages: Annotated[str, typer.Option(help="Language codes, separated by commas.")] = "en",
    skills: Annotated[str, typer.Option(help="Skills, separated by commas.")] = "",
    queues: Annotated[str, typer.Option(help="Call-centre queues, separated by commas.")] = "",
    capacity: Annotated[int, typer.Option(min=0, help="Tasks they can hold at once.")] = 5,
    team: Annotated[str | None, typer.Option(help="The team they belong to.")] = None,
    email: Annotated[str | None, typer.Option(help="Where they are told of offers, with VOICEOPS_MAIL_URL.")] = None,
    hours: HoursOption = None,
    time_zone: ZoneOption = "UTC",
) -> None:
    """Add an agent, or replace one of that id. Without hours, their presence alone says whether they are there.

    Example: voiceops agents add anna --name "Anna Kovács" --languages en,hu --hours "mon-fri 09:00-12:00,13:00-17:00"
    """
    shifts = read_hours(hours, time_zone=time_zone) if hours else None
    known = (split_names(languages), split_names(skills), split_names(queues))
    agent = store_agent(
        _services(), Agent(agent_id, name, *known, capacity, email=email, team=team, shifts=shifts), actor=COMMAND_LINE
    )
    OUT.print(f"{agent.id} is an agent now.", highlight=False)


@agents.command()
def presence(
    agent_id: Annotated[str, typer.Argument(help="The agent's id.")],
    says: Annotated[Presence, typer.Argument(help="Whether they are there.")],
) -> None:
    """Say whether an agent is there; who goes offline gives back at once what they have not started.

    Example: voiceops agents presence anna away
    """
    agent = set_presence(_services(), agent_id, says)
    OUT.print(f"{agent.id} is {agent.presence}.", highlight=False)


@agents.command()
def exception(
    agent_id: Annotated[str, typer.Argument(help="The agent's id.")],
    day: Annotated[str, typer.Argument(help="The date, e.g. 2026-12-24.")],
    hours: Annotated[str, typer.Option(help="The hours of that day; without them: absent.")] = "",
) -> None:
    """Say when an agent works on one date, whatever their week says; without hours they are absent.

    Example: voiceops agents exception anna 2026-12-24 --hours 09:00-12:00
    """
    services = _services()
    with services.open_view() as unit:
        agent = unit.agents.get(agent_id)
    shifts = agent.shifts or ALL_DAY
    by_date = {**shifts.by_date, _date(day): read_openings(hours)}
    store_agent(services, replace(agent, shifts=replace(shifts, by_date=by_date)))
    OUT.print(f"{agent_id} works on {day}: {hours or 'not at all'}.", highlight=False)


def _services() -> Services:
    log_to_stderr()
    settings = Settings()
    migrate(settings.database)
    return build_services(settings)


def _document(agent: Agent) -> dict[str, Any]:
    document: dict[str, Any] = TypeAdapter(Agent).dump_python(agent, mode="json")
    return document


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"“{text}” is not a date.", record="the date", next_step="Write it like 2026-12-24.") from error
