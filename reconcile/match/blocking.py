"""Which articles are worth comparing: those that share rare features, found through an inverted index."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Hashable, Mapping, Sequence
from heapq import nlargest

from reconcile.match.profiles import Batch, Profile

_POSTING_CAP = 30
"""Longer posting lists are not crossed in full, which would cost the square of their length."""
_WINDOW = 6
"""In a long posting list, ordered by day, an article meets this many on either side."""
_PARTNERS = 14
"""How many partners an article proposes at most."""
_WORDS = 30
_SHINGLES = 12
_MINIMAL_RARITY = 3.0
_SHINGLE_RARITY = 6.0

_Posting = tuple[list[int], list[tuple[int, int]]]
"""The positions of the articles that have a feature, by day; where they are many, the same as (day, position) too."""


def candidate_pairs(batch: Batch, seekers: Container[int] | None = None) -> list[tuple[int, int]]:
    """Pairs of positions in ``batch.profiles``, ascending: each article with those it shares most rare features with.

    Where ``seekers`` are given, only those positions look for others: every pair then holds one of them.
    Near-linear: an article meets a bounded number of others for each of a bounded number of features.
    """
    features = [_index_features(profile, batch) for profile in batch.profiles]
    days = [profile.day or 0 for profile in batch.profiles]
    postings = _postings(days, features)
    pairs: set[tuple[int, int]] = set()
    for position, own in enumerate(features):
        if seekers is not None and position not in seekers:
            continue
        shared: defaultdict[int, int] = defaultdict(int)
        here = (days[position], position)
        for feature, rarity in own.items():
            for other in _near(postings[feature], here):
                shared[other] += rarity
        shared.pop(position, None)
        best = nlargest(_PARTNERS, ((rarity, -other) for other, rarity in shared.items()))
        pairs.update((min(position, -other), max(position, -other)) for _, other in best)
    return sorted(pairs)


def _index_features(profile: Profile, batch: Batch) -> dict[Hashable, int]:
    """The rare features by which an article is found, each with its rarity in hundredths.

    Whole hundredths add up to the same sum in whatever order they come.
    """
    weightiest = sorted(profile.vector, key=lambda word: (-profile.vector[word], word))[:_WORDS]
    terms = {("word", word) for word in (*weightiest, *profile.people, *profile.places, *profile.title)}
    terms.update(("number", number) for number in profile.numbers)
    rare = {term: batch.idf[term] for term in terms if batch.idf[term] >= _MINIMAL_RARITY}
    features: dict[Hashable, int] = {term: round(100 * rarity) for term, rarity in rare.items()}
    return features | dict.fromkeys(sorted(profile.article.sketch.shingles)[:_SHINGLES], round(100 * _SHINGLE_RARITY))


def _postings(days: Sequence[int], features: Sequence[Mapping[Hashable, int]]) -> dict[Hashable, _Posting]:
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    for position in sorted(range(len(days)), key=lambda position: (days[position], position)):
        for feature in features[position]:
            holders[feature].append(position)
    return {
        feature: (held, [] if len(held) <= _POSTING_CAP else [(days[position], position) for position in held])
        for feature, held in holders.items()
    }


def _near(posting: _Posting, own: tuple[int, int]) -> list[int]:
    """The whole of a short posting list; of a long one, an article's neighbours in time."""
    held, dated = posting
    if not dated:
        return held
    at = bisect_left(dated, own)
    return held[max(0, at - _WINDOW) : at + _WINDOW + 1]
