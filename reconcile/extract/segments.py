"""Where an article turns from one event to another: runs of paragraphs that share hardly any name or rare word."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from spacy.tokens import Doc, Token

from reconcile.model import Excluded, Span
from reconcile.normalize.frequency import article_share

_WINDOW = 12
"""How many paragraphs on either side of a break are held against each other."""
_BRIDGE = 0.1
"""From this share of its rare words that the poorer side of a break has in common with the other, it is none."""
_RARE = 4.6
"""The rarity in natural logarithms from which on a word is rare: one article in a hundred has it."""
_FEWEST_TERMS = 6
_FEWEST_WORDS = 40
_MOST = 8
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})

_Terms = dict[str, float]


def find_segments(doc: Doc, excluded: Sequence[Excluded] = ()) -> tuple[Span, ...]:
    """The runs of paragraphs about different things, in order; () for an article that is all of one piece.

    The clearest breaks come first, each at least forty words from the next and from the ends. Linear in length.
    """
    paragraphs = [tokens for tokens in _paragraphs(doc, excluded) if tokens]
    ends = list(accumulate(len(tokens) for tokens in paragraphs))
    bridges = _bridges([_terms(tokens) for tokens in paragraphs])
    breaks = [0, len(paragraphs)]
    for at in sorted(bridges, key=lambda at: (bridges[at], at)):
        near = bisect_left(breaks, at)
        before, after = (ends[at - 1] if at else 0 for at in (breaks[near - 1], breaks[near]))
        if ends[at - 1] - before >= _FEWEST_WORDS <= after - ends[at - 1] and len(breaks) <= _MOST:
            breaks.insert(near, at)
    if len(breaks) == 2:
        return ()
    return tuple(_span(paragraphs[first], paragraphs[last - 1]) for first, last in pairwise(breaks))


def _span(first: Sequence[Token], last: Sequence[Token]) -> Span:
    return Span(first[0].idx, last[-1].idx + len(last[-1]))


def _paragraphs(doc: Doc, excluded: Sequence[Excluded]) -> Iterable[list[Token]]:
    """The tokens of each line of the body, without spaces."""
    line: list[Token] = []
    skipped = iter(sorted(part.span for part in excluded))
    span = next(skipped, None)
    for token in doc:
        while span and span.end <= token.idx:
            span = next(skipped, None)
        if not token.is_space and not (span and span.start <= token.idx):
            line.append(token)
        if "\n" in token.text_with_ws:
            yield line
            line = []
    yield line


def _terms(tokens: Iterable[Token]) -> _Terms:
    """The names and rare words of a paragraph with their rarity."""
    found: _Terms = {}
    for token in tokens:
        if token.is_alpha and len(token) > 2 and not token.is_stop:
            word = token.lower_ if token.ent_type_ in _NAMES else token.lemma_.lower()
            rarity = -math.log(article_share(word))
            if rarity >= _RARE or token.ent_type_ in _NAMES:
                found[word] = rarity
    return found


def _bridges(terms: Sequence[_Terms]) -> dict[int, float]:
    """For each paragraph that may begin something else: how much of its side's terms stand before it too, from 0."""
    found: dict[int, float] = {}
    for at in range(1, len(terms)):
        left, right = (_union(part) for part in (terms[max(0, at - _WINDOW) : at], terms[at : at + _WINDOW]))
        if min(len(left), len(right)) >= _FEWEST_TERMS:
            shared = math.fsum(left[word] for word in left.keys() & right.keys())
            bridge = shared / min(math.fsum(left.values()), math.fsum(right.values()))
            if bridge < _BRIDGE:
                found[at] = bridge
    return found


def _union(terms: Iterable[_Terms]) -> _Terms:
    return {word: rarity for some in terms for word, rarity in some.items()}
