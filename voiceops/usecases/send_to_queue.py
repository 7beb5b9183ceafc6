"""Sends a task to another queue, with a reason: whoever works that one gets it."""

from dataclasses import replace

from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskMove
from voiceops.errors import BadInput, NotFound
from voiceops.ports import Services
from voiceops.usecases.require_seen import task_as_seen


def send_to_queue(
    services: Services, task_id: str, *, actor: str, queue: str, why: str, version: int | None = None
) -> CallbackTask:
    """The task, open and nobody's in that queue; the next sweep offers it. Its due time was promised and stays.

    Raises NotFound for an unknown queue, BadInput if it lies there already, and Conflict if it has ended.
    """
    with services.open_unit() as unit:
        task = task_as_seen(unit, task_id, version)
        if queue not in {stored.id for stored in unit.queues.list()}:
            raise NotFound(
                "There is no queue with this id.", record=queue, next_step="Choose one of the queues there are."
            )
        if queue == task.queue:
            raise BadInput(
                "The task lies in this queue already.",
                record=queue,
                next_step="Choose another queue, or give the task back to the pool.",
            )
        sent = replace(
            task.by(TaskMove.TO_QUEUE), queue=queue, agent_id=None, assignment_reason=None, with_supervisor=False
        )
        event = TaskEvent(task_id, services.clock.now(), actor=actor, what=f"sent to queue {queue}", why=why)
        unit.tasks.save(sent, event)
        unit.commit()
    return sent
