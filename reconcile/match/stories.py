"""Stories: which articles are about the same event, found by agglomeration that asks for cohesion and never chains.

Articles that share rare features are compared (``blocking``, ``likeness``); then the two groups whose articles are most
alike *on average* join, again and again, until no two groups are alike enough (``clusters``). A single strong pair thus
cannot tie two events together. Last, an article that fits another story better moves there.

Identity: a story is called after its founder, the article published first (then the smallest id), by a hash of the
founder's id. A story given as ``previous`` keeps its id whatever joins it, is never split, and where two of them merge,
the one published first keeps its id; the other's articles are all in it, so nothing gets lost without a trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from reconcile.match.clusters import agglomerate
from reconcile.match.likeness import Weights, load_weights
from reconcile.match.parts import continued_parts, find_parts, with_parts
from reconcile.match.profiles import ArticleSketch, Batch, weigh
from reconcile.model import Story

__all__ = ["ArticleSketch", "Continued", "continue_stories", "group", "hold_together", "merged_ids"]


@dataclass(frozen=True, slots=True)
class Continued:
    """A story with the ids of the previous stories that went into it; its own is among them unless it is new."""

    story: Story
    previous: tuple[str, ...]


def group(
    articles: Sequence[ArticleSketch], previous: Sequence[Story] = (), weights: Weights | None = None
) -> tuple[Story, ...]:
    """The stories of ``articles``, by id: each article in exactly one, whatever order they come in.

    ``previous`` stories are held together and get what is new; give the sketches of their articles too, or as many
    as should still attract others. A previous story without any sketch here comes back as it was. Near-linear time.
    """
    batch = weigh(articles)
    weights = weights or load_weights()
    groups = agglomerate(batch, hold_together(batch, previous), weights)
    touched = continue_stories(batch, groups, previous)
    seen = {id for continued in touched for id in continued.previous}
    stories = [*(continued.story for continued in touched), *(story for story in previous if story.id not in seen)]
    parts = (*find_parts(batch, stories, weights), *continued_parts(batch, previous, merged_ids(touched)))
    return tuple(sorted(with_parts(stories, parts), key=lambda story: story.id))


def merged_ids(continued: Iterable[Continued]) -> dict[str, str]:
    """For each previous story that went into another, the id under which its articles go on."""
    return {gone: item.story.id for item in continued for gone in item.previous if gone != item.story.id}


def hold_together(batch: Batch, previous: Sequence[Story]) -> list[list[int]]:
    """The positions of each previous story's articles that are in the batch; an article stays with the first story."""
    position = {profile.article.id: at for at, profile in enumerate(batch.profiles)}
    taken: set[int] = set()
    held = []
    for story in sorted(previous, key=lambda story: story.id):
        known = sorted({position[id] for id in story.articles if id in position} - taken)
        taken.update(known)
        if known:
            held.append(known)
    return held


def continue_stories(batch: Batch, groups: Iterable[Sequence[int]], previous: Sequence[Story]) -> tuple[Continued, ...]:
    """Groups of positions as stories, by id: with the ids and the absent articles of the stories that they continue."""
    owner = {id: story for story in sorted(previous, key=lambda s: s.id, reverse=True) for id in story.articles}
    ages = {profile.article.id: _age(profile.article) for profile in batch.profiles}
    continued: list[Continued] = []
    for positions in groups:
        found = [batch.profiles[position].article for position in positions]
        old = {owner[article.id].id: owner[article.id] for article in found if article.id in owner}
        continued.append(Continued(_story(found, list(old.values()), ages), tuple(sorted(old))))
    return tuple(sorted(continued, key=lambda item: item.story.id))


_Age = tuple[str, str]


def _age(article: ArticleSketch) -> _Age:
    """Sorts articles by when they appeared, those without a date last, then by id."""
    return (article.published.iso if article.published else "9999", article.id)


def _story(found: Sequence[ArticleSketch], old: Sequence[Story], ages: dict[str, _Age]) -> Story:
    founder = min(found, key=_age)
    absent = {id for story in old for id in story.articles if id not in ages}
    members = tuple(sorted(absent.union(article.id for article in found)))
    if not old:
        name = "story-" + blake2b(founder.id.encode(), digest_size=8).hexdigest()
        return Story(name, members, founder.title)
    oldest = min(old, key=lambda story: (min(ages[id] for id in story.articles if id in ages), story.id))
    return Story(oldest.id, members, oldest.title or founder.title)
