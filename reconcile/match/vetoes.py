"""What keeps two unlike values from being a discrepancy, whatever their context: plain reasons, no weights."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from reconcile.match.edges import Edge
from reconcile.match.nodes import OF_ONE_PERSON, Node
from reconcile.match.offices import is_of_past
from reconcile.match.unnamed_ages import UnnamedAges
from reconcile.match.value_keys import day_of
from reconcile.model import (
    Claim,
    Kind,
    NameValue,
    NumberValue,
    PlaceValue,
    Reading,
    Relation,
    TextValue,
    TimeValue,
    Value,
)
from reconcile.normalize.charges import crime_classes
from reconcile.normalize.compare import compare_values
from reconcile.normalize.dates_words import time_words
from reconcile.normalize.name_parts import fold

_WHOLE_AFTER = re.compile(r"\s+of\s+\w")
_WORD = re.compile(r"[a-z]+")
_MONTH_DAY = re.compile(r"\b([a-z]+)\.? (\d{1,2})\b")
_RELATIVE = ("published", "narrative", "none")
_WITHIN = (Relation.EQUAL, Relation.FINER)
_SAID = "say"
_OVERNIGHT = "overnight"
_COARSE = 10
_TOLD_TWICE = frozenset({Kind.AGE, Kind.PERSON_NAME, Kind.COUNT, Kind.LOCATION, Kind.ROLE, Kind.AMOUNT, Kind.PERCENT})


class Vetoes:
    """The values that each article of a story tells, by kind, to see what a pair of unlike values leaves out."""

    def __init__(self, nodes: Sequence[Node], readings: Sequence[Reading]) -> None:
        """``nodes`` are all those of the story, ``readings`` those of its articles."""
        self._told: dict[tuple[str, Kind, str], list[Value]] = defaultdict(list)
        self._ages = UnnamedAges(nodes, self._tells)
        for node in nodes:
            for subject in {"", *node.subjects}:
                self._told[node.article, node.kind, subject].append(node.value)
        for reading in readings:
            people = [entity.name for entity in reading.entities if entity.type == "person"]
            names = [name for name in people if isinstance(name, NameValue)]
            self._told[reading.article, Kind.PERSON_NAME, ""] += names

    def forbids(self, edge: Edge) -> bool:
        """Whether the two values cannot be rivals."""
        a, b = edge.left.views[0].claim, edge.right.views[0].claim
        return (
            _says_the_same_day(a, b)
            or _are_of_two_acts(edge)
            or _is_one_weekday(a, b)
            or _are_hours_of_two_days(a, b)
            or _is_the_night_between(a, b)
            or _are_of_two_people(edge)
            or _is_far_coarser(a.value, b.value)
            or _are_of_two_times(edge)
            or _is_part(a) != _is_part(b)
            or self._both_tell_both(edge)
            or self._names_both(edge)
            or self._ages.forbid(edge)
            or self._charges_both(edge)
        )

    def _both_tell_both(self, edge: Edge) -> bool:
        """Whether each article gives the other's value too: then they tell of two people, places or groups.

        What is told of one named person is compared with what is told of that person only: two outlets that give the
        ages of two people the other way round differ on both.
        """
        left, right = edge.left, edge.right
        if left.kind not in _TOLD_TWICE:
            return False
        shared = left.subjects & right.subjects if left.kind in OF_ONE_PERSON else frozenset()
        subject = min(shared, default="")
        return self._tells(right, left, subject) and self._tells(left, right, subject)

    def _charges_both(self, edge: Edge) -> bool:
        """Whether one article also tells a charge of the other's class: then neither tells of one charge alone."""
        if edge.left.kind is not Kind.CHARGE:
            return False
        return any(
            crime_classes(value.text) & crime_classes(told.value.text)
            for teller, told in ((edge.left, edge.right), (edge.right, edge.left))
            for value in self._told[teller.article, Kind.CHARGE, ""]
            if isinstance(value, TextValue) and isinstance(told.value, TextValue)
        )

    def _names_both(self, edge: Edge) -> bool:
        """Whether one article names both: a father and a son, who are no two spellings of one."""
        left, right = edge.left, edge.right
        return left.kind is Kind.PERSON_NAME and (self._tells(right, left) or self._tells(left, right))

    def _tells(self, teller: Node, told: Node, subject: str = "") -> bool:
        """Whether the article of one node gives the value of the other somewhere, of the same noun where it counts.

        With a ``subject``, of that person.
        """
        return any(
            _is_alike(told.kind, told.value, value)
            for value in self._told[teller.article, told.kind, subject]
            if value is not teller.value
        )


def _is_alike(kind: Kind, a: Value, b: Value) -> bool:
    if isinstance(a, NumberValue) and isinstance(b, NumberValue) and (a.unit, a.noun) != (b.unit, b.noun):
        return False
    if isinstance(a, PlaceValue) and isinstance(b, PlaceValue) and a.level != b.level:
        return compare_values(kind, a, b).relation is Relation.EQUAL  # who names the state tells no street
    return compare_values(kind, a, b).relation in _WITHIN


def _are_of_two_people(edge: Edge) -> bool:
    """Whether two ages or offices are of two people, both named, whose names are not one misspelt."""
    if edge.left.kind not in OF_ONE_PERSON:
        return False
    one, other = edge.left.subjects, edge.right.subjects
    return bool(one and other) and not one & other


def _are_of_two_times(edge: Edge) -> bool:
    """Whether one role is told as a former one and the other is not."""
    return edge.left.kind is Kind.ROLE and is_of_past(edge.left) != is_of_past(edge.right)


def _is_far_coarser(a: Value, b: Value) -> bool:
    """Whether one is a day and the other a year or more: they answer no common question, even where they differ."""
    if not (isinstance(a, TimeValue) and isinstance(b, TimeValue) and a.start and a.end and b.start and b.end):
        return False
    lengths = sorted(value_end - value_start for value_start, value_end in ((a.start, a.end), (b.start, b.end)))
    return lengths[1] > _COARSE * max(lengths[0], timedelta(hours=12))


def _says_the_same_day(a: Claim, b: Claim) -> bool:
    """Whether two times stand in the same words and differ only by what the articles' own dates make of them.

    Pages that repeat an article days later, and dates told without a year, would else contradict each other.
    """
    if not (isinstance(a.value, TimeValue) and isinstance(b.value, TimeValue)):
        return False
    leaning = a.value.anchor in _RELATIVE and b.value.anchor in _RELATIVE
    return leaning and bool(_day_words(a) & _day_words(b))


def _are_of_two_acts(edge: Edge) -> bool:
    """Whether two times date acts of two kinds: an arrest and a hearing, a shooting and what was said of it."""
    a, b = edge.left.views[0], edge.right.views[0]
    if not (a.dated and b.dated and a.dated.act and b.dated.act) or a.dated.act == b.dated.act:
        return False
    return a.spoken != b.spoken if _SAID in (a.dated.act, b.dated.act) else True


def _is_one_weekday(a: Claim, b: Claim) -> bool:
    """Whether a date falls on the weekday that the other claim names in another week, which its article's date tells.

    Pages that repeat or correct an article days later carry the later date.
    """
    left, right = day_of(a.value), day_of(b.value)
    if not (isinstance(a.value, TimeValue) and isinstance(b.value, TimeValue) and left and right) or left == right:
        return False
    one_leans = (a.value.anchor == "explicit") != (b.value.anchor == "explicit")
    return one_leans and date.fromisoformat(left).weekday() == date.fromisoformat(right).weekday()


def _are_hours_of_two_days(a: Claim, b: Claim) -> bool:
    """Whether two clock times are of days that do not follow each other: what differs then is the day."""
    if a.kind is not Kind.TIME or not isinstance(a.value, TimeValue) or not isinstance(b.value, TimeValue):
        return False
    left, right = a.value.start, b.value.start
    return left is not None and right is not None and abs(left.date() - right.date()) > timedelta(days=1)


def _is_the_night_between(a: Claim, b: Claim) -> bool:
    """Whether one says "overnight" and the other names a day that this night touches."""
    if not (isinstance(a.value, TimeValue) and isinstance(b.value, TimeValue)):
        return False
    left, right = a.value.start, b.value.start
    nightly = any(_OVERNIGHT in fold(claim.text) for claim in (a, b))
    return nightly and left is not None and right is not None and abs(left.date() - right.date()) <= timedelta(days=1)


def _day_words(claim: Claim) -> frozenset[str]:
    """The weekday or the day of a month that a time names, else its words: what an article's own date completes."""
    folded = fold(claim.text)
    if claim.kind is Kind.TIME:
        return frozenset({folded})
    words = time_words()
    named = [word for word in _WORD.findall(folded) if word in words.weekdays]
    dated = [f"{words.months[month]}-{day}" for month, day in _MONTH_DAY.findall(folded) if month in words.months]
    return frozenset(named or dated or [folded])


def _is_part(claim: Claim) -> bool:
    """Whether a number is told as a part: "one of three suspects"."""
    if claim.kind is not Kind.COUNT:
        return False
    start = claim.quote.find(claim.text)
    return start >= 0 and _WHOLE_AFTER.match(claim.quote, start + len(claim.text)) is not None
