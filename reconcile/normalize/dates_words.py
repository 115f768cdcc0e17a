"""The words of time expressions: look-up tables from the lexicon, counts, and spelled years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from reconcile.lexicon import load_lexicon

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_SPLIT = re.compile(r"[\s-]+")
_DIGITS = re.compile(r"(\d[\d,]*(?:\.\d+)?)?[\s-]*(½|¼|¾|1/2|1/4|3/4)?")


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The lexicon turned round: from a lower-case word to what it stands for."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    vague_counts: frozenset[str]
    seasons: Mapping[str, str]
    day_parts: Mapping[str, str]
    day_part_hours: Mapping[str, tuple[int, int]]
    clock_words: Mapping[str, int]
    zones: tuple[str, ...]
    holidays: Mapping[str, Mapping[str, int]]
    modifiers: Mapping[str, str]
    references: Mapping[str, str]
    frequencies: Mapping[str, str]
    future_words: frozenset[str]
    timetable_words: frozenset[str]
    car_makers: frozenset[str]
    day_first_domains: frozenset[str]
    month_first_domains: frozenset[str]


def _turn_round(table: Mapping[Any, list[str]]) -> dict[str, Any]:
    return {word.lower(): key for key, words in table.items() for word in words}


@cache
def time_words() -> TimeWords:
    """The tables of ``rules/lexicons/times.yaml``, built once."""
    raw = load_lexicon("times")
    parts: Mapping[str, Any] = raw["day_parts"]
    return TimeWords(
        months=_turn_round(raw["months"]),
        weekdays=_turn_round(raw["weekdays"]),
        units=_turn_round(raw["units"]),
        numbers=dict(raw["numbers"]),
        ordinals=dict(raw["ordinals"]),
        vague_counts=frozenset(raw["vague_counts"]),
        seasons=_turn_round(raw["seasons"]),
        day_parts=_turn_round({code: part["names"] for code, part in parts.items()}),
        day_part_hours={code: (part["hours"][0], part["hours"][1]) for code, part in parts.items()},
        clock_words=dict(raw["clock_words"]),
        zones=tuple(raw["zones"]),
        holidays={name.lower(): rule for name, rule in raw["holidays"].items()},
        modifiers=_turn_round(raw["modifiers"]),
        references=_turn_round(raw["references"]),
        frequencies=_turn_round(raw["frequencies"]),
        future_words=frozenset(raw["future_words"]),
        timetable_words=frozenset(raw["timetable_words"]),
        day_first_domains=frozenset(raw["day_first_domains"]),
        month_first_domains=frozenset(raw["month_first_domains"]),
        car_makers=frozenset(raw["car_makers"]),
    )


def fold(words: str) -> str:
    """Lower case, single spaces, straight apostrophes: how the tables are keyed."""
    return " ".join(words.replace("’", "'").replace("‘", "'").lower().split())


def read_count(words: str) -> float | None:
    """The number said, in digits or words ("2 1/2", "twenty-five", "half a", "another"); None if it is vague."""
    text = fold(words)
    if text in time_words().vague_counts:
        return None
    digits = _DIGITS.fullmatch(text)
    if digits and (digits[1] or digits[2]):
        return float((digits[1] or "0").replace(",", "")) + _FRACTIONS.get(digits[2] or "", 0.0)
    return _read_spelled([w for w in _SPLIT.split(text) if w])


def _read_spelled(words: list[str]) -> float | None:
    numbers = time_words().numbers
    total, current, fraction = 0, 0, 0.0
    for i, word in enumerate(words):
        if word in ("half", "quarter"):
            fraction = 0.5 if word == "half" else 0.25
        elif word == "dozen":
            current = max(current, 1) * 12
        elif word == "couple":
            current = 2
        elif word in ("hundred", "thousand"):
            current = max(current, 1) * numbers[word]
            if word == "thousand":
                total, current = total + current, 0
        elif word in numbers:
            current += numbers[word]
        elif word in ("a", "an", "one", "another") and i == 0:
            current = 0
        elif word not in ("and", "of", "a", "an", "additional", "extra"):
            return None
    count = total + current
    if not count and not fraction:
        return 1.0
    return count + fraction


def read_ordinal(words: str) -> int | None:
    """ "11th", "eleventh" or "1st" as a number; None if it is none."""
    text = fold(words)
    digits = text[:-2] if text.endswith(("st", "nd", "rd", "th")) else text
    if digits.isdigit():
        return int(digits)
    return time_words().ordinals.get(text)


def read_spelled_year(words: str) -> int | None:
    """A year said in words: "nineteen ninety-four", "two thousand (and) one"; None if it is none."""
    parts = [w for w in _SPLIT.split(fold(words)) if w and w != "and"]
    numbers = time_words().numbers
    if not parts or any(p not in numbers for p in parts):
        return None
    if parts[:2] == ["two", "thousand"]:
        return 2000 + sum(numbers[p] for p in parts[2:])
    century, rest = numbers[parts[0]], parts[1:]
    if rest[:1] == ["hundred"]:
        return century * 100 + sum(numbers[p] for p in rest[1:])
    return century * 100 + sum(numbers[p] for p in rest) if rest else None
