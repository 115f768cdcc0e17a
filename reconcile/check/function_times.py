"""Functions of conditions on days, hours, weekdays and years."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache

from reconcile.normalize.render import weekday_name

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?(?![\d-])")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d{2}(?!\d)")


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _stretch(text: str) -> tuple[datetime, datetime] | None:
    """The first moment and the end of an ISO year, month, day or minute that the text begins with."""
    found = _MOMENT.match(text)
    if found is None:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    try:
        start = datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0)
        if hour is not None:
            return start, start + timedelta(minutes=1)
        if day is not None:
            return start, start + timedelta(days=1)
        if month is not None:
            return start, (start + timedelta(days=31)).replace(day=1)
        return start, start.replace(year=start.year + 1)
    except (ValueError, OverflowError):
        return None


def weekday(day: str) -> str:
    """The English weekday of an ISO day (`weekday(claim.value)`); empty where the text begins with none."""
    parsed = _day(day)
    return weekday_name(parsed.isoweekday()) if parsed else ""


def named_weekday(text: str) -> str:
    """The first weekday that the words name ("Friday, June 2" names Friday); empty where they name none."""
    found = _named().search(text)
    return found[0].capitalize() if found else ""


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(weekday_name(number) for number in range(1, 8))
    return re.compile(rf"\b(?:{names})\b", re.IGNORECASE)


def year(day: str) -> float:
    """The year of an ISO year, month or day (`2031-04` gives 2031.0); 0.0 where the text begins with none."""
    found = _stretch(day)
    return float(found[0].year) if found else 0.0


def named_year(text: str) -> float:
    """The first year that the words name ("the first since 2022" names 2022.0); 0.0 where they name none."""
    found = _YEAR.search(text)
    return float(found[0]) if found else 0.0


def days_between(first: str, second: str) -> float:
    """Whole days from one ISO day to the other, below 0.0 where the second is earlier; 0.0 where either is no day."""
    left, right = _day(first), _day(second)
    return float((right - left).days) if left and right else 0.0


def hours_between(first: str, second: str) -> float:
    """Hours from one ISO time (`2031-04-08T14:30`) to the other; 0.0 where either has no hour."""
    left, right = _stretch(first), _stretch(second)
    if left is None or right is None or "T" not in first[:17] or "T" not in second[:17]:
        return 0.0
    return (right[0] - left[0]) / timedelta(hours=1)


def before(first: str, second: str) -> bool:
    """Whether the first ISO year, month, day or minute has ended when the second begins: `before("2031-03",
    "2031-04-08")`; so for the order of publication `before(a.published, b.published)`."""
    left, right = _stretch(first), _stretch(second)
    return left is not None and right is not None and left[1] <= right[0]
