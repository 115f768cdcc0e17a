"""The line, on one screen: articles → readings → stories → facts → findings; pure but for the reader it is given.

read each article | group readings into stories | per story: date the undated, leave out what publishers repeat,
match claims into facts, check facts by rules

``reconcile`` does all of it over some articles. A night's are read by ``read_all`` and put into the open stories by
``regroup`` of ``match.open_stories``; ``reconcile_changed`` then compares the stories that this changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reconcile.check.evaluate import check
from reconcile.check.schema import Pack
from reconcile.match.facts import match_facts
from reconcile.match.independence import with_sources
from reconcile.match.judged import NOTHING, Judged
from reconcile.match.lent_dates import lend_dates
from reconcile.match.open_stories import Regrouping
from reconcile.match.parts import limit_to
from reconcile.match.repetition import Repeated, find_repeated, leave_out
from reconcile.match.stories import ArticleSketch, group
from reconcile.model import Article, Fact, Finding, Judgement, Problem, Published, Reading, Story

ReadOne = Callable[[Article], Reading]
LoadMembers = Callable[[Sequence[str]], Iterable[tuple[Article, Reading]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that the line made of some articles."""

    readings: tuple[Reading, ...]
    stories: tuple[Story, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class StoryOutcome:
    """What was found in one story, from ``readings``: the members', dated and without what their publishers repeat.

    ``problems`` are those of comparing. ``reread`` are readings made anew because their articles took the story's date.
    """

    story: Story
    readings: tuple[Reading, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    reread: tuple[Reading, ...]


def read(article: Article) -> Reading:
    """All that one article tells. The first loads the language model, so that a run that reads nothing is quick."""
    from reconcile.extract.reader import read as read_article

    return read_article(article)


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
    judgements: Sequence[Judgement] = (),
) -> Outcome:
    """Run the whole line over some articles; ``previous`` stories keep their ids, ``judgements`` are heeded."""
    by_id = {article.id: article for article in articles}
    readings = read_all(articles, read_one)
    stories = make_stories(articles, readings, previous)
    sketches = {article.id: sketch_of(article, reading) for article, reading in zip(articles, readings, strict=True)}
    repeated = find_repeated(sketches, stories)
    reading_of = {reading.article: reading for reading in readings}
    judged = Judged.of(judgements)
    facts: list[Fact] = []
    findings: list[Finding] = []
    trouble: list[Problem] = []
    for story in stories:
        ids = sorted({*story.articles, *story.guests()} & by_id.keys())
        members = [(by_id[id_], reading_of[id_]) for id_ in ids]
        made = compare_story(story, members, pack, repeated, read_one, judged)
        reading_of |= {reading.article: reading for reading in made.readings}
        facts += made.facts
        findings += made.findings
        trouble += made.problems
    readings = tuple(reading_of[article.id] for article in articles)
    problems = [*(problem for reading in readings for problem in reading.problems), *trouble]
    return Outcome(readings, stories, tuple(facts), tuple(findings), tuple(problems))


def reconcile_changed(
    regrouping: Regrouping,
    pack: Pack,
    *,
    load: LoadMembers,
    read_one: ReadOne = read,
    judgements: Sequence[Judgement] = (),
) -> Iterator[StoryOutcome]:
    """Compare the stories that ``match.open_stories.regroup`` made or changed, one in memory at a time.

    ``load`` gives the current revision of each article asked for, with its reading, in any order; it is called once a
    story, and a story is compared without the articles that it does not give. Store each outcome in place of what was
    known of its story, and its ``reread`` readings in place of those given. A story in ``regrouping.merged`` has no
    outcome: what was found in it is superseded by the story it went into. Done twice, it gives the same.
    ``judgements`` are those that were not undone, oldest first.
    """
    judged = Judged.of(judgements)
    for story in regrouping.stories:
        members = sorted(load((*story.articles, *story.guests())), key=lambda member: member[0].id)
        yield compare_story(story, members, pack, regrouping.repeated, read_one, judged)


def compare_story(
    story: Story,
    members: Sequence[tuple[Article, Reading]],
    pack: Pack,
    repeated: Repeated,
    read_one: ReadOne = read,
    judged: Judged = NOTHING,
) -> StoryOutcome:
    """The facts and findings of one story: undated articles take its date, what publishers repeat is left out.

    ``members`` are its articles and those that tell of it in part; each counts with what it tells of this story.
    """
    by_id = {article.id: article for article, _ in members}
    given = [reading for _, reading in members]
    dated = reread_undated(by_id, given, lend_dates(by_id, given, [story]), read_one)
    whole = (
        leave_out(reading, by_id[reading.article], repeated.get(by_id[reading.article].source, frozenset()))
        for reading in dated
    )
    readings = tuple(judged.correct(reading, by_id[reading.article]) for reading in whole)
    told = [limit_to(reading, story) for reading in readings]
    facts = match_facts(story, told, by_id, judged)
    claims = [claim for reading in told for claim in reading.claims]
    findings, problems = check(facts, claims, by_id, {r.article: r.published for r in readings}, story, pack)
    reread = tuple(after for before, after in zip(given, dated, strict=True) if after is not before)
    own = tuple(reading for reading in readings if reading.article in story.articles)
    return StoryOutcome(story, own, facts, tuple(findings), tuple(problems), reread)


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
    sketches = {article.id: sketch_of(article, reading) for article, reading in zip(articles, readings, strict=True)}
    stories = []
    for story in group(list(sketches.values()), previous):
        here = tuple(article for article in story.articles if article in sketches)
        if here:  # a previous story may have no article in this batch
            stories.append(with_sources(replace(story, articles=here), sketches))
    return tuple(stories)


def sketch_of(article: Article, reading: Reading) -> ArticleSketch:
    """What grouping and independence know of an article that was read."""
    said = (article.id, article.source, article.title, reading.published, reading.sketch)
    return ArticleSketch(*said, family=article.family, credits=article.credits)
