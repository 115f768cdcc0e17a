"""The first tables: articles with their readings, runs, and what runs found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table; the CHECK constraints are written by hand, Alembic does not see them."""
    _create_article()
    _create_run()
    _create_story()
    _create_fact()
    _create_problem()
    _create_reading()
    _create_run_article()
    _create_run_story()
    _create_sighting()
    _create_claim()
    _create_finding()
    _create_run_fact()
    _create_run_finding()


def downgrade() -> None:
    """Drop every table, those that refer to others first."""
    for table in (
        "run_finding",
        "run_fact",
        "finding",
        "claim",
        "sighting",
        "run_story",
        "run_article",
        "reading",
        "problem",
        "fact",
        "story",
        "run",
        "article",
    ):
        op.drop_table(table)


def _create_article() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.DateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_article_sha256")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_article_revision")),
        sa.PrimaryKeyConstraint("id", "sha256", name=op.f("pk_article")),
    )
    op.create_index(op.f("ix_article_series"), "article", ["series"])
    op.create_index(op.f("ix_article_url"), "article", ["url"])


def _create_run() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("finished", sa.DateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index(op.f("ix_run_inputs_started"), "run", ["inputs", "started"])
    op.create_index(op.f("ix_run_started"), "run", ["started"])


def _create_story() -> None:
    op.create_table(
        "story",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )


def _create_fact() -> None:
    op.create_table(
        "fact",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_fact_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    op.create_index(op.f("ix_fact_story_id"), "fact", ["story_id"])


def _create_problem() -> None:
    op.create_table(
        "problem",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("cure", sa.Text(), nullable=False),
        sa.Column("loss", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_problem_run_id")),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_problem")),
    )


def _create_reading() -> None:
    op.create_table(
        "reading",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key) = 64", name=op.f("ck_reading_key")),
        sa.ForeignKeyConstraint(
            ["article_id", "sha256"], ["article.id", "article.sha256"], name=op.f("fk_reading_article_id")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reading")),
    )
    op.create_index(op.f("ix_reading_article_id_sha256"), "reading", ["article_id", "sha256"])


def _create_run_article() -> None:
    op.create_table(
        "run_article",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "sha256"], ["article.id", "article.sha256"], name=op.f("fk_run_article_article_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_article_run_id")),
        sa.PrimaryKeyConstraint("run_id", "article_id", name=op.f("pk_run_article")),
    )
    op.create_index(op.f("ix_run_article_article_id_sha256"), "run_article", ["article_id", "sha256"])


def _create_run_story() -> None:
    op.create_table(
        "run_story",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_story_run_id")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_run_story_story_id")),
        sa.PrimaryKeyConstraint("run_id", "story_id", name=op.f("pk_run_story")),
    )
    op.create_index(op.f("ix_run_story_story_id"), "run_story", ["story_id"])


def _create_sighting() -> None:
    op.create_table(
        "sighting",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("first_seen_run", sa.Text(), nullable=False),
        sa.Column("last_seen_run", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["first_seen_run"], ["run.id"], name=op.f("fk_sighting_first_seen_run")),
        sa.ForeignKeyConstraint(["last_seen_run"], ["run.id"], name=op.f("fk_sighting_last_seen_run")),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_sighting")),
    )


def _create_claim() -> None:
    op.create_table(
        "claim",
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("clause_start", sa.Integer(), nullable=False),
        sa.Column("clause_end", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text()),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("predicate", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text()),
        sa.Column("hedge", sa.Text()),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.CheckConstraint("modality IN ('done', 'planned', 'possible', 'denied')", name=op.f("ck_claim_modality")),
        sa.CheckConstraint("polarity IN ('positive', 'negative')", name=op.f("ck_claim_polarity")),
        sa.CheckConstraint("clause_start >= 0 AND clause_end >= clause_start", name=op.f("ck_claim_clause")),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_claim_confidence")),
        sa.CheckConstraint("span_start >= 0 AND span_end >= span_start", name=op.f("ck_claim_span")),
        sa.ForeignKeyConstraint(["reading"], ["reading.key"], name=op.f("fk_claim_reading")),
        sa.PrimaryKeyConstraint("reading", "position", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_article_id_kind"), "claim", ["article_id", "kind"])
    op.create_index(op.f("ix_claim_id"), "claim", ["id"])
    op.create_index(op.f("ix_claim_subject"), "claim", ["subject"])


def _create_finding() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text()),
        sa.Column("fact_id", sa.Text()),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("independent_sources", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("severity IN ('info', 'low', 'medium', 'high')", name=op.f("ck_finding_severity")),
        sa.CheckConstraint(
            "verdict IN ('agreement', 'precision', 'update', 'attribution', 'contradiction', 'single', 'undecided')",
            name=op.f("ck_finding_verdict"),
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_finding_confidence")),
        sa.CheckConstraint("independent_sources >= 0", name=op.f("ck_finding_independent_sources")),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_finding_fact_id")),
        sa.ForeignKeyConstraint(["fingerprint"], ["sighting.fingerprint"], name=op.f("fk_finding_fingerprint")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_finding_run_id")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_finding_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_fingerprint"), "finding", ["fingerprint"])
    op.create_index(op.f("ix_finding_story_id"), "finding", ["story_id"])
    op.create_index(op.f("ix_finding_verdict"), "finding", ["verdict"])


def _create_run_fact() -> None:
    op.create_table(
        "run_fact",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("fact_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_run_fact_fact_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_fact_run_id")),
        sa.PrimaryKeyConstraint("run_id", "fact_id", name=op.f("pk_run_fact")),
    )
    op.create_index(op.f("ix_run_fact_fact_id"), "run_fact", ["fact_id"])


def _create_run_finding() -> None:
    op.create_table(
        "run_finding",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_run_finding_finding_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_finding_run_id")),
        sa.PrimaryKeyConstraint("run_id", "finding_id", name=op.f("pk_run_finding")),
    )
    op.create_index(op.f("ix_run_finding_finding_id"), "run_finding", ["finding_id"])
