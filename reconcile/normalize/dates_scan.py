"""Finds time expressions in running text: looks for words that speak of time and tries the patterns around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from reconcile.normalize.dates_patterns import patterns
from reconcile.normalize.dates_words import time_words

_WORD = re.compile(r"[^\W\d_]+|\d+")
_AROUND = 64
"""Characters tried on either side of a word that speaks of time: longer than any expression."""


@dataclass(frozen=True, slots=True)
class Expression:
    """Words of a text that speak of time, read into named parts but not yet resolved; ``[start, end)`` in the text."""

    kind: str
    start: int
    end: int
    parts: Mapping[str, str]


def scan(text: str, kinds: frozenset[str] | None = None) -> list[Expression]:
    """The time expressions of a text in order, not overlapping: the leftmost first, of those the longest.

    With ``kinds`` only expressions of these kinds are looked for.
    """
    heads = _find_heads(text)
    windows: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    found: list[Expression] = []
    for kind, classes, pattern in patterns():
        if kinds is not None and kind not in kinds:
            continue
        if classes not in windows:
            windows[classes] = list(_windows(sorted(at for c in classes for at in heads.get(c, ())), len(text)))
        for start, end in windows[classes]:
            for match in pattern.finditer(text, start, end):
                found.extend(_read(kind, match))
    found.sort(key=lambda e: (e.start, -e.end))
    kept: list[Expression] = []
    for expression in found:
        if not kept or expression.start >= kept[-1].end:
            kept.append(expression)
    return kept


def _find_heads(text: str) -> dict[str, list[int]]:
    """Where words of each class stand."""
    table = _classes()
    heads: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isdigit():
            classes = _classes_of_digits(text, match.end(), len(word))
        else:
            classes = table.get(word) or table.get(word.lower(), ())
        for name in classes:
            heads.setdefault(name, []).append(match.start())
    return heads


def _classes_of_digits(text: str, end: int, length: int) -> tuple[str, ...]:
    after = text[end : end + 2]
    if length > 4:
        return ()
    if after[:1] == ":":
        return ("clock",)
    if after[:1] == "s" or after in ("'s", "’s"):
        return ("decade",)
    if length == 4:
        return ("year", "numeric", "quarter") if after[:1] == "-" else ("year",)
    if length <= 2 and after[:1] in ("/", "."):
        return ("numeric",)
    if length == 2 and text[max(0, end - 3) : end - 2] in ("'", "’", "-"):
        return ("year",)
    return ()


def _windows(heads: Iterable[int], length: int) -> Iterator[tuple[int, int]]:
    """The stretches around the heads, joined where they meet, so that no character is tried twice."""
    start = end = -1
    for at in heads:
        if at - _AROUND > end:
            if end >= 0:
                yield start, end
            start = max(0, at - _AROUND)
        end = min(length, at + _AROUND)
    if end >= 0:
        yield start, end


def _read(kind: str, match: re.Match[str]) -> list[Expression]:
    """The expression of a match, or its part named "bare" where a leading word opened it; two for "April 24 and 25"."""
    parts = {name: words for name, words in match.groupdict().items() if words is not None}
    if parts.get("bare") and kind in ("bare", "yearago"):
        return [Expression(kind, *match.span("bare"), parts)]
    whole = Expression(kind, *match.span(), parts)
    if "day2" not in parts:
        return [whole]
    second = {name: parts[name] for name in ("month", "year", "relyear") if name in parts}
    return [
        replace(whole, end=match.end("day")),
        Expression(kind, match.start("day2"), whole.end, second | {"day": parts["day2"]}),
    ]


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    """From a word to the classes of pattern that it may stand in."""
    words = time_words()
    table: dict[str, set[str]] = {}
    ends = re.compile(r"[a-z]+")

    def add(name: str, entries: Iterable[str], last: bool = True) -> None:
        for entry in entries:
            pieces = ends.findall(entry.lower())
            table.setdefault(pieces[-1 if last else 0], set()).add(name)

    add("month", words.months)
    add("weekday", [*words.weekdays, *(f"{w}s" for w in words.weekdays)])
    add("unit", [*words.units, "weekend", "weekday", "end"])
    add("century", ["century", "centuries"])
    add("season", words.seasons)
    add("part", words.day_parts)
    add("clock", [*words.clock_words, "am", "pm", "a", "p", "clock", "gmt", "utc", "hrs", "hours"])
    add("quarter", ["quarter", "half", "period", "q", "ago", "earlier", "months"])
    add("decade", ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"])
    add("spelled", ["nineteen", "eighteen", "twenty", "thousand"])
    add("day", ["today", "yesterday", "tomorrow", "tonight", "overnight"])
    add("holiday", words.holidays, last=False)
    add("frequency", words.frequencies)
    add("reference", words.references)
    # "a" opens "a.m." only when a stop follows, which the patterns see; as a plain article it is left out here.
    table["a"].discard("clock")
    table.setdefault("m", set()).add("clock")
    return {word: tuple(sorted(classes)) for word, classes in table.items()}
