"""Agglomeration: the two groups of articles that are most alike on average join, until none are alike enough."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from reconcile.match.blocking import candidate_pairs
from reconcile.match.likeness import Weights, features_of, log_odds
from reconcile.match.profiles import Batch

_SAMPLE = 6
"""The likeness of two groups is that of at most this many articles of each: a story's size costs nothing."""
_CLIP = 5.0
"""A pair's log-odds count up to this bound: one odd pair does not decide over a group."""
_ROUNDS = 3


def agglomerate(
    batch: Batch, held: Sequence[Sequence[int]], weights: Weights, fresh: Container[int] | None = None
) -> tuple[tuple[int, ...], ...]:
    """The positions of the batch's profiles in groups, each about one event.

    ``held`` groups stay together. Where ``fresh`` is given, only its positions look for others like them, which
    costs what they cost and not what the batch does.
    """
    clusters = Clusters(Scorer(batch, weights), held, fresh)
    fixed = {position for members in held for position in members}
    for _ in range(_ROUNDS):
        clusters.merge()
        if not clusters.move(fixed):
            break
    clusters.merge()
    return tuple(tuple(sorted(members)) for members in clusters.members.values())


class Scorer:
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
class Clusters:
    """The groups so far: members by the group's key, each article's key, and which groups are worth comparing."""

    scorer: Scorer
    held: Iterable[Sequence[int]]
    fresh: Container[int] | None = None
    members: dict[int, list[int]] = field(default_factory=dict)
    key_of: list[int] = field(default_factory=list)
    partners: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.key_of = list(range(len(self.scorer.batch.profiles)))
        self.members = {key: [key] for key in self.key_of}
        for positions in self.held:
            for position in positions[1:]:
                self.join(self.key_of[positions[0]], self.key_of[position])
        for left, right in candidate_pairs(self.scorer.batch, self.fresh):
            # Far below the threshold nothing that joins either side can lift the mean to it.
            if self.scorer.pair(left, right) > self.scorer.weights.threshold - _CLIP / 2:
                self.partners[left].add(right)
                self.partners[right].add(left)

    def join(self, left: int, right: int) -> int:
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
                key = self.join(left, right)
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
