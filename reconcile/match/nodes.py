"""One article's claims of one value for one slot, held together: what is matched across articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from reconcile.match.value_keys import day_of, value_key
from reconcile.match.views import View
from reconcile.model import Kind, NumberValue, Span, TimeValue, Value

OF_ONE_PERSON = frozenset({Kind.AGE, Kind.ROLE})
"""Kinds whose values are told of one person: those of two named people never answer one question."""


@dataclass(slots=True, eq=False)
class Node:
    """Views of one article with the same kind, value and slot; a node equals itself only, ``key`` orders them."""

    article: str
    kind: Kind
    views: tuple[View, ...]
    key: tuple[str, int, str] = field(init=False)
    """A stable order: by article, place and claim."""
    value: Value = field(init=False)
    """The value they share."""
    unit: str | None = field(init=False)
    """Of a number: its unit, "" where it has none."""
    edge: str = field(init=False)
    """Of a time or a length: whether it begins or ends something."""
    subjects: frozenset[str] = field(init=False)
    """Whom it is told of, where that is known: mostly one key."""

    def __post_init__(self) -> None:
        """What pairs of nodes ask again and again."""
        first = self.views[0]
        self.key = (self.article, first.claim.span.start, first.claim.id)
        self.value = first.claim.value
        self.unit = (self.value.unit or "") if isinstance(self.value, NumberValue) else None
        self.edge = first.edge
        self.subjects = frozenset(view.subject for view in self.views if view.subject)


def build_nodes(views: Sequence[View]) -> tuple[Node, ...]:
    """The nodes of all views of one story.

    Claims with a subject are held together by it, times by the act they date, others by what they count or describe
    and the event they tell of.
    """
    groups: dict[tuple[str, ...], list[View]] = defaultdict(list)
    for view in views:
        claim = view.claim
        slot: tuple[str, ...]
        if claim.kind in (Kind.AGE, Kind.ROLE, Kind.PERSON_NAME) and view.subject:
            slot = (view.subject,)
        elif claim.kind in (Kind.LOCATION, Kind.PARTICIPANT, Kind.LEADER):
            slot = (claim.about.event, claim.about.head)
        elif view.dated and view.dated.act:
            slot = (view.dated.act,)
        else:
            slot = (claim.about.head, claim.about.event, claim.about.actor)
        groups[(claim.article, claim.kind, _value_of(view), *slot)].append(view)
    nodes = [
        Node(group[0].claim.article, group[0].claim.kind, tuple(sorted(group, key=_plainest_first)))
        for whole in groups.values()
        for group in _one_part_each(whole)
    ]
    return tuple(sorted(nodes, key=lambda node: node.key))


def _value_of(view: View) -> str:
    """What a node's claims give alike: for days of an act, "Sunday" and "Sunday night" are one."""
    day = day_of(view.claim.value) if view.dated and view.dated.act else ""
    return day or value_key(view.claim.value)


def _one_part_each(group: list[View]) -> list[list[View]]:
    """A day's views as one group, where they name no two parts of it ("Tuesday morning", "Tuesday afternoon")."""
    parts = {value_key(view.claim.value) for view in group if view.dated and _is_part_of_day(view)}
    if len(parts) < 2:
        return [group]
    apart: dict[str, list[View]] = defaultdict(list)
    for view in group:
        apart[value_key(view.claim.value)].append(view)
    return list(apart.values())


def _is_part_of_day(view: View) -> bool:
    value = view.claim.value
    return isinstance(value, TimeValue) and value.granularity == "day part"


def _plainest_first(view: View) -> tuple[bool, Span]:
    """A day comes before its parts, then what stands first."""
    value = view.claim.value
    return isinstance(value, TimeValue) and value.granularity != "day", view.claim.span
