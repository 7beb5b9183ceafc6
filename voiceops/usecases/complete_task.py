"""An agent completes a task with a disposition; where the queue wants it, a follow-up is raised."""

from dataclasses import replace
from datetime import datetime

from voiceops.domain.callback_task import CallbackTask, Disposition, TaskEvent, TaskMove, TaskState
from voiceops.domain.people import Queue
from voiceops.errors import BadInput, Conflict
from voiceops.ports import Services
from voiceops.usecases.find_queue import find_queue
from voiceops.usecases.raise_follow_up import raise_follow_up
from voiceops.usecases.require_seen import task_as_seen


def complete_task(
    services: Services,
    task_id: str,
    *,
    actor: str,
    disposition: Disposition,
    note: str = "",
    version: int | None = None,
) -> CallbackTask:
    """The task, done.

    Raises Conflict if it is not accepted, or accepted by somebody else, and BadInput for a disposition
    that its queue does not know.
    """
    now = services.clock.now()
    with services.open_unit() as unit:
        task = task_as_seen(unit, task_id, version)
        queue = find_queue(services, unit, task.queue)
        done = _done(task, actor, disposition, at=now)
        _require_known(disposition, queue, record=task_id)
        unit.tasks.save(done, TaskEvent(task_id, now, actor=actor, what=f"done: {disposition}", why=note))
        raise_follow_up(services, unit, done, queue=queue)
        unit.commit()
    return done


def _done(task: CallbackTask, actor: str, disposition: Disposition, *, at: datetime) -> CallbackTask:
    if task.state is not TaskState.ACCEPTED or task.agent_id != actor:
        raise Conflict(
            "Only who accepted a task can complete it.",
            record=task.id,
            next_step="Accept the task first, or ask your supervisor to hand it over.",
        )
    return replace(task.by(TaskMove.COMPLETE), disposition=disposition, ended_at=at, snoozed_until=None)


def _require_known(disposition: Disposition, queue: Queue, *, record: str) -> None:
    if disposition not in queue.dispositions:
        raise BadInput(
            f"A task of the queue {queue.id} does not end as {disposition}.",
            record=record,
            next_step=f"Choose one of: {', '.join(queue.dispositions)}.",
        )
