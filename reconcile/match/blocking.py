"""Which articles are worth comparing: those that share rare features, found through an inverted index."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from reconcile.match.profiles import Batch, Profile, Term

_POSTING_CAP = 40
"""Longer posting lists are not crossed in full, which would cost the square of their length."""
_WINDOW = 6
"""In a long posting list, ordered by day, each article meets this many of those that follow it."""
_PARTNERS = 20
"""How many partners an article proposes at most."""
_WORDS = 40
_SHINGLES = 12
_MINIMAL_RARITY = 3.0
_SHINGLE_RARITY = 6.0


def candidate_pairs(batch: Batch) -> list[tuple[int, int]]:
    """Pairs of positions in ``batch.profiles``, ascending: each article with those it shares most rare features with.

    Near-linear: the work a feature causes grows with its posting list, never with its square.
    """
    shared: list[Counter[int]] = [Counter() for _ in batch.profiles]
    for rarity, posting in _postings(batch):
        for left, right in _crossed(posting, batch.profiles):
            shared[left][right] += rarity
            shared[right][left] += rarity
    pairs: set[tuple[int, int]] = set()
    for position, partners in enumerate(shared):
        best = sorted(partners.items(), key=lambda item: (-item[1], item[0]))[:_PARTNERS]
        pairs.update((min(position, other), max(position, other)) for other, _ in best)
    return sorted(pairs)


def _postings(batch: Batch) -> Iterator[tuple[int, list[int]]]:
    """For each rare feature that at least two articles share: its rarity in hundredths and their positions.

    Whole hundredths add up to the same sum in whatever order they come.
    """
    words: defaultdict[Term, list[int]] = defaultdict(list)
    runs: defaultdict[int, list[int]] = defaultdict(list)
    for position, profile in enumerate(batch.profiles):
        for term in _index_terms(profile):
            if batch.idf[term] >= _MINIMAL_RARITY:
                words[term].append(position)
        for shingle in sorted(profile.shingles.hashes)[:_SHINGLES]:
            runs[shingle].append(position)
    for term, posting in words.items():
        if len(posting) > 1:
            yield round(100 * batch.idf[term]), posting
    for posting in runs.values():
        if len(posting) > 1:
            yield round(100 * _SHINGLE_RARITY), posting


def _index_terms(profile: Profile) -> set[Term]:
    weightiest = sorted(profile.vector, key=lambda word: (-profile.vector[word], word))[:_WORDS]
    terms = {("word", word) for word in (*weightiest, *profile.people, *profile.places, *profile.title)}
    terms.update(("number", number) for number in profile.numbers)
    return terms


def _crossed(posting: list[int], profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Every pair of a short posting list; of a long one, each article with its neighbours in time."""
    width = len(posting)
    if width > _POSTING_CAP:
        posting = sorted(posting, key=lambda position: (profiles[position].day or 0, position))
        width = _WINDOW
    for at, left in enumerate(posting):
        for right in posting[at + 1 : at + 1 + width]:
            yield left, right
