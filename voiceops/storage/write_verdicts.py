"""Writes what counts of evaluations: whoever stores an evaluation or a review calls this in the same transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Table, bindparam, case, delete, func, insert, select, update

from voiceops.analysis.count_reviews import count_reviews
from voiceops.domain.finding import Evaluation
from voiceops.domain.keyword_set import Rule
from voiceops.domain.review import Review
from voiceops.storage.judgements import write_judgements
from voiceops.storage.reanalysis_tables import review_columns, reviews
from voiceops.storage.statements import all_rows, may_write, put_many
from voiceops.storage.tables import keyword_sets, recordings
from voiceops.storage.verdict_tables import findings, verdicts

# What a call without any verdict has; one that nobody can score yet has 0, since it is the least certain.
_BEST, _UNKNOWN = 100.0, 0.0


def hold_recordings(connection: Connection, recording_ids: Collection[str]) -> None:
    """Nobody else changes these recordings until the unit ends; two who want several never wait in a ring."""
    if may_write(connection) and connection.dialect.name == "postgresql":
        query = select(recordings.c.id).where(recordings.c.id.in_(recording_ids)).order_by(recordings.c.id)
        connection.execute(query.with_for_update(key_share=True))


def write_verdicts(connection: Connection, given: Mapping[str, Evaluation]) -> None:
    """Make findings and verdicts follow these evaluations, by recording, and each recording's place in the worklist."""
    by_version: defaultdict[tuple[str, int], dict[str, Evaluation]] = defaultdict(dict)
    for recording_id, evaluation in given.items():
        by_version[evaluation.keyword_set_id, evaluation.keyword_set_version][recording_id] = evaluation
    for (keyword_set_id, version), evaluations in by_version.items():
        older = evaluations.keys() - _of_newer(connection, keyword_set_id, version, evaluations)
        _write(connection, keyword_set_id, version, {one: evaluations[one] for one in sorted(older)})
    _place(connection, given)
    write_judgements(connection, given)


def forget_verdicts(connection: Connection, recording_id: str) -> None:
    """Remove what counts of a recording, whose evaluations are removed with it."""
    for table in (findings, verdicts):
        connection.execute(delete(table).where(table.c.recording_id == recording_id))
    _place(connection, [recording_id])
    write_judgements(connection, [recording_id])


def _of_newer(connection: Connection, keyword_set_id: str, version: int, ids: Collection[str]) -> frozenset[str]:
    """Those of the recordings that a newer version evaluated, which counts."""
    newer = select(verdicts.c.recording_id).where(*_of(verdicts, keyword_set_id, ids))
    return frozenset(connection.scalars(newer.where(verdicts.c.keyword_set_version > version)))


def _write(connection: Connection, keyword_set_id: str, version: int, evaluations: Mapping[str, Evaluation]) -> None:
    said = _said(connection, keyword_set_id, version, evaluations)
    rules = _rules(connection, keyword_set_id, version)
    counted = [
        count_reviews(one, evaluation, rules=rules, reviews=said[one] if one in said and rules else ())
        for one, evaluation in evaluations.items()
    ]
    put_many(connection, verdicts, [vars(verdict) for verdict, _ in counted])
    connection.execute(delete(findings).where(*_of(findings, keyword_set_id, evaluations)))
    if rows := [vars(finding) for _, found in counted for finding in found]:
        connection.execute(insert(findings), rows)


def _said(
    connection: Connection, keyword_set_id: str, version: int, ids: Collection[str]
) -> Mapping[str, Sequence[Review]]:
    """By recording the reviews of this version, oldest first."""
    query = select(*review_columns).where(*_of(reviews, keyword_set_id, ids), reviews.c.keyword_set_version == version)
    found: defaultdict[str, list[Review]] = defaultdict(list)
    for row in all_rows(connection, query.order_by(reviews.c.number)):
        found[row["recording_id"]].append(Review(**row))
    return found


def _rules(connection: Connection, keyword_set_id: str, version: int) -> Sequence[Rule]:
    """() for a set that is not stored: what nobody can weigh stays as the machine left it."""
    query = select(keyword_sets.c.keyword_set)
    stored = connection.scalar(query.where(keyword_sets.c.id == keyword_set_id, keyword_sets.c.version == version))
    return () if stored is None else stored.rules


def _of(table: Table, keyword_set_id: str, ids: Collection[str]) -> Iterable[ColumnElement[bool]]:
    return table.c.recording_id.in_(ids), table.c.keyword_set_id == keyword_set_id


def _place(connection: Connection, ids: Collection[str]) -> None:
    """Write on the recordings where they stand in the worklist, if that changed: they have many indices."""
    needs = func.coalesce(func.max(verdicts.c.to_decide), 0) > 0
    is_there = verdicts.c.recording_id.is_not(None)
    worst = func.coalesce(func.min(case((is_there, func.coalesce(verdicts.c.score, _UNKNOWN)))), _BEST)
    query = select(recordings.c.id, recordings.c.needs_person, recordings.c.worst_score, needs, worst)
    query = query.outerjoin(verdicts, verdicts.c.recording_id == recordings.c.id).where(recordings.c.id.in_(ids))
    moved = [
        {"own": own, "needs": needs_now, "worst": worst_now}
        for own, needed, was_worst, needs_now, worst_now in connection.execute(query.group_by(recordings.c.id))
        if (needed, was_worst) != (needs_now, worst_now)
    ]
    if moved:
        this = update(recordings).where(recordings.c.id == bindparam("own"))
        connection.execute(this.values(needs_person=bindparam("needs"), worst_score=bindparam("worst")), moved)
