"""Pairs of nodes of different articles: how their values relate, and how probably they share a slot."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

from reconcile.match.comparisons import Comparisons
from reconcile.match.features import Measure, explain, measure_context
from reconcile.match.nodes import OF_ONE_PERSON, Node
from reconcile.match.value_keys import value_key
from reconcile.match.weights import Weights, log_odds, probability
from reconcile.model import Link, NumberValue, Relation, TimeValue, Value

LIKE = (Relation.EQUAL, Relation.FINER)
FLOOR = 0.02
"""Below this probability a pair is not worth keeping, whatever its values."""
_FLOOR_ODDS = math.log(FLOOR / (1 - FLOOR))
_VIEWS_COMPARED = 6
_SMALL = 10
"""Up to here, numbers are shared by chance."""


@dataclass(slots=True, eq=False)
class Edge:
    """Two nodes of different articles.

    ``probability`` is that of one slot, for like values with the value's help; ``context`` that by context alone;
    ``measures`` are those of the best pair of views, weighed by ``table``; ``ends`` are the ids of their claims.
    """

    left: Node
    right: Node
    relation: Relation
    probability: float
    context: float
    measures: tuple[Measure, ...]
    table: Mapping[str, float]
    ends: tuple[str, str]

    @property
    def link(self) -> Link:
        """Why the two are held together; made only for those that are."""
        return Link(*self.ends, round(self.probability, 4), explain(self.measures, self.table))


def score_edges(nodes: Sequence[Node], weights: Weights, comparisons: Comparisons | None = None) -> list[Edge]:
    """Every pair of nodes of different articles that may share a slot, most probable first.

    ``nodes`` are of one kind, in the order of their keys; equally probable pairs stay in that order.
    """
    compared = comparisons or Comparisons(nodes)
    frequency = Counter(value_key(node.value) for node in nodes)
    told = _people_told_of(nodes)
    edges = []
    for at, left in enumerate(nodes):
        for right in nodes[at + 1 :]:
            if left.article == right.article or not comparable(left, right) or _are_of_others(left, right, told):
                continue
            edge = _score(left, right, weights, frequency, compared)
            if edge is not None:
                edges.append(edge)
    edges.sort(key=lambda edge: -edge.probability)
    return edges


def is_near(edge: Edge) -> bool:
    """Whether the two values could stand for each other: equal, or the coarser one no coarser than a day."""
    a, b = edge.left.value, edge.right.value
    if edge.relation is Relation.FINER and isinstance(a, TimeValue) and isinstance(b, TimeValue):
        return all(v.start is None or v.end is None or v.end - v.start <= timedelta(days=1) for v in (a, b))
    return edge.relation in LIKE


def _people_told_of(nodes: Sequence[Node]) -> Mapping[str, AbstractSet[str]]:
    """``article -> the subjects of its nodes``, of those kinds that tell something of one person."""
    told: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        if node.kind in OF_ONE_PERSON:
            told[node.article] |= node.subjects
    return told


def _are_of_others(left: Node, right: Node, told: Mapping[str, AbstractSet[str]]) -> bool:
    """Whether two ages or roles are of two people of whom one article tells both: equal values are then chance."""
    if left.kind not in OF_ONE_PERSON or not (left.subjects and right.subjects) or left.subjects & right.subjects:
        return False
    return bool(left.subjects & told[right.article] or right.subjects & told[left.article])


def comparable(left: Node, right: Node) -> bool:
    """Numbers of different units are about different things, whatever their context; so are a beginning and an end."""
    if left.unit is not None and right.unit is not None:
        return left.unit == right.unit
    return not (left.edge and right.edge and {left.edge, right.edge} == {"begin", "end"})


def _score(left: Node, right: Node, weights: Weights, frequency: Counter[str], comparisons: Comparisons) -> Edge | None:
    """The edge of two nodes by their best pair of views, None where nothing speaks for one slot."""
    odds, measures, ends = _best_pair(left, right, weights)
    if odds < _FLOOR_ODDS and not comparisons.may_be_like(left, right):
        return None
    relation = comparisons.of(left, right)
    context = probability(odds)
    table, score = weights.context, context
    if relation in LIKE:
        apart = any(name == "head differs" for name, _ in measures)
        measures = (*measures, *value_measures(relation, left.value, frequency[value_key(left.value)], apart=apart))
        table, score = weights.value, probability(log_odds(measures, weights.value))
    if score < FLOOR:
        return None
    return Edge(left, right, relation, score, context, measures, table, ends)


def _best_pair(left: Node, right: Node, weights: Weights) -> tuple[float, tuple[Measure, ...], tuple[str, str]]:
    """The log odds and the measures of the two views that fit best, and the ids of their claims."""
    best: tuple[float, tuple[Measure, ...], tuple[str, str]] | None = None
    for a in left.views[:_VIEWS_COMPARED]:
        for b in right.views[:_VIEWS_COMPARED]:
            measures = measure_context(a, b)
            odds = log_odds(measures, weights.context)
            if best is None or odds > best[0]:
                best = (odds, measures, (a.claim.id, b.claim.id))
    assert best is not None, "a node has views"
    return best


def value_measures(relation: Relation, value: Value, frequency: int, *, apart: bool) -> tuple[Measure, ...]:
    """What a shared value tells: a rare one much; one that stands everywhere in the story, or a small number, little.

    ``apart`` tells that the two count different nouns.
    """
    kind = "value same" if relation is Relation.EQUAL else "value finer"
    small = isinstance(value, NumberValue) and value.high <= _SMALL and not value.unit
    if small and apart:
        return ((kind, 1.0), ("small of others", 1.0))
    return ((kind, 1.0), ("value small", float(small)), ("value rare", 1.0 / max(1, frequency - 1)))
