"""Values as strings: what two claims of the same value share."""

from __future__ import annotations

from reconcile.model import NameValue, NumberValue, PlaceValue, TextValue, TimeValue, Value


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
