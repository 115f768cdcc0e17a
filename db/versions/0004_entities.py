"""The people and organisations that articles name, to be found by the words of a name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; they fill as articles are read."""
    _create_entity()
    _create_entity_part()
    _create_entity_article()


def downgrade() -> None:
    """Drop the tables, those that refer to others first."""
    for table in ("entity_article", "entity_part", "entity"):
        op.drop_table(table)


def _create_entity() -> None:
    op.create_table(
        "entity",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("type IN ('person', 'organisation')", name=op.f("ck_entity_type")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
    )


def _create_entity_part() -> None:
    op.create_table(
        "entity_part",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_entity_part_entity_id")),
        sa.PrimaryKeyConstraint("part", "entity_id", name=op.f("pk_entity_part")),
    )


def _create_entity_article() -> None:
    op.create_table(
        "entity_article",
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_entity_article_entity_id")),
        sa.PrimaryKeyConstraint("entity_id", "article_id", name=op.f("pk_entity_article")),
    )
