"""What every renderer shows, as one frozen value: stories, findings, tables of facts, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.model import Claim, Finding, Kind, Problem, Run, Verdict

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
    """

    claim: Claim
    value: str
    verbatim: bool
    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one article says in a finding."""

    article: ArticleView
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its sides; ``anchor`` is its address within the page."""

    finding: Finding
    anchor: str
    label: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class VerdictGroup:
    """A story's findings of one verdict."""

    verdict: Verdict
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of the table of facts: one cell an article, each with the values that the article gives."""

    label: str
    kind: Kind
    verdict: Verdict | None
    anchor: str | None
    cells: tuple[tuple[str, ...], ...]


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

    Pages show the ``comparable`` stories; of the others their articles are named as not compared.
    """

    run: Run
    articles: tuple[ArticleView, ...]
    stories: tuple[StoryView, ...]
    findings: tuple[Finding, ...]
    counts: tuple[tuple[Verdict, int], ...]
    sources: int
    coverage: Coverage

    @property
    def comparable(self) -> tuple[StoryView, ...]:
        """The stories that have something to show."""
        return tuple(story for story in self.stories if story.comparable)
