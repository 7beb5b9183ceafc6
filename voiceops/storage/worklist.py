"""QA's worklist as queries: each of its two parts is walked in the order of an index."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from operator import eq, ge, le, lt
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, exists, false, func, literal, select, tuple_

from voiceops.domain.recording import Recording, RecordingKind
from voiceops.ports import WorklistEntry, WorklistFilter, WorklistOrder, WorklistPlace
from voiceops.storage.call_tables import spoken_words
from voiceops.storage.recordings import FIELDS
from voiceops.storage.spoken_words import those_saying
from voiceops.storage.statements import all_rows
from voiceops.storage.tables import recordings
from voiceops.storage.teams import of_teams
from voiceops.storage.verdict_tables import findings

# So few calls are named and sorted; more are met soon enough by walking the list in its order.
FEW = 1000
_COLUMNS = (*FIELDS, recordings.c.needs_person, recordings.c.worst_score)


class SqlWorklist:
    """The worklist of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self, wanted: WorklistFilter, *, order: WorklistOrder, limit: int, after: WorklistPlace | None = None
    ) -> Sequence[WorklistEntry]:
        """See the port."""
        query = select(*_COLUMNS).where(*self._conditions(wanted))
        found: list[WorklistEntry] = []
        for part in (True, False):
            if len(found) < limit and (after is None or part <= after.needs_person):
                begin = after if after is not None and after.needs_person is part else None
                rows = _part(query, part=part, order=order, after=begin).limit(limit - len(found))
                found += [_entry(row) for row in all_rows(self._connection, rows)]
        return found

    def of_ids(self, recording_ids: Sequence[str]) -> Sequence[WorklistEntry]:
        """See the port."""
        query = select(*_COLUMNS).where(recordings.c.id.in_(recording_ids))
        found = {row["id"]: _entry(row) for row in all_rows(self._connection, query)}
        return [found[own] for own in recording_ids if own in found]

    def ids_by_agent(self, wanted: WorklistFilter) -> Sequence[tuple[str, str]]:
        """See the port."""
        query = select(recordings.c.agent_id, recordings.c.id).where(*self._conditions(wanted))
        query = query.where(recordings.c.agent_id.is_not(None)).order_by(recordings.c.agent_id, recordings.c.id)
        return [(agent_id, own) for agent_id, own in self._connection.execute(query)]

    def _conditions(self, wanted: WorklistFilter) -> Sequence[ColumnElement[bool]]:
        conditions: Sequence[ColumnElement[bool]] = [recordings.c.kind == RecordingKind.CALL, *_of_call(wanted)]
        if wanted.teams is not None:
            conditions = of_teams(self._connection, wanted.teams, recordings, wanted=conditions)
        if wanted.words is not None:
            conditions = _with_words(self._connection, wanted.words, conditions)
        asked = _of_finding(wanted)
        return _with_finding(self._connection, asked, conditions) if asked else conditions


def _with_words(
    connection: Connection, words: str, conditions: Sequence[ColumnElement[bool]]
) -> Sequence[ColumnElement[bool]]:
    saying = those_saying(connection, words)
    own = set(connection.scalars(saying.limit(FEW)))
    if len(own) < FEW:
        return _only(own, conditions)
    # So common a word is met soon enough by asking call by call, in the order of the list.
    return [*conditions, saying.where(spoken_words.c.recording_id == recordings.c.id).correlate(recordings).exists()]


def _with_finding(
    connection: Connection, asked: Sequence[ColumnElement[bool]], conditions: Sequence[ColumnElement[bool]]
) -> Sequence[ColumnElement[bool]]:
    own = set(connection.scalars(select(findings.c.recording_id).where(*asked).limit(FEW)))
    if len(own) == FEW:
        return [*conditions, exists().where(findings.c.recording_id == recordings.c.id, *asked)]
    return _only(own, conditions)


def _only(own: AbstractSet[str], conditions: Sequence[ColumnElement[bool]]) -> Sequence[ColumnElement[bool]]:
    # SQLite takes any index of another condition for the better one; in this form they have none.
    return [recordings.c.id.in_(own), *(func.coalesce(one, false()) for one in conditions)]


def _of_call(wanted: WorklistFilter) -> Sequence[ColumnElement[bool]]:
    own = recordings.c
    asked: tuple[tuple[Any, Callable[[Any, Any], Any], Column[Any]], ...] = (
        (wanted.queue, eq, own.queue),
        (wanted.agent_id, eq, own.agent_id),
        (wanted.from_at, ge, own.received_at),
        (wanted.to_at, lt, own.received_at),
        (wanted.min_seconds, ge, own.duration_seconds),
        (wanted.max_seconds, le, own.duration_seconds),
        (wanted.clarity_below, lt, own.clarity),
    )
    return [compare(column, value) for value, compare, column in asked if value is not None]


def _of_finding(wanted: WorklistFilter) -> Sequence[ColumnElement[bool]]:
    names = ("keyword_set_id", "rule_id")
    asked = [findings.c[name] == getattr(wanted, name) for name in names if getattr(wanted, name) is not None]
    return [*asked, findings.c.outcome.in_(wanted.outcomes)] if wanted.outcomes else asked


def _part(query: Select[Any], *, part: bool, order: WorklistOrder, after: WorklistPlace | None) -> Select[Any]:
    """Those that wait for a person, or the others, after a place."""
    worst_first = order is WorklistOrder.WORST
    by, own = recordings.c.worst_score if worst_first else recordings.c.received_at, recordings.c.id
    query = query.where(recordings.c.needs_person.is_(part))
    if after is not None:
        seen = after.worst_score if worst_first else after.received_at
        place, begin = tuple_(by, own), tuple_(literal(seen, by.type), literal(after.recording_id, own.type))
        query = query.where(place > begin if worst_first else place < begin)
    return query.order_by(by, own) if worst_first else query.order_by(by.desc(), own.desc())


def _entry(row: dict[str, Any]) -> WorklistEntry:
    needs, worst = row.pop("needs_person"), row.pop("worst_score")
    return WorklistEntry(Recording(**row), WorklistPlace(needs, row["received_at"], worst, row["id"]))
