"""Grouping and comparing a night's articles: each story's outcome is saved once, and no saved step is done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from reconcile.app.night.reading import Progress, Reader, member_of, read_work
from reconcile.check.schema import Pack
from reconcile.match.open_stories import Regrouping, recall_keys, regroup, windows
from reconcile.model import Article, Problem, Reading, Story
from reconcile.pipeline import StoryOutcome, reconcile_changed
from reconcile.store.night_findings import NightStory, StoryMade
from reconcile.store.nights import Night, WorkItem
from reconcile.store.open_stories import Member
from reconcile.store.store import Store


@dataclass(frozen=True, slots=True)
class Plan:
    """What grouping a night came to beyond the stories themselves; kept until the night is finished.

    ``repeated`` are hashes of the paragraphs that each publisher repeats, ``problems`` those of reading, ``stories``
    how many are new, changed and merged.
    """

    repeated: dict[str, tuple[int, ...]] = field(default_factory=dict)
    claims: int = 0
    problems: tuple[Problem, ...] = ()
    stories: dict[str, int] = field(default_factory=dict)


def group_night(reader: Reader, night: Night, progress: Progress) -> None:
    """Read the night's articles and put them into stories, open ones and new ones; all of that is stored at once."""
    store = reader.store
    work = store.nights.work_of(night.date)
    read = read_work(reader, work, progress)
    step = _regroup(store, night, work, read.members)
    known = {story.id for story in step.stories}
    judged = [story for story in _judged_since_last_night(store, night) if story.id not in known | step.merged.keys()]
    plan = Plan(
        {publisher: tuple(sorted(paragraphs)) for publisher, paragraphs in sorted(step.repeated.items())},
        claims=read.claims,
        problems=tuple(dict.fromkeys(read.problems)),
        stories={"new": len(step.new), "changed": len(step.changed), "merged": len(step.merged)},
    )
    stories = (*step.stories, *judged)
    store.nights.save_grouping(night.date, stories, step.new, step.merged, read.members, plan)


def _judged_since_last_night(store: Store, night: Night) -> list[Story]:
    """The stories that reviewers decided something about: their decisions count from the next night on."""
    before = store.nights.list_nights(1, before=night.date)
    found = store.nights.judged_since(before[0].started) if before else ()
    return [story for id_ in found if (story := store.nights.story(id_)) is not None]


def _regroup(store: Store, night: Night, work: Sequence[WorkItem], members: Mapping[str, Member]) -> Regrouping:
    sketches = [member.sketch for member in members.values()]
    if not sketches:
        return Regrouping((), (), (), {}, {})
    keys = {key for sketch in sketches for key in recall_keys(sketch)}
    days = windows(sketches, date.fromisoformat(night.date))
    return regroup(sketches, store.nights.open_stories(days, keys, [item.article for item in work]))


def compare_night(reader: Reader, night: Night, pack: Pack, on_story: Callable[[int, int], None]) -> None:
    """Compare the night's stories that are not compared yet, one in memory at a time, each saved when it is done."""
    store = reader.store
    planned = store.nights.stories_of_night(night.date)
    todo = {item.story: item for item in planned if not item.compared}
    if not todo:
        return
    comparing = _Comparing(reader, {item.article: item.seen for item in store.nights.work_of(night.date)})
    step = _plan_of(store, night, todo)
    for done, outcome in enumerate(
        reconcile_changed(
            step, pack, load=comparing.load, read_one=reader.read_one, judgements=store.review.decisions()
        ),
        len(planned) - len(todo),
    ):
        comparing.save(night, todo[outcome.story.id], outcome)
        on_story(done + 1, len(planned))


def _plan_of(store: Store, night: Night, todo: Mapping[str, NightStory]) -> Regrouping:
    """What is left of the night's regrouping, as it was stored."""
    stories = tuple(story for id_ in sorted(todo) if (story := store.nights.story(id_)) is not None)
    plan = store.nights.load_plan(night.date, Plan)
    repeated = {publisher: frozenset(paragraphs) for publisher, paragraphs in plan.repeated.items()}
    return Regrouping(
        stories,
        new=tuple(item.story for item in todo.values() if item.new),
        changed=tuple(item.story for item in todo.values() if not item.new),
        merged={gone: item.story for item in todo.values() for gone in item.absorbed},
        repeated=repeated,
    )


@dataclass
class _Comparing:
    """Loads a story's articles for comparing, and saves what came of it."""

    reader: Reader
    seen: Mapping[str, datetime]
    loaded: tuple[tuple[Article, Reading], ...] = ()

    def load(self, ids: Sequence[str]) -> Sequence[tuple[Article, Reading]]:
        """The articles in the texts in which they stand, with their readings."""
        self.loaded = tuple(self.reader.members(ids))
        return self.loaded

    def save(self, night: Night, planned: NightStory, outcome: StoryOutcome) -> None:
        """Store the outcome, and what grouping is to know of articles that took the story's date."""
        articles = {article.id: article for article, _ in self.loaded}
        reread = [(reading, articles[reading.article]) for reading in outcome.reread]
        sketches = {
            article.id: member_of(article, reading, self.seen.get(article.id, night.started))
            for reading, article in reread
        }
        known = {problem for _, reading in self.loaded for problem in reading.problems}
        notes = [problem for reading in outcome.reread for problem in reading.problems if problem not in known]
        problems = (*notes, *outcome.problems)
        made = StoryMade(outcome.story, _of(outcome.story, articles), outcome.facts, outcome.findings, problems)
        self.reader.store.nights.save_story_made(night, planned, made, reread, sketches)


def _of(story: Story, articles: Mapping[str, Article]) -> list[Article]:
    """The story's own articles first, then those that lent it parts."""
    own = [articles[id_] for id_ in story.articles if id_ in articles]
    return own + [articles[id_] for id_ in sorted(articles.keys() - set(story.articles))]
