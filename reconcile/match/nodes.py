"""One article's claims of one value for one slot, held together: what is matched across articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reconcile.match.value_keys import value_key
from reconcile.match.views import View
from reconcile.model import Kind, Value

OF_ONE_PERSON = frozenset({Kind.AGE, Kind.ROLE})
"""Kinds whose values are told of one person: those of two named people never answer one question."""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Views of one article with the same kind, value and slot; a node equals itself only, ``key`` orders them."""

    article: str
    kind: Kind
    views: tuple[View, ...]

    @property
    def key(self) -> tuple[str, int, str]:
        """A stable order: by article, place and claim."""
        first = self.views[0].claim
        return (self.article, first.span.start, first.id)

    @property
    def value(self) -> Value:
        """The value they share."""
        return self.views[0].claim.value

    @property
    def subjects(self) -> frozenset[str]:
        """Whom it is told of, where that is known: mostly one key."""
        return frozenset(view.subject for view in self.views if view.subject)


def build_nodes(views: Sequence[View]) -> tuple[Node, ...]:
    """The nodes of all views of one story.

    Claims with a subject are held together by it; others by what they count or describe and the event they tell of.
    """
    groups: dict[tuple[str, ...], list[View]] = defaultdict(list)
    for view in views:
        claim = view.claim
        slot: tuple[str, ...]
        if claim.kind in (Kind.AGE, Kind.ROLE, Kind.PERSON_NAME) and view.subject:
            slot = (view.subject,)
        elif claim.kind in (Kind.LOCATION, Kind.PARTICIPANT, Kind.LEADER):
            slot = (claim.about.event, claim.about.head)
        else:
            slot = (claim.about.head, claim.about.event, claim.about.actor)
        groups[(claim.article, claim.kind, value_key(claim.value), *slot)].append(view)
    nodes = [
        Node(group[0].claim.article, group[0].claim.kind, tuple(sorted(group, key=lambda v: v.claim.span)))
        for group in groups.values()
    ]
    return tuple(sorted(nodes, key=lambda node: node.key))
