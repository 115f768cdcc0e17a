"""The few words beside a value that tell which question it answers: "since", "said Monday", "four others"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from reconcile.lexicon import load_lexicon
from reconcile.model import Claim

_WORD = re.compile(r"[\w’'-]+")
_TAIL = 40
"""How many characters after a value are looked at."""


@cache
def _edges() -> Mapping[str, str]:
    return {word: edge for edge, words in load_lexicon("slot_words")["edges"].items() for word in words}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_lexicon("slot_words")[name])


@cache
def _kindred() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in load_lexicon("slot_words")["kindred"])


@cache
def _sexes() -> Mapping[str, str]:
    return {noun: sex for sex, nouns in load_lexicon("slot_words")["sexes"].items() for noun in nouns}


def are_kindred(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two counted nouns may count the same things: "people" and "victims"."""
    return any(a & group and b & group for group in _kindred()) and not are_of_two_sexes(a, b)


def are_of_two_sexes(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether one noun is of men or boys, the other of women or girls."""
    sexes = _sexes()
    left, right = {sexes[noun] for noun in a if noun in sexes}, {sexes[noun] for noun in b if noun in sexes}
    return bool(left and right and not left & right)


def edge_of(claim: Claim) -> str:
    """What a time is to what it is told of: "begin", "end" or "after", "" for the time itself."""
    edges = _edges()
    for word in (*reversed(_before(claim)[-2:]), *_split(claim.text)[:1]):
        if word in edges:
            return edges[word]
    return ""


def is_day_of_speaking(claim: Claim) -> bool:
    """Whether a time follows a verb of reporting: "police said Monday"."""
    return not _words("reporting").isdisjoint(_before(claim)[-2:])


def counts_remainder(claim: Claim) -> bool:
    """Whether a count leaves somebody out: "four others"."""
    end = claim.span.end - claim.clause.start
    near = (*_split(claim.text), *_before(claim)[-1:], *_split(claim.quote[max(0, end) : max(0, end) + _TAIL])[:2])
    return claim.about.head in _words("remainder") or not _words("remainder").isdisjoint(near)


def _before(claim: Claim) -> Sequence[str]:
    """The last words of the clause before the value."""
    at = claim.span.start - claim.clause.start
    return _split(claim.quote[max(0, at - _TAIL) : at]) if at > 0 else ()


def _split(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
