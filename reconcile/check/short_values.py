"""The short written form of a value, as examples give it, read into the typed value; the inverse of ``value_text``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from reconcile.model import Kind, NameValue, NumberValue, PlaceValue, TextValue, TimeValue, Value
from reconcile.normalize.names import parse_name
from reconcile.normalize.places import look_up, place_words, street_words
from reconcile.normalize.texts import content_words

_NUMBER = re.compile(
    r"(?P<bound>about |under |over |at most |at least )?"
    r"(?P<low>-?\d[\d,]*(?:\.\d+)?)(?:(?:\.\.|–|-)(?P<high>\d[\d,]*(?:\.\d+)?))?"
)
_BOUNDS: dict[str, Literal["=", "~", "<", ">", "<=", ">="]] = {
    "": "=",
    "about": "~",
    "under": "<",
    "over": ">",
    "at most": "<=",
    "at least": ">=",
}
_TIME = re.compile(
    r"(?P<mod>about |before |after |start of |middle of |end of )?"
    r"(?P<iso>\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d)?)?)?)"
)
_MODIFIERS = {
    "about ": "APPROX",
    "before ": "BEFORE",
    "after ": "AFTER",
    "start of ": "START",
    "middle of ": "MID",
    "end of ": "END",
}
_DURATION = re.compile(r"P(?P<days>\d+(?:\.\d+)?)(?P<unit>[YMWD])|PT(?P<hours>\d+(?:\.\d+)?)(?P<part>[HMS])")
_DATE_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_TIME_UNITS = {"H": "hour", "M": "minute", "S": "second"}
_CATEGORY: dict[Kind, Literal["count", "amount", "percent", "age", "ordinal", "vote"]] = {
    Kind.COUNT: "count",
    Kind.AMOUNT: "amount",
    Kind.PERCENT: "percent",
    Kind.AGE: "age",
    Kind.ORDINAL: "ordinal",
    Kind.VOTE: "vote",
}


def read_value(kind: Kind, text: str, unit: str = "", noun: str = "") -> Value:
    """The value of a claim of this kind; raises ValueError that says which forms there are."""
    if kind in _CATEGORY:
        return _read_number(kind, text, unit, noun)
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(text)
    return TextValue(text=text, words=content_words(text))


def _read_number(kind: Kind, text: str, unit: str, noun: str) -> NumberValue:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError("such as 12, 12..15, about 12, over 12, under 12, at least 12 or at most 12")
    low = float(found["low"].replace(",", ""))
    high = float(found["high"].replace(",", "")) if found["high"] else low
    if high < low and kind is not Kind.VOTE:  # a vote's two numbers are two sides
        raise ValueError("the low end of a range comes first")
    bound = _BOUNDS[(found["bound"] or "").strip()]
    return NumberValue(low=low, high=high, bound=bound, unit=unit, noun=noun, category=_CATEGORY[kind])


def _read_time(text: str) -> TimeValue:
    if (length := _DURATION.fullmatch(text)) is not None:
        unit = _DATE_UNITS[length["unit"]] if length["unit"] else _TIME_UNITS[length["part"]]
        return TimeValue("DURATION", text, unit, amount=float(length["days"] or length["hours"]), unit=unit)
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError("such as 2025, 2025-06, 2025-06-02, 2025-06-02T14:30, before 2025-06-02, P3D or PT2H")
    iso = found["iso"]
    if iso.startswith("9999"):
        raise ValueError("a year before 9999")
    start, end, granularity = _interval(iso)
    return TimeValue("TIME" if "T" in iso else "DATE", iso, granularity, start, end, _MODIFIERS.get(found["mod"] or ""))


def _interval(iso: str) -> tuple[datetime, datetime, str]:
    """The first moment, the end and the granularity; raises ValueError for a day that is none."""
    if "T" in iso:
        start = datetime.fromisoformat(iso)
        return start, start + timedelta(minutes=1), "minute"
    start = datetime.fromisoformat(iso + "-01-01"[3 * iso.count("-") :])
    match iso.count("-"):
        case 2:
            return start, start + timedelta(days=1), "day"
        case 1:
            return start, (start + timedelta(days=31)).replace(day=1), "month"
        case _:
            return start, start.replace(year=start.year + 1), "year"


def _read_place(text: str) -> PlaceValue:
    name, *containers = (part.strip() for part in text.split(","))
    known = look_up(name)
    if known is not None and not containers:
        return known
    level: Literal["address", "city", "unknown"] = "city" if containers else "unknown"
    if name[:1].isdigit() or street_words().intersection(place_words(name)):
        level = "address"
    return PlaceValue(name=name, containers=tuple(containers), level=level)


def _read_name(text: str) -> NameValue:
    return parse_name(text)


_READERS: dict[Kind, Callable[[str], Value]] = {
    Kind.DATE: _read_time,
    Kind.TIME: _read_time,
    Kind.DURATION: _read_time,
    Kind.LOCATION: _read_place,
    Kind.PERSON_NAME: _read_name,
    Kind.LEADER: _read_name,
    Kind.PARTICIPANT: _read_name,
}
