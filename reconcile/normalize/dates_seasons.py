"""Resolves seasons, holidays and the end of the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from reconcile.model import TimeValue
from reconcile.normalize.dates_context import Anchor, TimeContext, make_point, modifier_of, narrow
from reconcile.normalize.dates_words import fold, read_spelled_year, time_words
from reconcile.normalize.dates_years import nearest_year, year_from_words
from reconcile.normalize.timex import holiday, period_at

Parts = Mapping[str, str]
_SETS = ("each", "every")


def resolve_season(parts: Parts, context: TimeContext) -> TimeValue | None:
    code = time_words().seasons[fold(parts["season"])]
    rel = fold(parts.get("rel", "")).removeprefix("the ")
    modifier = modifier_of(parts.get("mod") or parts.get("mod2"))
    if rel in _SETS:
        return replace(make_point(f"XXXX-{code}"), type="SET", granularity="season")
    if "year" in parts or "spelled" in parts:
        year = int(parts["year"]) if "year" in parts else read_spelled_year(parts["spelled"])
        return narrow(make_point(f"{year}-{code}", "explicit", 0.95), modifier)
    if "relyear" in parts and (known := year_from_words(parts["relyear"], context)) is not None:
        return narrow(make_point(f"{known}-{code}"), modifier)
    now = context.month()
    if now is None:
        return make_point(f"XXXX-{code}", "none", 0.3)
    return narrow(make_point(f"{_season_year(code, rel, now, context)}-{code}", "published", 0.8), modifier)


def _season_year(code: str, rel: str, now: date, context: TimeContext) -> int:
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    if rel in ("last", "past", "this past", "previous"):
        over = date(now.year, first, 1) + timedelta(days=80)
        return now.year if over <= now else now.year - 1
    if rel in ("next", "coming", "this coming", "upcoming") or context.tense == "future":
        return now.year + (now.month > first + 2)
    if rel in ("this", "current"):
        return now.year - (code == "WI" and now.month <= 3)
    return now.year if first <= now.month else now.year - 1


def resolve_holiday(parts: Parts, context: TimeContext) -> TimeValue | None:
    """A holiday by its year, told or implied, with the part of the day or the weekend named with it."""
    name = fold(parts["holiday"])
    year, confidence = _holiday_year(name, parts, context)
    if year is None:
        return make_point("XXXX-XX-XX", "none", 0.3)
    day = holiday(name, year)
    if day is None:
        return None
    timex = day.isoformat()
    unit = fold(parts.get("unit", ""))
    if unit in ("week", "weekend"):
        timex = period_at(day, "W") + ("-WE" if unit == "weekend" else "")
    elif unit:
        timex += "T" + time_words().day_parts[unit]
    return make_point(timex, "explicit" if "year" in parts else "published", confidence)


def _holiday_year(name: str, parts: Parts, context: TimeContext) -> tuple[int | None, float]:
    if "year" in parts:
        return int(parts["year"]), 0.95
    if "relyear" in parts and (told := year_from_words(parts["relyear"], context)) is not None:
        return told, 0.9
    now = context.day() or context.month()
    middle = holiday(name, now.year) if now else None
    if now is None or middle is None:
        return None, 0.0
    match fold(parts.get("rel", "")):
        case "next":
            return now.year + (middle <= now), 0.85
        case "last":
            return now.year - (middle >= now), 0.85
        case "this" | "this past":
            return now.year, 0.85
        case _ if context.tense == "past" and not fold(parts.get("unit", "")).startswith("week"):
            return now.year - (middle > now), 0.8
        case _:
            return nearest_year(middle.month, middle.day, context)[0], 0.8


def resolve_year_end(parts: Parts, context: TimeContext) -> TimeValue | None:
    """ "year-end" is the year's last day; "year's end" is its last part, as "the end of the year" is."""
    year = int(parts["year"]) if "year" in parts else context.year()
    if year is None:
        return make_point("XXXX-12-31", "none", 0.3)
    since = "year" not in parts and context.preposition == "since"  # what has been going on began a year ago at most
    shift = -1 if since else {"last": -1, "next": 1}.get(fold(parts.get("rel", "")), 0)
    anchor: Anchor = "explicit" if "year" in parts else "published"
    if "hyphen" not in parts:
        return narrow(make_point(f"{year + shift:04}", anchor, 0.85), "END")
    return make_point(f"{year + shift:04}-12-31", anchor, 0.85)
