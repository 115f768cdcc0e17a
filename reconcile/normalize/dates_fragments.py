"""Building blocks of the time patterns: regular-expression fragments for numbers, names, units and modifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reconcile.normalize.dates_words import time_words

S = r"(?:[^\S\n]{1,3}\n?[^\S\n]{0,3}|\n[^\S\n]{0,3})"
"""Space between two words of one expression: at most one line break, never a paragraph break."""

HYPHEN = r"[-‐‑–]"
NOT_INSIDE = r"(?<![\w.,$£€#/:’'-])"
"""What may not stand before a number that begins an expression."""

YEAR = r"(?:1[4-9]|20)\d\d"
YEAR_END = rf"(?![\d%]|[.,/:]\d|['’]s{S}worth)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
DAY_END = r"(?![\d%]|[.,/:]\d|\s?[ap]\.?m\b)"
REL_YEAR = r"(?:this|last|next|that|the\s(?:same|following|previous))\s(?:year|month)"
REL = r"last|next|this|past|previous|prior|following|coming|current|same|that|upcoming|preceding|latest"
"""Years, days of the month, and how one expression leans on another."""

Pattern = tuple[str, str, str]
"""The kind of expression, the classes of words that may stand in it, and the source of its regular expression."""


def one_of(words: Iterable[str]) -> str:
    """An alternation of the words, longest first, spaces loosened; apostrophes straight or curly."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", S).replace("'", "['’]") for w in ordered) + ")"


def _names(words: Iterable[str], stop: str, end: str = r"\b") -> str:
    """Capitalized names; only those cut short ("Sept", "Mon") may carry a full stop, only those in full end as told."""
    names = [cased for w in words for cased in (w.title(), w.upper())]
    full = [n for n in names if len(n) > 4 or n.lower() in ("may", "june", "july")]
    return rf"(?:{one_of(full)}{end}|{one_of(n for n in names if n not in full)}\b{stop})"


@dataclass(frozen=True, slots=True)
class Fragments:
    """The fragments that come from the lexicon, as pattern sources without named groups."""

    month: str
    weekday: str
    unit: str
    count: str
    ordinal: str
    season: str
    day_part: str
    zone: str
    number_word: str
    holiday: str
    reference: str
    frequency: str
    start_mid_end: str
    bound: str
    moment_bound: str


@cache
def fragments() -> Fragments:
    """The fragments, built once from the lexicon."""
    words = time_words()
    number = one_of(words.numbers)
    digits = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,6})(?:\.\d{1,2})?(?:[ -]?(?:1/2|1/4|3/4|[½¼¾]))?|[½¼¾]"
    spelled = rf"{number}(?:(?:[ -]and)?[ -]{number}){{0,5}}(?:[ -]and[ -](?:a[ -]|one[ -])?(?:half|quarter))?"
    loose = (
        rf"(?:a{S})?couple(?:{S}of)?|half{S}(?:an?\b|dozen)"
        rf"|an?[ -](?:half|quarter|hundred|thousand|dozen)(?:[ -](?:an?\b|{number}))?"
    )
    others = rf"another|an{S}(?:additional|extra)|an?"
    bounds = [
        w
        for w, code in words.modifiers.items()
        if code not in ("START", "MID", "END", "BEFORE", "AFTER") and w != "over"
    ]
    moments = [w for w, code in words.modifiers.items() if code not in ("START", "MID", "END")]
    return Fragments(
        month=_names(words.months, r"\.?+"),
        weekday=_names(words.weekdays, r"(?:\.(?=,?\s))?", r"(?=s?\b)"),
        unit=one_of(words.units),
        count=rf"(?:{digits}|(?i:{loose}|{one_of(words.vague_counts)}|{spelled}|{others})\b)",
        ordinal=rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?i:{one_of(words.ordinals)}))\b",
        season=one_of(words.seasons),
        day_part=one_of(words.day_parts),
        zone=one_of(words.zones),
        number_word=number,
        holiday=one_of(_as_written(words.holidays)),
        reference=one_of(words.references),
        frequency=one_of(words.frequencies),
        start_mid_end=one_of(w for w, code in words.modifiers.items() if code in ("START", "MID", "END")),
        bound=one_of(bounds),
        moment_bound=one_of(moments),
    )


def _as_written(names: Iterable[str]) -> list[str]:
    """Holiday names with the capitals they are written with."""
    small = {"of", "de", "the"}
    return [
        " ".join(w if w in small else w[:1].upper() + w[1:] for w in n.split()).replace("Mlk", "MLK") for n in names
    ]
