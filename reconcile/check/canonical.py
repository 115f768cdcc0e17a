"""A value's normal form in one short text: for messages, for conditions, and for telling whether it changed."""

from __future__ import annotations

from reconcile.model import NameValue, NumberValue, PlaceValue, TextValue, TimeValue, Value

_BOUNDS = {"=": "", "~": "about ", "<": "under ", ">": "over ", "<=": "at most ", ">=": "at least "}


def canonical(value: Value) -> str:
    """The value in words that read the same for the same value: "2025-06-02", "about 12", "40..50", "Jane Roe"."""
    match value:
        case TimeValue():
            return f"{value.modifier} {value.timex}" if value.modifier else value.timex
        case NumberValue():
            number = _digits(value.low)
            if value.high != value.low:
                number = f"{number}..{_digits(value.high)}"
            return " ".join(part for part in (f"{_BOUNDS[value.bound]}{number}", value.unit) if part)
        case NameValue():
            return value.full
        case PlaceValue():
            return ", ".join((value.name, *value.containers))
        case TextValue():
            return " ".join(value.text.split())


def _digits(number: float) -> str:
    return f"{number:.0f}" if number == round(number) and abs(number) < 1e15 else f"{number:.6g}"
