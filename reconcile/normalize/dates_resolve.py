"""From a time expression and its context to its value: which day, month, year or quarter is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from reconcile.model import TimeValue
from reconcile.normalize.dates_clock import resolve_clock
from reconcile.normalize.dates_context import TimeContext, make_point, modifier_of, narrow
from reconcile.normalize.dates_lengths import resolve_bare, resolve_duration, resolve_offset, resolve_set
from reconcile.normalize.dates_order import DOTTED, by_nearness
from reconcile.normalize.dates_quarters import resolve_quarter, resolve_year_ago
from reconcile.normalize.dates_relative import resolve_day, resolve_day_part, resolve_unit, resolve_weekday
from reconcile.normalize.dates_scan import Expression, scan
from reconcile.normalize.dates_seasons import resolve_holiday, resolve_season, resolve_year_end
from reconcile.normalize.dates_words import fold, read_ordinal, read_spelled_year, time_words
from reconcile.normalize.dates_years import is_ahead, nearest_year, read_year, year_from_words
from reconcile.normalize.timex import Period, read_period, week_of

Parts = Mapping[str, str]
_SETS = ("each", "every", "alternate")


def resolve(expression: Expression, context: TimeContext) -> TimeValue | None:
    """The value of an expression; None where its words turn out to be no time ("February 30")."""
    try:
        return _RESOLVERS[expression.kind](expression.parts, context)
    except (ValueError, OverflowError):
        return None


def _resolve_calendar(parts: Parts, context: TimeContext) -> TimeValue | None:
    """A day of a month, or the week that holds it ("the week of June 5")."""
    value = _resolve_day_of_month(parts, context)
    if value is None or value.start is None or "week" not in parts:
        return value
    return make_point(week_of(value.start.date()), value.anchor, value.confidence)


def _resolve_day_of_month(parts: Parts, context: TimeContext) -> TimeValue | None:
    month = time_words().months[fold(parts["month"]).rstrip(".")]
    day = read_ordinal(parts["day"]) or 0
    if not 1 <= day <= 31:
        return None
    weekday = time_words().weekdays.get(fold(parts.get("weekday", "")).rstrip("."))
    if "year" in parts:
        return _checked(
            narrow(make_point(f"{parts['year']}-{month:02}-{day:02}", "explicit", 1.0), modifier_of(parts.get("mod"))),
            weekday,
        )
    year = year_from_words(parts["relyear"], context) if "relyear" in parts else None
    confidence = 0.95
    if year is None and (told := context.years.get((month, day))):
        year, confidence = told, 0.9
    if year is None:
        year, confidence = nearest_year(month, day, context)
        year, confidence = _agree_with_weekday(year, confidence, month, day, weekday)
    if year is None:
        return make_point(f"XXXX-{month:02}-{day:02}", "none", 0.3)
    point = make_point(
        f"{year}-{month:02}-{day:02}", "published", confidence, _other_years(year, month, day, confidence)
    )
    return narrow(point, modifier_of(parts.get("mod"))) if point.start else None


def _other_years(year: int, month: int, day: int, confidence: float) -> tuple[tuple[str, float], ...]:
    if confidence >= 0.8:
        return ()
    return tuple((f"{year + shift}-{month:02}-{day:02}", round((1 - confidence) / 2, 2)) for shift in (-1, 1))


def _agree_with_weekday(
    year: int | None, confidence: float, month: int, day: int, weekday: int | None
) -> tuple[int | None, float]:
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
    orders = [t for t in (european, american) if read_period(t)]
    if not orders:
        return None
    if len(orders) == 1 or american == european:
        return make_point(orders[0], "explicit", 0.95)
    stated = max(context.day_first, DOTTED) if parts["sep"] == "." else context.day_first
    weight = by_nearness(stated, (date.fromisoformat(european), date.fromisoformat(american)), context.day())
    if weight < 0.5:
        orders, weight = orders[::-1], 1 - weight
    return make_point(orders[0], "explicit", round(weight, 2), ((orders[1], round(1 - weight, 2)),))


def _resolve_month(parts: Parts, context: TimeContext) -> TimeValue | None:
    month = time_words().months[fold(parts["month"]).rstrip(".")]
    modifier = modifier_of(parts.get("mod"))
    rel = fold(parts.get("rel", ""))
    if rel in _SETS:
        return replace(make_point(f"XXXX-{month:02}"), type="SET", granularity="month")
    if "year" in parts:
        return narrow(make_point(f"{read_year(parts['year']):04}-{month:02}", "explicit", 1.0), modifier)
    if spelled := read_spelled_year(parts.get("spelled", "")):
        return narrow(make_point(f"{spelled:04}-{month:02}", "explicit", 0.95), modifier)
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
        next_door = (now.month - month) % 12 == 1  # A month just over would be called "last month".
        return now.year - (month >= now.month) - next_door, 0.6 if next_door else 0.9
    if word in ("next", "coming", "this coming", "upcoming"):
        return now.year + (month <= now.month), 0.85
    if word in ("this", "current", "same"):
        return now.year, 0.85
    if word == "following" and context.reference:
        return context.reference.start.year + (month <= context.reference.start.month), 0.7
    if (
        context.is_over
        or context.preposition == "since"
        or (context.preposition == "from" and context.tense != "future")
    ):
        return now.year - (month > now.month), 0.9
    behind, ahead = (now.month - month) % 12, (month - now.month) % 12
    if context.tense == "future" or is_ahead(context):
        wants_ahead = behind > 2
    elif context.tense == "past" and context.preposition != "through":
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
    "season": resolve_season,
    "holiday": resolve_holiday,
    "yearend": resolve_year_end,
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
