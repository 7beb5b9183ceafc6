"""Tasks as the commands print them: one line, a table's row, or a JSON document."""

from datetime import datetime

from voiceops.analysis.facts_document import write_caller_facts
from voiceops.cli.console import OUT, print_json
from voiceops.domain.callback_task import CallbackTask, TaskEvent
from voiceops.domain.caller_facts import CallerFacts
from voiceops.domain.task_attempt import TaskAttempt
from voiceops.domain.task_message import TaskMessage

Record = CallbackTask | TaskMessage | TaskAttempt | TaskEvent


def say(task: CallbackTask, *, as_json: bool) -> None:
    """Print how a task stands after a move."""
    if as_json:
        print_json(document(task))
        return
    ended = f" as {task.disposition}" if task.disposition is not None else ""
    asleep = f", put off until {minute(task.snoozed_until)}" if task.snoozed_until is not None else ""
    waits = ", waiting for a supervisor" if task.with_supervisor else ""
    OUT.print(f"{task.id} is {task.state}{ended}{asleep}{waits}.", highlight=False, soft_wrap=True)


def cells(task: CallbackTask, *, due: str) -> tuple[str, ...]:
    """A row of the list of tasks; `due` says when it is due, in words."""
    return (
        task.id,
        task.state.value,
        due,
        task.number_to_call or "not known",
        task.agent_id or "",
        task.note or "",
        task.assignment_reason or "",
    )


def minute(instant: datetime) -> str:
    """An instant for people."""
    return f"{instant:%Y-%m-%d %H:%M} UTC"


def words_of(message: TaskMessage) -> str:
    """A message in one line: why they called, or why nobody knows."""
    reason = message.facts.reason if message.facts is not None else None
    return (reason.value if reason is not None else None) or message.note or ""


def document(record: Record) -> dict[str, object]:
    """All fields by name, in plain values."""
    return {name: _plain(value) for name, value in vars(record).items()}


def _plain(value: object) -> object:
    if isinstance(value, CallerFacts):
        return write_caller_facts(value)
    return value.isoformat() if isinstance(value, datetime) else value
