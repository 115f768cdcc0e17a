"""A night's report of bounded size: all its stories where they are few, else those with the most contradictions."""

from __future__ import annotations

from reconcile.app.decisions import decisions_on
from reconcile.app.reports import load_report
from reconcile.model import Article, Fact, Finding, Reading, Story
from reconcile.report.build import build_report
from reconcile.report.view import Report
from reconcile.store.nights import Night
from reconcile.store.store import Store

MOST = 300
"""Stories that one report shows: a page of more is no longer read, and must be held in memory whole."""


def report_of(store: Store, night: Night) -> Report:
    """The report of a night; of more stories than ``MOST``, it says that it was narrowed and to what."""
    count = store.nights.count_made(night.run_id)["stories"]
    if count <= MOST:
        return load_report(store, night.run_id)
    run = store.find_run(night.run_id)
    articles: dict[str, Article] = {}
    stories: list[Story] = []
    facts: list[Fact] = []
    findings: list[Finding] = []
    for id_ in store.nights.gravest_stories(night.run_id, MOST):
        story = store.nights.story(id_)
        if story is not None:
            here, there = store.nights.made_of_story(night.run_id, id_)
            stories.append(story)
            facts += here
            findings += there
            wanted = {*story.articles, *(claim.article for fact in here for claim in fact.claims)}
            articles |= {article.id: article for article in store.nights.members(wanted)}
    shown = tuple(articles.values())
    cached = store.nights.cached_readings(shown, dict(run.versions).get("extractor", ""))
    readings = [cached.get(article.id) or Reading(article.id, "", article.published) for article in shown]
    scope = f"the {len(stories)} of the night's {count:,} stories with the most contradictions and articles"
    decided = decisions_on(store, findings)
    return build_report(run, shown, readings, stories, facts, findings, run.problems, decisions=decided, scope=scope)
