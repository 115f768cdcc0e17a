"""Dates as feeds and pages write them, and the outlet's own clock: "today" is a day of the outlet's time zone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from reconcile.ingest.published import parse_published
from reconcile.model import Published

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RFC822 = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s+)?(?P<day>\d{1,2})[\s-](?P<month>[A-Za-z]{3})[a-z]{0,6}\.?,?[\s-](?P<year>\d{4}|\d{2})"
    r"(?:,?\s+(?P<time>\d{1,2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?)?(?:\s*(?P<zone>[+-]\d{2}:?\d{2}|[A-Za-z]{1,5}))?"
    r"(?:\s*\([^()]{0,60}\))?"
)
_ISO = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})(?:[Tt ](?P<time>\d{2}:\d{2})(?::\d{2}(?:[.,]\d{1,12})?)?"
    r"\s?(?P<zone>[Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?"
)
# Those that RFC 822 defines, and European ones that mean one thing only; "IST" and "CST" abroad would be a guess.
_ZONES = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), "+00:00"),
    **dict.fromkeys(("cet", "west"), "+01:00"),
    **dict.fromkeys(("cest", "eet"), "+02:00"),
    "eest": "+03:00",
    "msk": "+03:00",
    "edt": "-04:00",
    "pst": "-08:00",
    **dict.fromkeys(("est", "cdt"), "-05:00"),
    **dict.fromkeys(("cst", "mdt"), "-06:00"),
    **dict.fromkeys(("mst", "pdt"), "-07:00"),
}
_CENTURY_TURN = 70


def parse_moment(text: str, reason: str) -> Published | None:
    """The date that the words state, its zone as stated; None where they state none. ``reason`` tells where they stood.

    RFC 822 with what is met in the wild, or ISO 8601. Nothing that is missing is taken from today.
    """
    words = " ".join(text[:100].split())
    match = _ISO.fullmatch(words)
    if match is not None:
        iso = match["date"]
    else:
        match = _RFC822.fullmatch(words)
        if match is None or match["month"].lower() not in _MONTHS:
            return None
        iso = f"{_year(match['year'])}-{_MONTHS.index(match['month'].lower()) + 1:02}-{int(match['day']):02}"
    clock = match["time"]
    zone = _offset(match["zone"] or "") if clock else ""
    try:
        found = parse_published(f"{iso}T{clock.rjust(5, '0')}{zone}" if clock else iso)
    except ValueError:
        return None
    return replace(found, reason=reason)


def in_zone(published: Published | None, zone: str) -> Published | None:
    """The moment on the outlet's own clock; one that states no zone is taken to be on that clock already."""
    if published is None or published.precision != "minute" or not zone:
        return published
    moment = datetime.fromisoformat(published.iso)
    try:
        own = ZoneInfo(zone)
        local = moment.replace(tzinfo=own) if moment.tzinfo is None else moment.astimezone(own)
        offset = local.utcoffset() or timedelta()
        # Zones had odd seconds before there were time zones; ISO 8601 has none.
        local = local.replace(tzinfo=timezone(timedelta(minutes=round(offset.total_seconds() / 60))))
    except (OverflowError, ValueError):
        return published
    return replace(published, iso=local.isoformat(timespec="minutes"))


def _year(digits: str) -> str:
    """Four digits; two stand for the years from 1970 to 2069."""
    if len(digits) == 4:
        return digits
    return f"{'19' if int(digits) >= _CENTURY_TURN else '20'}{digits}"


def _offset(zone: str) -> str:
    """The zone as ISO 8601 has it; a name that is not known for certain counts as none."""
    if zone[:1] in ("+", "-"):
        digits = zone[1:].replace(":", "").ljust(4, "0")
        return f"{zone[0]}{digits[:2]}:{digits[2:]}"
    return _ZONES.get(zone.lower(), "")
