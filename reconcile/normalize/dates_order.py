"""Whether the day or the month stands first in dates such as 03/04/2015: by the text's other dates and its outlet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from reconcile.normalize.dates_words import time_words

DOTTED = 0.8
"""How likely the day comes first in a date with dots, which few write the American way."""

_UNKNOWN = 0.4
_PROVEN = 0.97
_BY_OUTLET = 0.9
_NEAR_DAYS = 45
_ROUND_YEARS = 2
"""Years from the article's day within which a date is thought to be told of, rather than recalled."""


def day_first_weight(numeric: Iterable[Mapping[str, str]], host: str) -> float:
    """How likely the day stands first in this text's numeric dates, from 0 to 1.

    ``numeric`` are the parts of its numeric dates (``first``, ``second``): a number above 12 proves the order, unless
    the text has both orders. ``host`` is the outlet's host name; its last label tells the country's custom.
    """
    pairs = [(int(parts["first"]), int(parts["second"])) for parts in numeric if "first" in parts]
    day_first = any(first > 12 >= second for first, second in pairs)
    month_first = any(second > 12 >= first for first, second in pairs)
    if day_first != month_first:
        return _PROVEN if day_first else 1 - _PROVEN
    label = host.lower().rstrip(".").rpartition(".")[2]
    if label in time_words().day_first_domains:
        return _BY_OUTLET
    return 1 - _BY_OUTLET if label in time_words().month_first_domains else _UNKNOWN


def by_nearness(day_first: float, dates: tuple[date, date], published: date | None) -> float:
    """The weight of the day-first reading, the nearer of the two to the article's day counting for more.

    ``dates`` are the day-first and the month-first reading. News dates what happened lately; of two dates months
    apart, that of some days ago is the likelier. A date of other years tells nothing.
    """
    if published is None:
        return day_first
    near_first, near_second = (abs((told - published).days) <= _NEAR_DAYS for told in dates)
    if near_first == near_second or abs(dates[0].year - published.year) > _ROUND_YEARS:
        return day_first
    odds = day_first / (1 - day_first) * (6.0 if near_first else 1 / 6.0)
    return odds / (1 + odds)
