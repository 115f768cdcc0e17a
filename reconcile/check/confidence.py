"""How sure a finding is: what matching makes of it, put right by how often such findings held."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache

import yaml

from reconcile.model import Verdict
from reconcile.resources import data_folder

Knots = Sequence[tuple[float, float]]
"""``(what matching makes of it, the share that held)``, ascending in both."""

_TABLES: Mapping[Verdict, str] = {
    Verdict.AGREEMENT: "like",
    Verdict.PRECISION: "like",
    Verdict.CONTRADICTION: "unlike",
    Verdict.UPDATE: "unlike",
}


def make_true(verdict: Verdict, score: float) -> float:
    """The share of held-out findings of this verdict and score that held; other verdicts keep their score."""
    table = _TABLES.get(verdict)
    return interpolate(_load()[table], score) if table else score


def interpolate(knots: Knots, score: float) -> float:
    """The value at a score, on straight lines between the knots and level beyond them."""
    at = bisect_left(knots, score, key=lambda knot: knot[0])
    if at == 0 or at == len(knots):
        return knots[min(at, len(knots) - 1)][1]
    (left, low), (right, high) = knots[at - 1], knots[at]
    return low + (high - low) * (score - left) / (right - left)


@cache
def _load() -> Mapping[str, Knots]:
    with (data_folder("rules") / "weights" / "confidence.yaml").open(encoding="utf-8") as file:
        table = yaml.safe_load(file)
    return {name: tuple((float(score), float(share)) for score, share in knots) for name, knots in table.items()}
