"""The line, on one screen: articles → readings → stories → facts → findings; pure but for the reader it is given.

read each article | group readings into stories | date the undated by their story, leave out what publishers repeat
| per story: match claims into facts | check facts by rules
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reconcile.check.evaluate import check
from reconcile.check.schema import Pack
from reconcile.extract.reader import read
from reconcile.match.facts import match_facts
from reconcile.match.independence import independent_groups
from reconcile.match.lent_dates import lend_dates
from reconcile.match.repetition import find_repeated, leave_out
from reconcile.match.stories import ArticleSketch, group
from reconcile.model import Article, Fact, Finding, Problem, Published, Reading, Story

ReadOne = Callable[[Article], Reading]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that the line made of some articles."""

    readings: tuple[Reading, ...]
    stories: tuple[Story, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def read_all(articles: Iterable[Article], read_one: ReadOne = read) -> tuple[Reading, ...]:
    """A reading of every article; an article that breaks the reader gives a Problem, and the rest goes on."""
    return tuple(_read_safely(article, read_one) for article in articles)


def _read_safely(article: Article, read_one: ReadOne) -> Reading:
    try:
        return read_one(article)
    except Exception as error:  # whatever one article breaks, the others go on
        problem = Problem(
            "read",
            article.origin or article.id,
            f"the article could not be read ({type(error).__name__})",
            "the others were read; please report this article's kind of text as a fault of reconcile",
        )
        return Reading(article.id, "", article.published, problems=(problem,))


def reconcile(
    articles: Sequence[Article],
    pack: Pack,
    *,
    read_one: ReadOne = read,
    previous: Sequence[Story] = (),
) -> Outcome:
    """Run the whole line over some articles; ``previous`` stories keep their ids."""
    by_id = {article.id: article for article in articles}
    readings = read_all(articles, read_one)
    stories = make_stories(articles, readings, previous)
    readings = reread_undated(by_id, readings, lend_dates(by_id, readings, stories), read_one)
    repeated = find_repeated(by_id, stories)
    readings = tuple(leave_out(r, repeated[r.article]) if r.article in repeated else r for r in readings)
    reading_of = {reading.article: reading for reading in readings}
    facts: list[Fact] = []
    findings: list[Finding] = []
    problems = [problem for reading in readings for problem in reading.problems]
    for story in stories:
        members = [reading_of[article] for article in story.articles]
        made = match_facts(story, members, by_id)
        found, trouble = check(
            made,
            [claim for reading in members for claim in reading.claims],
            by_id,
            {reading.article: reading.published for reading in members},
            story,
            pack,
        )
        facts += made
        findings += found
        problems += trouble
    return Outcome(readings, stories, tuple(facts), tuple(findings), tuple(problems))


def reread_undated(
    articles: Mapping[str, Article], readings: Sequence[Reading], lent: Mapping[str, Published], read_one: ReadOne
) -> tuple[Reading, ...]:
    """The readings, those of articles that were lent a date made anew with it and saying so."""
    return tuple(
        _reread(articles[reading.article], lent[reading.article], read_one) if reading.article in lent else reading
        for reading in readings
    )


def _reread(article: Article, date: Published, read_one: ReadOne) -> Reading:
    reading = _read_safely(replace(article, published=date), read_one)
    note = Problem(
        "read",
        article.origin or article.id,
        f"publication date {date.iso} inferred: {date.reason}",
        "give its date as published in the manifest, the front matter or the JSON line",
        loss=False,
    )
    return replace(reading, problems=(*reading.problems, note))


def make_stories(
    articles: Sequence[Article], readings: Sequence[Reading], previous: Sequence[Story] = ()
) -> tuple[Story, ...]:
    """The stories of some articles, with those articles only, each with its groups of independent sources."""
    sketches = {
        article.id: ArticleSketch(article.id, article.source, article.title, reading.published, reading.sketch)
        for article, reading in zip(articles, readings, strict=True)
    }
    stories = []
    for story in group(list(sketches.values()), previous):
        here = tuple(article for article in story.articles if article in sketches)
        if here:  # a previous story may have no article in this batch
            independent = independent_groups([sketches[article] for article in here])
            stories.append(replace(story, articles=here, independent=independent))
    return tuple(stories)
