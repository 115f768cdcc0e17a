"""Evidence of an article's own date: header lines, weekdays told for calendar days, years, office-holders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Doc

from reconcile.extract.clauses import event_words
from reconcile.extract.tense import Tense, tense_of
from reconcile.extract.token_index import TokenIndex
from reconcile.lexicon import load_lexicon
from reconcile.normalize.dates_context import TimeContext
from reconcile.normalize.dates_resolve import resolve
from reconcile.normalize.dates_scan import Expression, scan
from reconcile.normalize.dates_words import fold, read_count, read_ordinal, time_words

_HEADER = re.compile(
    r"(?i:\b(?:first\s)?(?:published|posted|updated|last\supdated|date|filed|created)\b)(?:\s(?:on|at)\b)?\s?[:,]?\s{0,3}"
)
_HEADER_REACH = 60
"""Characters after "Published" in which its date must begin."""

_MAX_SIGHTINGS = 2000
_DAY_KINDS = frozenset({"calendar", "numeric"})
_KINDS = _DAY_KINDS | {"weekday", "year", "month"}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One expression that bears on the article's date, as far as its words alone tell.

    ``day`` is a full date; ``month_day`` one without a year; ``year`` a year; ``since`` the year that a length of time
    told since another year leads to. ``sentence`` is the index of the sentence's first token.
    """

    words: str
    tense: Tense
    sentence: int
    weekday: int = 0
    month_day: tuple[int, int] | None = None
    day: date | None = None
    year: int | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class WeekdayPair:
    """A weekday and a calendar day that the text tells of one thing."""

    weekday: int
    month: int
    number: int
    is_ahead: bool
    reason: str


@dataclass(frozen=True, slots=True)
class OfficeTerm:
    """Someone's time in office, as named in the text."""

    words: str
    first: date
    last: date | None


def find_header_day(text: str) -> date | None:
    """The full date of a line such as "Published Sunday, March 8, 2015", in the first or the last lines."""
    for start, end in ((0, 600), (max(600, len(text) - 400), len(text))):
        for match in _HEADER.finditer(text, start, min(end, len(text))):
            window = text[match.end() : match.end() + _HEADER_REACH]
            for expression in scan(window)[:1]:
                value = resolve(expression, TimeContext())
                if (
                    value
                    and expression.start <= 12
                    and value.anchor == "explicit"
                    and value.granularity == "day"
                    and value.start
                ):
                    return value.start.date()
    return None


def collect_sightings(doc: Doc, *, days_only: bool = False) -> list[Sighting]:
    """Weekdays, calendar days and years of the text, in order; with ``days_only`` calendar days alone (cheaper)."""
    index = TokenIndex(doc)
    found = scan(index.text, _DAY_KINDS if days_only else _KINDS)
    return [s for e in found[:_MAX_SIGHTINGS] for s in _sight(index, e)]


def _sight(index: TokenIndex, expression: Expression) -> Iterator[Sighting]:
    if "plural" in expression.parts or fold(expression.parts.get("rel", "")) in ("each", "every"):
        return
    first = index.at(expression.start)
    parts, words = expression.parts, index.text[expression.start : expression.end]
    tense, sentence = tense_of(index.head_between(expression.start, expression.end)), first.sent.start
    weekday = time_words().weekdays.get(fold(parts.get("weekday", "")).rstrip("."), 0)
    if expression.kind == "weekday":
        yield Sighting(words, tense, sentence, weekday=weekday)
        return
    value = resolve(expression, TimeContext())
    if value is None:
        return
    if value.start is None:
        if expression.kind == "calendar":
            month = time_words().months[fold(parts["month"]).rstrip(".")]
            yield Sighting(words, tense, sentence, weekday, (month, read_ordinal(parts["day"]) or 1))
        return
    day = value.start.date() if value.granularity == "day" else None
    month_day = (day.month, day.day) if day else None
    follows = index.before(first) == "since"
    since = _year_reached(index.doc, sentence, value.start.year) if expression.kind == "year" and follows else None
    yield Sighting(words, "past" if follows else tense, sentence, weekday, month_day, day, value.start.year, since)


def _year_reached(doc: Doc, sentence: int, year: int) -> int | None:
    """ "since 2022 … for three years" in one sentence leads to 2025."""
    sent = doc[sentence].sent
    for expression in scan(sent.text):
        if expression.kind == "duration" and fold(expression.parts.get("unit", "")) in ("year", "years"):
            count = read_count(expression.parts.get("count", "one"))
            if count and count == int(count) and count < 200:
                return year + int(count)
    return None


# --- weekdays told for calendar days ------------------------------------------------------------


def pair_weekdays(doc: Doc, sightings: Sequence[Sighting]) -> list[WeekdayPair]:
    """Weekdays told with a day ("Monday, June 2") first, then those told of the same thing elsewhere in the text."""
    pairs = [
        WeekdayPair(s.weekday, *s.month_day, s.tense == "future", f'the text says "{s.words}"')
        for s in sightings
        if s.weekday and s.month_day and s.day is None
    ]
    weekdays = [s for s in sightings if s.weekday and s.month_day is None]
    days = [s for s in sightings if s.month_day and not s.weekday and s.day is None]
    for day in days[:20]:
        for weekday in weekdays[:40]:
            if day.month_day and _same_thing(doc, weekday, day):
                reason = f'"{weekday.words}" and "{day.words}" are told of the same thing'
                pairs.append(WeekdayPair(weekday.weekday, *day.month_day, day.tense == "future", reason))
    return pairs


def _same_thing(doc: Doc, weekday: Sighting, day: Sighting) -> bool:
    """Whether both tell of one thing still to come: a name and a kind of event in common.

    What is past is left out: a report speaks of several past days of one kind of event, but seldom of two to come.
    """
    if not weekday.tense == day.tense == "future":
        return False
    names_a, events_a = _context(doc, weekday.sentence)
    names_b, events_b = _context(doc, day.sentence)
    return bool(names_a & names_b) and bool(events_a & events_b)


def _context(doc: Doc, sentence: int) -> tuple[set[str], set[str]]:
    """Names and event classes (talks and meetings as one) of the sentence."""
    names: set[str] = set()
    events: set[str] = set()
    calendar = time_words().weekdays.keys() | time_words().months.keys()
    table = event_words()
    for token in doc[sentence].sent[:200]:
        if token.lower_ in calendar:
            continue
        if token.pos_ == "PROPN":
            names.add(token.lower_)
        event = table.get((token.pos_, token.lemma_.lower()))
        if event:
            events.add("meet" if event == "talk" else event)
    return names, events


# --- holders of office --------------------------------------------------------------------------


@cache
def _terms() -> tuple[tuple[str, date, date | None], ...]:
    rows = load_lexicon("office_terms")["terms"]
    return tuple(
        (f"{title} {name}", date.fromisoformat(str(first)), date.fromisoformat(str(last)) if last else None)
        for title, name, first, last in rows
    )


@cache
def _office_pattern() -> re.Pattern[str]:
    titles = "|".join(sorted({words.rsplit(" ", 1)[0] for words, _, _ in _terms()} | {"Pope"}, key=len, reverse=True))
    return re.compile(
        rf"(?<![Ff]ormer )(?<![Ff]ormer U\.S\. )\b(?P<title>{titles})\s(?P<name>[A-Z][\w.-]*(?:\s[A-Z][\w-]*){{0,2}})"
    )


def find_office_terms(doc: Doc) -> list[OfficeTerm]:
    """Every term of each office-holder whom the text names with the title, former ones left out."""
    named: set[str] = set()
    known = {words for words, _, _ in _terms()}
    for match in _office_pattern().finditer(doc.text):
        pieces = match["name"].split()
        ends = [(i, j) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1)]
        named |= {f"{match['title']} {' '.join(pieces[i:j])}" for i, j in ends} & known
    return [OfficeTerm(words, first, last) for words, first, last in _terms() if words in named]
