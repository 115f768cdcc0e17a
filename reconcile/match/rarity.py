"""How much a shared word tells: the rarer in news, the more."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache

from reconcile.lexicon import load_lexicon


@cache
def _weights() -> tuple[Mapping[str, float], float]:
    table = load_lexicon("document_frequency")
    weights = {str(word): -math.log(float(share)) + 0.1 for share, words in table["shares"].items() for word in words}
    return weights, -math.log(float(table["floor"])) + 0.5


def weight_of(word: str) -> float:
    """The information of a content lemma, in nats: about 0.1 for "say", 6 for a rare name."""
    weights, rare = _weights()
    return weights.get(word, rare)


def shared_weight(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the two sets' information that they have in common, between 0 and 1 (weighted Dice)."""
    if not a or not b:
        return 0.0
    return 2 * total_weight(a & b) / (total_weight(a) + total_weight(b))


def total_weight(words: Iterable[str]) -> float:
    """The summed information of some words."""
    return sum(weight_of(word) for word in words)
