"""The tables of review: cases and what was decided of them, accounts and how they get in."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from reconcile.store.tables import Key, Moment, Words, metadata

# A case is a finding across runs. Its row is what the queue shows and can be made again from the findings and the
# judgements; nothing refers to findings, stories or runs by a foreign key, so old ones may be deleted. ``priority``
# orders by severity, then confidence; ``changed`` is when it was first seen, changed, came back or was reopened; what
# is due on no day is due on the last there is, so that an index orders by it.
review_case = Table(
    "review_case",
    metadata,
    Column("id", Key, nullable=False),
    Column("fingerprint", Key, nullable=False),
    Column("finding_id", Key, nullable=False),
    Column("run_id", Key, nullable=False),
    Column("story_id", Key, nullable=False),
    Column("story_title", Words, nullable=False),
    Column("rule", Key, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("priority", Double, nullable=False),
    Column("independent_sources", Integer, nullable=False),
    Column("summary", Words, nullable=False),
    Column("sources", Words, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("present", Boolean, nullable=False),
    Column("flagged", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("decision", Text),
    Column("decided_by", Key, nullable=False),
    Column("decided_at", Moment),
    Column("assignee", Key, nullable=False),
    Column("due", Date, nullable=False),
    Column("reopened", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("comments", Integer, nullable=False),
    PrimaryKeyConstraint("id"),
    CheckConstraint("state IN ('open', 'waiting', 'disputed', 'follow_up', 'decided')", name="state"),
    CheckConstraint("version >= 0", name="version"),
    Index(None, "fingerprint"),
    Index(None, "finding_id"),
    Index(None, "story_id", "present", "closed", "verdict", "last_seen"),
    Index(None, "rule", "kind", "decided_at"),
    Index(None, "rule", "present", "verdict"),
    Index(None, "assignee", "present", "closed"),
    Index(None, "present", "closed", "flagged", "verdict", "kind", "severity", "state"),
    Index(None, "present", "closed", "flagged", "priority", "id"),
    Index(None, "present", "closed", "flagged", "changed", "id"),
    Index(None, "present", "closed", "flagged", "confidence", "id"),
    Index(None, "present", "closed", "due", "id"),
)

# What is wanted of few cases, or searched through in all of them, is kept apart: the queue reads narrow rows.
case_evidence = Table(
    "case_evidence",
    metadata,
    Column("case_id", Key, ForeignKey("review_case.id"), nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("case_id"),
)

case_text = Table(
    "case_text",
    metadata,
    Column("case_id", Key, ForeignKey("review_case.id"), nullable=False),
    Column("words", Words, nullable=False),
    PrimaryKeyConstraint("case_id"),
)

case_source = Table(
    "case_source",
    metadata,
    Column("case_id", Key, ForeignKey("review_case.id"), nullable=False),
    Column("source", Key, nullable=False),
    PrimaryKeyConstraint("source", "case_id"),
    Index(None, "case_id"),
)

# Written when a run changes something about a case, not at every run that finds it again.
case_event = Table(
    "case_event",
    metadata,
    Column("case_id", Key, ForeignKey("review_case.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("run_id", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", Text, nullable=False),
    Column("summary", Words, nullable=False),
    PrimaryKeyConstraint("case_id", "position"),
    Index(None, "run_id", "status"),
    CheckConstraint("status IN ('new', 'changed', 'gone', 'back')", name="status"),
)

# Append-only: the database itself refuses to change or delete a row. ``body`` holds the whole judgement.
judgement = Table(
    "judgement",
    metadata,
    Column("sequence", Integer, nullable=False, autoincrement=False),
    Column("id", Key, nullable=False),
    Column("case_id", Key, nullable=False),
    Column("act", Text, nullable=False),
    Column("account", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Column("decision", Text),
    Column("batch", Key, nullable=False),
    Column("hash", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("sequence"),
    Index(None, "id", unique=True),
    CheckConstraint("sequence >= 1", name="sequence"),
    CheckConstraint("length(hash) = 64", name="hash"),
    Index(None, "case_id"),
    Index(None, "batch"),
)

account = Table(
    "account",
    metadata,
    Column("name", Key, nullable=False),
    Column("full_name", Words, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("subject", Key),
    Column("disabled", Boolean, nullable=False),
    Column("created", Moment, nullable=False),
    PrimaryKeyConstraint("name"),
    Index(None, "subject", unique=True),
    CheckConstraint("role IN ('reader', 'reviewer', 'editor', 'admin')", name="role"),
)

# Of tokens, sessions and links only digests are kept: who reads the database cannot sign in with it.
token = Table(
    "token",
    metadata,
    Column("digest", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("account", Key, ForeignKey("account.name"), nullable=False),
    Column("label", Words, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("expires", Moment),
    Column("revoked", Boolean, nullable=False),
    PrimaryKeyConstraint("digest"),
    Index(None, "id", unique=True),
    Index(None, "account"),
)

session = Table(
    "session",
    metadata,
    Column("digest", Text, nullable=False),
    Column("account", Key, ForeignKey("account.name"), nullable=False),
    Column("csrf", Text, nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("created", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    PrimaryKeyConstraint("digest"),
    Index(None, "account"),
    Index(None, "expires"),
)

entry_link = Table(
    "entry_link",
    metadata,
    Column("digest", Text, nullable=False),
    Column("account", Key, ForeignKey("account.name"), nullable=False),
    Column("expires", Moment, nullable=False),
    PrimaryKeyConstraint("digest"),
)

login = Table(
    "login",
    metadata,
    Column("id", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("account", Key, nullable=False),
    Column("method", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("address", Key, nullable=False),
    PrimaryKeyConstraint("id"),
    CheckConstraint("method IN ('password', 'link', 'oidc', 'token')", name="method"),
    CheckConstraint("outcome IN ('in', 'refused', 'limited', 'out')", name="outcome"),
    Index(None, "account", "at"),
    Index(None, "address", "at"),
)

saved_filter = Table(
    "saved_filter",
    metadata,
    Column("account", Key, ForeignKey("account.name"), nullable=False),
    Column("name", Key, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("account", "name"),
)

# The people and organisations that articles name, found by the beginnings of their names' words.
entity = Table(
    "entity",
    metadata,
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("name", Words, nullable=False),
    PrimaryKeyConstraint("id"),
    CheckConstraint("type IN ('person', 'organisation')", name="type"),
)

entity_part = Table(
    "entity_part",
    metadata,
    Column("part", Text, nullable=False),
    Column("entity_id", Text, ForeignKey("entity.id"), nullable=False),
    PrimaryKeyConstraint("part", "entity_id"),
)

entity_article = Table(
    "entity_article",
    metadata,
    Column("entity_id", Text, ForeignKey("entity.id"), nullable=False),
    Column("article_id", Key, nullable=False),
    PrimaryKeyConstraint("entity_id", "article_id"),
)

# From which confidence on the findings of a family of kinds are put before reviewers, as their own judgements say.
calibration = Table(
    "calibration",
    metadata,
    Column("family", Text, nullable=False),
    Column("threshold", Double, nullable=False),
    Column("judged", Integer, nullable=False),
    Column("made", Moment, nullable=False),
    PrimaryKeyConstraint("family"),
    CheckConstraint("threshold BETWEEN 0 AND 1", name="threshold"),
)
