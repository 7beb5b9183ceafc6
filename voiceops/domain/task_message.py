"""A message of a callback task: the first one raised it, later ones of the same caller joined it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from voiceops.domain.caller_facts import CallerFacts, Urgency


@dataclass(frozen=True)
class TaskMessage:
    """One voicemail and the task that answers it; a voicemail belongs to exactly one.

    `facts` is None until it was transcribed. `note` says why there are none ("being transcribed").
    `no_message` is True where nobody speaks in it.
    """

    recording_id: str
    task_id: str
    received_at: datetime
    facts: CallerFacts | None = None
    note: str | None = None
    no_message: bool = False


def urgency_of(messages: Sequence[TaskMessage]) -> Urgency:
    """How urgent a task with these messages is: as its most urgent one, and one step more for every repeat.

    A message in which nobody speaks is none; one that is not transcribed yet counts.
    """
    steps = tuple(Urgency)
    spoken = [message for message in messages if not message.no_message]
    said = [steps.index(message.facts.urgency.value) for message in spoken if message.facts is not None]
    base = max(said, default=steps.index(Urgency.NORMAL))
    return steps[min(base + max(len(spoken) - 1, 0), len(steps) - 1)]
