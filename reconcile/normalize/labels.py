"""Typed values as a reader writes them: "2 June 2025", "$4.2 billion", "34th", "3 years"."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from functools import cache

from reconcile.lexicon import load_lexicon
from reconcile.model import NumberValue, TimeValue, Value
from reconcile.normalize.plain import BOUNDS, length_text, modifier_text, value_text

_PARTS = {
    "MO": "morning",
    "AF": "afternoon",
    "EV": "evening",
    "NI": "night",
    "DT": "daytime",
    "MI": "midday",
    "SP": "spring",
    "SU": "summer",
    "FA": "autumn",
    "WI": "winter",
    "Q1": "first quarter",
    "Q2": "second quarter",
    "Q3": "third quarter",
    "Q4": "fourth quarter",
    "H1": "first half",
    "H2": "second half",
}
_DAY = re.compile(
    r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])"
    r"(?:-(?P<day>\d{2})(?:T(?:(?P<time>\d{2}:\d{2})(?::00)?|(?P<part>[A-Z]{2})))?)?"
)
_YEAR_PART = re.compile(r"(?P<year>\d{4})-(?P<part>SP|SU|FA|WI|Q[1-4]|H[12])")
_WEEK = re.compile(r"(?P<year>\d{4})-W(?P<week>\d{2})(?P<weekend>-WE)?")
_DECADE = re.compile(r"(\d{3})X?")
_MAGNITUDES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def value_label(value: Value) -> str:
    """The value in a reader's words; where it has none, its normal form."""
    if isinstance(value, NumberValue):
        return _number(value)
    if isinstance(value, TimeValue):
        return modifier_text(value) + (length_text(value) or day_label(value.timex))
    return value_text(value)


# --- times ------------------------------------------------------------------------------------


def day_label(timex: str) -> str:
    """An ISO month, day, moment, week, season, quarter or decade in words; other values as they are."""
    if match := _DAY.fullmatch(timex):
        month = f"{month_name(int(match['month']))} {match['year']}"
        day = f"{int(match['day'])} {month}" if match["day"] else month
        rest = match["time"] or _PARTS.get(match["part"] or "", match["part"])
        return f"{day}, {rest}" if rest else day
    if match := _YEAR_PART.fullmatch(timex):
        return f"{_PARTS[match['part']]} of {match['year']}"
    if match := _WEEK.fullmatch(timex):
        return _week(int(match["year"]), int(match["week"]), bool(match["weekend"])) or timex
    if match := _DECADE.fullmatch(timex):
        return f"{match[1]}0s"
    return timex


def month_name(number: int) -> str:
    """The English name of a month, from 1."""
    return str(load_lexicon("times")["months"][number][0])


def weekday_name(number: int) -> str:
    """The English name of an ISO weekday, 1 for Monday."""
    return str(load_lexicon("times")["weekdays"][number][0])


def _week(year: int, week: int, weekend: bool) -> str:
    """A week by its Monday, a weekend by its Saturday; "" for a week that the year does not have."""
    try:
        first = date.fromisocalendar(year, week, 6 if weekend else 1)
    except ValueError:
        return ""
    return f"{'weekend' if weekend else 'week'} of {day_label(first.isoformat())}"


# --- numbers ----------------------------------------------------------------------------------


def _number(value: NumberValue) -> str:
    """A number with its bound, range and unit."""
    bound = BOUNDS[value.bound]
    if value.category == "age":
        return bound + _range(value)
    if value.category == "ordinal":
        return bound + _ordinal(value)
    if value.category == "percent" and not value.unit:
        return f"{bound}{_range(replace(value, low=value.low * 100, high=value.high * 100))}%"
    if value.category == "vote" or value.unit == "score":
        return bound + _range(value)
    sign, _, rate = value.unit.partition(" per ")
    per = f" per {rate}" if rate else ""
    money = _currencies().get(sign)
    if money:
        return f"{bound}{money}{_range(value)}{per}"
    if sign in {"percentage", "percent", "%"}:
        return f"{bound}{_range(value)}%{per}"
    unit = f" {sign if value.high == 1 else _plural(sign)}" if sign else ""
    return f"{bound}{_range(value)}{unit}{per}"


def _range(value: NumberValue) -> str:
    """One number, or two with a dash."""
    return _digits(value.low) if value.high == value.low else f"{_digits(value.low)}–{_digits(value.high)}"


def _digits(number: float) -> str:
    """A number with its thousands apart, in millions and above where three decimals hold it."""
    if not math.isfinite(number):
        return str(number)
    for size, name in _MAGNITUDES:
        scaled = number / size
        if 1 <= abs(scaled) < 1000 and round(scaled, 3) == scaled:
            return f"{scaled:.10g} {name}"
    if number == round(number) and abs(number) < 1e15:
        return f"{number:,.0f}"
    return f"{number:,.6g}" if abs(number) < 1e15 else f"{number:.6g}"


def _ordinal(value: NumberValue) -> str:
    """ "34th"; with a superlative "largest" or "2nd largest"."""
    if not math.isfinite(value.low) or value.low != value.high:
        return " ".join(part for part in (_range(value), value.unit) if part)
    number = int(value.low)
    if number == 1 and value.unit:
        return value.unit
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return " ".join(part for part in (f"{number:,}{ending}", value.unit) if part)


@cache
def _currencies() -> dict[str, str]:
    """What stands before an amount of each currency: its sign, else its ISO code and a space."""
    signs = {}
    for name, entry in load_lexicon("units")["currencies"].items():
        sign = next(iter(entry.get("symbols", [])), "")
        if len(sign) == 1 and not sign.isalpha() and sign != "¢":
            signs[name] = sign
        elif "iso" in entry:
            signs[name] = f"{entry['iso']} "
    return signs


def _plural(unit: str) -> str:
    """A unit's plural, the lexicon's where it has one."""
    lexicon = load_lexicon("units")
    entry = lexicon["units"].get(unit) or lexicon["currencies"].get(unit) or {}
    return str(entry.get("plural") or (unit if unit.endswith("s") else f"{unit}s"))
