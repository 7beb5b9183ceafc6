"""Notes how a call to the caller went, and decides by the queue's policy what comes next."""

from dataclasses import replace
from datetime import datetime

from voiceops.analysis.due import due_at
from voiceops.analysis.opening_minutes import opening_minutes_after
from voiceops.domain.callback_task import CallbackTask, Disposition, TaskEvent, TaskMove, TaskState
from voiceops.domain.people import Queue
from voiceops.domain.task_attempt import AttemptResult, LastResort, TaskAttempt
from voiceops.errors import Conflict
from voiceops.ports import Notice, Services, UnitOfWork
from voiceops.usecases.find_queue import find_queue
from voiceops.usecases.require_seen import task_as_seen


def log_attempt(
    services: Services, task_id: str, *, actor: str, result: AttemptResult, note: str = "", version: int | None = None
) -> CallbackTask:
    """The task after an attempt: put off until the next one, ended as not reached, or the supervisor's.

    A caller who was reached leaves it accepted, to be completed. Raises Conflict unless `actor` accepted it.
    """
    now = services.clock.now()
    with services.open_unit() as unit:
        task = task_as_seen(unit, task_id, version)
        if task.state is not TaskState.ACCEPTED or task.agent_id != actor:
            raise Conflict(
                "Only who accepted a task can note an attempt.",
                record=task_id,
                next_step="Accept the task first, or ask your supervisor to hand it over.",
            )
        queue = find_queue(services, unit, task.queue)
        attempt = _attempt(unit, TaskAttempt(task_id, 0, now, actor, result, note), queue=queue)
        moved = _moved(task, attempt, queue=queue)
        unit.attempts.add(attempt)
        unit.tasks.save(
            moved, TaskEvent(task_id, now, actor=actor, what=f"attempt {attempt.number}: {result}", why=note)
        )
        if moved.with_supervisor:
            unit.tell(_notice(attempt))
        unit.commit()
    return moved


def _attempt(unit: UnitOfWork, made: TaskAttempt, *, queue: Queue) -> TaskAttempt:
    """The attempt with its number, and with the time of the next one if there is to be one."""
    earlier = unit.attempts.of_task(made.task_id)
    numbered = replace(made, number=len(earlier) + 1)
    if made.result is AttemptResult.REACHED:
        return numbered
    in_vain = 1 + sum(one.result is not AttemptResult.REACHED for one in earlier)
    minutes = queue.attempts.wait_minutes(in_vain)
    next_at = opening_minutes_after(made.at, minutes, queue=queue) if minutes is not None else None
    return replace(numbered, next_at=next_at)


def _moved(task: CallbackTask, attempt: TaskAttempt, *, queue: Queue) -> CallbackTask:
    if attempt.result is AttemptResult.REACHED:
        return replace(task.by(TaskMove.ATTEMPT), snoozed_until=None)
    if attempt.next_at is not None:
        return _put_off(task, attempt.next_at, queue=queue)
    if queue.attempts.then is LastResort.NOT_REACHED:
        return replace(
            task.by(TaskMove.GIVE_UP), disposition=Disposition.NOT_REACHED, ended_at=attempt.at, snoozed_until=None
        )
    return replace(
        task.by(TaskMove.TO_SUPERVISOR),
        agent_id=None,
        assignment_reason=None,
        snoozed_until=None,
        with_supervisor=True,
    )


def _notice(last: TaskAttempt) -> Notice:
    text = f"The caller was not reached in {last.number} attempts: you decide what comes next."
    return Notice("supervisor", subject="A caller was not reached", text=text, task_id=last.task_id)


def _put_off(task: CallbackTask, until: datetime, *, queue: Queue) -> CallbackTask:
    again = due_at(raised_at=until, urgency=task.urgency, queue=queue)
    return task.put_off(TaskMove.ATTEMPT, until, due_at=again)
