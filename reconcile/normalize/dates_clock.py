"""Resolves times of the day ("9:15 p.m. Monday", "noon", "0735 GMT", "5 to 8 p.m.") on the day they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from reconcile.model import TimeValue
from reconcile.normalize.dates_context import Anchor, TimeContext, make_point, modifier_of
from reconcile.normalize.dates_words import fold, read_count, time_words
from reconcile.normalize.timex import read_period

Parts = Mapping[str, str]
_FINE = ("day", "day part", "hour", "minute")
_LATE_PARTS = ("AF", "EV", "NI")


def resolve_clock(parts: Parts, context: TimeContext) -> TimeValue | None:
    """A time of day; where neither a.m. nor p.m. is told, both are kept as readings."""
    hour, minute = _hour_and_minute(parts)
    if not 0 <= hour <= 24 or not 0 <= minute <= 59:
        return None
    modifier = modifier_of(parts.get("bound"))
    hours = _hours(hour, parts, context, modifier)
    if not hours:
        return None
    day, anchor, confidence = _day_of(context)
    stamps = [f"{day}T{h:02}:{minute:02}" for h in hours]
    confidence = confidence if len(stamps) == 1 else confidence * 0.6
    value = make_point(stamps[0], anchor, confidence, tuple((s, 0.4) for s in stamps[1:]), modifier)
    return _with_range(value, parts)


def _hour_and_minute(parts: Parts) -> tuple[int, int]:
    if "named" in parts:
        return time_words().clock_words[fold(parts["named"])], 0
    if "military" in parts:
        return int(parts["military"][:2]), int(parts["military"][2:])
    return int(read_count(parts["hour"]) or 0), int(parts.get("minute", "0"))


def _hours(hour: int, parts: Parts, context: TimeContext, modifier: str | None) -> list[int]:
    """The hours of the day that may be meant, the likeliest first."""
    if "named" in parts:
        # Midnight ends a day in most notices, but "after midnight Sunday" opens it.
        return [hour] if hour else [0, 24] if modifier == "AFTER" else [24, 0]
    if "ap" in parts:
        if not 1 <= hour <= 12:
            return []
        return [hour % 12 + (12 if fold(parts["ap"])[0] == "p" else 0)]
    if "military" in parts or "zone" in parts or hour > 12 or parts.get("hour", "").startswith("0"):
        return [hour]
    part = time_words().day_parts.get(fold(parts.get("part", ""))) or _part_nearby(context)
    if part:
        return [hour % 12 + (12 if part in _LATE_PARTS else 0)]
    # Nobody says: from seven to eleven the morning is likelier, otherwise the afternoon and the evening.
    likelier = 0 if 7 <= hour <= 11 else 12
    return [hour % 12 + likelier, hour % 12 + 12 - likelier]


def _part_nearby(context: TimeContext) -> str | None:
    if context.nearby and context.nearby.granularity == "day part":
        return context.nearby.timex[-2:]
    return None


def _day_of(context: TimeContext) -> tuple[str, Anchor, float]:
    for told, confidence in ((context.nearby, 0.9), (context.reference, 0.65)):
        if told is not None and told.granularity in _FINE:
            return told.start.date().isoformat(), "narrative", confidence
    now = context.day()
    return (now.isoformat(), "published", 0.6) if now else ("XXXX-XX-XX", "none", 0.4)


def _with_range(value: TimeValue, parts: Parts) -> TimeValue:
    """The interval from the first hour to the second of "5 to 8 p.m."; the value keeps the first."""
    if "hour0" not in parts or value.start is None:
        return value
    first = int(parts["hour0"]) % 12 + (12 if fold(parts.get("ap0", parts["ap"]))[0] == "p" else 0)
    start = value.start.replace(hour=first, minute=int(parts.get("minute0", "0")))
    if start > value.start:
        start = start - timedelta(hours=12) if "ap0" not in parts else start
    end = value.start if value.start > start else value.start + timedelta(days=1)
    timex = start.strftime("%Y-%m-%dT%H:%M")
    if read_period(timex) is None:
        return value
    return replace(value, timex=timex, start=start, end=end, granularity="hour")
