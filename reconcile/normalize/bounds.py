"""How a number is hedged: "at least", "up to", "nearly", "or more" to one of = ~ < > <= >=."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from reconcile.lexicon import load_lexicon
from reconcile.normalize.lexemes import Lexeme, spell

Bound = Literal["=", "~", "<", ">", "<=", ">="]
_LONGEST = 5
_OPPOSITE: dict[str, Bound] = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}


@cache
def _bound_words() -> dict[str, Any]:
    lexicon = load_lexicon("numbers")
    before = {spell(words): bound for bound, phrases in lexicon["bounds_before"].items() for words in phrases}
    after = {spell(words): bound for bound, phrases in lexicon["bounds_after"].items() for words in phrases}
    return {
        "before": before,
        "after": after,
        "fillers": frozenset(lexicon["bound_fillers"]),
        "last": frozenset(words.rsplit(" ", 1)[-1] for words in before),
    }


def read_bound(lexemes: list[Lexeme], first: int, stop: int) -> Bound:
    """The bound said around the number at lexemes ``[first, stop)``; what stands before it wins."""
    return _before(lexemes, first) or _after(lexemes, stop) or "="


def _before(lexemes: list[Lexeme], first: int) -> Bound | None:
    words = _bound_words()
    if (
        first > 1
        and lexemes[first - 1].text in "-‐‑"
        and lexemes[first - 1].glued
        and lexemes[first - 2].lower == "sub"
    ):
        return "<"
    for skipped in range(3):
        end = first - skipped
        if end < 1 or (skipped and lexemes[end].lower not in words["fillers"]):
            return None
        if lexemes[end - 1].lower not in words["last"]:
            continue
        for length in range(min(_LONGEST, end), 0, -1):
            bound: Bound | None = words["before"].get(" ".join(x.lower for x in lexemes[end - length : end]))
            if bound:
                negated = end - length - 1 >= 0 and lexemes[end - length - 1].lower == "not"
                return _OPPOSITE.get(bound, bound) if negated else bound
    return None


def _after(lexemes: list[Lexeme], stop: int) -> Bound | None:
    words = _bound_words()["after"]
    index = stop + 1 if stop < len(lexemes) and lexemes[stop].lower in "-‐‑" and lexemes[stop].glued else stop
    for length in (2, 1):
        bound: Bound | None = words.get(" ".join(x.lower for x in lexemes[index : index + length]))
        if bound and (length == 2 or lexemes[index].glued):
            return bound
    return None
