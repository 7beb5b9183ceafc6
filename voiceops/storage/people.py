"""Agents and call-centre queues as rows."""

from collections.abc import Collection, Mapping, Sequence

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
        return self.find_all([queue_id])[queue_id]

    def find_all(self, queue_ids: Collection[str | None]) -> Mapping[str | None, Queue]:
        """See the port."""
        wanted = select(queues).where(queues.c.id.in_({DEFAULT_QUEUE, *filter(None, queue_ids)}))
        found = {row["id"]: Queue(**row) for row in all_rows(self._connection, wanted)}
        fallback = found.get(DEFAULT_QUEUE, BUILT_IN_QUEUE)
        return {one: found.get(one or DEFAULT_QUEUE, fallback) for one in queue_ids}

    def hold(self, queue_id: str) -> Queue | None:
        """See the port."""
        row = hold_row(self._connection, select(queues).where(queues.c.id == queue_id))
        return None if row is None else Queue(**row)

    def list(self) -> Sequence[Queue]:
        """See the port."""
        return [Queue(**row) for row in all_rows(self._connection, select(queues).order_by(queues.c.id))]
