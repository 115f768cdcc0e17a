"""Fit the weights of story grouping on a bench folder and print what they are worth on stories they were not fitted on.

    python benchmarks/fit_stories.py BENCH_DIR [--write]

BENCH_DIR holds ``stories.jsonl`` (id, source, title, published, text, gold_story) and folders of events, each with an
``articles.jsonl``. Weights are those of a logistic regression over pairs of articles. Gold stories are dealt into five
folds; each fold's figures come from weights fitted on pairs of the other four. ``--write`` saves the weights fitted on
everything to ``rules/lexicons/story_weights.yaml``.
"""

from __future__ import annotations

import argparse
import json
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import yaml

from reconcile.extract.body import find_excluded
from reconcile.extract.document import parse
from reconcile.extract.sketch import sketch
from reconcile.extract.times import find_times
from reconcile.match.blocking import candidate_pairs
from reconcile.match.likeness import Weights, features_of
from reconcile.match.profiles import ArticleSketch, weigh
from reconcile.match.stories import group
from reconcile.model import Published
from reconcile.resources import data_folder

FOLDS = 5
RIDGE = 2.0
NIGHT = date(2020, 3, 4)
THRESHOLDS = (-1.5, -1.0, -0.5, 0.0)
SETS = {"stories": 1.0, "politics": 4.0, "incidents": 2.0}
"""How much a pair of each set counts: the small sets of events would drown among the many shootings."""

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True)
class Labelled:
    """Articles of one set and, by article id, the story each belongs to."""

    articles: tuple[ArticleSketch, ...]
    gold: Mapping[str, str]


@dataclass(frozen=True)
class Pairs:
    """Pairs of articles as rows: features, whether they share a story, how much they count, and their two folds."""

    names: tuple[str, ...]
    features: Array
    same: Array
    weight: Array
    folds: tuple[tuple[int, int], ...]


def read_rows(bench: Path, name: str) -> Iterator[tuple[dict[str, str], str]]:
    """Each article of a set with the name of its story."""
    if name == "stories":
        for line in (bench / "stories.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row, row["gold_story"]
        return
    for event in sorted(path for path in (bench / name).iterdir() if path.is_dir()):
        for line in (event / "articles.jsonl").read_text("utf-8").splitlines():
            yield json.loads(line), event.name


def load_set(bench: Path, name: str) -> Labelled:
    """A set read, parsed and sketched: the slow part, some minutes for the whole bench."""
    articles, gold = [], {}
    for row, story in read_rows(bench, name):
        published = Published(row["published"]) if row.get("published") else None
        doc = parse(row["text"])
        excluded = find_excluded(row["text"], row["title"], row["source"])
        outline = sketch(doc, find_times(doc, published), row["title"], excluded)
        articles.append(ArticleSketch(row["id"], row["source"], row["title"], published, outline))
        gold[row["id"]] = f"{name}/{story}"
    return Labelled(tuple(articles), gold)


def fold_of(story: str) -> int:
    """A story's fold, the same in every run."""
    return zlib.crc32(story.encode()) % FOLDS


def one_night(labelled: Labelled) -> list[ArticleSketch]:
    """The same articles as if all stories had begun on one day, as a night's intake has them: dates shift by story."""
    first: dict[str, date] = {}
    for article in labelled.articles:
        if article.published:
            story, day = labelled.gold[article.id], article.published.moment().date()
            first[story] = min(day, first.get(story, day))
    return [_shifted(a, NIGHT - first.get(labelled.gold[a.id], NIGHT)) for a in labelled.articles]


def _shifted(article: ArticleSketch, by: timedelta) -> ArticleSketch:
    published = article.published
    if published:
        published = replace(published, iso=(published.moment().date() + by).isoformat(), precision="day")
    days = tuple(sorted((date.fromisoformat(day) + by).isoformat() for day in article.sketch.days))
    return replace(article, published=published, sketch=replace(article.sketch, days=days))


def undated(articles: Sequence[ArticleSketch]) -> list[ArticleSketch]:
    """The same articles as if nothing were known of when they appeared."""
    return [replace(a, published=None, sketch=replace(a.sketch, days=())) for a in articles]


def pairs_of(labelled: Labelled, weight: float) -> Pairs:
    """The candidate pairs of a set: as they are, as if of one night, and with little weight without any date."""
    rows, same, weights, folds = [], [], [], []
    batch = weigh(labelled.articles)
    bare, night = weigh(undated(labelled.articles)), weigh(one_night(labelled))
    for left, right in candidate_pairs(batch):
        stories = [labelled.gold[batch.profiles[at].article.id] for at in (left, right)]
        for source, share in ((batch, 1.0), (night, 0.7), (bare, 0.2)):
            found = features_of(source.profiles[left], source.profiles[right], source)
            # A shifted story is as far from others as the shift made it: nothing to learn from.
            rows.append(found | {"published weeks apart": 0.0} if source is night else found)
            same.append(float(stories[0] == stories[1]))
            weights.append(weight * share)
            folds.append((fold_of(stories[0]), fold_of(stories[1])))
    names = tuple(rows[0])
    matrix = np.array([[row[name] for name in names] for row in rows])
    return Pairs(names, matrix, np.array(same), np.array(weights), tuple(folds))


def fit(pairs: Sequence[Pairs], without: int | None, threshold: float) -> Weights:
    """Weights from all pairs but those that touch the fold ``without``: by ridge logistic regression."""
    keep = [np.array([without not in fold for fold in part.folds]) for part in pairs]
    matrix = np.concatenate([part.features[mask] for part, mask in zip(pairs, keep, strict=True)])
    matrix = np.hstack([np.ones((len(matrix), 1)), matrix])
    same = np.concatenate([part.same[mask] for part, mask in zip(pairs, keep, strict=True)])
    weight = np.concatenate([part.weight[mask] for part, mask in zip(pairs, keep, strict=True)])
    ridge = np.eye(matrix.shape[1]) * RIDGE
    ridge[0, 0] = 1e-6
    beta = np.zeros(matrix.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(matrix @ beta, -30, 30)))
        slope = matrix.T @ (weight * (same - chance)) - ridge @ beta
        curve = (matrix * (weight * chance * (1 - chance))[:, None]).T @ matrix + ridge
        step = np.linalg.solve(curve, slope)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    features = {name: round(float(value), 3) for name, value in zip(pairs[0].names, beta[1:], strict=True)}
    return Weights(round(float(beta[0]), 3), threshold, features)


def b_cubed(gold: Mapping[str, str], system: Mapping[str, str], ids: Sequence[str]) -> tuple[float, float]:
    """Summed B-cubed precision and recall of ``ids``, each judged within all of ``gold``."""
    golden, ours = defaultdict(set), defaultdict(set)
    for id in gold:
        golden[gold[id]].add(id)
        ours[system[id]].add(id)
    both = [(len(golden[gold[id]] & ours[system[id]]), ours[system[id]], golden[gold[id]]) for id in ids]
    return sum(n / len(s) for n, s, _ in both), sum(n / len(g) for n, _, g in both)


def stories_by_article(articles: Sequence[ArticleSketch], weights: Weights) -> dict[str, str]:
    return {id: story.id for story in group(articles, weights=weights) for id in story.articles}


def cross_validated(labelled: Labelled, pairs: Sequence[Pairs], threshold: float) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1: each fold's articles judged by weights that never saw their stories."""
    precision = recall = 0.0
    for fold in range(FOLDS):
        system = stories_by_article(labelled.articles, fit(pairs, fold, threshold))
        ids = [id for id, story in labelled.gold.items() if fold_of(story) == fold]
        gained = b_cubed(labelled.gold, system, ids)
        precision, recall = precision + gained[0], recall + gained[1]
    precision, recall = precision / len(labelled.gold), recall / len(labelled.gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def event_errors(labelled: Labelled, weights: Weights) -> tuple[int, int]:
    """How many gold stories were split, and how many of ours hold articles of more than one."""
    system = stories_by_article(labelled.articles, weights)
    split, mixed = defaultdict(set), defaultdict(set)
    for id, story in labelled.gold.items():
        split[story].add(system[id])
        mixed[system[id]].add(story)
    return sum(len(found) > 1 for found in split.values()), sum(len(found) > 1 for found in mixed.values())


def write(weights: Weights) -> Path:
    """Save the weights as the shipped ones."""
    path = data_folder("rules") / "lexicons" / "story_weights.yaml"
    head = (
        "# What each feature of two articles adds to the log-odds that they are about one event. Made by\n"
        "# benchmarks/fit_stories.py from pairs of articles: fit again rather than edit. Two groups of articles join\n"
        "# while their mean log-odds lie above the threshold.\n"
    )
    data = {"bias": weights.bias, "threshold": weights.threshold, "features": dict(weights.features)}
    path.write_text(head + yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return path


def report(sets: Mapping[str, Labelled], threshold: float) -> Weights:
    """Print the figures; the weights fitted on everything."""
    pairs = [pairs_of(labelled, SETS[name]) for name, labelled in sets.items()]
    events = Labelled(
        sets["politics"].articles + sets["incidents"].articles, {**sets["politics"].gold, **sets["incidents"].gold}
    )
    night = Labelled(tuple(one_night(sets["stories"])), sets["stories"].gold)
    event_night = Labelled(tuple(one_night(events)), events.gold)
    for name, labelled in (
        ("stories", sets["stories"]),
        ("stories, all begun on one day", night),
        ("politics and incidents", events),
        ("politics and incidents, all begun on one day", event_night),
    ):
        print(f"{name}: {len(labelled.articles)} articles, {len(set(labelled.gold.values()))} stories, cross-validated")
        for at in THRESHOLDS:
            precision, recall, f1 = cross_validated(labelled, pairs, at)
            print(f"  threshold {at:5.1f}: precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}")
    weights = fit(pairs, None, threshold)
    split, mixed = event_errors(events, weights)
    print(f"politics and incidents in one batch: {split} events split, {mixed} stories of several events")
    return weights


def main() -> None:
    """Read the bench, fit, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--threshold", type=float, default=-1.0)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    started = time.process_time()
    sets = {name: load_set(args.bench, name) for name in SETS}
    print(f"read {Counter(map(len, (s.articles for s in sets.values())))} in {time.process_time() - started:.0f} s CPU")
    weights = report(sets, args.threshold)
    for name, value in weights.features.items():
        print(f"  {name:24}{value:8.2f}")
    if args.write:
        print(f"written to {write(weights)}")


if __name__ == "__main__":
    main()
