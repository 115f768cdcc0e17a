"""Stories: which articles are about the same event, found by agglomeration that asks for cohesion and never chains.

Articles that share rare features are compared (``blocking``, ``likeness``); then the two groups whose articles are most
alike *on average* join, again and again, until no two groups are alike enough. A single strong pair thus cannot tie two
events together. Last, an article that fits another story better moves there.

Identity: a story is called after its founder, the article published first (then the smallest id), by a hash of the
founder's id. A story given as ``previous`` keeps its id whatever joins it, is never split, and where two of them merge,
the one published first keeps its id; the other's articles are all in it, so nothing gets lost without a trace.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from reconcile.match.blocking import candidate_pairs
from reconcile.match.likeness import Weights, features_of, load_weights, log_odds
from reconcile.match.profiles import ArticleSketch, Batch, weigh
from reconcile.model import Story

__all__ = ["ArticleSketch", "group"]

_SAMPLE = 6
"""The likeness of two groups is that of at most this many articles of each: a story's size costs nothing."""
_CLIP = 5.0
"""A pair's log-odds count up to this bound: one odd pair does not decide over a group."""
_ROUNDS = 3


def group(
    articles: Sequence[ArticleSketch], previous: Sequence[Story] = (), weights: Weights | None = None
) -> tuple[Story, ...]:
    """The stories of ``articles``, by id: each article in exactly one, whatever order they come in.

    ``previous`` stories are held together and get what is new; give the sketches of their articles too, or as many
    as should still attract others. A previous story without any sketch here comes back as it was. Near-linear time.
    """
    batch = weigh(articles)
    scorer = _Scorer(batch, weights or load_weights())
    held = _held(batch, previous)
    clusters = _Clusters(scorer, held)
    for _ in range(_ROUNDS):
        clusters.merge()
        if not clusters.move({position for members in held for position in members}):
            break
    clusters.merge()
    return _named(batch, clusters.members.values(), previous)


class _Scorer:
    """Log-odds of pairs, computed when first asked for."""

    def __init__(self, batch: Batch, weights: Weights) -> None:
        self.batch = batch
        self.weights = weights
        self._known: dict[tuple[int, int], float] = {}

    def pair(self, left: int, right: int) -> float:
        key = (left, right) if left < right else (right, left)
        if key not in self._known:
            profiles = self.batch.profiles
            odds = log_odds(features_of(profiles[key[0]], profiles[key[1]], self.batch), self.weights)
            self._known[key] = max(-_CLIP, min(_CLIP, odds))
        return self._known[key]

    def between(self, left: Sequence[int], right: Sequence[int]) -> float:
        """The mean log-odds between two groups, over a fixed sample of each."""
        ours, theirs = _sample(left), _sample(right)
        return math.fsum(self.pair(a, b) for a in ours for b in theirs) / (len(ours) * len(theirs))


def _sample(members: Sequence[int]) -> list[int]:
    """At most ``_SAMPLE`` of the members, evenly spread over their order."""
    ordered = sorted(members)
    if len(ordered) <= _SAMPLE:
        return ordered
    return [ordered[at * len(ordered) // _SAMPLE] for at in range(_SAMPLE)]


@dataclass
class _Clusters:
    """The groups so far: members by the group's key, each article's key, and which groups are worth comparing."""

    scorer: _Scorer
    start: Iterable[Sequence[int]]
    members: dict[int, list[int]] = field(default_factory=dict)
    key_of: list[int] = field(default_factory=list)
    partners: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.key_of = list(range(len(self.scorer.batch.profiles)))
        self.members = {key: [key] for key in self.key_of}
        for positions in self.start:
            for position in positions[1:]:
                self._join(self.key_of[positions[0]], self.key_of[position])
        for left, right in candidate_pairs(self.scorer.batch):
            # Far below the threshold nothing that joins either side can lift the mean to it.
            if self.scorer.pair(left, right) > self.scorer.weights.threshold - _CLIP / 2:
                self.partners[left].add(right)
                self.partners[right].add(left)

    def _join(self, left: int, right: int) -> int:
        """Put two groups under the smaller key, which is returned."""
        if left == right:
            return left
        key, gone = min(left, right), max(left, right)
        for position in self.members[gone]:
            self.key_of[position] = key
        self.members[key] += self.members.pop(gone)
        return key

    def neighbours(self, key: int) -> list[int]:
        """The keys of the groups that share a candidate pair with this one."""
        near = {self.key_of[other] for position in self.members[key] for other in self.partners[position]}
        return sorted(near - {key})

    def merge(self) -> None:
        """Join the two groups most alike on average until none reach the threshold."""
        version = dict.fromkeys(self.members, 0)
        queue: list[tuple[float, int, int, int, int]] = []

        def offer(key: int, others: Iterable[int]) -> None:
            for other in others:
                left, right = min(key, other), max(key, other)
                odds = self.scorer.between(self.members[left], self.members[right])
                if odds > self.scorer.weights.threshold:
                    heapq.heappush(queue, (-odds, left, right, version[left], version[right]))

        for key in list(self.members):
            offer(key, (other for other in self.neighbours(key) if other > key))
        while queue:
            _, left, right, left_version, right_version = heapq.heappop(queue)
            fresh = left in self.members and right in self.members
            if fresh and (version[left], version[right]) == (left_version, right_version):
                key = self._join(left, right)
                version[key] += 1
                offer(key, self.neighbours(key))

    def move(self, held: set[int]) -> bool:
        """Move each article that fits a neighbouring group better than its own; whether any moved."""
        moved = False
        for position in range(len(self.key_of)):
            own = self.key_of[position]
            if position in held or len(self.members[own]) == 1:
                continue
            rest = [other for other in self.members[own] if other != position]
            here = self.scorer.between([position], rest)
            near = sorted({self.key_of[other] for other in self.partners[position]} - {own})
            there = max(((self.scorer.between([position], self.members[key]), -key) for key in near), default=None)
            if there and there[0] > max(here, self.scorer.weights.threshold):
                self._put(position, own, -there[1])
                moved = True
        return moved

    def _put(self, position: int, own: int, key: int) -> None:
        """Take an article out of its group, which is called after its smallest member, and put it into another."""
        rest = self.members.pop(own)
        rest.remove(position)
        new_key = min(rest)
        self.members[new_key] = rest
        for member in rest:
            self.key_of[member] = new_key
        self.members[key].append(position)
        self.key_of[position] = key


def _held(batch: Batch, previous: Sequence[Story]) -> list[list[int]]:
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


def _named(batch: Batch, clusters: Iterable[Sequence[int]], previous: Sequence[Story]) -> tuple[Story, ...]:
    """The clusters as stories: with the id and the absent articles of the previous stories that they continue."""
    owner = {id: story for story in sorted(previous, key=lambda s: s.id, reverse=True) for id in story.articles}
    ages = {profile.article.id: _age(profile.article) for profile in batch.profiles}
    stories: list[Story] = []
    seen: set[str] = set()
    for positions in clusters:
        found = [batch.profiles[position].article for position in positions]
        old = {owner[article.id].id: owner[article.id] for article in found if article.id in owner}
        seen.update(old)
        stories.append(_story(found, list(old.values()), ages))
    stories += [story for story in previous if story.id not in seen]
    return tuple(sorted(stories, key=lambda story: story.id))


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
