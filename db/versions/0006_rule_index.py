"""Findings of one rule are found and counted by an index."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the index."""
    op.create_index(op.f("ix_review_case_rule_present_verdict"), "review_case", ["rule", "present", "verdict"])


def downgrade() -> None:
    """Drop the index."""
    op.drop_index(op.f("ix_review_case_rule_present_verdict"), "review_case")
