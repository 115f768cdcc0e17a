"""Values as strings: what two claims of the same value share."""

from __future__ import annotations

from reconcile.model import NameValue, NumberValue, PlaceValue, TextValue, TimeValue, Value

_DAYS = ("day", "day part")


def value_key(value: Value) -> str:
    """What two claims of the same value share, as a string."""
    match value:
        case TimeValue():
            return value.timex
        case NumberValue():
            return f"{value.low:g}..{value.high:g} {value.unit}"
        case NameValue():
            return value.full.casefold()
        case PlaceValue():
            return value.name.casefold()
        case TextValue():
            return " ".join(sorted(value.words)) or value.text.casefold()


def day_of(value: Value) -> str:
    """The ISO day of a day or a part of one, "" for hours, for longer times and for other values."""
    if not isinstance(value, TimeValue) or value.start is None or value.granularity not in _DAYS:
        return ""
    return value.start.date().isoformat()
