"""The training cases of matching: pairs of claims of annotated events, labelled; real, planted and imagined."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from reconcile.extract.reader import read
from reconcile.ingest.load import load_articles
from reconcile.match.contrasts import contrast_candidates
from reconcile.match.edges import LIKE, Edge, comparable, score_edges, value_measures
from reconcile.match.features import Measure, measure_context
from reconcile.match.nodes import Node, build_nodes
from reconcile.match.value_keys import value_key
from reconcile.match.vetoes import Vetoes
from reconcile.match.views import view_claims
from reconcile.match.weights import FAMILIES, Weights
from reconcile.model import Article, Kind, Reading, Relation, Span
from reconcile.normalize.compare import compare_values

SETS = ("politics", "incidents")
JUDGED = "judged"
UNLIKE = ("contradiction", "update")
LIKE_VERDICTS = ("agreement", "precision")
IMAGINED = 0.3
"""The weight of an imagined discrepancy beside a real or planted one."""
IMAGINED_CLOSENESS = 0.4
"""How close imagined values lie: about as close as planted ones do."""
NOT_IMAGINED = ("words",)
UNANNOTATED = 0.3
"""The weight of a pair of like values that no annotated fact holds: mostly another slot, sometimes a repetition."""

Facts = Sequence[dict[str, Any]]


Place = tuple[str, Span]
"""An article's id and a span of its text."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Two claims of unlike values, and whether a reader found that they answer one question."""

    ends: tuple[Place, Place]
    same_slot: bool


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a set, read; ``facts`` are annotated ones, or planted values in their form."""

    name: str
    folder: str
    planted: bool
    articles: tuple[Article, ...]
    readings: tuple[Reading, ...]
    facts: Facts
    judged: tuple[Judged, ...] = ()
    """Of a story without annotated facts: pairs of claims that a reader judged."""

    @property
    def lengths(self) -> dict[str, int]:
        """The lengths of the articles' texts."""
        return {article.id: len(article.text) for article in self.articles}


@dataclass(frozen=True, slots=True)
class Case:
    """One training case; ``imagined`` ones weigh less and calibrate nothing."""

    event: str
    family: str
    positive: bool
    weight: float
    measures: tuple[Measure, ...]
    like: bool = False
    imagined: bool = False
    planted: bool = False
    natural: bool = False
    """Whether it stands in an annotated event as its outlets wrote it."""


def load_event(folder: Path) -> Event:
    """The articles, readings and facts of one event."""
    articles, _ = load_articles([folder / "articles.jsonl"])
    readings = tuple(read(article) for article in articles)
    planted = (folder / "planted.json").exists()
    facts = planted_facts(folder) if planted else annotated_facts(folder, articles)
    return Event(folder.name, folder.parent.name, planted, tuple(articles), readings, facts)


def load_judged(bench: Path) -> list[Event]:
    """The stories of which ``contrast_labels.jsonl`` judges pairs of claims; their texts are in the bench folder."""
    lines = (Path(__file__).parent / "contrast_labels.jsonl").read_text("utf-8").splitlines()
    judged: dict[str, list[Judged]] = defaultdict(list)
    for row in map(json.loads, lines):
        one, other = ((article, Span(start, end)) for article, start, end in row["claims"])
        judged[row["story"]].append(Judged((one, other), row["same_slot"]))
    articles: dict[str, list[Article]] = defaultdict(list)
    rows = map(json.loads, (bench / "stories.jsonl").read_text("utf-8").splitlines())
    story_of = {row["id"]: row["gold_story"] for row in rows}
    for article in load_articles([bench / "stories.jsonl"])[0]:
        articles[story_of[article.id]].append(article)
    return [
        Event(story, JUDGED, False, tuple(articles[story]), tuple(map(read, articles[story])), (), tuple(pairs))
        for story, pairs in sorted(judged.items())
    ]


def annotated_facts(folder: Path, articles: Sequence[Article]) -> Facts:
    """The annotated facts, each side with its span."""
    facts: list[dict[str, Any]] = json.loads((folder / "facts.json").read_text("utf-8"))
    texts = {article.id: article.text for article in articles}
    for fact in facts:
        for side in fact["sides"]:
            start = texts[side["doc"]].index(side["quote"]) + side["quote"].index(side["surface"])
            side["span"] = Span(start, start + len(side["surface"]))
    return facts


def planted_facts(folder: Path) -> Facts:
    """Planted values in the form of annotated facts; the first side is the planted one."""
    rows = json.loads((folder / "planted.json").read_text("utf-8"))
    return [
        {
            "verdict": "contradiction",
            "type": row["type"],
            "sides": [{"doc": side["doc"], "span": Span(side["start"], side["end"])} for side in (row, *row["others"])],
        }
        for row in rows
    ]


def holds(fact: dict[str, Any], node: Node, *, own: bool = False) -> bool:
    """Whether an annotated fact has a side (its ``own`` first one only) at one of the node's claims."""
    return any(
        side["doc"] == node.article and any(view.claim.span.overlaps(side["span"]) for view in node.views)
        for side in fact["sides"][: 1 if own else None]
    )


def _nodes_by_kind(event: Event) -> tuple[dict[Kind, list[Node]], Vetoes]:
    nodes = build_nodes(view_claims(event.readings, event.lengths))
    by_kind: dict[Kind, list[Node]] = defaultdict(list)
    for node in nodes:
        by_kind[node.kind].append(node)
    return by_kind, Vetoes(nodes, event.readings)


def label_pairs(event: Event) -> Iterator[tuple[Case, tuple[Measure, ...]]]:
    """Every pair of nodes of one event: its case by context, and what its value adds where the two are alike."""
    for nodes in _nodes_by_kind(event)[0].values():
        frequency = Counter(value_key(node.value) for node in nodes)
        held = {id(node): [f for f in event.facts if holds(f, node)] for node in nodes}
        for a, b in combinations(nodes, 2):
            if a.article == b.article or not comparable(a, b):
                continue
            both = [fact for fact in held[id(a)] if any(fact is other for other in held[id(b)])]
            positive = any(fact["verdict"] != "scope" for fact in both)
            relation = compare_values(a.kind, a.value, b.value).relation
            like = relation in LIKE
            weight = 1.0 if positive or both or not like else UNANNOTATED
            contexts = [measure_context(x, y) for x in a.views[:6] for y in b.views[:6]]
            context = max(contexts, key=lambda found: dict(found)["sentence"])
            apart = any(name == "head differs" for name, _ in context)
            extra = value_measures(relation, a.value, frequency[value_key(a.value)], apart=apart) if like else ()
            yield Case(event.name, FAMILIES[a.kind], positive, weight, context, like=like), extra


def label_contrasts(event: Event, weights: Mapping[Kind, Weights]) -> Iterator[Case]:
    """The candidates of one event, labelled; of an event with planted values only those that touch one."""
    by_kind, vetoes = _nodes_by_kind(event)
    for kind, nodes in by_kind.items():
        edges = score_edges(nodes, weights[kind])
        for contrast in contrast_candidates(edges):
            left, right = contrast.edge.left, contrast.edge.right
            if vetoes.forbids(contrast.edge):
                continue
            if event.judged:
                judgement = next((j.same_slot for j in event.judged if _are_ends(j, left, right)), None)
                if judgement is None:
                    continue
                positive = judgement
            elif event.planted:
                touching = [f for f in event.facts if holds(f, left, own=True) or holds(f, right, own=True)]
                if not touching:
                    continue
                positive = any(holds(f, left) and holds(f, right) for f in touching)
            else:
                positive = any(f["verdict"] in UNLIKE and holds(f, left) and holds(f, right) for f in event.facts)
            natural = not event.planted and not event.judged
            yield Case(
                event.name, FAMILIES[kind], positive, 1.0, contrast.measures, planted=event.planted, natural=natural
            )
        if not event.planted and FAMILIES[kind] not in NOT_IMAGINED:
            yield from _imagine(event, kind, edges)


def _are_ends(judged: Judged, left: Node, right: Node) -> bool:
    """Whether two nodes hold the two claims judged."""
    return all(any(_stands_at(node, end) for node in (left, right)) for end in judged.ends)


def _stands_at(node: Node, place: Place) -> bool:
    article, span = place
    return node.article == article and any(view.claim.span.overlaps(span) for view in node.views)


def _imagine(event: Event, kind: Kind, edges: Sequence[Edge]) -> Iterator[Case]:
    """Annotated agreements as they would look had one outlet given another value: many more cases.

    With its value, a node loses what agrees with it; the wrong partners that it then has are cases too.
    """
    agreed = [
        edge
        for edge in edges
        if edge.relation in LIKE
        and any(f["verdict"] in LIKE_VERDICTS and holds(f, edge.left) and holds(f, edge.right) for f in event.facts)
    ]
    for node in {node: None for edge in agreed for node in (edge.left, edge.right)}:
        changed = [
            replace(edge, relation=Relation.DIFFERS, probability=edge.context)
            if node in (edge.left, edge.right) and edge.relation in LIKE
            else edge
            for edge in edges
        ]
        for contrast in contrast_candidates(changed, of=node):
            left, right = contrast.edge.left, contrast.edge.right
            positive = any(f["verdict"] in LIKE_VERDICTS and holds(f, left) and holds(f, right) for f in event.facts)
            yield Case(event.name, FAMILIES[kind], positive, IMAGINED, _as_imagined(contrast.measures), imagined=True)


def _as_imagined(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """What is measured of the values themselves told only of the true ones."""
    told = {"close": IMAGINED_CLOSENESS, "clear": 1.0}
    return tuple((name, told.get(name, value)) for name, value in measures)
