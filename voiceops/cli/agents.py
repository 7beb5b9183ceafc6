"""`voiceops agents`: who works here, and their access tokens, on this machine's database."""

from typing import Annotated

import typer
from rich.table import Table

from voiceops.bootstrap import build_services
from voiceops.cli.console import OUT, print_json
from voiceops.domain.people import Agent, Role
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate
from voiceops.usecases.create_token import create_token

agents = typer.Typer(help="List and add agents, and give people access.", no_args_is_help=True)


@agents.command(name="list")
def list_agents(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """List all agents.

    Example: voiceops agents list --json
    """
    with _services().open_view() as unit:
        found = unit.agents.list()
    if as_json:
        print_json([vars(agent) for agent in found])
        return
    table = Table("id", "name", "languages", "skills", "queues", "capacity", "on shift")
    for agent in found:
        table.add_row(
            agent.id,
            agent.name,
            ", ".join(agent.languages),
            ", ".join(agent.skills),
            ", ".join(agent.queues),
            str(agent.capacity),
            "yes" if agent.on_shift else "no",
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
) -> None:
    """Add an agent, or replace one of that id.

    Example: voiceops agents add anna --name "Anna Kovács" --languages en,hu --queues billing
    """
    agent = Agent(agent_id, name, _names(languages), _names(skills), _names(queues), capacity)
    with _services().open_unit() as unit:
        unit.agents.put(agent)
        unit.commit()
    OUT.print(f"{agent.id} is an agent now.", highlight=False)


@agents.command()
def token(
    name: Annotated[str, typer.Argument(help="What the token is called, e.g. anna-desk.")],
    role: Annotated[Role, typer.Option(help="What its holder may do.")],
    agent: Annotated[str | None, typer.Option(help="For role agent: the agent's id.")] = None,
) -> None:
    """Create an access token and show its secret, this once.

    Example: voiceops agents token anna-desk --role agent --agent anna
    """
    _, secret = create_token(_services(), name=name, role=role, agent_id=agent)
    typer.echo(secret)


def _services() -> Services:
    settings = Settings()
    migrate(settings.database)
    return build_services(settings)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
