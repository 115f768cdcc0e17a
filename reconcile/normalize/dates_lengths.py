"""Resolves durations ("for three years"), distances ("two days later", "a year ago") and sets ("every month")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from reconcile.model import TimeAlternative, TimeValue
from reconcile.normalize.dates_context import Anchor, TimeContext, code_of, make_duration, make_point, modifier_of
from reconcile.normalize.dates_words import fold, read_count, time_words
from reconcile.normalize.timex import move, period_at, read_period

Parts = Mapping[str, str]
_AUXILIARIES = frozenset({"will", "would", "may", "might", "could", "can", "shall", "should", "must", "to", "'ll"})
_SECONDS = {"TS": 1, "TM": 60, "TH": 3600}


def resolve_duration(parts: Parts, context: TimeContext) -> TimeValue | None:
    """A length of time; None for ages. "in three years" of something planned keeps the day meant as an alternative."""
    if "age" in parts or parts.get("old", "").startswith("old"):
        return None
    unit = code_of(parts["unit"])
    count = _count_of(parts)
    if _is_some_day(parts, context):
        return make_point("FUTURE_REF", "none", 0.4)
    hedge = modifier_of(parts.get("bound")) or ("APPROX" if "count0" in parts else None)
    value = make_duration(count, unit, hedge)
    if context.preposition == "in" and context.tense == "future" and count is not None:
        return _with_end(value, int(count), unit, context)
    return value


def _is_some_day(parts: Parts, context: TimeContext) -> bool:
    """Whether it is the adverb of "she will one day return", no length of time."""
    count, unit = fold(parts.get("count", "")), fold(parts["unit"])
    return (count, unit) == ("one", "day") and context.tense == "future" and context.preposition in _AUXILIARIES


def _count_of(parts: Parts) -> float | None:
    if "count" not in parts:
        return None if fold(parts["unit"]).endswith("s") else 1.0
    count = read_count(parts["count"])
    return count + 0.5 if count is not None and "half" in parts else count


def _with_end(value: TimeValue, count: int, unit: str, context: TimeContext) -> TimeValue:
    now = context.day() or context.month()
    if now is None or unit.startswith("T"):
        return value
    period = read_period(period_at(move(now, count, unit), unit))
    if period is None:
        return value
    return replace(value, alternatives=(TimeAlternative(period.timex, period.start, period.end, 0.5),))


def resolve_bare(parts: Parts, context: TimeContext) -> TimeValue | None:
    """ "for weeks", "in the days before": a length of time whose number is not told."""
    return make_duration(None, code_of(fold(parts["unit"]).split()[0]))


def resolve_set(parts: Parts, context: TimeContext) -> TimeValue | None:
    """ "every day", "each summer", "daily", "every two weeks": TIMEX3 type SET."""
    if "frequency" in parts:
        timex = time_words().frequencies[fold(parts["frequency"])]
        return TimeValue("SET", timex, "set", anchor="none", confidence=0.7)
    unit = fold(parts["unit"])
    words = time_words()
    if unit in words.seasons or unit in words.day_parts:
        code = words.seasons.get(unit) or "XX-XXT" + words.day_parts[unit]
        return TimeValue("SET", f"XXXX-{code}", "set", anchor="none", confidence=0.8)
    if unit in ("weekend", "weekday"):
        return TimeValue("SET", "XXXX-WXX-WE" if unit == "weekend" else "P1D", "set", anchor="none", confidence=0.8)
    other = "other" in fold(parts["each"])
    count = read_count(parts["count"]) if "count" in parts else 2.0 if other else 1.0
    return replace(make_duration(count, code_of(unit)), type="SET", granularity="set", anchor="none", confidence=0.8)


def resolve_offset(parts: Parts, context: TimeContext) -> TimeValue | None:
    """ "two months ago" counts from the article's day; "two days later" from the time last told."""
    shift = fold(parts["shift"])
    count, unit = _count_of(parts), code_of(parts["unit"])
    forward = shift in ("later", "hence", "from now")
    modifier = modifier_of(parts.get("bound"))
    if count is None:
        return _vague_offset(shift, unit, modifier, context)
    from_published = shift in ("ago", "hence", "from now")
    if unit in _SECONDS:
        return _offset_clock(count if forward else -count, unit, from_published, context) or make_duration(
            count, unit, modifier
        )
    steps = round(count) if forward else -round(count)
    if unit == "Y" and count == 1 and (again := _same_quarter(steps, context)):
        return make_point(again, "narrative", 0.7, modifier=modifier)
    base, anchor = _base(from_published, context)
    if shift == "later" and anchor == "published" and context.tense != "future":
        base = None  # What followed a day that is not told cannot be counted from the article's own.
    if base is None:
        return make_duration(count, unit, modifier)
    if count != int(count) and unit == "Y":
        return make_point(
            period_at(move(base, round(12 * (count if forward else -count)), "M"), "M"), anchor, 0.6, modifier="APPROX"
        )
    return _offset_days(base, steps, unit, anchor, modifier)


def _vague_offset(shift: str, unit: str, modifier: str | None, context: TimeContext) -> TimeValue:
    """ "a few years ago" is some time past; "a few days later" is a length of time, unless it lies ahead."""
    if shift in ("later", "earlier") and context.tense != "future":
        return make_duration(None, unit, modifier)
    ahead = shift in ("later", "hence", "from now")
    return make_point("FUTURE_REF" if ahead else "PAST_REF", "none", 0.4, modifier=modifier)


def _offset_days(base: date, steps: int, unit: str, anchor: Anchor, modifier: str | None) -> TimeValue:
    day = move(base, steps, unit)
    if unit == "W" and abs(steps) == 1:
        return make_point(day.isoformat(), anchor, 0.65, ((period_at(day, "W"), 0.35),), modifier or "APPROX")
    confidence = 0.8 if anchor == "published" else 0.65
    return make_point(period_at(day, unit), anchor, confidence, modifier=modifier)


def _same_quarter(steps: int, context: TimeContext) -> str | None:
    """The same quarter of another year, where a quarter is what the text told last."""
    told = context.compared
    if told is None:
        return None
    return f"{int(told.timex[:4]) + steps:04}{told.timex[4:]}"


def _base(from_published: bool, context: TimeContext) -> tuple[date | None, Anchor]:
    if not from_published and context.reference is not None:
        return context.reference.start.date(), "narrative"
    return context.day() or context.month(), "published"


def _offset_clock(count: float, unit: str, from_published: bool, context: TimeContext) -> TimeValue | None:
    """ "two hours later", where the clock time counted from is known to the minute."""
    base: datetime | None = None
    if from_published and context.published is not None and context.published.precision == "minute":
        base = context.published.moment()
    elif not from_published and context.reference is not None and context.reference.granularity == "minute":
        base = context.reference.start
    if base is None:
        return None
    moment = base + timedelta(seconds=count * _SECONDS[unit])
    return make_point(
        moment.strftime("%Y-%m-%dT%H:%M"), "published" if from_published else "narrative", 0.6, modifier="APPROX"
    )
