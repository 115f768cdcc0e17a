"""How much a shared word tells: the rarer in news, the more."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache

from reconcile.lexicon import load_lexicon


@cache
def _weights() -> tuple[Mapping[str, float], float]:
    table = load_lexicon("document_frequency")
    weights = {str(word): -math.log(float(share)) + 0.1 for share, words in table["shares"].items() for word in words}
    return weights, -math.log(float(table["floor"])) + 0.5


def shared_weight(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the two sets' information that they have in common, between 0 and 1 (weighted Dice)."""
    shared = a & b
    return 2 * _sum(shared) / (total_weight(a) + total_weight(b)) if shared else 0.0


@lru_cache(maxsize=10_000)
def total_weight(words: frozenset[str]) -> float:
    """The summed information of some content lemmas, in nats: about 0.1 for "say", 6 for a rare name."""
    return _sum(words)


def _sum(words: frozenset[str]) -> float:
    """``fsum`` rounds the same whatever the order, which differs from process to process."""
    weights, rare = _weights()
    return math.fsum([weights.get(word, rare) for word in words])
