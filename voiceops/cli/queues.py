"""`voiceops queues`: the call-centre queues of this machine's database, and how their callbacks are worked."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from voiceops.analysis.queue_document import read_queue, write_queue
from voiceops.bootstrap import build_services
from voiceops.cli.console import OUT, print_json, read_text
from voiceops.domain.people import Queue
from voiceops.errors import NotFound
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.storage.database import migrate

queues = typer.Typer(help="See and set the queues: hours, targets, skills, attempts.", no_args_is_help=True)

QueueId = Annotated[str, typer.Argument(help="The queue's id, e.g. billing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@queues.command(name="list")
def list_queues(as_json: AsJson = False) -> None:
    """List all queues.

    Example: voiceops queues list --json
    """
    with _services().open_view() as unit:
        found = unit.queues.list()
    if as_json:
        print_json([write_queue(queue) for queue in found])
        return
    table = Table("id", "title", "language", "skills", "team", "time zone", "call back within", "targets")
    for queue in found:
        table.add_row(
            queue.id,
            queue.title,
            queue.language,
            ", ".join(queue.skills),
            queue.team or "",
            queue.hours.time_zone,
            _promise(queue),
            ", ".join(queue.targets),
        )
    OUT.print(table)


@queues.command()
def show(queue_id: QueueId, as_json: AsJson = False) -> None:
    """Show everything about one queue; as JSON in the form that `put` reads.

    Example: voiceops queues show billing --json > billing.json
    """
    with _services().open_view() as unit:
        queue = next((one for one in unit.queues.list() if one.id == queue_id), None)
    if queue is None:
        raise NotFound(
            "There is no queue with this id.", record=queue_id, next_step="Look it up with `voiceops queues list`."
        )
    if as_json:
        print_json(write_queue(queue))
        return
    for name, value in write_queue(queue).items():
        OUT.print(f"{name.replace('_', ' '):>18}  {value}", highlight=False, soft_wrap=True)


@queues.command()
def put(
    queue_id: QueueId,
    file: Annotated[Path, typer.Argument(help="The queue as a JSON object, as the API takes it; - reads stdin.")],
    as_json: AsJson = False,
) -> None:
    """Store a queue, or replace the one of that id; what the file leaves out has its default.

    Example: voiceops queues put billing billing.json
    """
    services = _services()
    text = sys.stdin.read() if str(file) == "-" else read_text(file)
    queue = read_queue(text, queue_id=queue_id, region=services.policy.default_region, record=str(file))
    with services.open_unit() as unit:
        unit.queues.put(queue)
        unit.commit()
    if as_json:
        print_json(write_queue(queue))
        return
    OUT.print(f"{queue.id} is stored: call back within {_promise(queue)}.", highlight=False, soft_wrap=True)


def _promise(queue: Queue) -> str:
    """The service targets, such as "60 min (high), 240 min (normal)"."""
    return ", ".join(f"{minutes} min ({urgency})" for urgency, minutes in queue.target_minutes)


def _services() -> Services:
    settings = Settings()
    migrate(settings.database)
    return build_services(settings)
