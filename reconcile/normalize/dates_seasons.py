"""Resolves seasons, holidays and the end of the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from reconcile.model import TimeValue
from reconcile.normalize.dates_context import TimeContext, make_point, modifier_of, narrow
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
    name = fold(parts["holiday"])
    rel = fold(parts.get("rel", ""))
    year: int | None = int(parts["year"]) if "year" in parts else None
    confidence, anchor = 0.95, "explicit"
    if year is None:
        now = context.day() or context.month()
        if now is None:
            return make_point("XXXX-XX-XX", "none", 0.3)
        middle = holiday(name, now.year)
        if middle is None:
            return None
        if rel:
            year = now.year + ((middle <= now) if rel == "next" else -(middle >= now) if rel == "last" else 0)
        else:
            year = nearest_year(middle.month, middle.day, context)[0] or now.year
        confidence, anchor = 0.85, "published"
    day = holiday(name, year)
    if day is None:
        return None
    timex = day.isoformat()
    unit = fold(parts.get("unit", ""))
    if unit in ("week", "weekend"):
        timex = period_at(day, "W") + ("-WE" if unit == "weekend" else "")
    elif unit:
        timex += "T" + time_words().day_parts[unit]
    return make_point(timex, "explicit" if anchor == "explicit" else "published", confidence)


def resolve_year_end(parts: Parts, context: TimeContext) -> TimeValue | None:
    year = int(parts["year"]) if "year" in parts else context.year()
    if year is None:
        return make_point("XXXX-12-31", "none", 0.3)
    shift = {"last": -1, "next": 1}.get(fold(parts.get("rel", "")), 0)
    return make_point(f"{year + shift:04}-12-31", "explicit" if "year" in parts else "published", 0.85)
