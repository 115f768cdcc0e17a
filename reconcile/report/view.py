"""What every renderer shows, as one frozen value: stories, findings, tables of facts, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.model import Article, Claim, Dependence, Finding, Kind, Problem, Reading, Run, Verdict

ORDER = (
    Verdict.CONTRADICTION,
    Verdict.UPDATE,
    Verdict.ATTRIBUTION,
    Verdict.UNDECIDED,
    Verdict.PRECISION,
    Verdict.AGREEMENT,
    Verdict.SINGLE,
)
"""The verdicts in the order in which an editor reads them."""

HEADINGS = {
    Verdict.CONTRADICTION: ("Contradictions", "contradiction", "contradictions"),
    Verdict.UPDATE: ("Updates", "update", "updates"),
    Verdict.ATTRIBUTION: ("Attribution differences", "attribution difference", "attribution differences"),
    Verdict.UNDECIDED: ("Undecided", "undecided", "undecided"),
    Verdict.PRECISION: ("Differences of precision", "difference of precision", "differences of precision"),
    Verdict.AGREEMENT: ("Agreements", "agreement", "agreements"),
    Verdict.SINGLE: ("One source only", "claim of one source only", "claims of one source only"),
}
"""Each verdict's heading, and its name for one and for several."""

MEANINGS = {
    Verdict.CONTRADICTION: "The outlets give values for the same thing that cannot both be true.",
    Verdict.UPDATE: "The values differ, and the later article may simply know more.",
    Verdict.ATTRIBUTION: "The content is the same; who asserts it, or how firmly, differs.",
    Verdict.UNDECIDED: "The claims can be compared only in part; the reason is given.",
    Verdict.PRECISION: "The values fit together; one is finer, rounded or hedged.",
    Verdict.AGREEMENT: "The outlets give the same value.",
    Verdict.SINGLE: "Only one outlet says it, so there is nothing to compare.",
}
"""What each verdict means, in one sentence."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A publication date for readers: its words, whether it was inferred, and why."""

    text: str = "no date"
    iso: str = ""
    inferred: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as the report shows it; ``label`` tells it from the others of its story."""

    id: str
    label: str
    source: str
    title: str
    url: str | None
    published: Dateline
    language: str
    story: str | None
    words: int
    claims: int
    origin: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with the words around its value: ``before + marked + after`` is a stretch of the article.

    ``verbatim`` tells that the value is the marked words themselves, so that showing it would only repeat them.
    ``pieces`` are the marked words in runs, each with whether another outlet has other words there; empty where the
    words are too short to be told apart, or nothing is compared.
    """

    claim: Claim
    value: str
    verbatim: bool
    before: str
    marked: str
    after: str
    pieces: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What one article says in a finding."""

    article: ArticleView
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What reviewers decided on a finding: in words, by whom, when (ISO), why; ``signed_off`` once it is final."""

    decision: str
    label: str
    by: str
    at: str
    reason: str = ""
    signed_off: bool = True


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its sides; ``anchor`` is its address within the page."""

    finding: Finding
    anchor: str
    label: str
    sides: tuple[Side, ...]
    decision: DecisionView | None = None


@dataclass(frozen=True, slots=True)
class VerdictGroup:
    """A story's findings of one verdict."""

    verdict: Verdict
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of the table of facts: one cell an article, each with the values that the article gives.

    ``camps`` has a number for each cell, equal where the values read the same: 0 for the first camp, None where the
    article does not say.
    """

    label: str
    kind: Kind
    verdict: Verdict | None
    anchor: str | None
    cells: tuple[tuple[str, ...], ...]
    camps: tuple[int | None, ...] = ()

    @property
    def split(self) -> bool:
        """Whether the articles give different values."""
        return len({camp for camp in self.camps if camp is not None}) > 1


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One value on the timeline: from ``x`` over ``width``, who gives it, and its camp as in the table."""

    x: float
    width: float
    value: str
    outlets: tuple[str, ...]
    camp: int


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One dated fact, its values from the earliest on."""

    label: str
    verdict: Verdict | None
    anchor: str | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """When what is said to have happened happened, over 0 to 100; ``outside`` facts lie too far off to be drawn."""

    ticks: tuple[Tick, ...]
    published: tuple[Bar, ...]
    rows: tuple[TimelineRow, ...]
    outside: int = 0


@dataclass(frozen=True, slots=True)
class TollPoint:
    """One value an article gives, at its publication: both axes run from 0 to 100, ``y`` upwards."""

    x: float
    y: float
    value: str
    outlet: str
    when: str


@dataclass(frozen=True, slots=True)
class Toll:
    """How one number moved from article to article."""

    label: str
    verdict: Verdict | None
    anchor: str | None
    points: tuple[TollPoint, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with its articles, its findings by verdict, and its table of facts."""

    id: str
    anchor: str
    title: str
    articles: tuple[ArticleView, ...]
    independent: int
    groups: tuple[VerdictGroup, ...]
    rows: tuple[FactRow, ...]
    timeline: Timeline | None = None
    tolls: tuple[Toll, ...] = ()
    sources: tuple[tuple[str, ...], ...] = ()
    """The ids of its articles in groups that count as one source each."""
    dependences: tuple[Dependence, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether there is anything to show of it: two articles, or a verdict on one article's own claims."""
        return len(self.articles) > 1 or any(group.verdict is not Verdict.SINGLE for group in self.groups)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something not read or not compared: where, what in words, and how many characters or items."""

    article: str
    label: str
    reason: str
    amount: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was not read, what was not compared, and why; ``notes`` lost nothing."""

    unread: tuple[Gap, ...]
    uncompared: tuple[Gap, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    one_source_facts: int


@dataclass(frozen=True, slots=True)
class Report:
    """One run's report; ``counts`` has every verdict, in reading order.

    Pages show the ``comparable`` stories; of the others their articles are named as not compared. ``read`` holds each
    article with its reading, for the formats that give every claim. ``scope`` says in words what the report was
    narrowed to, "" where it holds the whole run.
    """

    run: Run
    articles: tuple[ArticleView, ...]
    stories: tuple[StoryView, ...]
    findings: tuple[Finding, ...]
    counts: tuple[tuple[Verdict, int], ...]
    sources: int
    coverage: Coverage
    read: tuple[tuple[Article, Reading], ...] = ()
    scope: str = ""

    @property
    def comparable(self) -> tuple[StoryView, ...]:
        """The stories that have something to show."""
        return tuple(story for story in self.stories if story.comparable)
