"""What a user does with a stored run: make its report again, of one story or of a query, in the formats asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reconcile.app.decisions import decisions_on
from reconcile.errors import ReconcileError
from reconcile.match.lent_dates import lend_dates
from reconcile.model import Article, Fact, Finding, Reading, Run, Story
from reconcile.pipeline import reread_undated
from reconcile.report.build import build_report
from reconcile.report.formats import DEFAULT_FORMATS, choose_formats
from reconcile.report.select import articles_of, find_story, parse_query
from reconcile.report.view import Report
from reconcile.report.write import write_reports
from reconcile.store.store import Store, open_store

LATEST = "latest"


@dataclass(frozen=True, slots=True)
class _Made:
    """What a run made, whole or in part, and what the part is in words."""

    articles: tuple[Article, ...]
    stories: tuple[Story, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    scope: str = ""


def write_report(
    run: str,
    *,
    db: str,
    out: Path,
    story: str = "",
    query: str = "",
    formats: Sequence[str] = DEFAULT_FORMATS,
) -> tuple[Report, tuple[Path, ...]]:
    """Write the report of a stored run, named by its id, the beginning of it, or ``latest``.

    Raises ReconcileError where there is no such run or story, the query cannot be read, or the folder not written.
    """
    choose_formats(formats)
    parse_query(query)
    with open_store(db, upgrade=False) as store:
        report = load_report(store, run, story=story, query=query)
    return report, write_reports(report, out, formats)


def load_report(store: Store, run: str, *, story: str = "", query: str = "") -> Report:
    """The report of a stored run or of a part of it, with what reviewers have decided since."""
    found = find_run(store, run)
    made = _Made(
        store.articles_of(found.id), store.stories_of(found.id), store.facts_of(found.id), store.findings_of(found.id)
    )
    made = _narrow_to_query(_narrow_to_story(made, story), query)
    return build_report(
        _narrowed(found, made),
        made.articles,
        _readings(store, found, made),
        made.stories,
        made.facts,
        made.findings,
        () if made.scope else found.problems,
        decisions=decisions_on(store, made.findings),
        scope=made.scope,
    )


def find_run(store: Store, wanted: str) -> Run:
    """The run of this id, of this beginning of an id, or the latest; raises ReconcileError."""
    run = store.latest_run() if wanted == LATEST else store.find_run(wanted)
    if run is None:
        raise ReconcileError("no run is stored yet", "reconcile some articles first: reconcile run FOLDER")
    return run


def _narrow_to_story(made: _Made, wanted: str) -> _Made:
    if not wanted:
        return made
    story = find_story(made.stories, wanted)
    facts = tuple(fact for fact in made.facts if fact.story == story.id)
    findings = tuple(finding for finding in made.findings if finding.story == story.id)
    return _Made(articles_of([story], made.articles), (story,), facts, findings, f"the story “{story.title}”")


def _narrow_to_query(made: _Made, text: str) -> _Made:
    """The findings that match, with their stories whole in articles but only with the facts of those findings."""
    if not text.strip():
        return made
    query = parse_query(text)
    source_of = {article.id: article.source for article in made.articles}
    findings = tuple(finding for finding in made.findings if query.matches(finding, source_of))
    of_stories, of_facts = {finding.story for finding in findings}, {finding.fact for finding in findings}
    stories = tuple(story for story in made.stories if story.id in of_stories)
    facts = tuple(fact for fact in made.facts if fact.id in of_facts)
    scope = f"{made.scope}, findings that match {text.strip()}" if made.scope else f"findings that match {text.strip()}"
    return _Made(articles_of(stories, made.articles), stories, facts, findings, scope)


def _narrowed(run: Run, made: _Made) -> Run:
    """The run with the counts of the part that is shown."""
    if not made.scope:
        return run
    counts = (("articles", len(made.articles)), ("stories", len(made.stories)), ("facts", len(made.facts)))
    return replace(run, counts=counts)


def _readings(store: Store, run: Run, made: _Made) -> tuple[Reading, ...]:
    """The readings the run used; an article whose reading is no longer stored has one that says nothing."""
    extractor = dict(run.versions).get("extractor", "")

    def stored(article: Article) -> Reading:
        """The reading of an article as it is described."""
        return store.cached_reading(article, extractor) or Reading(article.id, "", article.published)

    readings = tuple(stored(article) for article in made.articles)
    by_id = {article.id: article for article in made.articles}
    members = tuple(replace(s, articles=tuple(a for a in s.articles if a in by_id)) for s in made.stories)
    return reread_undated(by_id, readings, lend_dates(by_id, readings, members), stored)
