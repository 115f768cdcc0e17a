"""Publication dates as people write them in data: ISO 8601 dates and times, read strictly."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal

from reconcile.model import Published

EARLIEST, LATEST = 1800, 2100
CURE = "write it as 2025-06-02, 2025-06-02T14:30+03:00, 2025-06 or 2025"

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?)?)?"
)
_PRECISION: dict[int, Literal["year", "month", "day"]] = {4: "year", 7: "month", 10: "day"}


def parse_published(text: str) -> Published:
    """The date that the text states; raises ValueError saying what is wrong with it."""
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise ValueError("is not an ISO 8601 date")
    if not EARLIEST <= int(match["year"]) <= LATEST:
        raise ValueError(f"lies outside the years {EARLIEST} to {LATEST}")
    try:
        if match["time"]:
            return _parse_moment(match)
        iso = match[0]
        date.fromisoformat(iso + "-01-01"[len(iso) - 10 :] if len(iso) < 10 else iso)
    except ValueError as error:
        raise ValueError("names a day or an hour that does not exist") from error
    return Published(iso=iso, precision=_PRECISION[len(iso)])


def _parse_moment(match: re.Match[str]) -> Published:
    """A date with a time of day, to the minute; the zone stays as stated."""
    moment = datetime.fromisoformat(f"{match['year']}-{match['month']}-{match['day']}T{match['time'][:5]}")
    zone = match["zone"] or ""
    if zone not in {"", "Z"}:
        datetime.fromisoformat(f"2000-01-01T00:00{zone}")
    return Published(iso=moment.isoformat(timespec="minutes") + zone, precision="minute")
