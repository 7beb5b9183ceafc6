"""The commands of `voiceops tasks` that move a task."""

from typing import Annotated

import typer

from voiceops.bootstrap import build_services
from voiceops.cli.console import log_to_stderr, read_instant
from voiceops.cli.task_documents import say
from voiceops.domain.callback_task import Disposition
from voiceops.domain.task_attempt import AttemptResult
from voiceops.ports import Services
from voiceops.settings import Settings
from voiceops.usecases.accept_task import accept_task
from voiceops.usecases.cancel_task import cancel_task
from voiceops.usecases.complete_task import complete_task
from voiceops.usecases.hand_over_task import hand_over_task
from voiceops.usecases.log_attempt import log_attempt
from voiceops.usecases.release_task import release_task
from voiceops.usecases.snooze_task import snooze_task

TaskId = Annotated[str, typer.Argument(help="The task's id.")]
AgentId = Annotated[str, typer.Option("--agent", help="Who acts: an agent's id.")]
Why = Annotated[str, typer.Option(help="The reason, kept with the task.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def accept(task_id: TaskId, agent: AgentId, as_json: AsJson = False) -> None:
    """Accept a task that was offered, or claim an open one from the pool.

    Example: voiceops tasks accept 4f1c… --agent anna
    """
    say(accept_task(_services(), task_id, actor=agent), as_json=as_json)


def attempt(
    task_id: TaskId,
    agent: AgentId,
    result: Annotated[AttemptResult, typer.Option(help="How the call went.")],
    note: Annotated[str, typer.Option(help="What the next colleague should know.")] = "",
    as_json: AsJson = False,
) -> None:
    """Note how a call to the caller went; the queue's policy says when to try again.

    Example: voiceops tasks attempt 4f1c… --agent anna --result no_answer
    """
    say(log_attempt(_services(), task_id, actor=agent, result=result, note=note), as_json=as_json)


def complete(
    task_id: TaskId,
    agent: AgentId,
    disposition: Annotated[Disposition, typer.Option(help="How it ended.")],
    note: Annotated[str, typer.Option(help="What the next colleague should know.")] = "",
    as_json: AsJson = False,
) -> None:
    """Complete an accepted task.

    Example: voiceops tasks complete 4f1c… --agent anna --disposition resolved
    """
    done = complete_task(_services(), task_id, actor=agent, disposition=disposition, note=note)
    say(done, as_json=as_json)


def snooze(
    task_id: TaskId,
    agent: AgentId,
    until: Annotated[str, typer.Option(help="When it comes back, in ISO 8601; without a zone: UTC.")],
    why: Why,
    as_json: AsJson = False,
) -> None:
    """Put a task off until a time; before it, it is neither assigned nor overdue.

    Example: voiceops tasks snooze 4f1c… --agent anna --until 2026-03-05T14:00+01:00 --why "away until then"
    """
    instant = read_instant(until, option="--until")
    say(snooze_task(_services(), task_id, actor=agent, until=instant, why=why), as_json=as_json)


def release(task_id: TaskId, agent: AgentId, why: Why, as_json: AsJson = False) -> None:
    """Give a task back to the pool.

    Example: voiceops tasks release 4f1c… --agent anna --why "end of shift"
    """
    say(release_task(_services(), task_id, actor=agent, why=why), as_json=as_json)


def hand_over(
    task_id: TaskId,
    agent: AgentId,
    to: Annotated[str, typer.Option(help="The colleague's id.")],
    why: Annotated[str, typer.Option(help="What the colleague should know, kept with the task.")],
    as_json: AsJson = False,
) -> None:
    """Offer a task to a named colleague, with a note.

    Example: voiceops tasks hand-over 4f1c… --agent anna --to ben --why "the caller speaks Hungarian"
    """
    say(hand_over_task(_services(), task_id, actor=agent, to_agent_id=to, why=why), as_json=as_json)


def cancel(task_id: TaskId, agent: AgentId, why: Why, as_json: AsJson = False) -> None:
    """Cancel a task that nobody needs to work.

    Example: voiceops tasks cancel 4f1c… --agent anna --why "called by mistake"
    """
    say(cancel_task(_services(), task_id, actor=agent, why=why), as_json=as_json)


def _services() -> Services:
    log_to_stderr()
    return build_services(Settings())


COMMANDS = (accept, attempt, complete, snooze, release, hand_over, cancel)
