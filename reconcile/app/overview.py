"""What a desk sees from above: stories with matrix, timeline and people; outlets, rules and runs in figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from reconcile.app.accounts import User
from reconcile.app.queue import hide
from reconcile.check.schema import Pack
from reconcile.errors import NotFoundError
from reconcile.match.people import link_people
from reconcile.model import Article, Claim, Entity, Fact, Kind, NameValue, Reading, TimeValue, Verdict
from reconcile.review.agreement import agreement
from reconcile.review.views import (
    CaseRow,
    FactRow,
    PersonTold,
    Rate,
    RuleFigures,
    RunRow,
    SourceFigures,
    StoryPage,
    StoryView,
    TimelineEntry,
)
from reconcile.store.store import Store

_MOMENTS = (Kind.DATE, Kind.TIME)
_COMPARED = tuple(verdict for verdict in Verdict if verdict is not Verdict.SINGLE)
_NAMES_SHOWN = 60


def list_stories(store: Store, *, text: str = "", cursor: str = "", limit: int = 50) -> StoryPage:
    """Stories that something is found in, the latest first; raises InvalidError for a foreign cursor."""
    return store.review.stories(text, cursor, limit)


def show_story(store: Store, id_: str, user: User, *, blind: bool = False) -> StoryView:
    """A story with all that its outlets tell; raises NotFoundError."""
    stored = store.review.story(id_)
    cases = store.review.rows_of_story(id_)
    source_of = {article.id: article.source for article in stored.articles}
    facts = store.review.facts_of_story(id_)
    case_of = {row.finding: row for row in cases}
    finding_of = store.review.findings_by_fact(id_)
    rows = tuple(_fact_row(fact, finding_of.get(fact.id, ()), case_of, source_of) for fact in facts)
    rank = {row.id: place for place, row in enumerate(cases)}
    return StoryView(
        story=stored.story,
        articles=tuple(sorted(stored.articles, key=lambda item: item.published.iso if item.published else "9")),
        facts=tuple(sorted(rows, key=lambda row: (-len(row.cells), rank.get(row.case or "", len(cases)), row.label))),
        timeline=tuple(sorted(_timeline(facts, stored.articles), key=lambda entry: (entry.at, entry.article))),
        people=_people(stored.readings, source_of),
        cases=tuple(hide(row, user) for row in cases) if blind else cases,
    )


def _fact_row(
    fact: Fact, findings: Sequence[str], case_of: Mapping[str, CaseRow], source_of: Mapping[str, str]
) -> FactRow:
    """What each outlet answers; the case is the gravest one on this fact."""
    cells: dict[str, list[Claim]] = defaultdict(list)
    for claim in fact.claims:
        cells[source_of.get(claim.article, claim.article)].append(claim)
    row = next((case for finding, case in case_of.items() if finding in findings), None)
    return FactRow(
        fact.id,
        fact.label,
        fact.kind,
        row.verdict if row else None,
        row.id if row else None,
        {source: tuple(claims) for source, claims in cells.items()},
    )


def _timeline(facts: Sequence[Fact], articles: Sequence[Article]) -> Iterator[TimelineEntry]:
    """What is told to have happened when; and the counts that several articles give, at the times they gave them."""
    of = {article.id: article for article in articles}
    for fact in facts:
        told = {claim.article for claim in fact.claims}
        for claim in fact.claims:
            article = of.get(claim.article)
            at = _moment(claim, article, fact.kind, len(told))
            if article is not None and at is not None:
                yield TimelineEntry(at, article.id, article.source, fact.label, claim.text, fact.kind, claim)


def _moment(claim: Claim, article: Article | None, kind: Kind, told: int) -> datetime | None:
    if kind in _MOMENTS and isinstance(claim.value, TimeValue) and claim.value.start is not None:
        return claim.value.start.replace(tzinfo=UTC)
    if kind is Kind.COUNT and told > 1 and article is not None and article.published is not None:
        return article.published.moment().replace(tzinfo=UTC)
    return None


def _people(readings: Sequence[Reading], source_of: Mapping[str, str]) -> tuple[PersonTold, ...]:
    """Everybody of whom something is told, most told first."""
    keys = link_people(readings)
    told: dict[str, list[tuple[Reading, Entity]]] = defaultdict(list)
    for reading in readings:
        for entity in reading.entities:
            if entity.type == "person" and entity.attributes and isinstance(entity.name, NameValue):
                told[keys.get((reading.article, entity.key), entity.key)].append((reading, entity))
    people = [_person(key, items, source_of) for key, items in told.items()]
    return tuple(sorted(people, key=lambda one: (-len(one.ages + one.roles + one.statuses), one.name))[:_NAMES_SHOWN])


def _person(key: str, items: Sequence[tuple[Reading, Entity]], source_of: Mapping[str, str]) -> PersonTold:
    names = [entity.name.full for _, entity in items if isinstance(entity.name, NameValue)]
    pairs: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for reading, entity in items:
        for attribute in entity.attributes:
            words = f"{attribute.qualifier} {attribute.value}".strip()
            pairs[attribute.kind][source_of.get(reading.article, reading.article), words] = None
    return PersonTold(
        max(names, key=lambda name: (len(name), name)),
        key,
        tuple(pairs["age"]),
        tuple(pairs["role"]),
        tuple(pairs["status"]),
    )


def source_figures(store: Store) -> tuple[SourceFigures, ...]:
    """How often each outlet was first, alone, corrected itself or stood in a contradiction; by name, not by rank."""
    counted = store.review.source_counts()
    found = []
    for source, (articles, revised) in counted.articles.items():
        verdicts = counted.verdicts.get(source, {})
        compared = sum(verdicts.get(verdict, 0) for verdict in _COMPARED)
        told, first = counted.firsts.get(source, (0, 0))
        found.append(
            SourceFigures(
                source,
                articles,
                Rate(first, told),
                Rate(verdicts.get(Verdict.SINGLE, 0), sum(verdicts.values())),
                Rate(revised, articles),
                Rate(verdicts.get(Verdict.CONTRADICTION, 0), compared),
            )
        )
    return tuple(sorted(found, key=lambda one: one.source.casefold()))


def rule_figures(store: Store, pack: Pack | None = None) -> tuple[RuleFigures, ...]:
    """What each rule fires and how often reviewers agreed; with ``pack``, also the rules that fired nothing."""
    fired = store.review.rule_counts()
    agreed = agreement(store.review.decisions())
    titles = {rule.id: rule.title for rule in (pack.rules if pack else ())}
    nothing = Rate(0, 0)
    return tuple(
        RuleFigures(
            rule,
            titles.get(rule, rule),
            fired.get(rule, {}),
            agreed[rule][0].whole if rule in agreed else 0,
            *(agreed.get(rule, (nothing, ()))),
        )
        for rule in sorted({*fired, *agreed, *titles})
    )


def list_runs(store: Store, limit: int = 50) -> tuple[RunRow, ...]:
    """The latest runs with what they changed, newest first."""
    return store.review.run_rows(limit)


def show_run(store: Store, id_: str) -> RunRow:
    """One run with what it changed; raises NotFoundError."""
    for row in store.review.run_rows(1, id_):
        return row
    raise NotFoundError(f"there is no run {id_!r}", "take an id from the list of runs")
