"""What reviewers ask for and see: the queue, one finding with all it rests on, stories, sources, rules and runs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from reconcile.model import (
    Article,
    Claim,
    Decision,
    Fact,
    Finding,
    Judgement,
    Kind,
    Link,
    Run,
    Severity,
    Story,
    Verdict,
)
from reconcile.review.standing import State

View = Literal["new", "open", "mine", "overdue", "waiting", "follow_up", "decided", "gone", "all"]
Sort = Literal["severity", "newest", "oldest", "confidence", "due"]
VIEWS: tuple[View, ...] = ("new", "open", "mine", "overdue", "waiting", "follow_up", "decided", "gone", "all")
SORTS: tuple[Sort, ...] = ("severity", "newest", "oldest", "confidence", "due")
FLAGGED = (Verdict.CONTRADICTION, Verdict.UPDATE, Verdict.ATTRIBUTION, Verdict.UNDECIDED)
"""The verdicts somebody should look at; the others are there to be asked for."""


@dataclass(frozen=True, slots=True)
class Query:
    """What of the queue to show; an empty filter lets everything through.

    Without ``verdicts``, only the flagged ones are shown, but in the views "decided", "gone" and "all".
    """

    view: View = "open"
    verdicts: tuple[Verdict, ...] = ()
    kinds: tuple[Kind, ...] = ()
    severities: tuple[Severity, ...] = ()
    rules: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    confidence_min: float = 0.0
    confidence_max: float = 1.0
    text: str = ""
    sort: Sort = "severity"
    cursor: str = ""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as the queue shows it; ``version`` counts its judgements, ``reopened`` tells why a decision lapsed."""

    id: str
    finding: str
    version: int
    summary: str
    verdict: Verdict
    kind: Kind
    severity: Severity
    confidence: float | None
    independent_sources: int
    rule: str
    story: str
    story_title: str
    sources: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    state: State
    decision: Decision | None
    decided_by: str
    decided_at: datetime | None
    assignee: str
    due: date | None
    reopened: str
    present: bool
    comments: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue; ``counts`` by view, ``facets`` by verdict, kind and severity, ``next`` a cursor."""

    rows: tuple[CaseRow, ...]
    counts: Mapping[str, int]
    facets: Mapping[str, Mapping[str, int]]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a run changed about a case."""

    run: str
    at: datetime
    status: Literal["new", "still", "back", "changed", "gone"]
    summary: str


@dataclass(frozen=True, slots=True)
class Similar:
    """A case of the same rule and kind that was decided before, and in what it is like this one."""

    case: str
    summary: str
    story_title: str
    decision: Decision
    reason: str
    decided_by: str
    decided_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding with all that a reviewer needs; ``articles`` are the revisions that its spans are offsets in.

    ``others`` are the fact's claims that the finding does not name, ``groups`` the article ids that count as one
    independent source, ``undone`` the ids of judgements that were taken back.
    """

    row: CaseRow
    finding: Finding
    story: Story | None
    fact: Fact | None
    articles: tuple[Article, ...]
    others: tuple[Claim, ...]
    groups: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]
    sightings: tuple[Sighting, ...]
    judgements: tuple[Judgement, ...]
    undone: frozenset[str]
    similar: tuple[Similar, ...]
    needs_second: bool
    blind: bool
    etag: str


@dataclass(frozen=True, slots=True)
class Rate:
    """``part`` of ``whole``, with the 95 % interval of Wilson; 0 of 0 says nothing: the interval is all of it."""

    part: int
    whole: int

    @property
    def share(self) -> float:
        """The share itself, 0 where there is nothing to share."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self._interval()[0]

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self._interval()[1]

    def _interval(self) -> tuple[float, float]:
        if not self.whole:
            return (0.0, 1.0)
        z, n, p = 1.959964, self.whole, self.share
        middle, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (max(0.0, (middle - spread) / (1 + z * z / n)), min(1.0, (middle + spread) / (1 + z * z / n)))


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story in the list of them."""

    id: str
    title: str
    articles: int
    sources: tuple[str, ...]
    first: datetime | None
    contradictions: int
    open: int


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One page of stories; ``next`` is a cursor."""

    rows: tuple[StoryRow, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of a story's matrix: one question, and what each outlet answers."""

    id: str
    label: str
    kind: Kind
    verdict: Verdict | None
    case: str | None
    cells: Mapping[str, tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A claim at its moment: what is told to have happened then, or, for a number, what was told then."""

    at: datetime
    article: str
    source: str
    label: str
    text: str
    kind: Kind
    claim: Claim


@dataclass(frozen=True, slots=True)
class PersonTold:
    """What the outlets of a story tell of one person; each pair is an outlet and its words."""

    name: str
    key: str
    ages: tuple[tuple[str, str], ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with its matrix, its timeline, its people and its cases."""

    story: Story
    articles: tuple[Article, ...]
    facts: tuple[FactRow, ...]
    timeline: tuple[TimelineEntry, ...]
    people: tuple[PersonTold, ...]
    cases: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """How often an outlet was first with a story, alone with a fact, revised an article, or in a contradiction."""

    source: str
    articles: int
    first: Rate
    alone: Rate
    corrected: Rate
    contradicted: Rate


@dataclass(frozen=True, slots=True)
class Bin:
    """How often reviewers agreed with findings of a confidence in ``[low, high)``."""

    low: float
    high: float
    agreed: Rate


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """What a rule fires, and how often reviewers agreed with it."""

    rule: str
    title: str
    fired: Mapping[Verdict, int]
    judged: int
    agreed: Rate
    bins: tuple[Bin, ...] = ()


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run with what it changed."""

    run: Run
    new: int
    still: int
    gone: int
    back: int


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A reviewer's own query by name."""

    name: str
    query: Query = field(default_factory=Query)


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What deciding many at once came to; ``conflicts`` are the cases that somebody else had changed."""

    done: tuple[Judgement, ...]
    conflicts: tuple[str, ...]
    batch: str
