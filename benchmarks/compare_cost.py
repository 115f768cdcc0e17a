"""What grouping and comparing cost beside reading, in one process: CPU seconds of each stage and their ratio.

    python benchmarks/compare_cost.py ARTICLES.jsonl [--count 400]

Articles are taken with their whole stories where the lines name them (``gold_story``), so that a part of a file has
stories as large as the whole: a lone article costs next to nothing to compare.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from reconcile import pipeline
from reconcile.check.load import load_pack
from reconcile.extract.reader import read
from reconcile.ingest.load import load_articles
from reconcile.match.repetition import find_repeated
from reconcile.model import Article
from reconcile.resources import data_folder

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What some work returns, and its CPU seconds."""
    started = time.process_time()
    return work(), time.process_time() - started


def take_stories(path: Path, articles: tuple[Article, ...], count: int) -> tuple[Article, ...]:
    """About ``count`` of the articles, stories whole, in their order."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    story_of = {str(row["id"]): str(row.get("gold_story", row["id"])) for row in rows}
    taken: set[str] = set()
    size = Counter(story_of.values())
    total = 0
    for story in dict.fromkeys(story_of.values()):
        if total < count:
            taken.add(story)
            total += size[story]
    return tuple(article for article in articles if story_of[article.id] in taken)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=400)
    arguments = parser.parse_args()
    articles = take_stories(arguments.articles, load_articles([arguments.articles])[0], arguments.count)
    pack, _ = load_pack([data_folder("rules")])
    read(articles[0])  # model, lexicons and rules are loaded before the clock starts
    readings, reading = timed(lambda: pipeline.read_all(articles))
    stories, grouping = timed(lambda: pipeline.make_stories(articles, readings))
    known = {a.id: (a, r) for a, r in zip(articles, readings, strict=True)}
    repeated = find_repeated({id: pipeline.sketch_of(*member) for id, member in known.items()}, stories)
    outcomes, comparing = timed(
        lambda: [
            pipeline.compare_story(story, [known[id] for id in (*story.articles, *story.guests())], pack, repeated)
            for story in stories
        ]
    )
    findings = sum(len(outcome.findings) for outcome in outcomes)
    print(f"{len(articles)} articles, {len(stories)} stories, {findings} findings")
    print(f"read {reading:.1f} s, group {grouping:.1f} s, compare {comparing:.1f} s")
    print(f"group and compare beside read: {(grouping + comparing) / reading:.2f}")


if __name__ == "__main__":
    main()
