"""The few words beside a value that tell which question it answers: "since", "said Monday", "four others"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from reconcile.lexicon import load_lexicon
from reconcile.match.event_groups import event_nouns
from reconcile.model import Claim

_WORD = re.compile(r"[\w’'-]+")
_TAIL = 40
"""How many characters after a value are looked at."""
_NEAR = 90
"""How many characters on either side of a time tell which event it dates."""
_PASSIVE = frozenset(["was", "were", "been", "being", "is"])


@cache
def _edges() -> Mapping[str, str]:
    return {word: edge for edge, words in load_lexicon("slot_words")["edges"].items() for word in words}


@cache
def _another() -> frozenset[str]:
    return frozenset(load_lexicon("dated")["another"])


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


@cache
def _akin() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in load_lexicon("count_parts")["akin"])


@lru_cache(maxsize=1000)
def are_of_two_parts(a: str, b: str) -> bool:
    """Whether what becomes of the people of one count is not what becomes of those of the other: killed, arrested."""
    return a != b and not any(a in group and b in group for group in _akin())


def edge_of(claim: Claim) -> str:
    """What a time is to what it is told of: "begin", "end" or "after", "" for the time itself."""
    edges = _edges()
    for word in (*reversed(_before(claim)[-2:]), *_split(claim.text)[:1]):
        if word in edges:
            return edges[word]
    return ""


def is_day_of_speaking(claim: Claim) -> bool:
    """Whether a time follows a verb of reporting ("police said Monday"), not in the passive ("was reported at 2")."""
    before = _before(claim)[-3:]
    told = [at for at, word in enumerate(before) if word in _words("reporting") and at >= len(before) - 2]
    return any(at == 0 or before[at - 1] not in _PASSIVE for at in told)


def is_of_another_event(claim: Claim) -> bool:
    """Whether the words around a time part its event from others: "an earlier shooting", "in a separate attack"."""
    at = claim.span.start - claim.clause.start
    near = _split(claim.quote[max(0, at - _NEAR) : at + _NEAR]) if at >= 0 else []
    another, nouns = _another(), event_nouns()
    return any(word in another and not nouns.isdisjoint(near[place + 1 : place + 4]) for place, word in enumerate(near))


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
