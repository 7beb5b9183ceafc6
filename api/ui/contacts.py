"""What else is known of a caller: earlier tasks and calls, as far as whoever asks may see them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from api.access import SignedIn
from voiceops.domain.callback_task import CallbackTask
from voiceops.domain.recording import Recording, RecordingKind
from voiceops.ports import Page, RecordingFilter, TaskFilter, TaskOrder, UnitOfWork

SHOWN = 10


@dataclass(frozen=True)
class Contact:
    """One earlier contact: a callback task, or a call."""

    at: datetime
    task: CallbackTask | None = None
    call: Recording | None = None

    @property
    def address(self) -> str:
        """The page that shows it."""
        return f"/tasks/{self.task.id}" if self.task is not None else f"/calls/{self.call.id}" if self.call else ""


def earlier_contacts(
    unit: UnitOfWork, task: CallbackTask, who: SignedIn, *, messages: Sequence[Recording]
) -> list[Contact]:
    """The newest contacts with whoever left these messages, the newest first; a few, however often they called."""
    numbers = dict.fromkeys(number for number in (task.caller_number, task.number_to_call) if number)
    customers = dict.fromkeys(one.customer for one in messages if one.customer)
    any_task = TaskFilter(agent_id=who.only_agent, teams=who.only_teams)
    any_call = RecordingFilter(RecordingKind.CALL, agent_id=who.only_agent, teams=who.only_teams)
    of_them = [replace(any_task, caller_number=number) for number in numbers]
    with_them = [replace(any_call, caller_number=number) for number in numbers]
    with_them += [replace(any_call, customer=customer) for customer in customers]
    page = Page(limit=SHOWN + 1)  # the task itself may be among them
    tasks = [one for each in of_them for one in unit.tasks.list(each, page, TaskOrder.RAISED_LAST)]
    calls = [one for each in with_them for one in unit.recordings.list(each, page)]
    found = [Contact(one.raised_at, task=one) for one in {one.id: one for one in tasks}.values() if one.id != task.id]
    found += [Contact(one.started_at or one.received_at, call=one) for one in {one.id: one for one in calls}.values()]
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN]
