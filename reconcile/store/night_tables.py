"""The tables of the nightly service: the lease, nights and their work, where stories stand now, sources, deliveries."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from reconcile.store.tables import Key, Moment, Words, metadata, one_of

STEPS = ("gather", "group", "compare", "finish", "report", "tell", "done")
"""The steps of a night in their order; a night stands at the one that is not finished."""

# One row at most a name. ``token`` is the owner's own: who holds another token has lost the lease.
lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    Column("token", Text, nullable=False),
    Column("owner", Words, nullable=False),
    Column("machine", Words, nullable=False),
    Column("process", Words, nullable=False),
    Column("since", Moment, nullable=False),
    Column("beat", Moment, nullable=False),
)

# ``plan`` is what the grouping of a night said, kept from that step to the end of comparing. ``body`` is the summary.
night = Table(
    "night",
    metadata,
    Column("date", Text, primary_key=True),
    Column("run_id", Key, ForeignKey("run.id"), nullable=False),
    Column("since", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
    Column("plan", LargeBinary),
    Column("body", LargeBinary),
    CheckConstraint(one_of("step", *STEPS), name="step"),
    Index(None, "run_id"),
)

night_source = Table(
    "night_source",
    metadata,
    Column("date", Text, ForeignKey("night.date"), nullable=False),
    Column("source", Key, nullable=False),
    Column("ok", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("date", "source"),
)

STATUSES = ("new", "revised", "described")
"""Of an article that a night has to read: "described" has the known text under another title, date or address."""

# What was taken in and no night has taken up; ``was`` is the text that stood before.
waiting = Table(
    "waiting",
    metadata,
    Column("article_id", Key, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("was", Text),
    Column("status", Text, nullable=False),
    Column("seen", Moment, nullable=False),
    ForeignKeyConstraint(["article_id", "sha256"], ["article.id", "article.sha256"]),
    CheckConstraint(one_of("status", *STATUSES), name="status"),
    Index(None, "article_id", "sha256"),
)

# The night's work.
night_article = Table(
    "night_article",
    metadata,
    Column("date", Text, ForeignKey("night.date"), nullable=False),
    Column("article_id", Key, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("was", Text),
    Column("status", Text, nullable=False),
    Column("seen", Moment, nullable=False),
    PrimaryKeyConstraint("date", "article_id"),
    ForeignKeyConstraint(["article_id", "sha256"], ["article.id", "article.sha256"]),
    CheckConstraint(one_of("status", *STATUSES), name="status"),
    Index(None, "article_id", "sha256"),
)

night_story = Table(
    "night_story",
    metadata,
    Column("date", Text, ForeignKey("night.date"), nullable=False),
    Column("story_id", Key, ForeignKey("story.id"), nullable=False),
    Column("compared", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("date", "story_id"),
    Index(None, "story_id"),
)

# Only what a night changed: what it left alone stands. ``case_id`` is the review's; ``before`` is the case's finding
# that this one took the place of.
night_finding = Table(
    "night_finding",
    metadata,
    Column("date", Text, ForeignKey("night.date"), nullable=False),
    Column("change", Text, nullable=False),
    Column("case_id", Key, nullable=False),
    Column("finding_id", Key, ForeignKey("finding.id"), nullable=False),
    Column("before", Key, ForeignKey("finding.id")),
    PrimaryKeyConstraint("date", "case_id"),
    CheckConstraint(one_of("change", "new", "changed", "gone", "back"), name="change"),
    Index(None, "finding_id"),
    Index(None, "before"),
)

# Every article that a night ever took in, in its newest text, and the story it belongs to. ``sketch`` is all that
# grouping needs of it, so that no whole reading is loaded to find a new article's story.
member = Table(
    "member",
    metadata,
    Column("article_id", Key, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("story_id", Key, ForeignKey("open_story.id"), nullable=False),
    Column("day", Text, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    ForeignKeyConstraint(["article_id", "sha256"], ["article.id", "article.sha256"]),
    Index(None, "article_id", "sha256"),
    Index(None, "story_id"),
    Index(None, "day"),
)

# A story as it stands now. ``story`` holds what runs made of it, and other runs than nights write there too.
open_story = Table(
    "open_story",
    metadata,
    Column("id", Key, primary_key=True),
    Column("title", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

story_alias = Table(
    "story_alias",
    metadata,
    Column("id", Key, primary_key=True),
    Column("story_id", Key, ForeignKey("open_story.id"), nullable=False),
    Index(None, "story_id"),
)

# By what a story that is over is found again, when an article months later goes on with it.
story_key = Table(
    "story_key",
    metadata,
    Column("key", Key, nullable=False),
    Column("story_id", Key, ForeignKey("open_story.id"), nullable=False),
    PrimaryKeyConstraint("key", "story_id"),
    Index(None, "story_id"),
)

# ``body`` is what fetching gave to keep (validators, what was seen). Of nights, those that ran are counted.
# ``pending`` is what the source gave since the last night that asked it to the end.
source_state = Table(
    "source_state",
    metadata,
    Column("source", Key, primary_key=True),
    Column("failed_since", Text),
    Column("quiet_since", Text),
    Column("failed_nights", Integer, nullable=False),
    Column("quiet_nights", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("pending", LargeBinary),
    CheckConstraint("failed_nights >= 0", name="failed_nights"),
    CheckConstraint("quiet_nights >= 0", name="quiet_nights"),
)

FATES = ("pending", "sending", "sent", "given_up", "uncertain")

# Messages to go out. "sending" is written before a message leaves: one found so was cut off and is never sent again.
delivery = Table(
    "delivery",
    metadata,
    Column("id", Text, primary_key=True),
    Column("date", Text, nullable=False),
    Column("recipient", Words, nullable=False),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("made", Moment, nullable=False),
    Column("sent", Moment),
    Column("error", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),
    CheckConstraint(one_of("status", *FATES), name="status"),
    CheckConstraint("attempts >= 0", name="attempts"),
    Index(None, "status"),
    Index(None, "date"),
)

# What a recipient was told of (a case of review, a fault of a source), so that it is told once.
told = Table(
    "told",
    metadata,
    Column("recipient", Key, nullable=False),
    Column("what", Key, nullable=False),
    Column("date", Text, nullable=False),
    PrimaryKeyConstraint("recipient", "what"),
)
