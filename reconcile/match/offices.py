"""Offices of one named person that exclude each other: a discrepancy however little else the two sentences share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, product

from reconcile.lexicon import load_lexicon
from reconcile.match.comparisons import Comparisons
from reconcile.match.edges import LIKE, Edge
from reconcile.match.features import Measure
from reconcile.match.nodes import Node
from reconcile.model import Relation, TextValue
from reconcile.normalize.roles import split_role

_SURE = 0.85
"""The probability that two exclusive offices of one named person, neither outlet giving both, are one question."""
_READ_BESIDE_NAME = 0.9
"""The confidence of roles that stand beside the name."""
_HELD = frozenset({"role", "role: deputy"})
_WORDS_BEFORE = 3
_ARTICLES = frozenset({"a", "an", "the"})
_MEASURES: tuple[Measure, ...] = (("subject same", 1.0),)


def office_contrasts(nodes: Sequence[Node], comparisons: Comparisons, table: Mapping[str, float]) -> list[Edge]:
    """Pairs of exclusive offices that two articles give one person; ``nodes`` are roles, ``table`` weighs the reasons.

    No article may give the person both offices: who was a prosecutor and is a judge is told of as either.
    """
    by_person: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for node in nodes:
        for person in node.subjects:
            by_person[person][node.article].append(node)
    found = []
    for told in by_person.values():
        for left, right in _exclusive_pairs(told, comparisons):
            ends = (left.views[0].claim.id, right.views[0].claim.id)
            found.append(Edge(left, right, Relation.DIFFERS, _SURE, _SURE, _MEASURES, table, ends))
    return found


def _exclusive_pairs(told: Mapping[str, Sequence[Node]], comparisons: Comparisons) -> Iterator[tuple[Node, Node]]:
    """Pairs of offices held now, of two articles, that differ and stand together in no article."""
    for one, other in combinations(sorted(told), 2):
        for left, right in product(told[one], told[other]):
            if not (_is_held_now(left) and _is_held_now(right)):
                continue
            if comparisons.of(left, right) is Relation.DIFFERS and not any(
                _tells(roles, left, comparisons) and _tells(roles, right, comparisons) for roles in told.values()
            ):
                yield left, right


def _is_held_now(node: Node) -> bool:
    """Whether a role was read beside the name and nothing before it tells of another time: "then", "was", "former"."""
    claim = node.views[0].claim
    if claim.confidence < _READ_BESIDE_NAME or claim.about.slot not in _HELD or is_of_past(node):
        return False
    return not _of_other_times().intersection(_words_before(node)[-_WORDS_BEFORE:])


def is_of_past(node: Node) -> bool:
    """Whether a role is told as one of another time: "then a prosecutor", "the former mayor"."""
    if not isinstance(node.value, TextValue):
        return False
    before = [word for word in _words_before(node) if word not in _ARTICLES]
    return bool(split_role(node.value.text).time) or (bool(before) and before[-1] in _former())


def _words_before(node: Node) -> list[str]:
    claim = node.views[0].claim
    return claim.quote[: max(0, claim.span.start - claim.clause.start)].lower().split()


@cache
def _former() -> frozenset[str]:
    return frozenset(load_lexicon("roles")["qualifiers"]["former"])


@cache
def _of_other_times() -> frozenset[str]:
    return frozenset(load_lexicon("roles")["past"]) | _former()


def _tells(roles: Sequence[Node], office: Node, comparisons: Comparisons) -> bool:
    """Whether one of an article's roles of a person is an office or a form of it."""
    return any(role is office or comparisons.of(role, office) in LIKE for role in roles)
