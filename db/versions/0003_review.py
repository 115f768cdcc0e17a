"""Review: cases, append-only judgements, accounts with their sessions and tokens, logins, saved filters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and have the database itself refuse to change or delete a judgement."""
    _create_review_case()
    _create_case_evidence()
    _create_case_text()
    _create_case_source()
    _create_case_event()
    _create_judgement()
    _create_account()
    _create_token()
    _create_session()
    _create_entry_link()
    _create_login()
    _create_saved_filter()
    _keep_judgements()


def downgrade() -> None:
    """Drop the tables, those that refer to others first."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER judgement_stays ON judgement")
        op.execute("DROP TRIGGER judgement_stays_whole ON judgement")
        op.execute("DROP FUNCTION refuse_judgement_change()")
    for table in (
        "saved_filter",
        "login",
        "entry_link",
        "session",
        "token",
        "account",
        "judgement",
        "case_event",
        "case_source",
        "case_text",
        "case_evidence",
        "review_case",
    ):
        op.drop_table(table)


def _create_review_case() -> None:
    op.create_table(
        "review_case",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("story_title", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("priority", sa.Double(), nullable=False),
        sa.Column("independent_sources", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.DateTime(), nullable=False),
        sa.Column("last_seen", sa.DateTime(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.Text()),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime()),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("reopened", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.CheckConstraint("version >= 0", name=op.f("ck_review_case_version")),
        sa.CheckConstraint(
            "state IN ('open', 'waiting', 'disputed', 'follow_up', 'decided')", name=op.f("ck_review_case_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_case")),
    )
    op.create_index(op.f("ix_review_case_assignee_present_closed"), "review_case", ["assignee", "present", "closed"])
    op.create_index(op.f("ix_review_case_finding_id"), "review_case", ["finding_id"])
    op.create_index(op.f("ix_review_case_fingerprint"), "review_case", ["fingerprint"])
    op.create_index(op.f("ix_review_case_present_closed_due_id"), "review_case", ["present", "closed", "due", "id"])
    op.create_index(
        op.f("ix_review_case_present_closed_flagged_changed_id"),
        "review_case",
        ["present", "closed", "flagged", "changed", "id"],
    )
    op.create_index(
        op.f("ix_review_case_present_closed_flagged_confidence_id"),
        "review_case",
        ["present", "closed", "flagged", "confidence", "id"],
    )
    op.create_index(
        op.f("ix_review_case_present_closed_flagged_priority_id"),
        "review_case",
        ["present", "closed", "flagged", "priority", "id"],
    )
    op.create_index(
        op.f("ix_review_case_present_closed_flagged_verdict_kind_severity_state"),
        "review_case",
        ["present", "closed", "flagged", "verdict", "kind", "severity", "state"],
    )
    op.create_index(op.f("ix_review_case_rule_kind_decided_at"), "review_case", ["rule", "kind", "decided_at"])
    op.create_index(
        op.f("ix_review_case_story_id_present_closed_verdict_last_seen"),
        "review_case",
        ["story_id", "present", "closed", "verdict", "last_seen"],
    )


def _create_case_evidence() -> None:
    op.create_table(
        "case_evidence",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f("fk_case_evidence_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_evidence")),
    )


def _create_case_text() -> None:
    op.create_table(
        "case_text",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f("fk_case_text_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_text")),
    )


def _create_case_source() -> None:
    op.create_table(
        "case_source",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f("fk_case_source_case_id")),
        sa.PrimaryKeyConstraint("source", "case_id", name=op.f("pk_case_source")),
    )
    op.create_index(op.f("ix_case_source_case_id"), "case_source", ["case_id"])


def _create_case_event() -> None:
    op.create_table(
        "case_event",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.CheckConstraint("status IN ('new', 'changed', 'gone', 'back')", name=op.f("ck_case_event_status")),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f("fk_case_event_case_id")),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_case_event")),
    )
    op.create_index(op.f("ix_case_event_run_id_status"), "case_event", ["run_id", "status"])


def _create_judgement() -> None:
    op.create_table(
        "judgement",
        sa.Column("sequence", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("decision", sa.Text()),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_judgement_sequence")),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_judgement_hash")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_judgement")),
    )
    op.create_index(op.f("ix_judgement_batch"), "judgement", ["batch"])
    op.create_index(op.f("ix_judgement_case_id"), "judgement", ["case_id"])
    op.create_index(op.f("ix_judgement_id"), "judgement", ["id"], unique=True)


def _create_account() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text()),
        sa.Column("subject", sa.Text()),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.CheckConstraint("role IN ('reader', 'reviewer', 'editor', 'admin')", name=op.f("ck_account_role")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_account")),
    )
    op.create_index(op.f("ix_account_subject"), "account", ["subject"], unique=True)


def _create_token() -> None:
    op.create_table(
        "token",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("expires", sa.DateTime()),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.name"], name=op.f("fk_token_account")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_token")),
    )
    op.create_index(op.f("ix_token_account"), "token", ["account"])
    op.create_index(op.f("ix_token_id"), "token", ["id"], unique=True)


def _create_session() -> None:
    op.create_table(
        "session",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.name"], name=op.f("fk_session_account")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_account"), "session", ["account"])
    op.create_index(op.f("ix_session_expires"), "session", ["expires"])


def _create_entry_link() -> None:
    op.create_table(
        "entry_link",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.name"], name=op.f("fk_entry_link_account")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_entry_link")),
    )


def _create_login() -> None:
    op.create_table(
        "login",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.CheckConstraint("outcome IN ('in', 'refused', 'limited', 'out')", name=op.f("ck_login_outcome")),
        sa.CheckConstraint("method IN ('password', 'link', 'oidc', 'token')", name=op.f("ck_login_method")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login")),
    )
    op.create_index(op.f("ix_login_account_at"), "login", ["account", "at"])
    op.create_index(op.f("ix_login_address_at"), "login", ["address", "at"])


def _create_saved_filter() -> None:
    op.create_table(
        "saved_filter",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.name"], name=op.f("fk_saved_filter_account")),
        sa.PrimaryKeyConstraint("account", "name", name=op.f("pk_saved_filter")),
    )


def _keep_judgements() -> None:
    """Triggers that refuse every change to a judgement, from whatever program."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_judgement_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'judgements are append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER judgement_stays BEFORE UPDATE OR DELETE ON judgement "
            "FOR EACH ROW EXECUTE FUNCTION refuse_judgement_change()"
        )
        op.execute(
            "CREATE TRIGGER judgement_stays_whole BEFORE TRUNCATE ON judgement "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_judgement_change()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER judgement_stays_{event.lower()} BEFORE {event} ON judgement "
            "BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END"
        )
