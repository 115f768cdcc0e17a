"""A run's results arranged for reading: the Report that every renderer shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import urlsplit

from reconcile.model import (
    Article,
    Claim,
    Fact,
    Finding,
    Problem,
    Published,
    Reading,
    Run,
    Severity,
    Story,
    TextValue,
    Verdict,
)
from reconcile.normalize.render import day_label, value_label
from reconcile.report.charts import build_timeline, build_tolls, moments
from reconcile.report.coverage import build_coverage
from reconcile.report.differences import mark_differences
from reconcile.report.view import (
    ORDER,
    ArticleView,
    ClaimView,
    Dateline,
    DecisionView,
    FactRow,
    FindingView,
    Report,
    Side,
    StoryView,
    VerdictGroup,
)

_CONTEXT = 320
"""Most characters shown on either side of a value: a sentence that is longer is cut."""

_LONG_VALUE = 60
"""Words longer than this are read in their quote, not as a value above it."""


def build_report(
    run: Run,
    articles: Sequence[Article],
    readings: Sequence[Reading],
    stories: Sequence[Story],
    facts: Sequence[Fact],
    findings: Sequence[Finding],
    problems: Sequence[Problem],
    *,
    decisions: Mapping[str, DecisionView] = MappingProxyType({}),
    scope: str = "",
) -> Report:
    """The report of one run; ``problems`` are those of every stage. Stories with the gravest findings come first.

    ``decisions`` are what reviewers decided, by finding id; ``scope`` says what the report was narrowed to.
    """
    views = _article_views(articles, readings, stories)
    texts = {article.id: article.text for article in articles}
    ordered = tuple(sorted(findings, key=_gravity))
    facts_of, findings_of = _by_story(facts), _by_story(ordered)
    published = {r.article: r.published for r in readings}
    scene = _Scene(views, texts, decisions, moments(views.values(), published))
    shown = [_story_view(story, scene, facts_of[story.id], findings_of[story.id]) for story in stories]
    shown.sort(key=_story_gravity)
    counted = Counter(finding.verdict for finding in findings)
    return Report(
        run=run,
        articles=tuple(views.values()),
        stories=tuple(shown),
        findings=ordered,
        counts=tuple((verdict, counted[verdict]) for verdict in ORDER),
        sources=len({article.source for article in articles}),
        coverage=build_coverage(views, readings, stories, facts, problems),
        read=_pairs(articles, readings),
        scope=scope,
    )


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a story is shown with: views, texts and publication moments by article id, decisions by finding id."""

    views: Mapping[str, ArticleView]
    texts: Mapping[str, str]
    decisions: Mapping[str, DecisionView]
    at: Mapping[str, datetime]


def _pairs(articles: Sequence[Article], readings: Sequence[Reading]) -> tuple[tuple[Article, Reading], ...]:
    by_article = {reading.article: reading for reading in readings}
    return tuple((article, by_article[article.id]) for article in articles if article.id in by_article)


_OfStory = TypeVar("_OfStory", Fact, Finding)


def _by_story(items: Iterable[_OfStory]) -> defaultdict[str, list[_OfStory]]:
    """Facts or findings under their story's id, in the order given."""
    found: defaultdict[str, list[_OfStory]] = defaultdict(list)
    for item in items:
        found[item.story].append(item)
    return found


def _gravity(finding: Finding) -> tuple[object, ...]:
    """Findings in reading order: by verdict, then the severest, the surest, and the earliest in its article."""
    first = min(((claim.article, claim.span.start) for claim in finding.claims), default=("", 0))
    severity = -tuple(Severity).index(finding.severity)
    return ORDER.index(finding.verdict), severity, -finding.confidence, first[0], first[1], finding.id


def _story_gravity(story: StoryView) -> tuple[object, ...]:
    """Stories in reading order: the most contradictions first, then the most articles."""
    grave = sum(len(group.findings) for group in story.groups if group.verdict is Verdict.CONTRADICTION)
    return -grave, -len(story.articles), story.title, story.id


# --- articles ---------------------------------------------------------------------------------


def _article_views(
    articles: Sequence[Article], readings: Sequence[Reading], stories: Sequence[Story]
) -> dict[str, ArticleView]:
    """Each article's view, by id, in the order given."""
    reading_of = {reading.article: reading for reading in readings}
    story_of = {member: story.id for story in stories for member in story.articles}
    by_source = Counter((story_of.get(article.id), article.source) for article in articles)
    views: dict[str, ArticleView] = {}
    for article in articles:
        reading = reading_of.get(article.id)
        twice = by_source[story_of.get(article.id), article.source] > 1
        views[article.id] = view_article(article, reading, story_of.get(article.id), twice=twice)
    return views


def view_article(article: Article, reading: Reading | None, story: str | None, *, twice: bool) -> ArticleView:
    """One article's view; where its source stands ``twice`` in its story, its id tells it from the other."""
    return ArticleView(
        id=article.id,
        label=f"{article.source} ({article.id})" if twice else article.source,
        source=article.source,
        title=article.title,
        url=web_address(article.url),
        published=dateline((reading.published if reading else None) or article.published),
        language=article.language,
        story=story,
        words=len(article.text.split()),
        claims=len(reading.claims) if reading else 0,
        origin=article.origin,
    )


def dateline(published: Published | None) -> Dateline:
    """A publication date in words."""
    if published is None:
        return Dateline()
    text = day_label(published.iso[:16])
    return Dateline(text, published.iso, published.origin == "inferred", published.reason)


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web: no other scheme may become a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


# --- stories ----------------------------------------------------------------------------------


def _story_view(story: Story, scene: _Scene, facts: Sequence[Fact], findings: Sequence[Finding]) -> StoryView:
    """One story with its facts and findings; its articles, and those that tell of it in part, by publication."""
    guests = (guest for guest in story.guests() if guest in scene.views)
    members = sorted(
        (scene.views[member] for member in (*story.articles, *guests)),
        key=lambda view: (view.published.iso or "9", view.id),
    )
    labels = {fact.id: fact.label for fact in facts}
    grouped: dict[Verdict, list[FindingView]] = defaultdict(list)
    for finding in findings:
        label = labels.get(finding.fact, "") or finding.kind.value.replace("_", " ")
        sides = build_sides(finding.claims, members, scene.texts)
        decision = scene.decisions.get(finding.id)
        grouped[finding.verdict].append(FindingView(finding, f"f-{finding.id}", label, sides, decision))
    groups = tuple(VerdictGroup(verdict, tuple(grouped[verdict])) for verdict in ORDER if grouped[verdict])
    rows = _rows(facts, members, groups)
    at = {view.id: scene.at[view.id] for view in members if view.id in scene.at}
    return StoryView(
        id=story.id,
        anchor=f"s-{story.id}",
        title=story.title or (members[0].title if members else story.id),
        articles=tuple(members),
        independent=len(story.independent) or len({view.source for view in members}),
        sources=story.independent,
        dependences=story.dependences,
        groups=groups,
        rows=tuple(sorted(rows.values(), key=row_gravity)),
        timeline=build_timeline(facts, rows, members, at),
        tolls=build_tolls(facts, rows, members, at),
    )


def build_sides(claims: Iterable[Claim], members: Sequence[ArticleView], texts: Mapping[str, str]) -> tuple[Side, ...]:
    """A finding's claims, article by article, in the order of ``members``."""
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    sides = tuple(
        Side(view, tuple(view_claim(claim, texts[view.id]) for claim in sorted(by_article[view.id], key=_place)))
        for view in members
        if view.id in by_article
    )
    return mark_differences(sides)


def _place(claim: Claim) -> tuple[int, int]:
    return claim.span.start, claim.span.end


def view_claim(claim: Claim, text: str) -> ClaimView:
    """The claim's words with those around its value, cut at a space where they are too many."""
    start, end = min(claim.clause.start, claim.span.start), max(claim.clause.end, claim.span.end)
    before, after = text[start : claim.span.start], text[claim.span.end : end]
    if len(before) > _CONTEXT:
        before = "… " + before[-_CONTEXT:].partition(" ")[2]
    if len(after) > _CONTEXT:
        after = after[:_CONTEXT].rpartition(" ")[0] + " …"
    value, marked = value_label(claim.value), claim.span.of(text)
    verbatim = isinstance(claim.value, TextValue) and (" ".join(marked.split()) == value or len(value) > _LONG_VALUE)
    return ClaimView(claim, value, verbatim, before, marked, after)


def _rows(facts: Sequence[Fact], members: Sequence[ArticleView], groups: Sequence[VerdictGroup]) -> dict[str, FactRow]:
    """The facts that two articles or more speak of, by fact id."""
    finding_of: dict[str, FindingView] = {}
    for group in groups:
        for view in group.findings:
            finding_of.setdefault(view.finding.fact, view)
    rows: dict[str, FactRow] = {}
    for fact in facts:
        if len({claim.article for claim in fact.claims}) < 2:
            continue
        found = finding_of.get(fact.id)
        cells = tuple(cell_values(fact, view.id) for view in members)
        verdict = found.finding.verdict if found else None
        anchor = found.anchor if found else None
        rows[fact.id] = FactRow(fact.label, fact.kind, verdict, anchor, cells, camps_of(cells))
    return rows


def row_gravity(row: FactRow) -> tuple[object, ...]:
    """Rows in reading order: the gravest verdict first."""
    return ORDER.index(row.verdict) if row.verdict else len(ORDER), row.kind, row.label


def camps_of(cells: Sequence[tuple[str, ...]]) -> tuple[int | None, ...]:
    """Which cells say the same, as numbers from 0 in the order of the articles."""
    known: dict[frozenset[str], int] = {}
    return tuple(known.setdefault(frozenset(cell), len(known)) if cell else None for cell in cells)


def cell_values(fact: Fact, article: str) -> tuple[str, ...]:
    """The different values that one article gives for a fact, in the order of its text."""
    claims = sorted((claim for claim in fact.claims if claim.article == article), key=_place)
    return tuple(dict.fromkeys(value_label(claim.value) for claim in claims))
