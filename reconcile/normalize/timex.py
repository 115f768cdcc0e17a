"""TIMEX3 values: the half-open interval that a value string covers, and arithmetic on such strings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reconcile.normalize.dates_words import time_words

_DAY = timedelta(days=1)
_FORMS = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:T(?:(?P<hour>\d{2})(?::(?P<minute>\d{2})(?::\d{2})?)?|(?P<part>MO|AF|EV|NI)))?"
    r"|(?P<wyear>\d{4})-W(?P<week>\d{2})(?P<weekend>-WE)?"
    r"|(?P<qyear>\d{4})-Q(?P<quarter>[1-4])"
    r"|(?P<hyear>\d{4})-H(?P<half>[12])"
    r"|(?P<syear>\d{4})-(?P<season>SP|SU|FA|WI)"
    r"|(?P<month>\d{4}-\d{2})"
    r"|(?P<year>\d{4})|(?P<decade>\d{3})|(?P<century>\d{2})"
)
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: its TIMEX3 value, the moments ``[start, end)`` and its granularity."""

    timex: str
    start: datetime
    end: datetime
    granularity: str


def read_period(timex: str) -> Period | None:
    """The stretch that a fully specified value covers; None for durations, vague values and days that do not exist."""
    match = _FORMS.fullmatch(timex)
    if match is None:
        return None
    try:
        found = _bounds(match)
    except (ValueError, OverflowError):
        return None
    return Period(timex, *found)


def _bounds(match: re.Match[str]) -> tuple[datetime, datetime, str]:
    if match["day"]:
        return _bounds_in_day(match)
    if match["wyear"]:
        monday = datetime.fromisocalendar(int(match["wyear"]), int(match["week"]), 1)
        if match["weekend"]:
            return monday + 5 * _DAY, monday + 7 * _DAY, "weekend"
        return monday, monday + 7 * _DAY, "week"
    if match["qyear"]:
        return *_months(int(match["qyear"]), 3 * int(match["quarter"]) - 2, 3), "quarter"
    if match["hyear"]:
        return *_months(int(match["hyear"]), 6 * int(match["half"]) - 5, 6), "half"
    if match["syear"]:
        return *_months(int(match["syear"]), _SEASON_MONTH[match["season"]], 3), "season"
    if match["month"]:
        return *_months(int(match["month"][:4]), int(match["month"][5:]), 1), "month"
    if match["year"]:
        return *_months(int(match["year"]), 1, 12), "year"
    if match["decade"]:
        return *_months(int(match["decade"]) * 10, 1, 120), "decade"
    return *_months(int(match["century"]) * 100, 1, 1200), "century"


def _bounds_in_day(match: re.Match[str]) -> tuple[datetime, datetime, str]:
    day = datetime.fromisoformat(match["day"])
    if match["part"]:
        first, last = time_words().day_part_hours[match["part"]]
        return day + timedelta(hours=first), day + timedelta(hours=last), "day part"
    if match["hour"]:
        if int(match["hour"]) > 24 or int(match["minute"] or 0) > 59:
            raise ValueError("no such hour")
        start = day + timedelta(hours=int(match["hour"]), minutes=int(match["minute"] or 0))
        return start, start + timedelta(minutes=1 if match["minute"] else 60), "minute" if match["minute"] else "hour"
    return day, day + _DAY, "day"


def _months(year: int, month: int, count: int) -> tuple[datetime, datetime]:
    last = year * 12 + month - 1 + count
    return datetime(year, month, 1), datetime(last // 12, last % 12 + 1, 1)


def week_of(day: date) -> str:
    """The ISO week that holds the day."""
    iso = day.isocalendar()
    return f"{iso.year:04}-W{iso.week:02}"


def add_months(day: date, count: int) -> date:
    """The same day of the month ``count`` months on, or that month's last day; ValueError outside the calendar."""
    total = day.year * 12 + day.month - 1 + count
    first = date(total // 12, total % 12 + 1, 1)
    following = first.replace(day=28) + timedelta(days=4)
    last = (following - timedelta(days=following.day)).day
    return first.replace(day=min(day.day, last))


def move(day: date, count: int, unit: str) -> date:
    """``count`` TIMEX3 units (D, W, M, Q, Y, 10Y, 100Y) after the day; ValueError past the calendar."""
    if unit in ("D", "W"):
        return day + timedelta(days=count * (7 if unit == "W" else 1))
    if unit == "2W":
        return day + timedelta(days=14 * count)
    return add_months(day, count * {"M": 1, "Q": 3, "Y": 12, "10Y": 120, "100Y": 1200}[unit])


def period_at(day: date, unit: str) -> str:
    """The value of the day, week, month, quarter, year, decade or century that holds the day."""
    match unit:
        case "D":
            return day.isoformat()
        case "W" | "2W":
            return week_of(day)
        case "M":
            return f"{day.year:04}-{day.month:02}"
        case "Q":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case "10Y":
            return f"{day.year // 10:03}"
        case "100Y":
            return f"{day.year // 100:02}"
        case _:
            return f"{day.year:04}"


def easter(year: int) -> date:
    """Easter Sunday of the western churches (Meeus, Jones and Butcher's rule)."""
    a, b, c = year % 19, year // 100, year % 100
    g = (8 * b + 13) // 25
    h = (19 * a + b - b // 4 - g + 15) % 30
    m = (a + 11 * h) // 319
    shift = (2 * (b % 4) + 2 * (c // 4) - c % 4 - h + m + 32) % 7
    month = (h - m + shift + 90) // 25
    return date(year, month, (h - m + shift + month + 19) % 32)


def holiday(name: str, year: int) -> date | None:
    """The day of a holiday of the lexicon (name folded) in a year; None if it is not known."""
    rule = time_words().holidays.get(name)
    if rule is None:
        return None
    if "easter" in rule:
        return easter(year) + timedelta(days=rule["easter"])
    if "day" in rule:
        return date(year, rule["month"], rule["day"])
    if rule["nth"] > 0:
        first = date(year, rule["month"], 1)
        days = (rule["weekday"] - first.isoweekday()) % 7 + 7 * (rule["nth"] - 1) + rule.get("plus", 0)
        return first + timedelta(days=days)
    last = add_months(date(year, rule["month"], 1), 1) - _DAY
    return last - timedelta(days=(last.isoweekday() - rule["weekday"]) % 7)
