"""A claim as matching sees it: all that its comparison with hundreds of others asks, worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reconcile.match.beside import counts_remainder, edge_of, is_day_of_speaking
from reconcile.match.companions import Companions, find_companions
from reconcile.match.dated import Dated, dated_by
from reconcile.match.event_groups import groups_of
from reconcile.match.geography import Geography
from reconcile.match.main_event import find_main_claims, find_main_times
from reconcile.match.people import EntityRef, link_people
from reconcile.model import About, Claim, Kind, Reading, TimeValue

_TIMES = frozenset({Kind.DATE, Kind.TIME, Kind.DURATION})
_DATED = frozenset({Kind.DATE, Kind.TIME})
_UNSPECIFIC = frozenset({"", "he", "she", "it", "they", "who", "that", "which", "i", "we", "you", "this", "there"})
_LEAD = 0.2


@dataclass(frozen=True, slots=True)
class View:
    """A claim as matching sees it: its entities under story-wide keys, its words as sets."""

    claim: Claim
    subject: str
    entities: frozenset[str]
    words: frozenset[str]
    around: frozenset[str]
    head: frozenset[str]
    events: Events
    actor: str
    """Who acts; "" where a pronoun tells no one."""
    day: str
    """The day of the clause; "" for a date or an hour, which would be compared with itself."""
    site: str
    """The place of the clause; "" for a place."""
    place: float
    """Where in its article it stands, from 0 to 1."""
    lead: bool
    main: bool
    """Whether it is the first of its kind to tell of the story's main event."""
    companions: Companions
    """What else its sentence gives."""
    edge: str
    """For a time or a length: whether it begins or ends something."""
    spoken: bool
    """For a time: whether it is the day of speaking."""
    remainder: bool
    """For a count: whether it leaves somebody out ("four others")."""
    part: str
    """For a count: what becomes of those counted, or what they do ("killed"), where that is told."""
    narrative: bool
    """For a time or a length: whether it is told by another time."""
    clock_day: date | None
    """The day of an hour, where it is known."""
    stray: bool
    """For a place: whether it lies far from where the story plays, where nothing else is set."""
    dated: Dated | None
    """The event that a day or an hour dates."""


@dataclass(frozen=True, slots=True)
class Events:
    """The events that a clause tells of: the class of its own, every class, and the groups that these belong to."""

    own: str
    all: frozenset[str]
    groups: frozenset[str]


def view_claims(readings: Sequence[Reading], lengths: Mapping[str, int]) -> list[View]:
    """The views of all claims of one story; ``lengths`` are those of the articles' texts in characters."""
    keys, main, companions = link_people(readings), find_main_claims(readings), find_companions(readings)
    geography, times = Geography(readings), find_main_times(readings)
    return [
        _view(
            geography.settle(claim),
            keys,
            lengths[claim.article],
            companions[claim.id],
            main=claim.id in main,
            stray=geography.is_stray(claim),
            dated=dated_by(claim, companions[claim.id], main=claim.id in times) if claim.kind in _DATED else None,
        )
        for reading in readings
        for claim in reading.claims
    ]


def _view(
    claim: Claim,
    keys: Mapping[EntityRef, str],
    length: int,
    companions: Companions,
    *,
    main: bool,
    stray: bool,
    dated: Dated | None,
) -> View:
    about, value, is_time = claim.about, claim.value, claim.kind in _TIMES
    linked = {keys.get((claim.article, key), key) for key in about.entities}
    subject = keys.get((claim.article, about.subject), about.subject) if about.subject else ""
    place = claim.span.start / max(1, length)
    return View(
        claim,
        subject,
        frozenset(linked - {subject}),
        frozenset(about.words),
        frozenset((*about.words, *about.around)),
        frozenset(about.head.split()),
        _events(about),
        "" if about.actor in _UNSPECIFIC else about.actor,
        "" if claim.kind in _DATED else about.day,
        "" if claim.kind is Kind.LOCATION else about.place,
        place,
        place < _LEAD,
        main,
        companions,
        edge_of(claim) if is_time else "",
        is_time and is_day_of_speaking(claim),
        claim.kind is Kind.COUNT and counts_remainder(claim),
        about.slot.partition(": ")[2] if claim.kind is Kind.COUNT else "",
        is_time and isinstance(value, TimeValue) and value.anchor == "narrative",
        value.start.date() if claim.kind is Kind.TIME and isinstance(value, TimeValue) and value.start else None,
        stray,
        dated,
    )


def _events(about: About) -> Events:
    classes = about.events or (about.event,)
    return Events(about.event, frozenset(about.events), frozenset(group for c in classes for group in groups_of(c)))
