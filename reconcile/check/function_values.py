"""Functions of conditions on numbers, units and words."""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import pairwise

from reconcile.lexicon import load_lexicon
from reconcile.model import Relation, TextValue
from reconcile.normalize.texts import compare_texts
from reconcile.normalize.units import convert

_EPSILON = 1e-9
_QUOTED = re.compile(r"[\"“”]")
_WORD = re.compile(r"[\w'’-]+")


def within(first: float, second: float, most: float) -> bool:
    """Whether two numbers differ by this much at most: `within(a.low, b.low, 3.0)`."""
    return abs(first - second) <= most + _EPSILON


def within_percent(first: float, second: float, percent: float) -> bool:
    """Whether two numbers differ by this share of the larger at most: `within_percent(a.low, b.low, 5.0)`."""
    return abs(first - second) <= max(abs(first), abs(second)) * percent / 100 * (1 + _EPSILON)


def convert_number(number: float, unit: str, to: str) -> float:
    """The number in another unit: `convert(a.low, a.unit, "kilometre")`; where it cannot be converted it is no number,
    and nothing is `within` any reach of it."""
    found = convert(number, unit, to)
    return math.nan if found is None else found


def has_words(text: str, phrase: str) -> bool:
    """Whether the text holds the words of the phrase one after another, whole and in whatever case."""
    words, wanted = [f" {' '.join(_WORD.findall(part.casefold()))} " for part in (text, phrase)]
    return bool(wanted.strip()) and wanted in words


def hedged(text: str) -> bool:
    """Whether the words hold a hedge, such as "reportedly" or "alleged", by the lexicon of reporting."""
    return not _hedges().isdisjoint(_WORD.findall(text.casefold()))


def tells_new_post(text: str) -> bool:
    """Whether the words tell that somebody took up, left or once held a post, such as "former" or "appointed", by the
    lexicon of changes."""
    return _tells(text, "posts")


def tells_revision(text: str) -> bool:
    """Whether the words tell that a number was put right, such as "revised" or "initially", by the lexicon of
    changes."""
    return _tells(text, "numbers")


def tells_of_part(text: str) -> bool:
    """Whether the words tell of a part, of more, or of another event or time ("two others", "earlier"), or are in
    quotation marks, by the lexicon of scopes."""
    words, joining = _scopes()
    said = _WORD.findall(text.casefold())
    counted = any(one in joining and (other in _small_numbers() or other.isdigit()) for one, other in pairwise(said))
    return bool(_QUOTED.search(text)) or counted or not words.isdisjoint((*said, *map(" ".join, pairwise(said))))


@cache
def _scopes() -> tuple[frozenset[str], frozenset[str]]:
    lexicon = load_lexicon("scopes")
    return frozenset(lexicon["words"]), frozenset(lexicon["joining"])


@cache
def _small_numbers() -> frozenset[str]:
    return frozenset(("a", "an", *load_lexicon("numbers")["cardinals"]))


def _tells(text: str, change: str) -> bool:
    words = f" {' '.join(_WORD.findall(text.casefold()))} "
    return any(phrase in words for phrase in _changes()[change])


@cache
def _changes() -> dict[str, tuple[str, ...]]:
    """The phrases of each sort of change, with a blank on either side."""
    return {sort: tuple(f" {phrase} " for phrase in phrases) for sort, phrases in load_lexicon("changes").items()}


@cache
def _hedges() -> frozenset[str]:
    return frozenset(load_lexicon("reporting")["hedges"])


def exclusive_states(first: str, second: str) -> bool:
    """Whether two states, acts or charges exclude each other ("in custody", "at large"), by the lexicon of
    opposites."""
    if not first.strip() or not second.strip():
        return False
    return compare_texts(TextValue(first), TextValue(second)).relation is Relation.DIFFERS
