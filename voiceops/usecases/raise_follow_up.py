"""Raises the follow-up of a completed callback, where its queue wants one."""

from voiceops.analysis.due import due_at
from voiceops.analysis.opening_minutes import opening_minutes_after
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskEvent, TaskKind
from voiceops.domain.caller_facts import Urgency
from voiceops.domain.people import Queue
from voiceops.ports import Services, UnitOfWork

# Only who was spoken to can be asked how it was.
SPOKEN_TO = frozenset({Disposition.RESOLVED, Disposition.CALLED_BACK})


def raise_follow_up(services: Services, unit: UnitOfWork, done: CallbackTask, *, queue: Queue) -> CallbackTask | None:
    """The follow-up in the unit that completes the callback, or None where nobody asks afterwards.

    It sleeps for the queue's delay, then its service target begins. Raises Conflict if there is one already.
    """
    policy, now = queue.follow_up, services.clock.now()
    if policy is None or done.kind is TaskKind.FOLLOW_UP or done.disposition not in SPOKEN_TO:
        return None
    asks_at = opening_minutes_after(now, policy.after_minutes, queue=queue)
    task = CallbackTask(
        id=services.new_id(),
        recording_id=None,
        raised_at=now,
        due_at=due_at(raised_at=asks_at, urgency=Urgency.NORMAL, queue=queue),
        caller_number=done.caller_number,
        dialled_number=done.dialled_number,
        queue=done.queue,
        language=done.language,
        note=policy.question,
        facts=done.facts,
        kind=TaskKind.FOLLOW_UP,
        follow_up_of=done.id,
        snoozed_until=asks_at,
    )
    why = f"The callback {done.id} was completed as {done.disposition}."
    unit.tasks.add(task, TaskEvent(task.id, now, actor="system", what="raised", why=why))
    return task
