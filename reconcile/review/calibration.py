"""From which confidence on reviewers agree: thresholds fitted to their judgements, a family of kinds at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reconcile.match.weights import FAMILIES
from reconcile.review.agreement import Vote, rate
from reconcile.review.views import FLAGGED, Rate

LEAST_JUDGED = 30
"""Judged findings a family needs; with fewer, chance would decide."""
LEAST_OTHERS = 5
"""So many of them must be agreed with, and so many not."""
TARGET = 0.5
"""From where on at least this share is agreed with, findings are worth a reviewer's time."""
MOST_HIDDEN = 0.6
"""A threshold that hid more than this share of what was judged would hide a fault of the rules instead."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What the judgements on one family say; ``threshold`` is None where they are too few or say nothing clear.

    ``below`` and ``above`` are the agreement under the threshold and from it on; ``note`` says why there is none.
    """

    family: str
    agreed: Rate
    threshold: float | None = None
    below: Rate = field(default_factory=lambda: Rate(0, 0))
    above: Rate = field(default_factory=lambda: Rate(0, 0))
    note: str = ""


def fit_thresholds(votes: Iterable[Vote], target: float = TARGET) -> tuple[Fit, ...]:
    """A fit for every family of kinds that was judged at all, by name."""
    by_family: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        if vote.judgement.kind is not None and vote.verdict in FLAGGED:
            by_family[FAMILIES[vote.judgement.kind]].append(vote)
    return tuple(_fit(family, by_family[family], target) for family in sorted(by_family))


def _fit(family: str, votes: Sequence[Vote], target: float) -> Fit:
    agreed = rate(votes)
    if len(votes) < LEAST_JUDGED:
        return Fit(family, agreed, note=f"{len(votes)} judged; {LEAST_JUDGED - len(votes)} more are needed")
    if min(agreed.part, agreed.whole - agreed.part) < LEAST_OTHERS:
        return Fit(family, agreed, note="nearly all were judged alike; there is nothing to tell apart")
    steps = isotonic([(vote.confidence, float(vote.agrees)) for vote in votes])
    reached = [confidence for confidence, share in steps if share >= target]
    threshold = min(reached, default=1.0)
    below = [vote for vote in votes if vote.confidence < threshold]
    if not reached or len(below) > MOST_HIDDEN * len(votes):
        return Fit(family, agreed, note="agreement does not rise with confidence; the rules need mending")
    above = [vote for vote in votes if vote.confidence >= threshold]
    return Fit(family, agreed, round(threshold, 4) if below else 0.0, rate(below), rate(above))


def isotonic(points: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """The never falling step function nearest to the points (pool adjacent violators): each x with its level."""
    by_x: Mapping[float, list[float]] = defaultdict(list)
    for x, y in points:
        by_x[x].append(y)
    pools: list[tuple[float, int, list[float]]] = []
    for x in sorted(by_x):
        total, weight, xs = sum(by_x[x]), len(by_x[x]), [x]
        while pools and pools[-1][0] / pools[-1][1] >= total / weight:
            before, count, earlier = pools.pop()
            total, weight, xs = total + before, weight + count, earlier + xs
        pools.append((total, weight, xs))
    return tuple((x, total / weight) for total, weight, xs in pools for x in xs)
