"""Infers when an article appeared from its own words, and doubts a stated date that they clearly contradict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc

from reconcile.extract.date_evidence import (
    OfficeTerm,
    Sighting,
    collect_sightings,
    find_header_day,
    find_office_terms,
    pair_weekdays,
)
from reconcile.model import Published
from reconcile.normalize.timex import read_period

_YEARS_OFF = 300
"""A stated date is doubted only where the text lies this many days or more away from it."""

_TOGETHER = timedelta(days=30)
_OPEN_TERM = 12
"""Years that a term still running when the lexicon was written may last."""

_HORIZON = 12
"""Years after the latest year that the text names which are still tried."""


def infer_published(doc: Doc, stated: Published | None) -> Published | None:
    """The stated date, doubted where the text contradicts it by years; else what the text proves, or None.

    An inferred date says so (``origin``), gives its reason in plain words, and has a modest confidence.
    """
    if stated is not None:
        return _doubt(doc, stated)
    sightings = collect_sightings(doc)
    header = find_header_day(doc.text)
    if header is not None:
        return _inferred(
            header.isoformat(), "day", f"the text itself is marked as published or updated on {header}", 0.85
        )
    return _from_weekdays(doc, sightings) or _from_full_dates(sightings) or _from_years(sightings)


def _inferred(iso: str, precision: str, reason: str, confidence: float) -> Published:
    if precision == "day":
        return Published(iso, "day", "inferred", reason, confidence)
    return Published(iso, "year", "inferred", reason, confidence)


# --- a stated date ------------------------------------------------------------------------------


def _doubt(doc: Doc, stated: Published) -> Published:
    """The stated date, with lowered confidence and the reason where the text tells of another time."""
    if stated.origin == "inferred":
        return stated
    day = stated.moment().date()
    header = find_header_day(doc.text)
    if header is not None and abs((header - day).days) >= _YEARS_OFF:
        return _doubted(stated, f"the text is marked as published or updated on {header}")
    sightings = collect_sightings(doc, days_only=True)
    told = [s.day for s in sightings if s.day is not None and s.tense == "past"]
    if told and (max(told) - day).days >= _YEARS_OFF:
        return _doubted(stated, f"the text tells of {max(told)} as past")
    for sighting in sightings:
        if sighting.weekday and sighting.month_day and not _fits_near(sighting, day):
            month, number = sighting.month_day
            years = ", ".join(
                str(y) for y in range(day.year - 8, day.year + 3) if _is_weekday(y, month, number, sighting.weekday)
            )
            return _doubted(stated, f'the text says "{sighting.words}", which falls on that weekday in {years}')
    return stated


def _doubted(stated: Published, reason: str) -> Published:
    return replace(stated, confidence=min(stated.confidence, 0.4), reason=f"stated as {stated.iso}, but {reason}")


def _fits_near(sighting: Sighting, day: date) -> bool:
    """Whether a weekday with its date fits a year next to the article's."""
    if sighting.month_day is None or sighting.year is not None:
        return True
    month, number = sighting.month_day
    return any(_is_weekday(y, month, number, sighting.weekday) for y in (day.year - 1, day.year, day.year + 1))


def _is_weekday(year: int, month: int, number: int, weekday: int) -> bool:
    period = read_period(f"{year:04}-{month:02}-{number:02}")
    return period is not None and period.start.isoweekday() == weekday


# --- no date stated -----------------------------------------------------------------------------


def _from_weekdays(doc: Doc, sightings: Sequence[Sighting]) -> Published | None:
    """A weekday told for a calendar day fixes the year; the other weekdays then fix the day."""
    years, why = _possible_years(doc, sightings)
    if not years:
        return None
    for pair in pair_weekdays(doc, sightings):
        fitting = [y for y in years if _is_weekday(y, pair.month, pair.number, pair.weekday)]
        if not fitting:
            continue
        day = date(fitting[0], pair.month, pair.number)
        published = _day_of_writing(day, pair.is_ahead, sightings)
        reason = f"{pair.reason}, and {day:%B} {day.day} is a {day:%A} in {fitting[0]} ({why})"
        if pair.is_ahead:
            reason += f"; it is still to come, and {published:%A}, {published}, is the last day told as past before it"
        return _inferred(published.isoformat(), "day", reason, 0.6 if len(fitting) == 1 else 0.4)
    return None


def _possible_years(doc: Doc, sightings: Sequence[Sighting]) -> tuple[list[int], str]:
    """The years in which the article may have appeared, earliest first, and what limits them."""
    told = [s.year for s in sightings if s.year is not None and s.tense != "future"]
    latest = f"{max(told)} is the latest year named" if told else ""
    terms = find_office_terms(doc)
    if terms:
        common = [y for y in _years_in_office(terms) if not told or y >= max(told)]
        names = " and ".join(sorted({t.words for t in terms})[:3])
        return common, f"the text names {names}" + (f", and {latest}" if latest else "")
    if told:
        return list(range(max(told), max(told) + _HORIZON)), latest
    return [], ""


def _years_in_office(terms: Sequence[OfficeTerm]) -> list[int]:
    """The years in which all the office-holders named held office together for some time."""
    spans: list[tuple[date, date]] = []
    for words in dict.fromkeys(t.words for t in terms):
        own = [(t.first, t.last or t.first.replace(year=t.first.year + _OPEN_TERM)) for t in terms if t.words == words]
        if not spans:
            spans = own
            continue
        met = [(max(a, c), min(b, d)) for a, b in spans for c, d in own]
        spans = [(first, last) for first, last in met if last - first > _TOGETHER]
        if not spans:
            return []
    return sorted({year for first, last in spans for year in range(first.year, last.year + 1)})


def _day_of_writing(day: date, is_ahead: bool, sightings: Sequence[Sighting]) -> date:
    """The likeliest day: the last weekday told as past before a day to come, else the day told."""
    past = {s.weekday for s in sightings if s.weekday and s.month_day is None and s.tense == "past"}
    if is_ahead:
        before = [day - timedelta(days=n) for n in range(1, 7)]
        return next((d for d in before if d.isoweekday() in past), day - timedelta(days=1))
    return day


def _from_full_dates(sightings: Sequence[Sighting]) -> Published | None:
    """The latest full date told as past, where a bare weekday of the text is that day's."""
    told = sorted((s.day, s.tense) for s in sightings if s.day is not None)
    latest_year = max((s.year for s in sightings if s.year is not None and s.tense != "future"), default=0)
    if not told or told[-1][1] != "past" or told[-1][0].year < latest_year:
        return None
    latest = told[-1][0]
    weekdays = {s.weekday for s in sightings if s.weekday and s.month_day is None}
    if latest.isoweekday() in weekdays:
        reason = f"{latest} is the latest full date told, and its weekday, {latest:%A}, is told without a date as well"
        return _inferred(latest.isoformat(), "day", reason, 0.5)
    return None


def _from_years(sightings: Sequence[Sighting]) -> Published | None:
    """The year alone, from a length of time told since a named year ("for three years, since 2022")."""
    for told in (s for s in sightings if s.since is not None):
        return _inferred(
            str(told.since), "year", f"the text counts years since {told.words}, which leads to {told.since}", 0.4
        )
    return None
