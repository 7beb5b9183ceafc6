"""Findings and verdicts as they count, each a row, and where a recording stands in the worklist.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

PASS_MARK = 80
NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
ORDERS = (
    ("kind", "needs_person", "received_at", "id"),
    ("kind", "needs_person", "worst_score", "id"),
    ("queue", "needs_person", "received_at", "id"),
    ("agent_id", "needs_person", "received_at", "id"),
)

# The newest version's evaluation of each recording by each set is the one that counts.
COUNTING = """
    WITH counting AS (SELECT e.* FROM evaluations e WHERE NOT EXISTS (SELECT 1 FROM evaluations newer
      WHERE newer.recording_id = e.recording_id AND newer.keyword_set_id = e.keyword_set_id
      AND newer.keyword_set_version > e.keyword_set_version)),
    said AS (SELECT r.* FROM reviews r WHERE r.number IN (SELECT max(number) FROM reviews
      GROUP BY recording_id, keyword_set_id, keyword_set_version, rule_id))
"""
FINDINGS = """
    INSERT INTO findings (recording_id, keyword_set_id, keyword_set_version, rule_id, outcome, is_reviewed)
    {counting} SELECT c.recording_id, c.keyword_set_id, c.keyword_set_version, {rule},
      coalesce(s.outcome, {outcome}), s.outcome IS NOT NULL
    FROM counting c CROSS JOIN {each} AS found LEFT JOIN said s ON s.recording_id = c.recording_id
      AND s.keyword_set_id = c.keyword_set_id AND s.keyword_set_version = c.keyword_set_version AND s.rule_id = {rule}
"""
FORMS = {
    "sqlite": {"each": "json_each(c.findings)"} | {n: f"found.value ->> '{n}'" for n in ("rule_id", "outcome")},
    "postgresql": {"each": "json_array_elements(c.findings::json)"}
    | {n: f"(found.value ->> '{n}')" for n in ("rule_id", "outcome")},
}
ASKS = """(NOT f.is_reviewed AND f.outcome IN ('missed', 'refused', 'violated', 'uncertain')
    AND NOT (f.outcome <> 'uncertain' AND EXISTS (SELECT 1 FROM keyword_sets k CROSS JOIN {rules} AS wanted
      WHERE k.id = f.keyword_set_id AND k.version = f.keyword_set_version
      AND (wanted.value ->> 'id') = f.rule_id AND (wanted.value ->> 'expect') = 'mention')))"""
RULES = {
    "sqlite": "json_each(k.keyword_set, '$.rules')",
    "postgresql": "json_array_elements(k.keyword_set::json -> 'rules')",
}
VERDICTS = """
    INSERT INTO verdicts (recording_id, keyword_set_id, keyword_set_version, score, passed, to_decide)
    {counting} SELECT c.recording_id, c.keyword_set_id, c.keyword_set_version, c.score, c.passed,
      (SELECT count(*) FROM findings f WHERE f.recording_id = c.recording_id
        AND f.keyword_set_id = c.keyword_set_id AND {asks}) FROM counting c
"""
PLACES = """
    UPDATE recordings SET
      needs_person = EXISTS (SELECT 1 FROM verdicts v WHERE v.recording_id = recordings.id AND v.to_decide > 0),
      worst_score = (SELECT min(coalesce(v.score, 0)) FROM verdicts v WHERE v.recording_id = recordings.id)
    WHERE id IN (SELECT recording_id FROM verdicts)
"""
REVIEWED = """
    SELECT f.recording_id, f.keyword_set_id, f.keyword_set_version, f.rule_id, f.outcome FROM findings f
    WHERE EXISTS (SELECT 1 FROM findings r WHERE r.recording_id = f.recording_id
      AND r.keyword_set_id = f.keyword_set_id AND r.is_reviewed)
"""


def upgrade() -> None:
    """Create them, filled with what evaluations and reviews say."""
    _create_tables()
    form = FORMS[op.get_bind().dialect.name]
    op.execute(FINDINGS.format(counting=COUNTING, each=form["each"], rule=form["rule_id"], outcome=form["outcome"]))
    op.execute(VERDICTS.format(counting=COUNTING, asks=ASKS.format(rules=RULES[op.get_bind().dialect.name])))
    _score_what_people_changed()
    op.create_index("ix_findings_keyword_set_id_rule_id_outcome_recording_id", "findings",
                    ["keyword_set_id", "rule_id", "outcome", "recording_id"])  # fmt: skip
    op.create_index("ix_verdicts_keyword_set_id_recording_id", "verdicts", ["keyword_set_id", "recording_id"])
    op.add_column(
        "recordings", sa.Column("needs_person", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.add_column("recordings", sa.Column("worst_score", sa.Double(), nullable=False, server_default=sa.text("100")))
    op.execute(PLACES)
    for columns in ORDERS:
        op.create_index(f"ix_recordings_{'_'.join(columns)}", "recordings", list(columns))


def downgrade() -> None:
    """Remove them; evaluations and reviews have all of it."""
    for columns in ORDERS:
        op.drop_index(f"ix_recordings_{'_'.join(columns)}", "recordings")
    op.drop_column("recordings", "worst_score")
    op.drop_column("recordings", "needs_person")
    op.drop_table("verdicts")
    op.drop_table("findings")


def _create_tables() -> None:
    op.create_table(
        "findings",
        *_keys("findings", "recording_id", "keyword_set_id", "rule_id"),
        sa.Column("keyword_set_version", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("is_reviewed", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "verdicts",
        *_keys("verdicts", "recording_id", "keyword_set_id"),
        sa.Column("keyword_set_version", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double()),
        sa.Column("passed", sa.Boolean()),
        sa.Column("to_decide", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )


def _keys(table: str, *names: str) -> list[Any]:
    parent = sa.ForeignKeyConstraint(
        ["recording_id"], ["recordings.id"], name=f"fk_{table}_recording_id", ondelete="CASCADE"
    )
    columns = [sa.Column(name, NAME, nullable=False) for name in names]
    return [*columns, sa.PrimaryKeyConstraint(*names, name=f"pk_{table}"), parent]


def _score_what_people_changed() -> None:
    """A person's answer changes the score; those are few, and their rules' weights stand in the set's document."""
    bind = op.get_bind()
    by_verdict: defaultdict[tuple[str, str, int], dict[str, str]] = defaultdict(dict)
    for recording_id, keyword_set_id, version, rule_id, outcome in bind.execute(sa.text(REVIEWED)).all():
        by_verdict[recording_id, keyword_set_id, version][rule_id] = outcome
    sets: dict[tuple[str, int], Sequence[Mapping[str, Any]]] = {
        (own, version): json.loads(document)["rules"]
        for own, version, document in bind.execute(sa.text("SELECT id, version, keyword_set FROM keyword_sets")).all()
    }
    change = sa.text("UPDATE verdicts SET score = :score, passed = :passed"
                     " WHERE recording_id = :recording_id AND keyword_set_id = :keyword_set_id")  # fmt: skip
    for (recording_id, keyword_set_id, version), outcomes in by_verdict.items():
        if rules := sets.get((keyword_set_id, version)):
            figures = _figures(rules, outcomes)
            bind.execute(change, {"recording_id": recording_id, "keyword_set_id": keyword_set_id, **figures})


def _figures(rules: Sequence[Mapping[str, Any]], outcomes: Mapping[str, str]) -> dict[str, Any]:
    """The share of weight that was met, and whether the call passes: None where an uncertain rule could change it."""
    counted = [
        (rule["weight"], rule["fatal"], outcomes[rule["id"]])
        for rule in rules
        if rule["expect"] != "mention" and outcomes.get(rule["id"], "not_applicable") != "not_applicable"
    ]
    ways = [
        _passes([(w, fatal, way if o == "uncertain" else o) for w, fatal, o in counted]) for way in ("met", "missed")
    ]
    passed = ways[0] if ways[0] == ways[1] else None
    failed = any(fatal and outcome in {"missed", "refused", "violated"} for _, fatal, outcome in counted)
    return {"score": _share(counted), "passed": False if failed else passed}


def _passes(counted: Sequence[tuple[float, bool, str]]) -> bool | None:
    share = _share(counted)
    return (
        None if share is None else share >= PASS_MARK and not any(fatal and one != "met" for _, fatal, one in counted)
    )


def _share(counted: Sequence[tuple[float, bool, str]]) -> float | None:
    certain = [(weight, outcome) for weight, _, outcome in counted if outcome != "uncertain"]
    total = sum(weight for weight, _ in certain)
    return round(100 * sum(w for w, outcome in certain if outcome == "met") / total, 1) if total > 0 else None
