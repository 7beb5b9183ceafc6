"""`voiceops tasks`: list callback tasks and act on them, on this machine's database."""

from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from voiceops.analysis.facts_document import write_caller_facts
from voiceops.bootstrap import build_services
from voiceops.cli.console import OUT, print_json
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskEvent, TaskState
from voiceops.domain.caller_facts import CallerFacts
from voiceops.domain.task_message import TaskMessage
from voiceops.ports import Page, Services, TaskFilter
from voiceops.settings import Settings
from voiceops.usecases.accept_task import accept_task
from voiceops.usecases.cancel_task import cancel_task
from voiceops.usecases.complete_task import complete_task
from voiceops.usecases.release_task import release_task

tasks = typer.Typer(help="List callback tasks and act on them.", no_args_is_help=True)

TaskId = Annotated[str, typer.Argument(help="The task's id.")]
AgentId = Annotated[str, typer.Option("--agent", help="Who acts: an agent's id.")]
Why = Annotated[str, typer.Option(help="The reason, kept with the task.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@tasks.command(name="list")
def list_tasks(
    state: Annotated[TaskState | None, typer.Option(help="Only tasks in this state.")] = None,
    agent: Annotated[str | None, typer.Option(help="Only this agent's tasks.")] = None,
    queue: Annotated[str | None, typer.Option(help="Only this queue's tasks.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List tasks by due time.

    Example: voiceops tasks list --agent anna --json
    """
    with _services().open_view() as unit:
        found = unit.tasks.list(TaskFilter(state=state, agent_id=agent, queue=queue), Page(limit=limit))
    if as_json:
        print_json([_document(task) for task in found])
        return
    table = Table("id", "state", "due", "number", "agent", "note", "why this agent")
    for task in found:
        table.add_row(*_cells(task))
    OUT.print(table)


@tasks.command()
def show(task_id: TaskId, as_json: AsJson = False) -> None:
    """Show one task with all its messages and events.

    Example: voiceops tasks show 4f1c…
    """
    with _services().open_view() as unit:
        task = unit.tasks.get(task_id)
        messages, events = unit.messages.of_task(task_id), unit.tasks.events(task_id)
    if as_json:
        print_json(
            {
                **_document(task),
                "messages": [_document(message) for message in messages],
                "events": [_document(event) for event in events],
            }
        )
        return
    for name, value in _document(task).items():
        OUT.print(f"{name.replace('_', ' '):>18}  {value}", highlight=False, soft_wrap=True)
    for message in messages:
        reason = message.facts.reason if message.facts is not None else None
        said = (reason.value if reason is not None else None) or message.note or ""
        OUT.print(f"{message.received_at:%Y-%m-%d %H:%M}  message {message.recording_id}  {said}", highlight=False)
    for event in events:
        OUT.print(f"{event.at:%Y-%m-%d %H:%M}  {event.actor}: {event.what}  {event.why}", highlight=False)


@tasks.command()
def accept(task_id: TaskId, agent: AgentId) -> None:
    """Accept a task that was offered, or claim an open one.

    Example: voiceops tasks accept 4f1c… --agent anna
    """
    _say(accept_task(_services(), task_id, actor=agent))


@tasks.command()
def complete(
    task_id: TaskId,
    agent: AgentId,
    disposition: Annotated[Disposition, typer.Option(help="How it ended.")],
    note: Annotated[str, typer.Option(help="What the next colleague should know.")] = "",
) -> None:
    """Complete an accepted task.

    Example: voiceops tasks complete 4f1c… --agent anna --disposition resolved
    """
    _say(complete_task(_services(), task_id, actor=agent, disposition=disposition, note=note))


@tasks.command()
def release(task_id: TaskId, agent: AgentId, why: Why) -> None:
    """Give a task back to the pool.

    Example: voiceops tasks release 4f1c… --agent anna --why "end of shift"
    """
    _say(release_task(_services(), task_id, actor=agent, why=why))


@tasks.command()
def cancel(task_id: TaskId, agent: AgentId, why: Why) -> None:
    """Cancel a task that nobody needs to work.

    Example: voiceops tasks cancel 4f1c… --agent anna --why "called by mistake"
    """
    _say(cancel_task(_services(), task_id, actor=agent, why=why))


def _services() -> Services:
    return build_services(Settings())


def _say(task: CallbackTask) -> None:
    OUT.print(f"{task.id} is {task.state}.", highlight=False)


def _cells(task: CallbackTask) -> tuple[str, ...]:
    number = task.facts.callback_number if task.facts else None
    return (
        task.id,
        task.state.value,
        f"{task.due_at:%Y-%m-%d %H:%M} UTC",
        (number.value if number else None) or task.caller_number or "not known",
        task.agent_id or "",
        task.note or "",
        task.assignment_reason or "",
    )


def _document(record: CallbackTask | TaskMessage | TaskEvent) -> dict[str, object]:
    return {name: _plain(value) for name, value in vars(record).items()}


def _plain(value: object) -> object:
    if isinstance(value, CallerFacts):
        return write_caller_facts(value)
    return value.isoformat() if isinstance(value, datetime) else value
