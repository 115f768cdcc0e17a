"""What a source gave since the last night, kept with its articles: a run killed in between does not lose it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; it fills as sources are fetched."""
    with op.batch_alter_table("source_state") as batch:
        batch.add_column(sa.Column("pending", sa.LargeBinary()))


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("source_state") as batch:
        batch.drop_column("pending")
