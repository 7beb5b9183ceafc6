"""`voiceops tasks`: list callback tasks and act on them, on this machine's database."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table

from voiceops.analysis.due_text import task_due_text
from voiceops.bootstrap import build_services
from voiceops.cli import task_moves
from voiceops.cli.console import OUT, print_json
from voiceops.cli.ledger import ledger
from voiceops.cli.task_documents import Record, cells, document, minute, words_of
from voiceops.domain.callback_task import TaskState
from voiceops.ports import Page, Services, TaskFilter, UnitOfWork
from voiceops.settings import Settings

tasks = typer.Typer(help="List callback tasks and act on them.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@tasks.command(name="list")
def list_tasks(
    state: Annotated[TaskState | None, typer.Option(help="Only tasks in this state.")] = None,
    agent: Annotated[str | None, typer.Option(help="Only this agent's; with --pool: what they may claim.")] = None,
    queue: Annotated[str | None, typer.Option(help="Only this queue's tasks.")] = None,
    pool: Annotated[bool, typer.Option("--pool", help="Only what may be claimed.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List tasks by due time.

    Example: voiceops tasks list --agent anna --json
    """
    services = _services()
    with services.open_view() as unit:
        wanted = _pool(unit, agent, queue) if pool else TaskFilter(state=state, agent_id=agent, queue=queue)
        found = unit.tasks.list(wanted, Page(limit=limit))
        queues = unit.queues.find_all({task.queue for task in found})
    if as_json:
        print_json([document(task) for task in found])
        return
    table = Table("id", "state", "due", "number", "agent", "note", "why this agent")
    for task in found:
        due = task_due_text(task, now=services.clock.now(), time_zone=queues[task.queue].hours.time_zone)
        table.add_row(*cells(task, due=due))
    OUT.print(table)


@tasks.command()
def show(task_id: task_moves.TaskId, as_json: AsJson = False) -> None:
    """Show one task with all its messages, attempts and events.

    Example: voiceops tasks show 4f1c…
    """
    with _services().open_view() as unit:
        task = unit.tasks.get(task_id)
        messages = unit.messages.of_task(task_id)
        attempts = unit.attempts.of_task(task_id)
        events = unit.tasks.events(task_id)
    parts: dict[str, Sequence[Record]] = {"messages": messages, "attempts": attempts, "events": events}
    whole = document(task) | {name: [document(one) for one in part] for name, part in parts.items()}
    if as_json:
        print_json(whole)
        return
    lines = [f"{name.replace('_', ' '):>18}  {value}" for name, value in document(task).items()]
    lines += [f"{minute(one.received_at)}  message {one.recording_id}  {words_of(one)}" for one in messages]
    lines += [f"{minute(one.at)}  {one.actor}: {one.what}  {one.why}" for one in events]
    for line in lines:
        OUT.print(line, highlight=False, soft_wrap=True)


for move in task_moves.COMMANDS:
    tasks.command()(move)
tasks.command()(ledger)


def _pool(unit: UnitOfWork, agent: str | None, queue: str | None) -> TaskFilter:
    """What anybody may claim, or what this agent may: who names no queue works all."""
    queues = unit.agents.get(agent).queues if agent is not None else ()
    return TaskFilter(queue=queue, pool=True, pool_of=queues or None)


def _services() -> Services:
    return build_services(Settings())
