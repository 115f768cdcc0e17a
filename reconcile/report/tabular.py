"""The report as rows of plain cells, for CSV and XLSX: no cell of it may be taken for a formula."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.normalize.render import value_text
from reconcile.report import phrases
from reconcile.report.view import ClaimView, FindingView, Report, Side, StoryView
from reconcile.visible import visible

Cell = str | int | float
Row = tuple[Cell, ...]

_LONGEST = 32_000
"""Characters of one cell; spreadsheets hold 32,767."""
_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

CLAIM_COLUMNS = (
    *("finding", "verdict", "kind", "severity", "confidence", "independent_sources", "rule", "story", "about"),
    *("summary", "decision", "decided_by", "decided_at", "decision_reason"),
    *("article", "source", "title", "url", "published", "value", "text", "start", "end", "quote", "speaker", "hedge"),
)
FINDING_COLUMNS = (
    *("finding", "verdict", "kind", "severity", "confidence", "independent_sources", "rule", "story", "about"),
    *("summary", "why", "decision", "decided_by", "decided_at", "decision_reason"),
)
ARTICLE_COLUMNS = ("article", "source", "title", "url", "published", "published_inferred", "story", "words", "claims")


def safe_cell(value: Cell | None) -> Cell:
    """The cell; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = visible(value)
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_LEADS) or text.startswith(_LEADS) else text


def claim_rows(report: Report) -> Iterator[Row]:
    """A row for each claim of each finding, in reading order."""
    for story, view in _findings(report):
        decided = _decision_cells(view)
        for side in view.sides:
            for claim in side.claims:
                cells = (*_finding_cells(story, view), *decided, *_claim_cells(side, claim))
                yield tuple(safe_cell(cell) for cell in cells)


def finding_rows(report: Report) -> Iterator[Row]:
    """A row for each finding, in reading order."""
    for story, view in _findings(report):
        why = " ".join(view.finding.explanation)
        yield tuple(safe_cell(cell) for cell in (*_finding_cells(story, view), why, *_decision_cells(view)))


def article_rows(report: Report) -> Iterator[Row]:
    """A row for each article, in the run's order."""
    for view in report.articles:
        inferred = "yes" if view.published.inferred else ""
        published = (view.published.iso, inferred)
        cells = (view.id, view.source, view.title, view.url, *published, view.story, view.words, view.claims)
        yield tuple(safe_cell(cell) for cell in cells)


def fact_rows(story: StoryView) -> Iterator[Row]:
    """The head and the rows of a story's table of facts, one column an article."""
    yield tuple(safe_cell(cell) for cell in ("fact", *(view.label for view in story.articles), "verdict"))
    for row in story.rows:
        values = ("; ".join(cell) for cell in row.cells)
        yield tuple(safe_cell(cell) for cell in (row.label, *values, phrases.verdict_name(row.verdict)))


def _findings(report: Report) -> Iterator[tuple[StoryView, FindingView]]:
    for story in report.stories:
        for group in story.groups:
            for view in group.findings:
                yield story, view


def _finding_cells(story: StoryView, view: FindingView) -> tuple[Cell | None, ...]:
    found = view.finding
    return (
        *(found.id, found.verdict.value, found.kind.value, found.severity.value, round(found.confidence, 3)),
        *(found.independent_sources, found.rule, story.title, view.label, found.summary),
    )


def _decision_cells(view: FindingView) -> tuple[Cell | None, ...]:
    made = view.decision
    return (made.label, made.by, made.at, made.reason) if made else ("", "", "", "")


def _claim_cells(side: Side, view: ClaimView) -> tuple[Cell | None, ...]:
    claim, article = view.claim, side.article
    return (
        *(article.id, article.source, article.title, article.url, article.published.iso, value_text(claim.value)),
        *(claim.text, claim.span.start, claim.span.end, claim.quote, claim.speaker, claim.hedge),
    )
