"""The nightly service: the lease, nights and their work, where stories stand now, sources, deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; those that others refer to first."""
    _create_lease()
    _create_night()
    _create_night_source()
    _create_waiting()
    _create_night_article()
    _create_night_story()
    _create_night_finding()
    _create_open_story()
    _create_member()
    _create_story_alias()
    _create_story_key()
    _create_source_state()
    _create_delivery()
    _create_told()


def downgrade() -> None:
    """Drop the tables, those that refer to others first."""
    for table in (
        "told",
        "delivery",
        "source_state",
        "story_key",
        "story_alias",
        "member",
        "open_story",
        "night_finding",
        "night_story",
        "night_article",
        "waiting",
        "night_source",
        "night",
        "lease",
    ):
        op.drop_table(table)


def _create_lease() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("beat", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )


def _create_night() -> None:
    op.create_table(
        "night",
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("finished", sa.DateTime()),
        sa.Column("plan", sa.LargeBinary()),
        sa.Column("body", sa.LargeBinary()),
        sa.CheckConstraint(
            "step IN ('gather', 'group', 'compare', 'finish', 'report', 'tell', 'done')", name=op.f("ck_night_step")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_night_run_id")),
        sa.PrimaryKeyConstraint("date", name=op.f("pk_night")),
    )
    op.create_index(op.f("ix_night_run_id"), "night", ["run_id"])


def _create_night_source() -> None:
    op.create_table(
        "night_source",
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["date"], ["night.date"], name=op.f("fk_night_source_date")),
        sa.PrimaryKeyConstraint("date", "source", name=op.f("pk_night_source")),
    )


def _create_waiting() -> None:
    op.create_table(
        "waiting",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("was", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=False),
        sa.CheckConstraint("status IN ('new', 'revised', 'described')", name=op.f("ck_waiting_status")),
        sa.ForeignKeyConstraint(
            ["article_id", "sha256"], ["article.id", "article.sha256"], name=op.f("fk_waiting_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_waiting")),
    )
    op.create_index(op.f("ix_waiting_article_id_sha256"), "waiting", ["article_id", "sha256"])


def _create_night_article() -> None:
    op.create_table(
        "night_article",
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("was", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=False),
        sa.CheckConstraint("status IN ('new', 'revised', 'described')", name=op.f("ck_night_article_status")),
        sa.ForeignKeyConstraint(
            ["article_id", "sha256"], ["article.id", "article.sha256"], name=op.f("fk_night_article_article_id")
        ),
        sa.ForeignKeyConstraint(["date"], ["night.date"], name=op.f("fk_night_article_date")),
        sa.PrimaryKeyConstraint("date", "article_id", name=op.f("pk_night_article")),
    )
    op.create_index(op.f("ix_night_article_article_id_sha256"), "night_article", ["article_id", "sha256"])


def _create_night_story() -> None:
    op.create_table(
        "night_story",
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("compared", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["date"], ["night.date"], name=op.f("fk_night_story_date")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_night_story_story_id")),
        sa.PrimaryKeyConstraint("date", "story_id", name=op.f("pk_night_story")),
    )
    op.create_index(op.f("ix_night_story_story_id"), "night_story", ["story_id"])


def _create_night_finding() -> None:
    op.create_table(
        "night_finding",
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.CheckConstraint("change IN ('new', 'changed', 'gone', 'back')", name=op.f("ck_night_finding_change")),
        sa.ForeignKeyConstraint(["before"], ["finding.id"], name=op.f("fk_night_finding_before")),
        sa.ForeignKeyConstraint(["date"], ["night.date"], name=op.f("fk_night_finding_date")),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_night_finding_finding_id")),
        sa.PrimaryKeyConstraint("date", "case_id", name=op.f("pk_night_finding")),
    )
    op.create_index(op.f("ix_night_finding_before"), "night_finding", ["before"])
    op.create_index(op.f("ix_night_finding_finding_id"), "night_finding", ["finding_id"])


def _create_open_story() -> None:
    op.create_table(
        "open_story",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_story")),
    )


def _create_member() -> None:
    op.create_table(
        "member",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "sha256"], ["article.id", "article.sha256"], name=op.f("fk_member_article_id")
        ),
        sa.ForeignKeyConstraint(["story_id"], ["open_story.id"], name=op.f("fk_member_story_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_member")),
    )
    op.create_index(op.f("ix_member_article_id_sha256"), "member", ["article_id", "sha256"])
    op.create_index(op.f("ix_member_day"), "member", ["day"])
    op.create_index(op.f("ix_member_story_id"), "member", ["story_id"])


def _create_story_alias() -> None:
    op.create_table(
        "story_alias",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["open_story.id"], name=op.f("fk_story_alias_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_alias")),
    )
    op.create_index(op.f("ix_story_alias_story_id"), "story_alias", ["story_id"])


def _create_story_key() -> None:
    op.create_table(
        "story_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["open_story.id"], name=op.f("fk_story_key_story_id")),
        sa.PrimaryKeyConstraint("key", "story_id", name=op.f("pk_story_key")),
    )
    op.create_index(op.f("ix_story_key_story_id"), "story_key", ["story_id"])


def _create_source_state() -> None:
    op.create_table(
        "source_state",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("failed_since", sa.Text()),
        sa.Column("quiet_since", sa.Text()),
        sa.Column("failed_nights", sa.Integer(), nullable=False),
        sa.Column("quiet_nights", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("failed_nights >= 0", name=op.f("ck_source_state_failed_nights")),
        sa.CheckConstraint("quiet_nights >= 0", name=op.f("ck_source_state_quiet_nights")),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_state")),
    )


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("sent", sa.DateTime()),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_delivery_attempts")),
        sa.CheckConstraint(
            "status IN ('pending', 'sending', 'sent', 'given_up', 'uncertain')", name=op.f("ck_delivery_status")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_date"), "delivery", ["date"])
    op.create_index(op.f("ix_delivery_status"), "delivery", ["status"])


def _create_told() -> None:
    op.create_table(
        "told",
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("recipient", "what", name=op.f("pk_told")),
    )
