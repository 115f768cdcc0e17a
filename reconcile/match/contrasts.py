"""Unlike values for one slot: pairs that context alone earns and nothing in either article explains away."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import timedelta

from reconcile.match.edges import Edge, is_near
from reconcile.match.event_groups import act_of
from reconcile.match.features import Measure
from reconcile.match.nodes import Node
from reconcile.match.value_keys import day_of, value_key
from reconcile.match.weights import Weights, log_odds, probability
from reconcile.model import Kind, NameValue, NumberValue, PlaceValue, Relation, TextValue, TimeValue
from reconcile.normalize.addresses import is_near_address, is_one_street
from reconcile.normalize.names import is_near_name

_TELLING = frozenset(
    {
        "words",
        "subject same",
        "subject differs",
        "subject in one",
        "sexes differ",
        "head differs",
        "remainder in one",
        "event differs",
        "modality differs",
        "polarity differs",
        "day differs",
        "one day",
        "edge opposed",
        "spoken in one",
        "spoken",
        "place differs",
        "place same",
        "weeks apart",
        "undated in one",
        "other ages",
        "act same",
        "act differs",
        "dates main",
        "dates main in one",
        "names main",
        "companions",
        "companion",
        "main event",
    }
)
"""The context measures that tell more of a discrepancy than their share in the context's probability."""

_TAKEN = 0.4
"""A node whose like value stands in the other article at least so probably needs no other partner there."""

_EXPLAINED = 0.3
"""From this probability on a like value explains a node's value."""

_NEAR = 0.5
"""A rival is a partner at least this share as probable as the best one."""


Forbids = Callable[[Edge], bool]
"""Whether something keeps the two values of an edge from being rivals."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """A candidate: an edge of unlike values, with the measures of how well it stands out."""

    edge: Edge
    measures: tuple[Measure, ...]


def find_contrasts(edges: Sequence[Edge], weights: Weights, forbids: Forbids) -> list[Edge]:
    """The edges of unlike values that may share a slot, most probable first, with their final probability."""
    found = []
    for contrast in contrast_candidates(edges):
        chance = probability(log_odds(contrast.measures, weights.contrast))
        if chance >= weights.doubt and not forbids(contrast.edge):
            found.append(replace(contrast.edge, probability=chance, measures=contrast.measures, table=weights.contrast))
    found.sort(key=lambda edge: (-edge.probability, edge.left.key, edge.right.key))
    return _keep_best(found)


def _keep_best(edges: Sequence[Edge]) -> list[Edge]:
    """Of edges sorted by probability those that are the best one of both their ends."""
    taken: set[tuple[Node, str]] = set()
    kept = []
    for edge in edges:
        ends = {(edge.left, edge.right.article), (edge.right, edge.left.article)}
        if not ends & taken:
            taken |= ends
            kept.append(edge)
    return kept


def contrast_candidates(edges: Sequence[Edge], of: Node | None = None) -> list[Contrast]:
    """Edges of unlike values (``of`` one node only) than which no other partner of their ends fits much better."""
    unlike = [edge for edge in edges if is_unlike(edge)]
    if not unlike:
        return []
    near = [edge for edge in edges if is_near(edge)]
    partners, backing, told = _find_partners(unlike, near), _find_backing(near), _values_told(edges)
    apart = {frozenset((edge.left, edge.right)): edge.context for edge in unlike}
    found = []
    for edge in unlike:
        sides = (partners[edge.left, edge.right.article], partners[edge.right, edge.left.article])
        best = all(_fit(edge) >= _NEAR * side.best for side in sides)
        if best and (of is None or of in (edge.left, edge.right)):
            stands_out = _measure(edge, sides)
            third = (*_support(edge, backing), _measure_chorus(edge, backing, apart))
            shape = (*_compare_shape(edge), *third, _measure_sole(edge, told))
            kept = (measure for measure in edge.measures if measure[0] in _TELLING)
            found.append(Contrast(edge, (*kept, *stands_out, *shape)))
    return found


@dataclass(slots=True)
class _Partners:
    """What one article holds against a node: the edges to its rivals, and to values that could be the same."""

    rivals: list[Edge] = field(default_factory=list)
    likes: list[Edge] = field(default_factory=list)
    best: float = 0.0
    """How well the best rival fits."""


def _find_partners(unlike: Sequence[Edge], near: Sequence[Edge]) -> Mapping[tuple[Node, str], _Partners]:
    """``(node, other article) -> its partners there``; whose like value stands in the node's article is no rival."""
    partners: dict[tuple[Node, str], _Partners] = defaultdict(_Partners)
    taken: set[tuple[Node, str]] = set()
    for edge in near:
        for node, other in ((edge.left, edge.right), (edge.right, edge.left)):
            partners[node, other.article].likes.append(edge)
            if edge.probability >= _TAKEN:
                taken.add((node, other.article))
    for edge in unlike:
        for node, other in ((edge.left, edge.right), (edge.right, edge.left)):
            side = partners[node, other.article]
            if (other, node.article) not in taken:
                side.rivals.append(edge)
                side.best = max(side.best, _fit(edge))
    return partners


def _find_backing(near: Sequence[Edge]) -> Mapping[Node, Sequence[Edge]]:
    """The edges by which others back each node's value."""
    backing: dict[Node, list[Edge]] = defaultdict(list)
    for edge in near:
        backing[edge.left].append(edge)
        backing[edge.right].append(edge)
    return backing


def _fit(edge: Edge) -> float:
    """How well two unlike values fit one slot; the same street of another kind or number before any other street."""
    a, b = edge.left.value, edge.right.value
    if isinstance(a, PlaceValue) and isinstance(b, PlaceValue) and a.level == b.level == "address":
        return edge.context + is_one_street(a.name, b.name)
    return edge.context


def is_unlike(edge: Edge) -> bool:
    """Whether two values differ; offices do so already where they share no word."""
    if edge.left.kind is Kind.ROLE and edge.relation is Relation.OVERLAPS:
        a, b = edge.left.value, edge.right.value
        return isinstance(a, TextValue) and isinstance(b, TextValue) and not set(a.words) & set(b.words)
    return edge.relation is Relation.DIFFERS


def _measure(edge: Edge, sides: Sequence[_Partners]) -> tuple[Measure, ...]:
    """How far an edge stands out from the other partners of its ends, and whether a like value explains it away.

    An outlet that gives our value too, in like context, speaks of two things.
    """
    others = [other for side in sides for other in side.rivals if other is not edge]
    second = max((other.context for other in others), default=0.0)
    rivals = sum(other.context >= _NEAR * edge.context for other in others)
    like = [other for side in sides for other in side.likes]
    claims = (edge.left.views[0].claim, edge.right.views[0].claim)
    return (
        ("context", _odds(edge.context) / 5),
        ("margin", edge.context - second),
        ("log margin", max(-1.0, min(4.0, _odds(edge.context) - _odds(second))) / 4),
        ("no rival", 1 / (1 + rivals)),
        ("explained", max((other.probability for other in like), default=0.0)),
        ("explained better", float(any(other.context >= edge.context for other in like))),
        ("told twice", float(_dates_main(edge) and any(_dates_main(other) for other in like))),
        ("both explained", float(all(any(other.probability > _EXPLAINED for other in side.likes) for side in sides))),
        ("confidence", min(claim.confidence for claim in claims)),
        ("clear", float(edge.relation is Relation.DIFFERS)),
    )


def _dates_main(edge: Edge) -> bool:
    """Whether both ends date the main event."""
    return all(any(view.dated and view.dated.main for view in node.views) for node in (edge.left, edge.right))


def _odds(chance: float) -> float:
    """The log odds of a probability, kept finite."""
    clipped = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))


def _support(edge: Edge, backing: Mapping[Node, Sequence[Edge]]) -> tuple[Measure, ...]:
    """How probably a third article gives one of the two values for the slot too, and how probably others give each."""
    pair = (edge.left.article, edge.right.article)
    third = [
        max(
            (o.probability for o in backing.get(node, ()) if o.left.article not in pair or o.right.article not in pair),
            default=0.0,
        )
        for node in (edge.left, edge.right)
    ]
    return (("supported", max(third)), ("both supported", min(third)))


def _measure_chorus(
    edge: Edge, backing: Mapping[Node, Sequence[Edge]], apart: Mapping[frozenset[Node], float]
) -> Measure:
    """How well the context of one value also fits that of a third article which gives the other one."""
    fits = [0.0]
    for node, rival in ((edge.left, edge.right), (edge.right, edge.left)):
        for like in backing[node]:
            third = like.right if like.left is node else like.left
            if third.article != rival.article:
                fits.append(like.probability * apart.get(frozenset((rival, third)), 0.0))
    return ("chorus", max(fits))


def _values_told(edges: Sequence[Edge]) -> Mapping[tuple[str, str], AbstractSet[str]]:
    """``(article, what is told of) -> the values it gives``."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for node in {node: None for edge in edges for node in (edge.left, edge.right)}:
        value = day_of(node.value) or value_key(node.value)
        for topic in topics_of(node):
            told[node.article, topic].add(value)
    return told


def topics_of(node: Node) -> frozenset[str]:
    """What a node's value is told of: the subject, the noun described, and the events of its clauses."""
    about = [view.claim.about for view in node.views]
    if node.kind in (Kind.DATE, Kind.TIME) and any(a.event for a in about):
        return frozenset(f"act {act_of(a.event)}" for a in about if a.event)
    subjects = {f"subject {view.subject}" for view in node.views if view.subject}
    heads = {f"noun {a.head}" for a in about if a.head}
    return frozenset(subjects | heads | {f"event {event}" for a in about for event in a.events})


def _measure_sole(edge: Edge, told: Mapping[tuple[str, str], AbstractSet[str]]) -> Measure:
    """How few values the two articles give for what both values are told of: 1 where each gives just one."""
    shared = topics_of(edge.left) & topics_of(edge.right)
    shares = [1 / (len(told[edge.left.article, t]) * len(told[edge.right.article, t])) for t in shared]
    return ("sole", max(shares, default=0.0))


def _compare_shape(edge: Edge) -> tuple[Measure, ...]:
    """Whether two unlike values are of one make: days with days, numbers of about one size."""
    a, b = edge.left.value, edge.right.value
    if isinstance(a, TimeValue) and isinstance(b, TimeValue):
        return (("same grain", float(a.granularity == b.granularity)), ("close", _closeness(a, b)))
    if isinstance(a, NumberValue) and isinstance(b, NumberValue):
        low, high = sorted((abs(a.high), abs(b.high)))
        return (("close", low / high if high else 1.0), ("same bound", float(a.bound == b.bound)))
    if isinstance(a, NameValue) and isinstance(b, NameValue):
        return (("close", float(is_near_name(a, b))),)
    if isinstance(a, PlaceValue) and isinstance(b, PlaceValue):
        strays = sum(any(view.stray for view in node.views) for node in (edge.left, edge.right))
        return (("close", float(is_near_address(a.name, b.name))), ("stray", float(strays == 1)))
    return ()


def _closeness(a: TimeValue, b: TimeValue) -> float:
    """1 for neighbours, towards 0 the more of their own lengths lie between two times; durations by their ratio."""
    if a.amount and b.amount and a.unit == b.unit:
        return min(a.amount, b.amount) / max(a.amount, b.amount)
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return 0.0
    unit = max(a.end - a.start, b.end - b.start, timedelta(hours=1))
    return min(1.0, unit / max(abs(a.start - b.start), timedelta(seconds=1)))
