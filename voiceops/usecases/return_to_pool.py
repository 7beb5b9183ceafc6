"""Returns a task that its agent did not start to the pool, as it was last seen."""

from dataclasses import replace

from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskMove
from voiceops.ports import Services


def return_to_pool(services: Services, task: CallbackTask, *, what: str, why: str) -> CallbackTask:
    """The task, open and nobody's, with an event of the system.

    Raises Conflict if it was changed since `task` was read: then somebody may have started it.
    """
    opened = replace(task.by(TaskMove.RELEASE), agent_id=None, assignment_reason=None)
    with services.open_unit() as unit:
        unit.tasks.save(opened, TaskEvent(task.id, services.clock.now(), actor="system", what=what, why=why))
        unit.commit()
    return opened
