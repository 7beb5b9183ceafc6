"""Puts right the number to call back, after somebody listened or the caller gave another; what was heard stays."""

from dataclasses import replace

from voiceops.analysis.telephone_number import telephone_number
from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskMove
from voiceops.errors import BadInput
from voiceops.ports import Services
from voiceops.usecases.find_queue import find_queue
from voiceops.usecases.require_seen import task_as_seen


def correct_number(
    services: Services, task_id: str, *, actor: str, number: str | None, version: int | None = None
) -> CallbackTask:
    """The task with this number in E.164, or for None with the one that was heard again.

    Raises BadInput for what is no valid number, and Conflict if the task has ended.
    """
    with services.open_unit() as unit:
        task = task_as_seen(unit, task_id, version)
        valid = None
        if number is not None:
            valid = telephone_number(number, region=find_queue(services, unit, task.queue).region)
            if valid is None:
                raise _not_valid(number)
        changed = replace(task.by(TaskMove.CORRECT), corrected_number=valid)
        what = f"number corrected to {valid}" if valid is not None else "number as it was heard again"
        why = f"It was {task.number_to_call or 'not known'}."
        unit.tasks.save(changed, TaskEvent(task_id, services.clock.now(), actor=actor, what=what, why=why))
        unit.commit()
    return changed


def _not_valid(number: str) -> BadInput:
    return BadInput(
        "This is no telephone number that can be called.",
        record=number,
        next_step="Write it as you would dial it, or with + and the country's code.",
    )
