"""What belongs to a team: what its agents have in hand, and what lies in its queues."""

from collections.abc import Collection, Sequence

from sqlalchemy import Column, ColumnElement, Connection, Table, false, func, or_, select

from voiceops.storage.tables import agents, queues

# A team with fewer records than this is asked by its own indices, which then have little to gather and sort.
_FEW = 200


def agents_of(teams: Collection[str], agent_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the agent in a column is of one of these teams."""
    return agent_id.in_(select(agents.c.id).where(agents.c.team.in_(teams)))


def of_teams(
    connection: Connection, teams: Collection[str], table: Table, *, wanted: Sequence[ColumnElement[bool]]
) -> Sequence[ColumnElement[bool]]:
    """What a wanted row of this table, which has an agent and a queue, fulfils if it belongs to one of these teams.

    The list of a team that has much is walked in its order, and what is another team's is left out: such a walk soon
    has its page. That of a team with little would walk through all rows for nothing, so there its rows are named.
    """
    own: set[str] = set()
    for condition in (agents_of(teams, table.c.agent_id), _queues_of(teams, table.c.queue)):
        own.update(connection.scalars(select(table.c.id).where(condition).limit(_FEW)))
        if len(own) >= _FEW:
            return [*wanted, _by_walking(teams, table.c.agent_id, table.c.queue)]
    # SQLite takes any index of another condition for the better one; in this form they have none.
    return [table.c.id.in_(own), *(func.coalesce(one, false()) for one in wanted)]


def belongs_to(teams: Collection[str], table: Table) -> ColumnElement[bool]:
    """Whether a row of this table, which has an agent and a queue, is one of these teams': to count such rows."""
    return or_(agents_of(teams, table.c.agent_id), _queues_of(teams, table.c.queue))


def _queues_of(teams: Collection[str], queue: ColumnElement[str]) -> ColumnElement[bool]:
    return queue.in_(select(queues.c.id).where(queues.c.team.in_(teams)))


def _by_walking(teams: Collection[str], agent_id: Column[str], queue: Column[str]) -> ColumnElement[bool]:
    """The same in a form that no index of the two columns serves, so that the list's own order is chosen."""
    holder, place = (func.coalesce(column, "") for column in (agent_id, queue))
    return or_(agents_of(teams, holder), _queues_of(teams, place))


class SqlTeams:
    """The teams of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, *, agent_id: str | None = None, queue: str | None = None) -> frozenset[str]:
        """See the port."""
        agent = select(agents.c.team).where(agents.c.id == agent_id)
        found = self._connection.scalars(agent.union_all(select(queues.c.team).where(queues.c.id == queue)))
        return frozenset(filter(None, found))
