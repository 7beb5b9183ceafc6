"""Findings are found by their outcome first: "violated" is asked for by itself, a rule without an outcome hardly.

Written down in plain types, so that it stays true whatever becomes of today's code.
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BEFORE = ("keyword_set_id", "rule_id", "outcome", "recording_id")
AFTER = ("outcome", "keyword_set_id", "rule_id", "recording_id")


def upgrade() -> None:
    """Turn the index round."""
    _replace(BEFORE, AFTER)


def downgrade() -> None:
    """And back."""
    _replace(AFTER, BEFORE)


def _replace(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    op.drop_index(f"ix_findings_{'_'.join(old)}", "findings")
    op.create_index(f"ix_findings_{'_'.join(new)}", "findings", list(new))
