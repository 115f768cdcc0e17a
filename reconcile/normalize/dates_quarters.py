"""Resolves quarters and halves of a year and the comparison periods of business news ("the year-ago quarter")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from reconcile.model import TimeValue
from reconcile.normalize.dates_context import TimeContext, code_of, make_duration, make_point
from reconcile.normalize.dates_scan import Expression
from reconcile.normalize.dates_words import fold, read_count, time_words
from reconcile.normalize.timex import add_months, period_at

Parts = Mapping[str, str]
_ORDER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
_AGO = ("year-ago", "year-earlier", "last year's")


def resolve_quarter(parts: Parts, context: TimeContext) -> TimeValue | None:
    """A quarter or a half by its number and year, else "the", "last", "next" quarter seen from the article."""
    rel = fold(parts.get("rel", "")).removeprefix("the ")
    if rel in ("each", "every"):
        return replace(make_duration(1, "Q"), type="SET")
    ordinal = fold(parts.get("ordinal", ""))
    if fold(parts.get("unit", "quarter")) == "half":
        return _resolve_half(ordinal, parts, context)
    number = int(ordinal) if ordinal.isdigit() else _ORDER.get(ordinal)
    if number is None:
        return _unnumbered(rel or ordinal, parts, context)
    year, confidence = _quarter_year(number, rel, parts, context)
    if year is None:
        return make_point(f"XXXX-Q{number}", "none", 0.3)
    return make_point(f"{year}-Q{number}", "explicit" if confidence == 1 else "published", confidence)


def _quarter_year(number: int, rel: str, parts: Parts, context: TimeContext) -> tuple[int | None, float]:
    told = parts.get("year") or parts.get("year2")
    if told:
        return int(told), 1.0
    now = context.month()
    if now is None:
        return context.year(), 0.3
    current = (now.month + 2) // 3
    year = now.year
    words = rel + " " + fold(parts.get("relyear", ""))
    if any(a in words for a in _AGO):
        return year - 1, 0.85
    if "last year" in words:
        return year - 1, 0.9
    if "next year" in words:
        return year + 1, 0.9
    if "this year" in words:
        return year, 0.9
    if context.tense == "future" and current == 4 and number == 1:
        return year + 1, 0.7
    if number > current and context.tense != "future":
        return year - 1, 0.6
    return year, 0.8


def _resolve_half(ordinal: str, parts: Parts, context: TimeContext) -> TimeValue | None:
    """A half needs its year beside it: "the first half" alone is as often a match's."""
    if "decade" in parts:
        digits = parts["decade"].lstrip("'’")
        return make_point(digits[:3] if len(digits) == 4 else f"19{digits[0]}", "explicit", 0.8)
    number = 1 if ordinal in ("first", "1st") else 2
    told = parts.get("year") or parts.get("year2")
    if told:
        return make_point(f"{told}-H{number}", "explicit", 1.0)
    words = fold(parts.get("relyear", "")) + fold(parts.get("rel", ""))
    year = context.year()
    if "year" not in words or year is None:
        return None
    return make_point(f"{year + (-1 if 'last' in words else 1 if 'next' in words else 0)}-H{number}", "published", 0.8)


def is_comparison(expression: Expression) -> bool:
    """Whether the expression only tells what figures are compared with: a year ago, the year-ago quarter."""
    parts = expression.parts
    if expression.kind == "offset":
        return code_of(parts["unit"]) == "Y" and read_count(parts["count"]) == 1
    return expression.kind == "yearago" or "year-" in parts.get("rel", "")


def latest_quarter(context: TimeContext) -> str | None:
    """The quarter that the article speaks of: the last one told, else the last one over on its day."""
    if context.quarter is not None:
        return context.quarter.timex
    now = context.month()
    return period_at(add_months(now, -3), "Q") if now else None


def _unnumbered(rel: str, parts: Parts, context: TimeContext) -> TimeValue | None:
    latest = latest_quarter(context)
    now = context.month()
    if latest is None or now is None:
        return make_point("XXXX-QX", "none", 0.3)
    if "closing" in parts and rel in ("", "latest"):
        return _closing_in(time_words().months[fold(parts["closing"]).rstrip(".")], now)
    if any(word in rel for word in ("year-ago", "year-earlier")):
        return make_point(_a_year_before(latest), "published", 0.75)
    if "year" in parts:
        return make_point(f"{parts['year']}-{latest[-2:]}", "explicit", 0.8)
    match rel:
        case "this" | "current":
            timex = period_at(now, "Q")
        case "next" | "coming" | "following" | "upcoming":
            timex = period_at(add_months(now, 3), "Q")
        case "previous" | "prior" | "preceding":
            timex = period_at(add_months(_first_day(latest), -3), "Q")
        case "that" | "same" if context.reference is not None and context.reference.granularity == "quarter":
            timex = context.reference.timex
        case "last" | "past":
            timex = period_at(add_months(now, -3), "Q")
        case _:
            timex = latest
    return make_point(timex, "narrative" if context.quarter else "published", 0.7)


def _closing_in(month: int, now: date) -> TimeValue:
    """The calendar's quarter that most of "the quarter ended July 31" lies in."""
    closed = date(now.year - (month > now.month), month, 1)
    return make_point(period_at(add_months(closed, -1), "Q"), "published", 0.75)


def _first_day(quarter: str) -> date:
    return date(int(quarter[:4]), 3 * int(quarter[-1]) - 2, 1)


def _a_year_before(quarter: str) -> str:
    return f"{int(quarter[:4]) - 1}{quarter[4:]}"


def resolve_year_ago(parts: Parts, context: TimeContext) -> TimeValue | None:
    """ "the year-ago period", "year-earlier", "the year-earlier nine months", "the 1989 period".

    Also the "last year" of "compared with $3 million last year": the same quarter where the text reports a quarter.
    """
    if "months" in parts:
        return make_duration(read_count(parts["months"]), "M")
    if "bare" in parts and context.compared is None:
        year = context.year()
        return make_point("XXXX", "none", 0.3) if year is None else make_point(f"{year - 1:04}", "published", 0.85)
    latest = latest_quarter(context)
    if latest is None:
        return make_point("XXXX-QX", "none", 0.3)
    of_year = context.quarter is not None and context.compared is None and fold(parts.get("unit", "")) != "quarter"
    if "year" in parts:
        return make_point(parts["year"] if of_year else f"{parts['year']}-{latest[-2:]}", "narrative", 0.6)
    if of_year:
        return make_point(_a_year_before(latest)[:4], "narrative", 0.6)
    return make_point(_a_year_before(latest), "narrative" if context.quarter else "published", 0.7)
