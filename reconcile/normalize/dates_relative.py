"""Resolves weekdays, "yesterday", "last week", "the next day", "that night": what is told relative to another day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from reconcile.model import TimeValue
from reconcile.normalize.dates_context import (
    Anchor,
    TimeContext,
    code_of,
    make_duration,
    make_point,
    modifier_of,
    narrow,
)
from reconcile.normalize.dates_words import fold, time_words
from reconcile.normalize.timex import move, period_at, week_of

Parts = Mapping[str, str]

_BACK = frozenset({"last", "past", "this past", "previous", "prior", "preceding"})
_ON = frozenset({"next", "coming", "this coming", "upcoming", "following"})
_SET = frozenset({"each", "every", "every other", "alternate"})
_TOLD = frozenset({"previous", "prior", "preceding", "following", "same", "that", "very same"})


def resolve_weekday(parts: Parts, context: TimeContext) -> TimeValue | None:
    """A weekday by the article's day and the tense: past and untensed ones lie before, planned ones after."""
    number = time_words().weekdays[fold(parts["weekday"]).rstrip(".")]
    rel = fold(parts.get("rel", "")).removeprefix("the ")
    said = fold(parts.get("part") or parts.get("parts") or "")
    part = "T" + time_words().day_parts[said] if said else ""
    modifier = modifier_of(parts.get("mod") or parts.get("mod2"))
    if "plural" in parts or rel in _SET or said.endswith("s"):
        return replace(make_point(f"XXXX-WXX-{number}{part}", "none", 0.8), type="SET", granularity="day")
    if rel in _TOLD and context.reference is not None:
        told = _told_weekday(number, rel, context.reference.start.date())
        return narrow(make_point(told.isoformat() + part, "narrative", 0.75), modifier)
    now = context.day()
    if now is None:
        return make_point(f"XXXX-WXX-{number}{part}", "none", 0.3)
    if "relweek" in parts:
        shift = {"last": -7, "this": 0, "next": 7}[fold(parts["relweek"]).split()[0]]
        day = now - timedelta(days=now.isoweekday() - number) + timedelta(days=shift)
        return narrow(make_point(day.isoformat() + part, "published", 0.95), modifier)
    days, confidence, others = _weekday_by_tense(number, rel, now, context)
    alternatives = tuple(((now + timedelta(days=d)).isoformat() + part, w) for d, w in others)
    return narrow(
        make_point((now + timedelta(days=days)).isoformat() + part, "published", confidence, alternatives), modifier
    )


def _told_weekday(number: int, rel: str, told: date) -> date:
    ahead = (number - told.isoweekday()) % 7
    if rel == "following":
        return told + timedelta(days=ahead or 7)
    if rel in ("same", "that", "very same"):
        return told + timedelta(days=ahead)
    return told - timedelta(days=7 - ahead if ahead else 7)


def _weekday_by_tense(
    number: int, rel: str, now: date, context: TimeContext
) -> tuple[int, float, tuple[tuple[int, float], ...]]:
    """Days from the article's day, how sure, and the other readings as (days, weight)."""
    back = (now.isoweekday() - number) % 7
    on = (number - now.isoweekday()) % 7
    if rel in _BACK:
        days, other = _not_next_door(back or 7)
        return -days, 0.8, ((-other, 0.2),)
    if rel == "next":
        days, other = _not_next_door(on or 7)
        return days, 0.75, ((other, 0.25),)
    if rel in _ON:
        return on or 7, 0.9, ()
    if back == 0:
        return 0, 0.9, ()
    if context.is_over:
        return -back, 0.9, ((on, 0.1),)
    if context.tense == "future" or rel == "this" or context.preposition in ("as soon as", "as early as"):
        return on, 0.85, ((-back, 0.15),)
    if context.tense == "past":
        return -back, 0.9, ((on, 0.1),)
    return -back, 0.7, ((on, 0.3),)


def _not_next_door(days: int) -> tuple[int, int]:
    """The days meant by "last" or "next" with a weekday, and the other reading: nobody calls tomorrow "next Friday"."""
    return (days + 7, days) if days == 1 else (days, days + 7)


def resolve_day(parts: Parts, context: TimeContext) -> TimeValue | None:
    """ "today", "yesterday", "tonight", "overnight" and kin, with the part of the day where given."""
    word = fold(parts["day"])
    part = "T" + time_words().day_parts[fold(parts["part"])] if "part" in parts else ""
    if word in ("tonight", "overnight"):
        part = "TNI"
    modifier = modifier_of(parts.get("mod"))
    now = context.day()
    if now is None:
        return make_point("XXXX-XX-XX" + part, "none", 0.3)
    shift = {"yesterday": -1, "tomorrow": 1}.get(word, -2 if "before" in word else 2 if "after" in word else 0)
    value = make_point((now + timedelta(days=shift)).isoformat() + part, "published", 0.9)
    return narrow(value, modifier)


def resolve_day_part(parts: Parts, context: TimeContext) -> TimeValue | None:
    """ "that night", "in the morning", "early morning", "later in the day": on the day last told."""
    told = context.nearby or context.reference
    modifier = modifier_of(parts.get("mod"))
    unit = fold(parts.get("unit") or parts.get("part") or "")
    code = time_words().day_parts.get(unit)
    base = told.start.date() if told and told.granularity in ("day", "day part", "hour", "minute") else context.day()
    anchor: Anchor = "narrative" if told and told.start.date() == base else "published"
    if "day" in parts and (day := resolve_day({"day": parts["day"]}, context)) is not None and day.start is not None:
        base, anchor = day.start.date(), "published"
    if code is None and unit != "day":
        return _resolve_that_unit(unit, modifier, context)
    suffix = f"T{code}" if code else ""
    if base is None:
        return make_point("XXXX-XX-XX" + suffix, "none", 0.3)
    return narrow(make_point(base.isoformat() + suffix, anchor, 0.7), modifier)


def _resolve_that_unit(unit: str, modifier: str | None, context: TimeContext) -> TimeValue:
    base = context.reference.start.date() if context.reference else context.month()
    if base is None:
        return make_point("XXXX", "none", 0.3)
    return narrow(
        make_point(period_at(base, code_of(unit)), "narrative" if context.reference else "published", 0.75), modifier
    )


def resolve_unit(parts: Parts, context: TimeContext) -> TimeValue | None:
    """ "last week", "this year", "the following day", "next summer", "this morning", "the weekend"."""
    unit = fold(parts["unit"])
    rel = fold(parts["rel"])
    bare_rel = rel.removeprefix("the ") or "the"
    modifier = modifier_of(parts.get("mod"))
    if "ended" in parts or rel in ("the past", "past") or (rel == "the last" and unit != "weekend"):
        return make_duration(1, code_of(unit)) if code_of(unit) else None
    if "before" in parts:
        return _before(code_of(unit), "last" in fold(parts["before"]), context)
    if unit in time_words().day_parts:
        return narrow(_part_of(unit, bare_rel, context), modifier)
    if unit == "weekend":
        return _weekend(bare_rel, context)
    base, anchor = _base(rel, bare_rel, context)
    code = code_of(unit)
    if base is None or not code:
        return make_point("XXXX-XX-XX" if code == "D" else f"XXXX-{code}XX", "none", 0.3) if code else None
    shift = -1 if bare_rel in _BACK else 1 if bare_rel in _ON else 0
    if code == "W" and base.isoweekday() == 7 and bare_rel == "this" and context.tense == "future":
        shift = 1  # On a Sunday, what is planned for "this week" is planned for the week that begins.
    value = make_point(period_at(move(base, shift, code), code), anchor, 0.85 if anchor == "published" else 0.7)
    return narrow(value, modifier)


def _before(code: str, last: bool, context: TimeContext) -> TimeValue:
    """ "the week before last" counts from the article's day, "the year before" from the time last told."""
    told = context.reference.start.date() if context.reference is not None else None
    base = context.day() or context.month() if last else told
    if base is None:
        return make_point(f"XXXX-{code}XX", "none", 0.3)
    return make_point(period_at(move(base, -2 if last else -1, code), code), "published" if last else "narrative", 0.8)


def _base(rel: str, bare_rel: str, context: TimeContext) -> tuple[date | None, Anchor]:
    """The day to count from: the one last told for "the next", "that" and kin, else the article's."""
    told = bare_rel in _TOLD or rel in ("the next", "the very next")
    if told and context.reference is not None:
        return context.reference.start.date(), "narrative"
    if told and context.tense == "past" and bare_rel in _ON:
        return None, "none"  # What followed a day that is not told cannot be counted from the article's own.
    return context.day() or context.month(), "published"


def _part_of(unit: str, rel: str, context: TimeContext) -> TimeValue:
    code = time_words().day_parts[unit]
    base, anchor = _base(rel, rel, context)
    if rel == "the" and context.nearby is not None:
        base, anchor = context.nearby.start.date(), "narrative"
    if base is None:
        return make_point(f"XXXX-XX-XXT{code}", "none", 0.3)
    shift = -1 if rel in _BACK else 1 if rel in _ON else 0
    return make_point((base + timedelta(days=shift)).isoformat() + f"T{code}", anchor, 0.85 if rel != "the" else 0.6)


def _weekend(rel: str, context: TimeContext) -> TimeValue:
    now = context.day()
    if now is None:
        return make_point("XXXX-WXX-WE", "none", 0.3)
    week = now - timedelta(days=now.isoweekday() - 1)
    in_weekend = now.isoweekday() >= 6
    if rel in _BACK:
        week -= timedelta(days=7)
    elif rel == "next":
        week += timedelta(days=7)
    elif rel in _ON:
        week += timedelta(days=7 if in_weekend else 0)
    elif context.preposition != "ahead of" and (rel == "the" or (rel == "this" and context.tense == "past")):
        week -= timedelta(days=0 if in_weekend or context.tense == "future" else 7)
    return make_point(week_of(week) + "-WE", "published", 0.8 if rel != "the" else 0.7)
