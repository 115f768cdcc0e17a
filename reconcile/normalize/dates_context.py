"""What resolving a time expression may lean on, and how a resolved value is put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from reconcile.model import Published, TimeAlternative, TimeValue
from reconcile.normalize.dates_words import fold, time_words
from reconcile.normalize.timex import Period, read_period

Tense = Literal["past", "present", "future", ""]
Anchor = Literal["explicit", "published", "narrative", "none"]


@dataclass(frozen=True, slots=True)
class TimeContext:
    """The article's date, the tense of the governing verb, and the last times told before the expression.

    ``reference`` is the last dated time, ``quarter`` the last fiscal quarter, ``nearby`` the day given right beside a
    clock time; ``preposition`` is the word before the expression, in lower case; ``years`` are those the text has given
    for a (month, day); ``is_over`` holds for what can only be told once it has happened, whatever the tense;
    ``compared`` is the quarter whose figures "a year ago" compares.
    """

    published: Published | None = None
    tense: Tense = ""
    reference: Period | None = None
    quarter: Period | None = None
    nearby: Period | None = None
    preposition: str = ""
    years: Mapping[tuple[int, int], int] = field(default_factory=dict)
    is_over: bool = False
    compared: Period | None = None
    day_first: float = 0.4
    """How likely the day stands first in 03/04/2015."""

    def day(self) -> date | None:
        """The article's day, where its date is precise enough."""
        if self.published is None or self.published.precision in ("month", "year"):
            return None
        return self.published.moment().date()

    def month(self) -> date | None:
        """A day in the article's month, where its date is precise enough."""
        if self.published is None or self.published.precision == "year":
            return None
        return self.published.moment().date()

    def year(self) -> int | None:
        """The article's year."""
        return self.published.moment().year if self.published else None


def make_point(
    timex: str,
    anchor: Anchor = "published",
    confidence: float = 0.9,
    alternatives: tuple[tuple[str, float], ...] = (),
    modifier: str | None = None,
) -> TimeValue:
    """A date or a time from its TIMEX3 value; values that name no stretch of the calendar stay without an interval."""
    period = read_period(timex)
    is_time = "T" in timex[4:] and not timex.endswith("_REF")
    others = tuple(_alternative(value, weight) for value, weight in alternatives if value != timex)
    return TimeValue(
        type="TIME" if is_time else "DATE",
        timex=timex,
        granularity=period.granularity if period else _granularity(timex),
        start=period.start if period else None,
        end=period.end if period else None,
        modifier=modifier,
        anchor=anchor if period else "none",
        confidence=confidence if period else min(confidence, 0.4),
        alternatives=others,
    )


def _alternative(timex: str, weight: float) -> TimeAlternative:
    period = read_period(timex)
    return TimeAlternative(timex, period.start if period else None, period.end if period else None, weight)


def _granularity(timex: str) -> str:
    if timex.endswith("_REF"):
        return "vague"
    if "T" in timex:
        return "minute" if ":" in timex else "day part"
    if "W" in timex:
        return "day" if timex.count("-") > 1 else "week"
    if timex.endswith(("SP", "SU", "FA", "WI")):
        return "season"
    if "Q" in timex:
        return "quarter"
    return {0: "year", 1: "month"}.get(timex.count("-"), "day")


def make_duration(count: float | None, unit: str, modifier: str | None = None) -> TimeValue:
    """A length of time; ``unit`` is the lexicon's unit letter and ``count`` None stands for an untold number."""
    base = unit.removeprefix("T")
    factor = {"10Y": 10, "100Y": 100, "2W": 2}.get(base, 1)
    letter = {"10Y": "Y", "100Y": "Y", "2W": "W"}.get(base, base)
    if count is None:
        letter = {"10Y": "DE", "100Y": "C"}.get(base, letter)
    prefix = "PT" if unit.startswith("T") else "P"
    amount = None if count is None else count * factor
    names = {
        "S": "second",
        "M": "minute" if prefix == "PT" else "month",
        "H": "hour",
        "D": "day",
        "W": "week",
        "Q": "quarter",
    }
    return TimeValue(
        type="DURATION",
        timex=_duration_timex(prefix, letter, amount),
        granularity=names.get(letter, "year"),
        modifier=modifier,
        anchor="explicit",
        confidence=0.9 if amount is not None else 0.5,
        amount=amount,
        unit=names.get(letter, {"DE": "decade", "C": "century"}.get(letter, "year")),
    )


_SMALLER = {("P", "Y"): (12, "M"), ("PT", "H"): (60, "M"), ("PT", "M"): (60, "S"), ("P", "Q"): (3, "M")}


def _duration_timex(prefix: str, letter: str, amount: float | None) -> str:
    if amount is None:
        return f"{prefix}X{letter}"
    if amount == int(amount):
        return f"{prefix}{int(amount)}{letter}"
    if (prefix, letter) in _SMALLER:
        factor, smaller = _SMALLER[prefix, letter]
        whole = f"{int(amount)}{letter}" if int(amount) else ""
        rest = round((amount - int(amount)) * factor)
        return f"{prefix}{whole}{rest}{smaller}" if rest else f"{prefix}{whole}"
    return f"{prefix}{amount:g}{letter}"


def modifier_of(words: str | None) -> str | None:
    """The TIMEX3 modifier that the words carry, if any ("late" → END)."""
    if not words:
        return None
    text = fold(words).removesuffix(" of")
    table = time_words().modifiers
    return table.get(text) or table.get(text + " of") or table.get(text.removesuffix(" in"))


def narrow(value: TimeValue, modifier: str | None) -> TimeValue:
    """The value with a modifier, its interval narrowed by START, MID and END to the matching third."""
    if modifier is None:
        return value
    if modifier not in ("START", "MID", "END") or value.start is None or value.end is None:
        return replace(value, modifier=modifier)
    third = (value.end - value.start) / 3
    offset = {"START": 0, "MID": 1, "END": 2}[modifier]
    start = _whole_minutes(value.start + third * offset)
    end = _whole_minutes(start + third) if offset < 2 else value.end
    return replace(value, modifier=modifier, start=start, end=end)


def _whole_minutes(moment: datetime) -> datetime:
    return moment - timedelta(seconds=moment.second, microseconds=moment.microsecond)


def code_of(word: str) -> str:
    """The unit letter of a unit's name; "Y" for kinds of year."""
    text = fold(word)
    return "Y" if text.endswith("year") else time_words().units.get(text, "")
