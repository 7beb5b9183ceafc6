"""One short row for each call with all that figures over weeks count, which triggers keep in step with its sources.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NAME = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

# The parts of a text in the order of their names, in the words of each database.
JOINED: Mapping[str, Mapping[str, str]] = {
    "sqlite": {"words": "group_concat(word, '')", "parts": "group_concat(part, ';')",
               "rules": "json_each(k.keyword_set, '$.rules')"},
    "postgresql": {"words": "string_agg(word, '' ORDER BY rule_id)", "parts": "string_agg(part, ';' ORDER BY own)",
                   "rules": "json_array_elements(k.keyword_set::json -> 'rules')"},
}  # fmt: skip
FILL = """
    INSERT INTO call_figures (received_at, recording_id, queue, agent_id, dead_air_seconds, talk_ratio, judged)
    WITH mentions AS (SELECT k.id, k.version, rule.value ->> 'id' AS rule_id FROM keyword_sets k
        CROSS JOIN {rules} AS rule WHERE rule.value ->> 'expect' = 'mention'),
    counted AS (SELECT f.recording_id, f.keyword_set_id, f.rule_id,
        CASE WHEN m.rule_id IS NULL THEN ' ' ELSE ' +' END || f.rule_id AS word
        FROM findings f LEFT JOIN mentions m ON m.id = f.keyword_set_id AND m.version = f.keyword_set_version
        AND m.rule_id = f.rule_id
        WHERE CASE WHEN m.rule_id IS NULL THEN f.outcome IN ('missed', 'refused', 'violated')
        ELSE f.outcome = 'met' END ORDER BY f.recording_id, f.keyword_set_id, f.rule_id),
    rules AS (SELECT recording_id, keyword_set_id, {words} AS words FROM counted GROUP BY recording_id, keyword_set_id),
    parts AS (SELECT v.recording_id, v.keyword_set_id AS own, v.keyword_set_id
        || CASE WHEN v.passed IS NULL THEN ' undecided' WHEN v.passed THEN ' passed' ELSE ' failed' END
        || coalesce(r.words, '') AS part
        FROM verdicts v LEFT JOIN rules r ON r.recording_id = v.recording_id AND r.keyword_set_id = v.keyword_set_id
        ORDER BY v.recording_id, v.keyword_set_id),
    texts AS (SELECT recording_id, {parts} AS judged FROM parts GROUP BY recording_id)
    SELECT r.received_at, r.id, r.queue, r.agent_id, s.dead_air_seconds, s.talk_ratio, coalesce(t.judged, '')
    FROM recordings r LEFT JOIN speech_measures s ON s.recording_id = r.id LEFT JOIN texts t ON t.recording_id = r.id
    WHERE r.kind = 'call' AND (s.recording_id IS NOT NULL OR t.recording_id IS NOT NULL) ORDER BY r.received_at
"""
ROW = """
    INSERT INTO call_figures (received_at, recording_id, queue, agent_id, {columns})
    SELECT r.received_at, r.id, r.queue, r.agent_id, {values} FROM recordings r
    WHERE r.id = NEW.recording_id AND r.kind = 'call' ON CONFLICT (recording_id) DO UPDATE SET {changes}
"""
MEASURED = ROW.format(
    columns="dead_air_seconds, talk_ratio, judged",
    values="NEW.dead_air_seconds, NEW.talk_ratio, ''",
    changes="dead_air_seconds = NEW.dead_air_seconds, talk_ratio = NEW.talk_ratio",
)
JUDGED = ROW.format(columns="judged", values="NULL", changes="judged = NULL")
ONE = "UPDATE call_figures SET {changes} WHERE recording_id = OLD.{key}"
UNMEASURED = ONE.format(changes="dead_air_seconds = NULL, talk_ratio = NULL", key="recording_id")
UNJUDGED = ONE.format(changes="judged = NULL", key="recording_id")
MOVED = ONE.format(changes="received_at = NEW.received_at, queue = NEW.queue, agent_id = NEW.agent_id", key="id")
# By name: what happens to which table, when, and what follows.
TRIGGERS: Mapping[str, tuple[str, tuple[str, ...], str, str]] = {
    "figures_measured": ("speech_measures", ("INSERT", "UPDATE"), "", MEASURED),
    "figures_unmeasured": ("speech_measures", ("DELETE",), "", UNMEASURED),
    "figures_judged": ("verdicts", ("INSERT", "UPDATE"), "", JUDGED),
    "figures_unjudged": ("verdicts", ("DELETE",), "", UNJUDGED),
    "figures_moved": (
        "recordings",
        ("UPDATE",),
        "WHEN ("
        + " OR ".join(f"OLD.{one} {{differs}} NEW.{one}" for one in ("received_at", "queue", "agent_id"))
        + ")",
        MOVED,
    ),
}


def upgrade() -> None:
    """Make the table with what is there, and let it follow."""
    op.create_table(
        "call_figures",
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recording_id", NAME, nullable=False),
        sa.Column("queue", NAME),
        sa.Column("agent_id", NAME),
        sa.Column("dead_air_seconds", sa.Double()),
        sa.Column("talk_ratio", sa.Double()),
        sa.Column("judged", sa.Text()),
        sa.PrimaryKeyConstraint("received_at", "recording_id", name="pk_call_figures"),
        sa.UniqueConstraint("recording_id", name="uq_call_figures_recording_id"),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recordings.id"], name="fk_call_figures_recording_id", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.execute(FILL.format(**JOINED[op.get_bind().dialect.name]))
    waits = sa.text("judged IS NULL")
    op.create_index(
        "ix_call_figures_to_judge", "call_figures", ["received_at"], sqlite_where=waits, postgresql_where=waits
    )
    for name, (table, events, when, then) in TRIGGERS.items():
        _follow(name, table, events, when, then)


def downgrade() -> None:
    """Count from the sources again."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for name, (table, events, _, _) in TRIGGERS.items():
        if is_postgresql:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
        else:
            for event in events:
                op.execute(f"DROP TRIGGER {name}_{event.lower()}")
    op.drop_table("call_figures")


def _follow(name: str, table: str, events: tuple[str, ...], when: str, then: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        # One may have been left by tables that were dropped one by one.
        op.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {then}; RETURN NULL; END $$"
        )
        condition = when.format(differs="IS DISTINCT FROM")
        op.execute(
            f"CREATE TRIGGER {name} AFTER {' OR '.join(events)} ON {table} FOR EACH ROW {condition}"
            f" EXECUTE FUNCTION {name}()"
        )
        return
    for event in events:
        condition = when.format(differs="IS NOT")
        op.execute(f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table} {condition} BEGIN {then}; END")
