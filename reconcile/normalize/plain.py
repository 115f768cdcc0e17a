"""Typed values as short texts for programs, in ISO terms and plain digits: "2025-06-02", "1000", "Rustem Umerov"."""

from __future__ import annotations

import math

from reconcile.model import NameValue, NumberValue, PlaceValue, TextValue, TimeValue, Value

BOUNDS = {"=": "", "~": "about ", "<": "under ", ">": "over ", "<=": "at most ", ">=": "at least "}
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


def value_text(value: Value) -> str:
    """The value in its normal form, in ISO terms and plain digits; the same for the same value."""
    match value:
        case TimeValue():
            return modifier_text(value) + (length_text(value) or value.timex)
        case NumberValue():
            return _number(value)
        case NameValue():
            return value.full
        case PlaceValue():
            return ", ".join((value.name, *value.containers))
        case TextValue():
            return " ".join(value.text.split())


def modifier_text(value: TimeValue) -> str:
    """TIMEX3's modifier in words, with a space after it."""
    return _MODIFIERS.get(value.modifier or "", "")


def length_text(value: TimeValue) -> str:
    """A duration as amount and unit; "" for other values and for vague lengths."""
    if value.type != "DURATION" or value.amount is None or not value.unit:
        return ""
    plural = "" if value.amount == 1 or value.unit.endswith("s") else "s"
    return f"{_digits(value.amount)} {value.unit}{plural}"


def _number(value: NumberValue) -> str:
    """A number with its bound, range and unit."""
    number = _digits(value.low)
    if value.high != value.low:
        number = f"{number}–{_digits(value.high)}"
    if value.category == "age":
        return BOUNDS[value.bound] + number
    if value.unit in {"percentage", "percent", "%"}:
        return f"{BOUNDS[value.bound]}{number}%"
    return " ".join(part for part in (BOUNDS[value.bound] + number, value.unit) if part)


def _digits(number: float) -> str:
    """A number's shortest digits."""
    if math.isfinite(number) and number == round(number) and abs(number) < 1e15:
        return f"{number:.0f}"
    return f"{number:.6g}"
