"""The event that a day or an hour dates, as matching sees it: which act it is, and whether it is the main event."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from reconcile.match.companions import Companions
from reconcile.match.event_groups import INCIDENT, act_of, event_nouns
from reconcile.model import Claim, Kind, TimeValue
from reconcile.normalize.name_parts import fold

_WEEK = 7
_NAMED_DAY = re.compile(r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:eve|easter|christmas)\b")
_AGE = f"{Kind.AGE} "


@dataclass(frozen=True, slots=True)
class Dated:
    """The event that a time dates: its act, and how the time is told of it."""

    act: str
    main: bool
    """Whether it is the story's main event."""
    named: bool
    """Whether the event is named or pointed at ("Sunday's shooting", "it happened"), not told anew."""
    day: date | None
    leaning: bool
    """Whether the time leans on the day its article appeared on or on another time."""
    undated: bool
    """Whether it names no day at all, but only its distance from the day of writing: "today", "last night"."""
    ages: frozenset[str]
    """The ages told beside it."""


def dated_by(claim: Claim, companions: Companions, *, main: bool) -> Dated:
    """What a claim of a day or an hour tells of the event it dates; an act that was not done has no day."""
    about, value = claim.about, claim.value
    named = about.event == INCIDENT or not event_nouns().isdisjoint((about.head, about.actor))
    start = value.start if isinstance(value, TimeValue) else None
    leaning = isinstance(value, TimeValue) and value.anchor != "explicit"
    undated = claim.kind is Kind.DATE and leaning and not _NAMED_DAY.search(fold(claim.text))
    ages = frozenset(key for key in companions if key.startswith(_AGE))
    act = "" if claim.polarity == "negative" and not named else act_of(about.event)
    return Dated(act, main, named, start.date() if start else None, leaning, undated, ages)


def compare_dated(a: Dated, b: Dated, found: list[tuple[str, float]]) -> None:
    """Add to ``found`` whether two times date one act, whether both the main event, and what their days leave open."""
    if a.act and b.act:
        found.append(("act same", 1.0) if a.act == b.act else ("act differs", 1.0))
    if a.main and b.main:
        found += [("dates main", 1.0), ("names main", (a.named + b.named) / 2)]
    elif a.main or b.main:
        found.append(("dates main in one", 1.0))
    if (a.leaning or b.leaning) and a.day and b.day and a.day != b.day and (a.day - b.day).days % _WEEK == 0:
        found.append(("weeks apart", 1.0))
    if a.undated != b.undated:
        found.append(("undated in one", 1.0))
    if a.ages and b.ages and a.ages.isdisjoint(b.ages):
        found.append(("other ages", 1.0))
