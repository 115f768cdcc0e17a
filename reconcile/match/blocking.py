"""Which articles are worth comparing: those that share rare features, found through an inverted index."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
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

_Posting = list[tuple[int, int]]
"""The articles that have a feature, as ascending (day, position)."""


def candidate_pairs(batch: Batch, seekers: Container[int] | None = None) -> list[tuple[int, int]]:
    """Pairs of positions in ``batch.profiles``, ascending: each article with those it shares most rare features with.

    Where ``seekers`` are given, only those positions look for others: every pair then holds one of them.
    Near-linear: an article meets a bounded number of others for each of a bounded number of features.
    """
    features = [_index_features(profile, batch) for profile in batch.profiles]
    postings = _postings(batch.profiles, features)
    pairs: set[tuple[int, int]] = set()
    for position, own in enumerate(features):
        if seekers is not None and position not in seekers:
            continue
        shared: Counter[int] = Counter()
        for feature, rarity in own.items():
            for _, other in _near(postings[feature], (batch.profiles[position].day or 0, position)):
                shared[other] += rarity
        del shared[position]
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
    return features | dict.fromkeys(sorted(profile.shingles.hashes)[:_SHINGLES], round(100 * _SHINGLE_RARITY))


def _postings(profiles: Sequence[Profile], features: Sequence[Mapping[Hashable, int]]) -> dict[Hashable, _Posting]:
    postings: defaultdict[Hashable, _Posting] = defaultdict(list)
    for position, own in enumerate(features):
        for feature in own:
            postings[feature].append((profiles[position].day or 0, position))
    for posting in postings.values():
        posting.sort()
    return postings


def _near(posting: _Posting, own: tuple[int, int]) -> _Posting:
    """The whole of a short posting list; of a long one, an article's neighbours in time."""
    if len(posting) <= _POSTING_CAP:
        return posting
    at = bisect_left(posting, own)
    return posting[max(0, at - _WINDOW) : at + _WINDOW + 1]
