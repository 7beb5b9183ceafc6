"""Ports to tasks and to the people who work them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from voiceops.domain.callback_task import CallbackTask, TaskEvent, TaskState
from voiceops.domain.people import Agent, Queue
from voiceops.ports.records import Page


@dataclass(frozen=True)
class TaskFilter:
    """Which tasks to list; None means any. `ended` False means still somebody's duty.

    `recording_id` is that of any message of the task. `pool` means what anybody may claim, `pool_of` what
    somebody may who works these queues: theirs, and what is in no queue. `teams` means those whose agent is of
    one of these teams, or whose queue is theirs.
    """

    state: TaskState | None = None
    agent_id: str | None = None
    queue: str | None = None
    caller_number: str | None = None
    ended: bool | None = None
    recording_id: str | None = None
    follow_up_of: str | None = None
    pool: bool = False
    pool_of: tuple[str, ...] | None = None
    teams: tuple[str, ...] | None = None


class TaskOrder(StrEnum):
    """Orders of a list of tasks."""

    DUE_FIRST = "due_at_asc"
    DUE_LAST = "due_at_desc"
    RAISED_FIRST = "raised_at_asc"
    RAISED_LAST = "raised_at_desc"


class TaskStore(Protocol):
    """Callback tasks and their events. Lists go by due time; at one instant the id decides."""

    def add(self, task: CallbackTask, event: TaskEvent) -> None:
        """Add a task and its first message.

        Raises Conflict if its recording belongs to a task: a job run twice raises one task.
        """
        ...

    def get(self, task_id: str) -> CallbackTask:
        """Raises NotFound."""
        ...

    def find_by_recording(self, recording_id: str) -> CallbackTask | None:
        """The task that a recording raised or joined, or None."""
        ...

    def save(self, task: CallbackTask, event: TaskEvent) -> None:
        """Overwrite and add the event. `task.version` must be the stored version + 1.

        Raises NotFound, or Conflict if somebody else changed the task meanwhile.
        """
        ...

    def list(self, wanted: TaskFilter, page: Page, order: TaskOrder = TaskOrder.DUE_FIRST) -> Sequence[CallbackTask]:
        """One page. Raises NotFound for an unknown `page.after`."""
        ...

    def events(self, task_id: str) -> Sequence[TaskEvent]:
        """All events of a task, oldest first."""
        ...

    def loads(self) -> Mapping[str, int]:
        """For each agent with any, the number of tasks offered to or accepted by them.

        Whoever asks is about to assign: until the unit ends, others who ask wait, so that two
        assigners never see the same free place.
        """
        ...

    def unassigned(self, *, raised_before: datetime, limit: int = 100) -> Sequence[CallbackTask]:
        """Tasks that anybody may be offered, raised before an instant, the first due first."""
        ...

    def overdue(self, *, now: datetime, below_level: int, page: Page) -> Sequence[CallbackTask]:
        """One page of the tasks not ended or snoozed, due before `now`, escalated to a lower level; by due time."""
        ...

    def asleep(self, *, until: datetime, limit: int = 100) -> Sequence[CallbackTask]:
        """Tasks not ended that are snoozed until an instant at or before `until`."""
        ...


class AgentStore(Protocol):
    """Agents by id; lists are ordered by id."""

    def put(self, agent: Agent) -> None:
        """Store or replace."""
        ...

    def get(self, agent_id: str) -> Agent:
        """Raises NotFound."""
        ...

    def hold(self, agent_id: str) -> Agent | None:
        """The agent or None; until the unit ends, others who hold or put them wait."""
        ...

    def list(self) -> Sequence[Agent]:
        """All agents."""
        ...


class QueueStore(Protocol):
    """Call-centre queues by id; lists are ordered by id."""

    def put(self, queue: Queue) -> None:
        """Store or replace."""
        ...

    def find(self, queue_id: str | None) -> Queue:
        """The queue, or for None and for unknown ids the one called "default", or else BUILT_IN_QUEUE."""
        ...

    def hold(self, queue_id: str) -> Queue | None:
        """The stored queue of that id or None; until the unit ends, others who hold or put it wait."""
        ...

    def find_all(self, queue_ids: Collection[str | None]) -> Mapping[str | None, Queue]:
        """As `find`, for each of many ids."""
        ...

    def list(self) -> Sequence[Queue]:
        """All stored queues."""
        ...


class Teams(Protocol):
    """Which teams there are anything of."""

    def of(self, *, agent_id: str | None = None, queue: str | None = None) -> frozenset[str]:
        """The team of an agent and the team that a queue belongs to, as far as they are stored and have one."""
        ...
