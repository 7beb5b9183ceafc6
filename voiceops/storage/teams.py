"""What belongs to a team: what its agents have in hand, and what lies in its queues."""

from collections.abc import Collection

from sqlalchemy import Column, ColumnElement, Connection, func, or_, select

from voiceops.storage.tables import agents, queues


def agents_of(teams: Collection[str], agent_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the agent in a column is of one of these teams."""
    return agent_id.in_(select(agents.c.id).where(agents.c.team.in_(teams)))


def of_teams(teams: Collection[str], *, agent_id: Column[str], queue: Column[str]) -> ColumnElement[bool]:
    """Whether a row with an agent and a queue belongs to one of these teams."""
    # Not by the columns' own indexes: they would gather and sort all that a team ever had, for one page of it. So the
    # list is walked in its order, and what is another team's is left out.
    holder, place = (func.coalesce(column, "") for column in (agent_id, queue))
    return or_(agents_of(teams, holder), place.in_(select(queues.c.id).where(queues.c.team.in_(teams))))


class SqlTeams:
    """The teams of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, *, agent_id: str | None = None, queue: str | None = None) -> frozenset[str]:
        """See the port."""
        agent = select(agents.c.team).where(agents.c.id == agent_id)
        found = self._connection.scalars(agent.union_all(select(queues.c.team).where(queues.c.id == queue)))
        return frozenset(filter(None, found))
