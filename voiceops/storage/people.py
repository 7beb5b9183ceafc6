"""Agents and call-centre queues as rows."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from voiceops.domain.people import BUILT_IN_QUEUE, Agent, Queue
from voiceops.errors import NotFound
from voiceops.storage.statements import all_rows, find_row, hold_row, put
from voiceops.storage.tables import agents, queues

DEFAULT_QUEUE = BUILT_IN_QUEUE.id


class SqlAgentStore:
    """The agents of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, agent: Agent) -> None:
        """See the port."""
        put(self._connection, agents, vars(agent))

    def get(self, agent_id: str) -> Agent:
        """See the port."""
        row = find_row(self._connection, select(agents).where(agents.c.id == agent_id))
        if row is None:
            raise NotFound(
                "There is no agent with this id.", record=agent_id, next_step="Look it up in the list of agents."
            )
        return Agent(**row)

    def hold(self, agent_id: str) -> Agent | None:
        """See the port."""
        row = hold_row(self._connection, select(agents).where(agents.c.id == agent_id))
        return None if row is None else Agent(**row)

    def list(self) -> Sequence[Agent]:
        """See the port."""
        return [Agent(**row) for row in all_rows(self._connection, select(agents).order_by(agents.c.id))]


class SqlQueueStore:
    """The call-centre queues of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, queue: Queue) -> None:
        """See the port."""
        put(self._connection, queues, vars(queue))

    def find(self, queue_id: str | None) -> Queue:
        """See the port. A stored queue called "default" replaces the defaults."""
        wanted = select(queues).where(queues.c.id.in_([queue_id or DEFAULT_QUEUE, DEFAULT_QUEUE]))
        found = {row["id"]: Queue(**row) for row in all_rows(self._connection, wanted)}
        fallback = found.get(DEFAULT_QUEUE, BUILT_IN_QUEUE)
        return fallback if queue_id is None else found.get(queue_id, fallback)

    def hold(self, queue_id: str) -> Queue | None:
        """See the port."""
        row = hold_row(self._connection, select(queues).where(queues.c.id == queue_id))
        return None if row is None else Queue(**row)

    def list(self) -> Sequence[Queue]:
        """See the port."""
        return [Queue(**row) for row in all_rows(self._connection, select(queues).order_by(queues.c.id))]
