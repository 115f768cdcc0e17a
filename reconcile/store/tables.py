"""The tables of the store: what is kept, and what must hold of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB

VERSION_TABLE = "reconcile_version"
"""Where Alembic keeps the revision: not its default name, so that another program's database is not taken for ours."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LONGEST_KEY = 500


def as_words(text: str) -> str:
    """The text with the characters that a database refuses (NUL, lone surrogates) spelt as U+FFFD and four digits."""
    return _UNSTORABLE.sub(lambda match: f"\ufffd{ord(match.group()):04x}", text)


def as_key(text: str) -> str:
    """The text as an indexable key: PostgreSQL refuses index entries of more than 2,700 bytes."""
    words = as_words(text)
    if len(words) <= _LONGEST_KEY:
        return words
    digest = sha256(words.encode()).hexdigest()
    return f"{words[: _LONGEST_KEY - len(digest) - 1]}#{digest}"


def as_json(data: Any) -> Any:
    """JSON data with every text made storable, and null for the numbers that JSON does not have."""
    if isinstance(data, str):
        return as_words(data)
    if isinstance(data, dict):
        return {key: as_json(item) for key, item in data.items()}
    if isinstance(data, list):
        return [as_json(item) for item in data]
    if isinstance(data, float) and data - data != 0:
        return None
    return data


class Words(TypeDecorator[str]):
    """Text to query by; the exact text is in the row's ``body``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Make the text storable."""
        return None if value is None else as_words(value)


class Key(TypeDecorator[str]):
    """Text to find a row by."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Make the text storable and short enough for an index."""
        return None if value is None else as_key(value)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, without a zone in the column; one given without a zone is taken for UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring the moment to UTC."""
        return value if value is None or value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)


def one_of(column: str, *allowed: str) -> str:
    """SQL that holds a column to these words."""
    return f"{column} IN ({', '.join(repr(value) for value in allowed)})"


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# One row a revision. ``series`` is the id under which the article was first seen: a later text of that id, or of
# its url, is the next revision of the same series.
article = Table(
    "article",
    metadata,
    Column("id", Key, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("series", Key, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("url", Key),
    Column("source", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("published", Words),
    Column("language", Words, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("id", "sha256"),
    CheckConstraint("length(sha256) = 64", name="sha256"),
    CheckConstraint("revision >= 1", name="revision"),
    Index(None, "series"),
    Index(None, "url"),
)

# ``key`` is a digest of all that the reading depends on, so a row never changes.
reading = Table(
    "reading",
    metadata,
    Column("key", Text, nullable=False),
    Column("article_id", Key, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("extractor", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("key"),
    ForeignKeyConstraint(["article_id", "sha256"], ["article.id", "article.sha256"]),
    CheckConstraint("length(key) = 64", name="key"),
    Index(None, "article_id", "sha256"),
)

# A reading's claims are kept twice, on purpose. ``reading.body`` holds the whole reading, claims included: loading
# it is one row and one decode, and it is exact. The rows here are for SQL: which outlets give a count for this
# person, what does this extractor version read otherwise. They are written once, beside the body, and never read back
# into values, so the two cannot drift apart.
claim = Table(
    "claim",
    metadata,
    Column("reading", Text, ForeignKey("reading.key"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("id", Key, nullable=False),
    Column("article_id", Key, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    Column("text", Words, nullable=False),
    Column("quote", Words, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("clause_start", Integer, nullable=False),
    Column("clause_end", Integer, nullable=False),
    Column("slot", Words, nullable=False),
    Column("subject", Key),
    Column("head", Words, nullable=False),
    Column("predicate", Words, nullable=False),
    Column("event", Words, nullable=False),
    Column("day", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("speaker", Words),
    Column("hedge", Words),
    Column("polarity", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("confidence", Double, nullable=False),
    PrimaryKeyConstraint("reading", "position"),
    CheckConstraint("span_start >= 0 AND span_end >= span_start", name="span"),
    CheckConstraint("clause_start >= 0 AND clause_end >= clause_start", name="clause"),
    CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
    CheckConstraint(one_of("polarity", "positive", "negative"), name="polarity"),
    CheckConstraint(one_of("modality", "done", "planned", "possible", "denied"), name="modality"),
    Index(None, "id"),
    Index(None, "article_id", "kind"),
    Index(None, "subject"),
)

# ``inputs`` names what was run on: runs with the same inputs are compared with one another.
run = Table(
    "run",
    metadata,
    Column("id", Key, nullable=False),
    Column("inputs", Key, nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("id"),
    Index(None, "inputs", "started"),
    Index(None, "started"),
)

# Also in the run's body; here to be counted over many runs.
problem = Table(
    "problem",
    metadata,
    Column("run_id", Key, ForeignKey("run.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("stage", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("message", Words, nullable=False),
    Column("cure", Words, nullable=False),
    Column("loss", Boolean, nullable=False),
    PrimaryKeyConstraint("run_id", "position"),
)

story = Table(
    "story",
    metadata,
    Column("id", Key, nullable=False),
    Column("title", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("id"),
)

fact = Table(
    "fact",
    metadata,
    Column("id", Key, nullable=False),
    Column("story_id", Key, ForeignKey("story.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("label", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("id"),
    Index(None, "story_id"),
)

# What a finding says, whatever its id: the first and the last run that said it.
sighting = Table(
    "sighting",
    metadata,
    Column("fingerprint", Key, nullable=False),
    Column("first_seen_run", Key, ForeignKey("run.id"), nullable=False),
    Column("last_seen_run", Key, ForeignKey("run.id"), nullable=False),
    PrimaryKeyConstraint("fingerprint"),
)

# ``run_id`` is the run that wrote ``body``: the finding's spans are offsets in that run's revisions. A rule over
# several facts, or within one article, may have no single fact or story: those columns are then null.
finding = Table(
    "finding",
    metadata,
    Column("id", Key, nullable=False),
    Column("fingerprint", Key, ForeignKey("sighting.fingerprint"), nullable=False),
    Column("run_id", Key, ForeignKey("run.id"), nullable=False),
    Column("story_id", Key, ForeignKey("story.id")),
    Column("fact_id", Key, ForeignKey("fact.id")),
    Column("rule", Words, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("summary", Words, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("independent_sources", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("id"),
    CheckConstraint(
        one_of("verdict", "agreement", "precision", "update", "attribution", "contradiction", "single", "undecided"),
        name="verdict",
    ),
    CheckConstraint(one_of("severity", "info", "low", "medium", "high"), name="severity"),
    CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
    CheckConstraint("independent_sources >= 0", name="independent_sources"),
    Index(None, "fingerprint"),
    Index(None, "story_id"),
    Index(None, "verdict"),
)

run_article = Table(
    "run_article",
    metadata,
    Column("run_id", Key, ForeignKey("run.id"), nullable=False),
    Column("article_id", Key, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("run_id", "article_id"),
    ForeignKeyConstraint(["article_id", "sha256"], ["article.id", "article.sha256"]),
    Index(None, "article_id", "sha256"),
)


def _membership(of: str) -> Table:
    return Table(
        f"run_{of}",
        metadata,
        Column("run_id", Key, ForeignKey("run.id"), nullable=False),
        Column(f"{of}_id", Key, ForeignKey(f"{of}.id"), nullable=False),
        Column("position", Integer, nullable=False),
        PrimaryKeyConstraint("run_id", f"{of}_id"),
        Index(None, f"{of}_id"),
    )


run_story = _membership("story")
run_fact = _membership("fact")
run_finding = _membership("finding")
