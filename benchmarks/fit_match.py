"""Fit the weights of matching on annotated events and print cross-validated figures.

    python benchmarks/fit_match.py BENCH_DIR [--write]

``BENCH_DIR`` holds sets of events (``politics/EVENT/articles.jsonl`` and ``facts.json`` and the like). A pair of claims
is positive where an annotated fact holds both. ``context`` weights are fitted on context alone, with unlike values as
negatives; ``value`` weights on pairs of like values; ``contrast`` weights on the best pairs of unlike values, which are
positive where an annotated contradiction or update, or a planted one (``EVENT/planted.json``), holds both; annotated
agreements with one value imagined changed are positives too, of less weight. Folds are whole events, so no figure is
that of a fitted case.
``--write`` replaces ``rules/weights/match.yaml``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from reconcile.extract.reader import read
from reconcile.ingest.load import load_articles
from reconcile.match.contrasts import contrast_candidates
from reconcile.match.edges import Edge, comparable, is_near, score_edges, value_measures
from reconcile.match.features import Measure, measure_context, view_claims
from reconcile.match.nodes import Node, build_nodes, value_key
from reconcile.match.weights import FAMILIES, Weights
from reconcile.model import Kind, Reading, Relation, Span
from reconcile.normalize.compare import compare_values
from reconcile.resources import data_folder

SETS = ("politics", "incidents")
PLANTED = ("politics-planted", "incidents-planted")
FOLDS = 5
RIDGE = 1.0
UNLIKE = ("contradiction", "update")
LIKE_VERDICTS = ("agreement", "precision")
IMAGINED = 0.3
"""The weight of an imagined discrepancy beside a real or planted one."""
IMAGINED_CLOSENESS = 0.4
"""How close imagined values lie: about as close as planted ones do."""
NOT_IMAGINED = ("place", "words")
LEAST_POSITIVES = 5
"""Fewer real and planted discrepancies calibrate nothing."""
UNANNOTATED = 0.3
"""The weight of a pair of like values that no annotated fact holds: mostly another slot, sometimes a repetition."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One training case."""

    event: str
    family: str
    like: bool
    positive: bool
    weight: float
    context: tuple[Measure, ...]
    extra: tuple[Measure, ...]


def load_event(folder: Path) -> tuple[list[Reading], dict[str, int], list[dict[str, Any]]]:
    """The readings, text lengths and annotated facts of one event."""
    articles, _ = load_articles([folder / "articles.jsonl"])
    path = folder / "facts.json"
    facts = json.loads(path.read_text("utf-8")) if path.exists() else []
    texts = {article.id: article.text for article in articles}
    for fact in facts:
        for side in fact["sides"]:
            start = texts[side["doc"]].index(side["quote"]) + side["quote"].index(side["surface"])
            side["span"] = Span(start, start + len(side["surface"]))
    return [read(article) for article in articles], {a.id: len(a.text) for a in articles}, facts


def holds(fact: dict[str, Any], node: Node, *, own: bool = False) -> bool:
    """Whether an annotated fact has a side (its ``own`` first one only) at one of the node's claims."""
    return any(
        side["doc"] == node.article and any(view.claim.span.overlaps(side["span"]) for view in node.views)
        for side in fact["sides"][: 1 if own else None]
    )


def label_pairs(
    event: str, readings: Sequence[Reading], lengths: Mapping[str, int], facts: Sequence[dict[str, Any]]
) -> Iterator[Pair]:
    """Every pair of nodes of one event, labelled."""
    by_kind: dict[str, list[Node]] = defaultdict(list)
    for node in build_nodes(view_claims(readings, lengths)):
        by_kind[node.kind].append(node)
    for nodes in by_kind.values():
        frequency = Counter(value_key(node.value) for node in nodes)
        held = {id(node): [f for f in facts if holds(f, node)] for node in nodes}
        for a, b in combinations(nodes, 2):
            if a.article == b.article or not comparable(a, b):
                continue
            both = [fact for fact in held[id(a)] if any(fact is other for other in held[id(b)])]
            positive = any(fact["verdict"] != "scope" for fact in both)
            relation = compare_values(a.kind, a.value, b.value).relation
            like = relation in (Relation.EQUAL, Relation.FINER)
            certain = positive or bool(both) or not like
            contexts = [measure_context(x, y) for x in a.views[:6] for y in b.views[:6]]
            context = max(contexts, key=lambda found: dict(found)["sentence"])
            apart = any(name == "head differs" for name, _ in context)
            extra = value_measures(relation, a.value, frequency[value_key(a.value)], apart=apart) if like else ()
            yield Pair(event, FAMILIES[a.kind], like, positive, 1.0 if certain else UNANNOTATED, context, extra)


def edges_of(
    readings: Sequence[Reading], lengths: Mapping[str, int], weights: Mapping[Kind, Weights]
) -> Iterator[tuple[Kind, list[Edge]]]:
    """The scored edges of one event by kind, as the product makes them."""
    by_kind: dict[Kind, list[Node]] = defaultdict(list)
    for node in build_nodes(view_claims(readings, lengths)):
        by_kind[node.kind].append(node)
    for kind, nodes in by_kind.items():
        yield kind, score_edges(nodes, weights[kind])


def label_contrasts(
    event: str, edges: Mapping[Kind, list[Edge]], facts: Sequence[dict[str, Any]], *, planted: bool
) -> Iterator[Pair]:
    """The candidates of one event, labelled; of an event with planted values only those that touch one."""
    for kind, group in edges.items():
        for contrast in contrast_candidates(group):
            left, right = contrast.edge.left, contrast.edge.right
            if planted:
                touching = [f for f in facts if holds(f, left, own=True) or holds(f, right, own=True)]
                if not touching:
                    continue
                positive = any(holds(f, left) and holds(f, right) for f in touching)
            else:
                positive = any(f["verdict"] in UNLIKE and holds(f, left) and holds(f, right) for f in facts)
            yield Pair(event, FAMILIES[kind], False, positive, 1.0, contrast.measures, ())


def imagine_contrasts(event: str, edges: Mapping[Kind, list[Edge]], facts: Sequence[dict[str, Any]]) -> Iterator[Pair]:
    """Annotated agreements as they would look had one outlet given another value: many more positive cases."""
    for kind, group in edges.items():
        if FAMILIES[kind] in NOT_IMAGINED:
            continue
        for edge in group:
            agreed = any(f["verdict"] in LIKE_VERDICTS and holds(f, edge.left) and holds(f, edge.right) for f in facts)
            if not agreed or not is_near(edge):
                continue
            changed = replace(edge, relation=Relation.DIFFERS, probability=edge.context)
            for contrast in contrast_candidates([changed if other is edge else other for other in group]):
                if contrast.edge is changed:
                    measures = tuple((n, IMAGINED_CLOSENESS if n == "close" else v) for n, v in contrast.measures)
                    yield Pair(event, FAMILIES[kind], False, True, IMAGINED, measures, ())


def planted_facts(folder: Path) -> list[dict[str, Any]]:
    """Planted values in the form of annotated facts; the first side is the planted one."""
    rows = json.loads((folder / "planted.json").read_text("utf-8"))
    return [
        {
            "verdict": "contradiction",
            "sides": [{"doc": side["doc"], "span": Span(side["start"], side["end"])} for side in (row, *row["others"])],
        }
        for row in rows
    ]


def fit(rows: Sequence[tuple[Measure, ...]], labels: Sequence[bool], weights: Sequence[float]) -> dict[str, float]:
    """Ridge logistic regression by Newton's method; the bias is not penalized."""
    names = sorted({name for row in rows for name, _ in row})
    matrix = np.zeros((len(rows), len(names) + 1))
    matrix[:, 0] = 1
    for i, row in enumerate(rows):
        for name, score in row:
            matrix[i, names.index(name) + 1] = score
    target, importance = np.array(labels, float), np.array(weights)
    penalty = np.full(len(names) + 1, RIDGE)
    penalty[0] = 1e-6
    beta = np.zeros(len(names) + 1)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(matrix @ beta, -30, 30)))
        gradient = matrix.T @ (importance * (target - chance)) - penalty * beta
        curvature = (matrix * (importance * chance * (1 - chance))[:, None]).T @ matrix + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        beta += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return {"bias": round(float(beta[0]), 3)} | {n: round(float(b), 3) for n, b in zip(names, beta[1:], strict=True)}


def predict(row: tuple[Measure, ...], weights: dict[str, float]) -> float:
    """The probability for one row."""
    logit = weights["bias"] + sum(weights.get(name, 0.0) * score for name, score in row)
    return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def logit(chance: float) -> float:
    """The log odds of a probability."""
    clipped = min(max(chance, 1e-6), 1 - 1e-6)
    return float(np.log(clipped / (1 - clipped)))


def squash(odds: float) -> float:
    """The probability of some log odds."""
    return float(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def calibrate(scored: Sequence[tuple[float, bool, float]]) -> tuple[float, float]:
    """Slope and shift of the log odds that make held-out probabilities true of real and planted cases (Platt)."""
    odds = np.array([[1.0, logit(chance)] for chance, _, _ in scored])
    target = np.array([float(y) for _, y, _ in scored])
    beta = np.array([0.0, 1.0])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(odds @ beta, -30, 30)))
        curvature = (odds * (chance * (1 - chance))[:, None]).T @ odds + np.eye(2) * 1e-3
        step = np.linalg.solve(curvature, odds.T @ (target - chance))
        beta += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return float(beta[1]), float(beta[0])


def recalibrate(weights: Mapping[str, float], slope: float, shift: float) -> dict[str, float]:
    """The weights with the slope and shift of their log odds applied."""
    scaled = {name: round(slope * weight, 3) for name, weight in weights.items()}
    return scaled | {"bias": round(slope * weights["bias"] + shift, 3)}


def rows_of(pairs: Sequence[Pair], *, value: bool) -> tuple[list[tuple[Measure, ...]], list[bool], list[float]]:
    """The training rows of one model: like pairs with value features, or unlike pairs and all positives without."""
    chosen = [p for p in pairs if (p.like if value else p.positive or not p.like)]
    rows = [(*p.context, *p.extra) if value else p.context for p in chosen]
    return rows, [p.positive for p in chosen], [p.weight for p in chosen]


def cross_validate(pairs: Sequence[Pair], *, value: bool) -> list[tuple[float, bool, float]]:
    """``(probability, positive, weight)`` of every pair, predicted by a model that has not seen its event."""
    events = sorted({p.event for p in pairs})
    out: list[tuple[float, bool, float]] = []
    for fold in range(FOLDS):
        held = set(events[fold::FOLDS])
        rows, labels, weights = rows_of([p for p in pairs if p.event not in held], value=value)
        model = fit(rows, labels, weights)
        test_rows, test_labels, test_weights = rows_of([p for p in pairs if p.event in held], value=value)
        out += [(predict(r, model), y, w) for r, y, w in zip(test_rows, test_labels, test_weights, strict=True)]
    return out


def describe(scored: Sequence[tuple[float, bool, float]]) -> str:
    """Precision and recall at a few thresholds."""
    positives = sum(y for _, y, _ in scored)
    parts = []
    for threshold in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = [(y, w) for p, y, w in scored if p >= threshold]
        hits = sum(y for y, _ in kept)
        parts.append(f"{threshold}: P {hits / max(1e-9, sum(w for _, w in kept)):.2f} R {hits / max(1, positives):.2f}")
    return f"{positives} of {len(scored)} | " + " | ".join(parts)


Loaded = tuple[str, bool, list[Reading], dict[str, int], list[dict[str, Any]]]
"""An event: name, whether it is a planted one, readings, text lengths, facts."""


def fit_all(events: Sequence[Loaded], old: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """All weights by family, the cross-validated figures printed on the way."""
    pairs = [
        pair
        for name, planted, readings, lengths, facts in events
        if not planted
        for pair in label_pairs(name, readings, lengths, facts)
    ]
    families: dict[str, Any] = {}
    for family in sorted(set(FAMILIES.values())):
        mine = [p for p in pairs if p.family == family]
        print(f"{family:7} value    {describe(cross_validate(mine, value=True))}")
        print(f"{family:7} context  {describe(cross_validate(mine, value=False))}")
        families[family] = {
            "agree": old.get(family, {}).get("agree", 0.25),
            "again": old.get(family, {}).get("again", 0.5),
            "differ": old.get(family, {}).get("differ", 0.5),
            "doubt": old.get(family, {}).get("doubt", 0.35),
            "context": fit(*rows_of(mine, value=False)),
            "value": fit(*rows_of(mine, value=True)),
        }
    bare = {
        kind: Weights(families[family]["context"], families[family]["value"], {"bias": 0.0}, 0.25, 0.5, 0.5, 0.35)
        for kind, family in FAMILIES.items()
    }
    contrasts: list[Pair] = []
    for name, planted, readings, lengths, facts in events:
        edges = dict(edges_of(readings, lengths, bare))
        contrasts += label_contrasts(name, edges, facts, planted=planted)
        if not planted:
            contrasts += imagine_contrasts(name, edges, facts)
    for family in families:
        mine = [p for p in contrasts if p.family == family]
        families[family]["contrast"] = fit(*rows_of(mine, value=False))
        real = [case for case in cross_validate(mine, value=False) if case[2] == 1.0]
        if sum(positive for _, positive, _ in real) >= LEAST_POSITIVES:
            slope, shift = calibrate(real)
            families[family]["contrast"] = recalibrate(families[family]["contrast"], slope, shift)
            real = [(squash(slope * logit(chance) + shift), y, w) for chance, y, w in real]
        print(f"{family:7} contrast {describe(real)}")
    return families


def load_all(bench: Path) -> list[Loaded]:
    """Every event of every set, read."""
    loaded: list[Loaded] = []
    for name in (*SETS, *PLANTED):
        for folder in sorted((bench / name).iterdir()):
            planted = (folder / "planted.json").exists()
            readings, lengths, facts = load_event(folder)
            loaded.append((folder.name, planted, readings, lengths, planted_facts(folder) if planted else facts))
    return loaded


def main() -> None:
    """Fit, print the cross-validated figures, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    path = data_folder("rules") / "weights" / "match.yaml"
    old = yaml.safe_load(path.read_text("utf-8"))["families"] if path.exists() else {}
    families = fit_all(load_all(arguments.bench), old)
    if arguments.write:
        thresholds = "`agree`, `again`, `differ` and `doubt`"
        text = f"# Fitted by benchmarks/fit_match.py; the thresholds {thresholds} are set by hand.\n"
        path.write_text(text + yaml.safe_dump({"families": families}, sort_keys=True), encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main()
