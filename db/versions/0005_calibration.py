"""From which confidence on findings are put before reviewers, as their judgements say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    _create_calibration()


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("calibration")


def _create_calibration() -> None:
    op.create_table(
        "calibration",
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Double(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.CheckConstraint("threshold BETWEEN 0 AND 1", name=op.f("ck_calibration_threshold")),
        sa.PrimaryKeyConstraint("family", name=op.f("pk_calibration")),
    )
