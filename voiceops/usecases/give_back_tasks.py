"""Gives back what an agent going off shift has not started: offers, and by policy accepted tasks too."""

import structlog

from voiceops.analysis.shifts import is_on_shift
from voiceops.domain.callback_task import CallbackTask, TaskState
from voiceops.domain.offers import GIVEN_BACK
from voiceops.errors import Conflict
from voiceops.ports import Page, Services, TaskFilter, UnitOfWork
from voiceops.usecases.assign_task import assign_task
from voiceops.usecases.return_to_pool import return_to_pool

log = structlog.get_logger(__name__)

# More than anybody can hold.
MOST_HELD = 1000


def give_back_tasks(services: Services, agent_id: str) -> int:
    """How many tasks of this agent went back to the pool and, where somebody has room, to the next."""
    with services.open_view() as unit:
        held = unit.tasks.list(TaskFilter(agent_id=agent_id, ended=False), Page(limit=MOST_HELD))
        unstarted = [task for task in held if _is_unstarted(services, unit, task)]
    return sum(_give_back(services, task) for task in unstarted)


def give_back_off_shift(services: Services) -> int:
    """The same for every agent whose shift is over: what the sweep does."""
    now = services.clock.now()
    with services.open_view() as unit:
        loads = unit.tasks.loads()
        agents = unit.agents.list() if loads else ()
        gone = [agent.id for agent in agents if agent.id in loads and not is_on_shift(agent, now)]
    return sum(give_back_tasks(services, agent_id) for agent_id in gone)


def _is_unstarted(services: Services, unit: UnitOfWork, task: CallbackTask) -> bool:
    """A task that somebody tried, or put off to a time of their own, is theirs."""
    if task.state is TaskState.OFFERED:
        return True
    untouched = task.snoozed_until is None and not unit.attempts.of_task(task.id)
    return services.policy.give_back_accepted and untouched


def _give_back(services: Services, task: CallbackTask) -> bool:
    try:
        return_to_pool(services, task, what=GIVEN_BACK, why=f"{task.agent_id} is off shift and had not started it.")
        assign_task(services, task.id)
    except Conflict:
        log.info("task moved by somebody else meanwhile", task_id=task.id)
        return False
    return True
