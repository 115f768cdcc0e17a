"""Stories night by night: today's articles join the stories that are still open, or that rare keys bring back.

Only the articles given look for others like them, among themselves and among the open stories' articles: the cost of a
night grows with what is new and, a little, with what is open, never with the archive. A story keeps its id as long as
it lasts; where two prove to be one, the one whose first article is older keeps its id, and the id that is gone is told
with where it went.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reconcile.match.clusters import agglomerate
from reconcile.match.independence import with_sources
from reconcile.match.likeness import Weights, load_weights
from reconcile.match.parts import continued_parts, find_parts, with_parts
from reconcile.match.profiles import ArticleSketch, day_of, tokens, weigh
from reconcile.match.repetition import Repeated, find_repeated
from reconcile.match.stories import continue_stories, hold_together, merged_ids
from reconcile.model import Story

OPEN_DAYS = 30
"""A story takes in articles that appeared within so many days of one of its own, others where keys recall it."""
_RUNS = 6
_PLACED_AGES = 40
_COMMON_KEY = 20
"""A key that more stories than this share recalls none of them."""


@dataclass(frozen=True, slots=True)
class OpenStory:
    """A story that may take in more, with the sketches of its articles: all, or those that should attract others."""

    story: Story
    sketches: tuple[ArticleSketch, ...]


@dataclass(frozen=True, slots=True)
class Regrouping:
    """What some articles did to the open stories; a story that is not mentioned is as it was.

    ``stories`` are the ``new`` and the ``changed`` ones, whole, by id. A changed story gained articles or parts,
    took in another story, or has an article that was given again. ``merged`` has, for each id that is gone, the id
    under which all its articles go on. ``repeated`` is what publishers repeat in three or more stories looked at.
    """

    stories: tuple[Story, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    merged: Mapping[str, str]
    repeated: Repeated


def windows(articles: Iterable[ArticleSketch], today: date) -> tuple[tuple[date, date], ...]:
    """The ranges of days, both ends included, in which a story that these articles may join has an article.

    Ascending, without overlaps. An article whose day is unknown or in doubt counts as one of ``today``.
    """
    days = sorted({today.toordinal() if (day := day_of(article)) is None else day for article in articles})
    ranges: list[tuple[int, int]] = []
    for day in days:
        if ranges and day - OPEN_DAYS <= ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], day + OPEN_DAYS)
        else:
            ranges.append((day - OPEN_DAYS, day + OPEN_DAYS))
    return tuple((_date(first), _date(last)) for first, last in ranges)


def recall_keys(article: ArticleSketch) -> frozenset[str]:
    """The keys by which a story that is over is found again: people's full names, ages with places, a few word runs."""
    sketch = article.sketch
    names = {f"name {name}" for name in sketch.people if len(tokens([name])) > 1}
    ages = sorted(f"age {age} at {place}" for place in sketch.places for age in sketch.ages)[:_PLACED_AGES]
    return frozenset(names.union(ages, (f"run {run}" for run in sorted(sketch.shingles)[:_RUNS])))


def recalled(found: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Of ``(key, story id)`` rows, those of all stories with a key of today's articles: the stories to open again."""
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for key, story in found:
        stories[key].add(story)
    return frozenset(story for having in stories.values() if len(having) <= _COMMON_KEY for story in having)


def _date(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))


def regroup(
    articles: Sequence[ArticleSketch], open_stories: Sequence[OpenStory], weights: Weights | None = None
) -> Regrouping:
    """Put new and revised articles into stories: into open ones where they belong there, into new ones elsewhere.

    ``open_stories`` are those with an article in one of the ``windows`` of ``articles``, and those that an article
    given is in already. No story is split, no article leaves its story, no id passes to another story. Given again
    with its own result as the open stories, the articles change nothing. The order of neither argument matters.
    """
    given = {article.id: article for article in articles}
    known = {sketch.id: sketch for story in open_stories for sketch in story.sketches} | given
    previous = [story.story for story in open_stories]
    batch = weigh(list(known.values()))
    fresh = frozenset(at for at, profile in enumerate(batch.profiles) if profile.article.id in given)
    weights = weights or load_weights()
    groups = agglomerate(batch, hold_together(batch, previous), weights, fresh)
    continued = continue_stories(batch, groups, previous)
    merged = merged_ids(continued)
    every = [item.story for item in continued]
    parts = (*find_parts(batch, every, weights), *continued_parts(batch, previous, merged))
    all_stories = [replace(item, story=story) for item, story in zip(continued, with_parts(every, parts), strict=True)]
    parts_before = {story.id: story.parts for story in previous}
    touched = [
        item
        for item in all_stories
        if len(item.previous) > 1
        or not given.keys().isdisjoint(item.story.articles)
        or item.story.parts != parts_before.get(item.story.id)
    ]
    return Regrouping(
        stories=tuple(with_sources(item.story, known) for item in touched),
        new=tuple(item.story.id for item in touched if not item.previous),
        changed=tuple(item.story.id for item in touched if item.previous),
        merged=merged,
        repeated=find_repeated(known, [item.story for item in all_stories]),
    )
