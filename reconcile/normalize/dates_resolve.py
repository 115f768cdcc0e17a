"""From a time expression and its context to its value: which day, month, year or quarter is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from reconcile.model import TimeValue
from reconcile.normalize.dates_clock import resolve_clock
from reconcile.normalize.dates_context import TimeContext, make_point, modifier_of, narrow
from reconcile.normalize.dates_lengths import resolve_bare, resolve_duration, resolve_offset, resolve_set
from reconcile.normalize.dates_scan import Expression, scan
from reconcile.normalize.dates_quarters import resolve_quarter, resolve_year_ago
from reconcile.normalize.dates_relative import resolve_day, resolve_day_part, resolve_unit, resolve_weekday
from reconcile.normalize.dates_words import fold, read_ordinal, read_spelled_year, time_words
from reconcile.normalize.timex import Period, holiday, period_at, read_period

Parts = Mapping[str, str]
_SETS = ("each", "every", "alternate")


def resolve(expression: Expression, context: TimeContext) -> TimeValue | None:
    """The value of an expression; None where its words turn out to be no time ("February 30")."""
    try:
        return _RESOLVERS[expression.kind](expression.parts, context)
    except (ValueError, OverflowError):
        return None


def read_year(words: str) -> int:
    """A year in digits; two digits mean the century that puts it between 1930 and 2029."""
    digits = int(words.lstrip("'’"))
    if len(words.lstrip("'’")) > 2:
        return digits
    return digits + (2000 if digits < 30 else 1900)


def year_from_words(words: str, context: TimeContext) -> int | None:
    """ "last year", "that year", "next month" … as a year."""
    text = fold(words)
    base = context.reference.start.year if context.reference and text.startswith(("that", "the")) else context.year()
    if base is None:
        return None
    return base + (-1 if "last" in text or "previous" in text else 1 if "next" in text or "following" in text else 0)


_SOON = 65
"""Within so many days the nearer reading of a day without a year wins over the tense: nobody leaves the year out eleven months on."""


def nearest_year(month: int, day: int, context: TimeContext) -> tuple[int | None, float]:
    """The year of a day given without one, by the tense and by what is near, with how sure that is."""
    now = context.day() or context.month()
    if now is None:
        return context.year(), 0.5 if context.year() else 0.0
    days = [date(y, month, min(day, 28)) for y in (now.year - 1, now.year, now.year + 1)]
    behind = max(d for d in days if (d.year, month, day) <= (now.year, now.month, now.day))
    ahead = min(d for d in days if (d.year, month, day) >= (now.year, now.month, now.day))
    to_behind, to_ahead = (now - behind).days, (ahead - now).days
    if context.preposition == "since" or (context.preposition == "from" and context.tense != "future"):
        return behind.year, 0.9
    if context.tense == "future" or _is_ahead(context):
        return (behind.year, 0.7) if to_behind < _SOON < to_ahead - 180 else (ahead.year, 0.85)
    if context.tense == "past":
        return (ahead.year, 0.7) if to_ahead < _SOON else (behind.year, 0.9)
    return (behind.year if to_behind <= to_ahead + 120 and to_ahead >= _SOON else min(behind, ahead, key=lambda d: abs((d - now).days)).year), 0.75


def _resolve_calendar(parts: Parts, context: TimeContext) -> TimeValue | None:
    month = time_words().months[fold(parts["month"]).rstrip(".")]
    day = read_ordinal(parts["day"]) or 0
    if not 1 <= day <= 31:
        return None
    weekday = time_words().weekdays.get(fold(parts.get("weekday", "")).rstrip("."))
    if "year" in parts:
        return _checked(narrow(make_point(f"{parts['year']}-{month:02}-{day:02}", "explicit", 1.0), modifier_of(parts.get("mod"))), weekday)
    year = year_from_words(parts["relyear"], context) if "relyear" in parts else None
    confidence = 0.95
    if year is None:
        year, confidence = nearest_year(month, day, context)
        year, confidence = _agree_with_weekday(year, confidence, month, day, weekday)
    if year is None:
        return make_point(f"XXXX-{month:02}-{day:02}", "none", 0.3)
    point = make_point(f"{year}-{month:02}-{day:02}", "published", confidence, _other_years(year, month, day, confidence))
    return narrow(point, modifier_of(parts.get("mod"))) if point.start else None


def _is_ahead(context: TimeContext) -> bool:
    """Whether the preposition opens onto what is still to come, whatever the verb's tense."""
    return context.preposition in ("until", "till", "by")


def _other_years(year: int, month: int, day: int, confidence: float) -> tuple[tuple[str, float], ...]:
    if confidence >= 0.8:
        return ()
    return tuple((f"{year + shift}-{month:02}-{day:02}", round((1 - confidence) / 2, 2)) for shift in (-1, 1))


def _agree_with_weekday(year: int | None, confidence: float, month: int, day: int, weekday: int | None) -> tuple[int | None, float]:
    """Another year within two, where the weekday given beside the date asks for it."""
    if year is None or weekday is None:
        return year, confidence
    for candidate in (year, year - 1, year + 1, year - 2, year + 2):
        period = read_period(f"{candidate}-{month:02}-{day:02}")
        if period and period.start.isoweekday() == weekday:
            return candidate, 0.95
    return year, 0.5


def _checked(value: TimeValue, weekday: int | None) -> TimeValue | None:
    if value.start is None:
        return None
    if weekday is not None and value.start.isoweekday() != weekday:
        return replace(value, confidence=0.6)
    return value


def _resolve_numeric(parts: Parts, context: TimeContext) -> TimeValue | None:
    if "iso" in parts:
        clock = f"T{parts['hour']}:{parts['minute']}" if "hour" in parts else ""
        value = make_point(parts["iso"] + clock, "explicit", 1.0)
        return value if value.start else None
    first, second, year = int(parts["first"]), int(parts["second"]), read_year(parts["year"])
    american = f"{year}-{first:02}-{second:02}"
    european = f"{year}-{second:02}-{first:02}"
    orders = [t for t in (american, european) if read_period(t)]
    if parts["sep"] == ".":
        orders.reverse()
    if not orders:
        return None
    if len(orders) == 1 or american == european:
        return make_point(orders[0], "explicit", 0.95)
    return make_point(orders[0], "explicit", 0.6, ((orders[1], 0.4),))


def _resolve_month(parts: Parts, context: TimeContext) -> TimeValue | None:
    month = time_words().months[fold(parts["month"]).rstrip(".")]
    modifier = modifier_of(parts.get("mod"))
    rel = fold(parts.get("rel", ""))
    if rel in _SETS:
        return replace(make_point(f"XXXX-{month:02}"), type="SET", granularity="month")
    if "year" in parts:
        return narrow(make_point(f"{read_year(parts['year']):04}-{month:02}", "explicit", 1.0), modifier)
    year, confidence = _month_year(month, rel, parts, context)
    if year is None:
        return make_point(f"XXXX-{month:02}", "none", 0.3)
    others = () if confidence >= 0.8 else ((f"{year - 1}-{month:02}", 0.15), (f"{year + 1}-{month:02}", 0.15))
    return narrow(make_point(f"{year}-{month:02}", "published", confidence, others), modifier)


def _month_year(month: int, rel: str, parts: Parts, context: TimeContext) -> tuple[int | None, float]:
    now = context.month()
    if "relyear" in parts and (year := year_from_words(parts["relyear"], context)) is not None:
        return year, 0.95
    if now is None:
        return context.year(), 0.4 if context.year() else 0.0
    word = rel.removeprefix("the ")
    if word in ("last", "past", "this past", "previous"):
        return now.year - (month >= now.month), 0.9
    if word in ("next", "coming", "this coming", "upcoming"):
        return now.year + (month <= now.month), 0.85
    if word in ("this", "current", "same"):
        return now.year, 0.85
    if word == "following" and context.reference:
        return context.reference.start.year + (month <= context.reference.start.month), 0.7
    if context.preposition == "since" or (context.preposition == "from" and context.tense != "future"):
        return now.year - (month > now.month), 0.9
    behind, ahead = (now.month - month) % 12, (month - now.month) % 12
    if context.tense == "future" or _is_ahead(context):
        wants_ahead = behind > 1
    elif context.tense == "past":
        wants_ahead = ahead == 1
    else:
        wants_ahead = ahead < behind and ahead <= 4
    shift = month < now.month if wants_ahead else -(month > now.month)
    return now.year + shift, 0.85 if context.tense else 0.7


def _resolve_year(parts: Parts, context: TimeContext) -> TimeValue | None:
    if "spelled" in parts:
        year = read_spelled_year(parts["spelled"])
        return make_point(f"{year:04}", "explicit", 0.9) if year and 1400 <= year < 2100 else None
    year = read_year(parts["year"])
    return narrow(make_point(f"{year:04}", "explicit", 0.95), modifier_of(parts.get("mod")))


_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def _resolve_decade(parts: Parts, context: TimeContext) -> TimeValue | None:
    word = fold(parts["decade"])
    if word in _DECADES:
        decade = 192 + _DECADES.index(word)
    else:
        digits = word.lstrip("'")
        decade = int(digits) // 10 if len(digits) == 4 else int(digits) // 10 + (200 if int(digits) < 20 else 190)
    return narrow(make_point(f"{decade:03}", "explicit", 0.95), modifier_of(parts.get("mod")))


def _resolve_century(parts: Parts, context: TimeContext) -> TimeValue | None:
    ordinal = read_ordinal(parts["ordinal"])
    if not ordinal or ordinal > 30:
        return None
    return narrow(make_point(f"{ordinal - 1:02}", "explicit", 0.95), modifier_of(parts.get("mod")))


def _resolve_season(parts: Parts, context: TimeContext) -> TimeValue | None:
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


def _resolve_holiday(parts: Parts, context: TimeContext) -> TimeValue | None:
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


def _resolve_year_end(parts: Parts, context: TimeContext) -> TimeValue | None:
    year = int(parts["year"]) if "year" in parts else context.year()
    if year is None:
        return make_point("XXXX-12-31", "none", 0.3)
    shift = {"last": -1, "next": 1}.get(fold(parts.get("rel", "")), 0)
    return make_point(f"{year + shift:04}-12-31", "explicit" if "year" in parts else "published", 0.85)


def _resolve_reference(parts: Parts, context: TimeContext) -> TimeValue | None:
    return make_point(time_words().references[fold(parts["reference"])], "none", 0.4)


def _resolve_clock_with_date(parts: Parts, context: TimeContext) -> TimeValue | None:
    """A time of day with its day inside the same words ("9 a.m. Tuesday")."""
    for expression in scan(parts.get("date", ""))[:1]:
        day = resolve(expression, context)
        if day is not None and day.start is not None and day.end is not None:
            context = replace(context, nearby=Period(day.timex, day.start, day.end, day.granularity))
    return resolve_clock(parts, context)


_RESOLVERS: Mapping[str, Callable[[Parts, TimeContext], TimeValue | None]] = {
    "calendar": _resolve_calendar,
    "numeric": _resolve_numeric,
    "month": _resolve_month,
    "year": _resolve_year,
    "decade": _resolve_decade,
    "century": _resolve_century,
    "season": _resolve_season,
    "holiday": _resolve_holiday,
    "yearend": _resolve_year_end,
    "reference": _resolve_reference,
    "quarter": resolve_quarter,
    "yearago": resolve_year_ago,
    "weekday": resolve_weekday,
    "day": resolve_day,
    "part": resolve_day_part,
    "daymod": resolve_day_part,
    "unit": resolve_unit,
    "offset": resolve_offset,
    "duration": resolve_duration,
    "bare": resolve_bare,
    "set": resolve_set,
    "frequency": resolve_set,
    "clock": _resolve_clock_with_date,
}
