"""Claims of a story to facts: like values join by their context, unlike ones only where context alone earns it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reconcile.match.comparisons import Comparisons
from reconcile.match.contrasts import find_contrasts
from reconcile.match.edges import LIKE, Edge, score_edges
from reconcile.match.judged import NOTHING, Judged, Rulings
from reconcile.match.labels import display_names, label_fact
from reconcile.match.nodes import Node, build_nodes
from reconcile.match.offices import office_contrasts
from reconcile.match.standings import name_contrasts
from reconcile.match.vetoes import Vetoes
from reconcile.match.views import view_claims
from reconcile.match.weights import Weights, load_weights
from reconcile.model import Article, Fact, Kind, Link, Reading, Relation, Story


def match_facts(
    story: Story,
    readings: Sequence[Reading],
    articles: Mapping[str, Article],
    judged: Judged = NOTHING,
    weights: Mapping[Kind, Weights] | None = None,
) -> tuple[Fact, ...]:
    """The facts of one story, in the order of their first claims; what reviewers joined or parted stays so.

    A claim is in one fact, and in a second only where its article also gives the other value of a discrepancy.
    ``weights`` are those of ``rules/weights/match.yaml`` unless given.
    """
    views = view_claims(readings, {reading.article: len(articles[reading.article].text) for reading in readings})
    names = display_names(readings)
    nodes = build_nodes(views)
    by_kind: dict[Kind, list[Node]] = defaultdict(list)
    for node in nodes:
        by_kind[node.kind].append(node)
    vetoes = Vetoes(nodes, readings)
    rulings = judged.rule(nodes, articles)
    facts: list[Fact] = []
    for kind, group in by_kind.items():
        own = (weights or load_weights())[kind]
        comparisons = Comparisons(group)
        edges = score_edges(group, own, comparisons)
        clusters = Clusters(group, rulings, comparisons)
        plain: list[Edge] = []
        if kind is Kind.ROLE:
            plain = office_contrasts(group, comparisons, own.contrast)
        elif kind is Kind.PERSON_NAME:
            plain = name_contrasts(group, readings, articles, own.contrast)
        clusters.join_all(edges, own, vetoes, plain)
        facts += [_fact(story, kind, cluster, links, names) for cluster, links in clusters]
    return tuple(sorted(facts, key=lambda fact: (fact.claims[0].article, fact.claims[0].span, fact.id)))


class Clusters:
    """Nodes being joined into facts; each node is in one cluster, each cluster keeps the links that made it."""

    def __init__(self, nodes: Sequence[Node], rulings: Rulings, comparisons: Comparisons) -> None:
        """Every node starts alone, but for those that a reviewer joined."""
        self._rulings = rulings
        self._comparisons = comparisons
        self.of: dict[Node, list[Node]] = {node: [node] for node in nodes}
        self._links: dict[int, list[Link]] = defaultdict(list)
        self._apart: list[tuple[tuple[Node, ...], tuple[Link, ...]]] = []

        for left, right, link in rulings.together(nodes):
            if self.of[left] is not self.of[right]:
                self.join(left, right, link)

    def join(self, left: Node, right: Node, link: Link) -> None:
        """Make one cluster of those of two nodes."""
        one, other = self.of[left], self.of[right]
        self._links[id(one)] += [link, *self._links.pop(id(other), [])]
        one += other
        for node in other:
            self.of[node] = one

    def join_all(self, edges: Sequence[Edge], weights: Weights, vetoes: Vetoes, plain: Sequence[Edge] = ()) -> None:
        """Join like values where no article then gives two values for one slot; then unlike values for one slot.

        ``plain`` are pairs of unlike values that need no context to be rivals.
        A node that contradicts another article is kept from joining a lesser like value of that article first.
        """

        def forbids(edge: Edge) -> bool:
            return vetoes.forbids(edge) or not self._rulings.allow((edge.left,), (edge.right,))

        contrasts = [edge for edge in plain if not forbids(edge)] + find_contrasts(edges, weights, forbids)
        taken = {
            (node, other.article): edge.context
            for edge in contrasts
            for node, other in ((edge.left, edge.right), (edge.right, edge.left))
        }
        for edge in edges:
            if edge.relation not in LIKE or edge.probability < min(weights.again, weights.agree):
                continue
            one, other = self.of[edge.left], self.of[edge.right]
            if one is other:
                continue
            spoken_for = max(
                taken.get((edge.left, edge.right.article), 0.0), taken.get((edge.right, edge.left.article), 0.0)
            )
            again = not {n.article for n in one}.isdisjoint(n.article for n in other)
            sure = edge.probability >= (weights.again if again else weights.agree) and edge.context >= spoken_for
            if sure and self._rulings.allow(one, other) and self._may_join(one, other):
                self.join(edge.left, edge.right, edge.link)
        for edge in contrasts:
            self._join_unlike(edge, weights)

    def _join_unlike(self, edge: Edge, weights: Weights) -> None:
        """Join two clusters that give unlike values, each article speaking once.

        Where an article speaks on both sides it contradicts itself too: the two nodes then make a fact of their own.
        A pair that only may be one slot never unsettles what others agree on.
        """
        one, other = self.of[edge.left], self.of[edge.right]
        if one is other or (edge.probability < weights.differ and len(one) + len(other) > 2):
            return
        if not self._rulings.allow(one, other):
            return
        if {n.article for n in one} & {n.article for n in other}:
            self._apart.append(((edge.left, edge.right), (edge.link,)))
        else:
            self.join(edge.left, edge.right, edge.link)

    def _may_join(self, one: list[Node], other: list[Node]) -> bool:
        """Whether no article gives two unlike values in the joined cluster, so that no chain joins two slots."""
        return all(
            self._comparisons.of(a, b) in (LIKE if a.article != b.article else (Relation.EQUAL,))
            for a in one
            for b in other
        )

    def __iter__(self) -> Iterator[tuple[tuple[Node, ...], tuple[Link, ...]]]:
        """Each cluster once, in the order of its first node, with its links."""
        seen: set[int] = set()
        for node in sorted(self.of, key=lambda node: node.key):
            cluster = self.of[node]
            if id(cluster) not in seen:
                seen.add(id(cluster))
                yield tuple(sorted(cluster, key=lambda n: n.key)), tuple(self._links[id(cluster)])
        yield from self._apart


def _fact(story: Story, kind: Kind, cluster: Sequence[Node], links: tuple[Link, ...], names: Mapping[str, str]) -> Fact:
    claims = tuple(sorted((v.claim for n in cluster for v in n.views), key=lambda c: (c.article, c.span, c.id)))
    ids = "\x1f".join(claim.id for claim in claims)
    digest = hashlib.blake2b(f"{story.id}\x1f{ids}".encode(), digest_size=10).hexdigest()
    return Fact(digest, story.id, kind, label_fact(kind, claims, names), claims, links)
