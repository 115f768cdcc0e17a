"""Claims of a story to facts: like values are joined by their context, unlike ones only where context alone earns it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from reconcile.match.features import Measure, View, explain, measure_context, view_claim
from reconcile.match.nodes import Node, build_nodes, value_key
from reconcile.match.people import link_people
from reconcile.match.weights import Weights, load_weights, probability
from reconcile.model import Article, Claim, Fact, Kind, Link, Reading, Relation, Story
from reconcile.normalize.compare import compare_values

_LIKE = (Relation.EQUAL, Relation.FINER)
_VIEWS_COMPARED = 6


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes of different articles: how their values relate and how probably they share a slot."""

    left: Node
    right: Node
    relation: Relation
    probability: float
    link: Link


def match_facts(story: Story, readings: Sequence[Reading], articles: Mapping[str, Article]) -> tuple[Fact, ...]:
    """The facts of one story, each claim in at most one, in the order of their first claims."""
    keys = link_people(readings)
    views = [
        view_claim(claim, keys, len(articles[claim.article].text)) for reading in readings for claim in reading.claims
    ]
    nodes = build_nodes(views)
    by_kind: dict[Kind, list[Node]] = defaultdict(list)
    for node in nodes:
        by_kind[node.kind].append(node)
    facts: list[Fact] = []
    for kind, group in by_kind.items():
        edges = _score_edges(group, load_weights()[kind])
        facts += [_fact(story, kind, cluster, links) for cluster, links in _cluster(group, edges, load_weights()[kind])]
    return tuple(sorted(facts, key=lambda fact: (fact.claims[0].article, fact.claims[0].span, fact.id)))


def _score_edges(nodes: Sequence[Node], weights: Weights) -> list[Edge]:
    """Every pair of nodes of different articles that may share a slot, most probable first."""
    frequency = Counter(value_key(node.value) for node in nodes)
    edges = []
    for left, right in combinations(nodes, 2):
        if left.article == right.article or not comparable(left, right):
            continue
        edge = _score(left, right, weights, frequency)
        if edge is not None:
            edges.append(edge)
    edges.sort(key=lambda edge: (-edge.probability, edge.left.key, edge.right.key))
    return edges


def comparable(left: Node, right: Node) -> bool:
    """Numbers of different units are about different things, whatever their context."""
    a, b = left.value, right.value
    return not (a.tag == "number" and b.tag == "number" and a.unit != b.unit)


def _score(left: Node, right: Node, weights: Weights, frequency: Counter[str]) -> Edge | None:
    relation = compare_values(left.kind, left.value, right.value).relation
    like = relation in _LIKE
    table = weights.value if like else weights.context
    extra = value_measures(relation, frequency[value_key(left.value)]) if like else ()
    best: tuple[float, tuple[Measure, ...], View, View] | None = None
    for a in left.views[:_VIEWS_COMPARED]:
        for b in right.views[:_VIEWS_COMPARED]:
            measures = (*measure_context(a, b), *extra)
            score = probability(measures, table)
            if best is None or score > best[0]:
                best = (score, measures, a, b)
    if best is None or best[0] < min(weights.agree, weights.differ):
        return None
    score, measures, a, b = best
    link = Link(a.claim.id, b.claim.id, round(score, 4), explain(measures, table))
    return Edge(left, right, relation, score, link)


def value_measures(relation: Relation, frequency: int) -> tuple[Measure, ...]:
    """What a shared value tells: a rare one much, one that stands everywhere in the story little."""
    kind = "value same" if relation is Relation.EQUAL else "value finer"
    return ((kind, 1.0), ("value rare", 1.0 / max(1, frequency - 1)))


def _cluster(
    nodes: Sequence[Node], edges: Sequence[Edge], weights: Weights
) -> Iterable[tuple[tuple[Node, ...], tuple[Link, ...]]]:
    """Nodes joined by like values first; then clusters that contradict each other, best mutual partners only."""
    clusters: dict[Node, list[Node]] = {node: [node] for node in nodes}
    links: dict[int, list[Link]] = defaultdict(list)

    def join(edge: Edge) -> None:
        one, other = clusters[edge.left], clusters[edge.right]
        links[id(one)] += [edge.link, *links.pop(id(other), [])]
        one += other
        for node in other:
            clusters[node] = one

    for edge in edges:
        like = edge.relation in _LIKE and edge.probability >= weights.agree
        if like and _may_join(clusters[edge.left], clusters[edge.right]):
            join(edge)
    for edge in _contradictions(edges, clusters, weights):
        if clusters[edge.left] is not clusters[edge.right] and _disjoint(clusters[edge.left], clusters[edge.right]):
            join(edge)
    seen: set[int] = set()
    for node in nodes:
        cluster = clusters[node]
        if id(cluster) not in seen:
            seen.add(id(cluster))
            yield tuple(sorted(cluster, key=lambda n: n.key)), tuple(links[id(cluster)])


def _may_join(one: list[Node], other: list[Node]) -> bool:
    """Whether no article gives two unlike values in the joined cluster, so that no chain joins two slots."""
    if one is other:
        return False
    return all(
        compare_values(a.kind, a.value, b.value).relation in (_LIKE if a.article != b.article else (Relation.EQUAL,))
        for a in one
        for b in other
    )


def _disjoint(one: list[Node], other: list[Node]) -> bool:
    return not {node.article for node in one} & {node.article for node in other}


def _contradictions(edges: Sequence[Edge], clusters: Mapping[Node, list[Node]], weights: Weights) -> list[Edge]:
    """Edges between unlike values that context alone earns.

    Each node pairs with its best partner in the other article only, and neither value may be found in the other's
    article: an outlet that also gives our value speaks of two things.
    """
    best: dict[tuple[Node, str], Edge] = {}
    for edge in edges:
        best.setdefault((edge.left, edge.right.article), edge)
        best.setdefault((edge.right, edge.left.article), edge)
    chosen = []
    for edge in edges:
        if edge.relation is not Relation.DIFFERS or edge.probability < weights.differ:
            continue
        mutual = best[edge.left, edge.right.article] is edge and best[edge.right, edge.left.article] is edge
        if mutual and not _corroborated(edge, clusters):
            chosen.append(edge)
    return chosen


def _corroborated(edge: Edge, clusters: Mapping[Node, list[Node]]) -> bool:
    """Whether either side's value is given by the other side's article too."""
    return any(node.article == edge.right.article for node in clusters[edge.left]) or any(
        node.article == edge.left.article for node in clusters[edge.right]
    )


def _fact(story: Story, kind: Kind, cluster: Sequence[Node], links: tuple[Link, ...]) -> Fact:
    claims = tuple(sorted((v.claim for n in cluster for v in n.views), key=lambda c: (c.article, c.span, c.id)))
    ids = "\x1f".join(claim.id for claim in claims)
    digest = hashlib.blake2b(f"{story.id}\x1f{ids}".encode(), digest_size=10).hexdigest()
    return Fact(digest, story.id, kind, _label(kind, claims), claims, links)


def _label(kind: Kind, claims: Sequence[Claim]) -> str:
    """The question the fact answers, in few words, from what most claims say of it."""

    def most(values: Iterable[str]) -> str:
        counts = Counter(value for value in values if value)
        return counts.most_common(1)[0][0] if counts else ""

    subject = most(claim.about.subject.partition(":")[2] if claim.about.subject else "" for claim in claims)
    event = most(claim.about.event for claim in claims)
    head = most(claim.about.head for claim in claims)
    parts = [kind.value.replace("_", " ")]
    if kind in (Kind.AGE, Kind.ROLE, Kind.PERSON_NAME, Kind.QUOTATION, Kind.STATEMENT) and (subject or head):
        parts.append(f"of {subject.title() if subject else 'the ' + head}")
    elif head:
        parts.append(f"of {head}")
    if event and kind not in (Kind.AGE, Kind.ROLE, Kind.PERSON_NAME):
        parts.append(f"({event})")
    return " ".join(parts)
