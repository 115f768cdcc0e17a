"""Typed values as short texts: ``value_text`` for programs ("2025-06-02", "1000"), ``value_label`` for readers."""

from __future__ import annotations

import math
import re

from reconcile.model import NameValue, NumberValue, PlaceValue, TextValue, TimeValue, Value

_BOUNDS = {"=": "", "~": "about ", "<": "under ", ">": "over ", "<=": "at most ", ">=": "at least "}
_MODIFIERS = {
    "START": "start of ",
    "MID": "middle of ",
    "END": "end of ",
    "APPROX": "about ",
    "BEFORE": "before ",
    "AFTER": "after ",
    "LESS_THAN": "under ",
    "MORE_THAN": "over ",
    "EQUAL_OR_LESS": "at most ",
    "EQUAL_OR_MORE": "at least ",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d{2})(?:T(?P<time>\d{2}:\d{2})(?::00)?)?)?")


def value_text(value: Value) -> str:
    """The value in its normal form, in ISO terms and plain digits; the same for the same value."""
    match value:
        case TimeValue():
            return _modifier(value) + (_length(value) or value.timex)
        case NumberValue():
            return _number(value, grouped=False)
        case NameValue():
            return value.full
        case PlaceValue():
            return ", ".join((value.name, *value.containers))
        case TextValue():
            return " ".join(value.text.split())


def value_label(value: Value) -> str:
    """The value as a reader writes it: "2 June 2025", "1,000", "30%", "3 years"."""
    if isinstance(value, NumberValue):
        return _number(value, grouped=True)
    if isinstance(value, TimeValue):
        return _modifier(value) + (_length(value) or day_label(value.timex))
    return value_text(value)


def _modifier(value: TimeValue) -> str:
    """TIMEX3's modifier in words, with a space after it."""
    return _MODIFIERS.get(value.modifier or "", "")


def _length(value: TimeValue) -> str:
    """A duration as amount and unit; "" for other values and for vague lengths."""
    if value.type != "DURATION" or value.amount is None or not value.unit:
        return ""
    plural = "" if value.amount == 1 or value.unit.endswith("s") else "s"
    return f"{_digits(value.amount, grouped=False)} {value.unit}{plural}"


def day_label(timex: str) -> str:
    """An ISO month, day or moment in words; other values as they are."""
    match = _DAY.fullmatch(timex)
    if match is None:
        return timex
    month = f"{_MONTHS[int(match['month']) - 1]} {match['year']}"
    day = f"{int(match['day'])} {month}" if match["day"] else month
    return f"{day}, {match['time']}" if match["time"] else day


def _number(value: NumberValue, grouped: bool) -> str:
    """A number with its bound, range and unit."""
    number = _digits(value.low, grouped)
    if value.high != value.low:
        number = f"{number}–{_digits(value.high, grouped)}"
    if value.unit in {"percentage", "percent", "%"}:
        return f"{_BOUNDS[value.bound]}{number}%"
    return " ".join(part for part in (_BOUNDS[value.bound] + number, value.unit) if part)


def _digits(number: float, grouped: bool) -> str:
    """A number's shortest digits, with thousands separated where asked."""
    comma = "," if grouped else ""
    if not math.isfinite(number):
        return str(number)
    if number == round(number) and abs(number) < 1e15:
        return f"{number:{comma}.0f}"
    return f"{number:{comma}.6g}" if abs(number) < 1e15 else f"{number:.6g}"
