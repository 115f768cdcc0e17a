"""Ages in text: "28-year-old", "6 months old", "aged 30", "in her early 20s"."""

from __future__ import annotations

from typing import NamedTuple

from reconcile.normalize.lexemes import Lexeme, text_at

_UNITS = {
    "year": "year",
    "years": "year",
    "yr": "year",
    "month": "month",
    "months": "month",
    "week": "week",
    "weeks": "week",
    "day": "day",
    "days": "day",
}
_OLD = frozenset({"old", "olds"})
_HYPHENS = frozenset("-‐‑–")
_WHOSE = frozenset(
    {"his", "her", "their", "my", "our", "your", "its", "early", "mid", "late", "middle", "lower", "upper"}
)
_PARTS = {"early": (0, 3), "lower": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9), "upper": (7, 9)}
_AGED = frozenset({"aged", "age", "ages"})
_WORD_DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


class Age(NamedTuple):
    """An age at lexemes ``[first, stop)``, counted in ``unit``."""

    first: int
    stop: int
    unit: str
    low: float = 0.0
    high: float = 0.0


def read_age(lexemes: list[Lexeme], first: int, stop: int, unit: str) -> Age | None:
    """The age that the number at ``[first, stop)`` gives, ``unit`` being the one already read with it."""
    at = stop
    if unit not in {"year", "month", "week", "day"}:
        if unit:
            return None
        at = _skip_hyphen(lexemes, at)
        unit = _UNITS.get(text_at(lexemes, at), "")
        at += 1
    if unit:
        if text_at(lexemes, at) == "of" and text_at(lexemes, at + 1) == "age":
            return Age(first, at + 2, unit)
        old = _skip_hyphen(lexemes, at)
        if text_at(lexemes, old).removesuffix("'s").removesuffix("’s") in _OLD:
            return Age(first, old + 1, unit)
    if unit and at > stop:
        return None
    before = text_at(lexemes, first - 1)
    if before in _AGED or (before in {"of", "at"} and text_at(lexemes, first - 2) in {"age", "ages"}):
        return Age(first, stop, unit or "year")
    return None


def read_age_decade(lexemes: list[Lexeme], at: int) -> Age | None:
    """ "in his 20s", "in their early thirties" as the range of years it allows; other decades are dates."""
    lexeme = lexemes[at]
    stop = at + 1
    if lexeme.kind == "digits":
        if len(lexeme.text) != 2 or lexeme.text[1] != "0":
            return None
        if text_at(lexemes, stop) in {"'", "’"}:
            stop += 1
        if text_at(lexemes, stop) != "s" or not lexemes[stop].glued:
            return None
        decade, stop = int(lexeme.text), stop + 1
    else:
        found = _WORD_DECADES.get(lexeme.lower)
        if found is None:
            return None
        decade = found
    before = at - 1
    if before >= 0 and lexemes[before].text in _HYPHENS:
        before -= 1
    whose = text_at(lexemes, before)
    if whose not in _WHOSE or (whose in _PARTS and not _in_someones(lexemes, before)):
        return None
    low, high = _PARTS.get(whose, (0, 9))
    return Age(at, stop, "year", decade + low, decade + high)


def _in_someones(lexemes: list[Lexeme], at: int) -> bool:
    """Whether "late" or "early" here speaks of a person ("her late", "late teens or early") and not of a decade."""
    return any(text_at(lexemes, at - back) in _WHOSE - set(_PARTS) | {"teens"} for back in (1, 2, 3))


def _skip_hyphen(lexemes: list[Lexeme], at: int) -> int:
    return at + 1 if at < len(lexemes) and lexemes[at].text in _HYPHENS else at
