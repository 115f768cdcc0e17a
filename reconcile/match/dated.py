"""The event that a day or an hour dates, as matching sees it: which act it is, and whether it is the main event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reconcile.match.event_groups import INCIDENT, act_of, event_nouns
from reconcile.model import Claim, TimeValue

_WEEK = 7


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


def dated_by(claim: Claim, *, main: bool) -> Dated:
    """What a claim of a day or an hour tells of the event it dates."""
    about, value = claim.about, claim.value
    named = about.event == INCIDENT or not event_nouns().isdisjoint((about.head, about.actor))
    start = value.start if isinstance(value, TimeValue) else None
    leaning = isinstance(value, TimeValue) and value.anchor != "explicit"
    return Dated(act_of(about.event), main, named, start.date() if start else None, leaning)


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
