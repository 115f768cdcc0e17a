"""A finding's evidence arranged for the page: sides, marked texts, the pairing's features, a chart, the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reconcile.model import Article, Claim, Judgement, Link, Span
from reconcile.report.build import build_sides, camps_of, cell_values, view_article
from reconcile.report.charts import build_timeline, build_tolls, moments
from reconcile.report.view import ArticleView, FactRow, Side, Timeline, Toll
from reconcile.review.views import FindingView, Sighting

_LONGEST_TEXT = 60_000
_AROUND = 8_000
"""Of a longer text, so many characters on either side of the claims are shown."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of an article's text: plain, or the words of a claim (``role`` "claim") or of its clause ("quote")."""

    text: str
    role: str = ""
    anchor: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """An article's text with the finding's claims marked; ``offset`` is where the shown part begins in it."""

    view: ArticleView
    stretches: tuple[Stretch, ...]
    offset: int
    cut: bool
    group: str


@dataclass(frozen=True, slots=True)
class PairedBy:
    """Why two claims were held to answer one question: their words and the features that count, strongest first."""

    left: str
    right: str
    score: float
    features: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    at: datetime
    sighting: Sighting | None = None
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the finding's page shows beside the finding itself."""

    sides: tuple[Side, ...]
    others: tuple[Side, ...]
    texts: tuple[MarkedText, ...]
    silent: tuple[ArticleView, ...]
    groups: Mapping[str, str]
    pairs: tuple[PairedBy, ...]
    timeline: Timeline | None
    toll: Toll | None
    history: tuple[Event, ...]


def arrange(view: FindingView) -> Evidence:
    """The evidence of a finding; articles stand in the order of publication."""
    articles = {article.id: article for article in view.articles}
    story = view.story.id if view.story else None
    sources = [article.source for article in view.articles]
    views = tuple(
        view_article(article, None, story, twice=sources.count(article.source) > 1) for article in view.articles
    )
    texts = {article.id: article.text for article in view.articles}
    groups = _letters(view.groups, views)
    claims = (*view.finding.claims, *view.others)
    telling = [one for one in views if any(claim.article == one.id for claim in claims)]
    row = _row(view, views)
    at = moments(views, {article.id: article.published for article in view.articles})
    facts = [view.fact] if view.fact else []
    rows = {view.fact.id: row} if view.fact else {}
    tolls = build_tolls(facts, rows, views, at)
    return Evidence(
        sides=build_sides(view.finding.claims, views, texts),
        others=build_sides(view.others, views, texts),
        texts=tuple(_mark(one, articles[one.id], view, groups.get(one.id, "")) for one in telling),
        silent=tuple(one for one in views if one not in telling),
        groups=groups,
        pairs=_pairs(view.links, claims),
        timeline=build_timeline(facts, rows, views, at) if row.split else None,
        toll=tolls[0] if tolls else None,
        history=_history(view),
    )


def anchor_of(claim: Claim) -> str:
    """Where the claim's words stand on the page."""
    return f"w-{claim.article}-{claim.span.start}"


def _letters(groups: Sequence[Sequence[str]], views: Sequence[ArticleView]) -> dict[str, str]:
    """A number in words for each group of articles that count as one source; "" for an article that stands alone."""
    shared = [group for group in groups if len(group) > 1]
    names = {view.id: view.label for view in views}
    told: dict[str, str] = {}
    for group in shared:
        for member in group:
            others = [names[other] for other in group if other != member and other in names]
            told[member] = f"counts as one source with {', '.join(others)}" if others else ""
    return told


def _row(view: FindingView, views: Sequence[ArticleView]) -> FactRow:
    """The fact as a row of the matrix, so that the charts of the report can draw it."""
    label = view.fact.label if view.fact else view.finding.kind.value
    cells = tuple(cell_values(view.fact, one.id) if view.fact else () for one in views)
    return FactRow(label, view.finding.kind, view.finding.verdict, None, cells, camps_of(cells))


# --- texts ------------------------------------------------------------------------------------


def _mark(view: ArticleView, article: Article, finding: FindingView, group: str) -> MarkedText:
    """The article's text with the claims of the finding, and others of its fact, marked."""
    own = [claim for claim in finding.finding.claims if claim.article == article.id]
    others = [claim for claim in finding.others if claim.article == article.id]
    first, last = 0, len(article.text)
    if last > _LONGEST_TEXT:
        spans = [claim.span for claim in (*own, *others)]
        first = max(0, min(span.start for span in spans) - _AROUND)
        last = min(last, max(first, *(span.end for span in spans if span.start < first + _LONGEST_TEXT)) + _AROUND)
    marks = [(claim, "claim") for claim in own] + [(claim, "other") for claim in others]
    stretches = tuple(_stretches(article.text, first, last, sorted(marks, key=lambda mark: mark[0].span)))
    return MarkedText(view, stretches, first, (first, last) != (0, len(article.text)), group)


def _stretches(text: str, first: int, last: int, marks: Sequence[tuple[Claim, str]]) -> Iterator[Stretch]:
    """The text in runs; of claims that overlap the first is marked."""
    at = first
    for claim, role in marks:
        span: Span = claim.span
        if span.start < at or span.end > last:
            continue
        yield Stretch(text[at : span.start])
        yield Stretch(span.of(text), role, anchor_of(claim), claim.about.slot)
        at = span.end
    yield Stretch(text[at:last])


# --- reasons and history ----------------------------------------------------------------------


def _pairs(links: Sequence[Link], claims: Sequence[Claim]) -> tuple[PairedBy, ...]:
    words = {claim.id: claim.text for claim in claims}
    return tuple(
        PairedBy(
            words.get(link.left, link.left),
            words.get(link.right, link.right),
            link.score,
            tuple(
                (feature.name.replace("_", " "), feature.score, feature.why)
                for feature in sorted(link.features, key=lambda feature: -abs(feature.score))
                if feature.score
            ),
        )
        for link in links
    )


def _history(view: FindingView) -> tuple[Event, ...]:
    """What runs found and what reviewers did, the latest first."""
    events = [Event(one.at, sighting=one) for one in view.sightings if one.status != "still"]
    events += [Event(one.at, judgement=one) for one in view.judgements]
    # A database may give moments without their zone; all are UTC.
    return tuple(sorted(events, key=lambda event: event.at.replace(tzinfo=None), reverse=True))
