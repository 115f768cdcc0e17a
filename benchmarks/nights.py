"""Group a bench folder's articles night after night and hold the stories against those of one pass.

    python benchmarks/nights.py BENCH_DIR [--nights 1 7 30]

``stories.jsonl`` is sorted by date and cut into so many batches of equal size. Each batch meets the stories that its
windows and its keys open, as a nightly run's does. Printed: B-cubed against the gold stories and against one pass, how
many stories merged, how many articles were ever open at once of how many, and CPU seconds.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from fit_stories import Labelled, b_cubed, load_set, stories_by_article

from reconcile.match.likeness import load_weights
from reconcile.match.open_stories import OpenStory, recall_keys, recalled, regroup, windows
from reconcile.match.profiles import ArticleSketch
from reconcile.model import Story


@dataclass
class Archive:
    """What a store holds: stories, their articles' sketches, and which stories have which key."""

    stories: dict[str, Story] = field(default_factory=dict)
    sketches: dict[str, ArticleSketch] = field(default_factory=dict)
    keys: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    merged: int = 0
    most_open: int = 0

    def add(self, batch: Sequence[ArticleSketch]) -> None:
        """One night: open what the batch may join, regroup, and keep the result."""
        ranges = windows(batch, max(_day(article) for article in batch))
        wanted = set(recalled((key, id) for article in batch for key in recall_keys(article) for id in self.keys[key]))
        for story in self.stories.values():
            days = [_day(self.sketches[id]) for id in story.articles]
            if any(first <= day <= last for day in days for first, last in ranges):
                wanted.add(story.id)
        opened = [
            OpenStory(self.stories[id], tuple(self.sketches[member] for member in self.stories[id].articles))
            for id in sorted(wanted)
        ]
        self.most_open = max(self.most_open, sum(len(story.sketches) for story in opened))
        step = regroup(batch, opened)
        self.sketches |= {article.id: article for article in batch}
        for gone, into in step.merged.items():
            del self.stories[gone]
            for having in self.keys.values():
                if gone in having:
                    having.symmetric_difference_update({gone, into} - (having & {into}))
        self.merged += len(step.merged)
        for story in step.stories:
            self.stories[story.id] = story
            for key in {key for id in story.articles for key in recall_keys(self.sketches[id])}:
                self.keys[key].add(story.id)


def _day(article: ArticleSketch) -> date:
    return article.published.moment().date() if article.published else date.min


def f1(gold: Labelled, system: dict[str, str]) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 of stories against gold ones."""
    precision, recall = (total / len(gold.gold) for total in b_cubed(gold.gold, system, list(gold.gold)))
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    """Read, group in one pass and night by night, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--nights", type=int, nargs="+", default=[1, 7, 30])
    arguments = parser.parse_args()
    gold = load_set(arguments.bench, "stories")
    ordered = sorted(gold.articles, key=lambda article: (_day(article), article.id))
    at_once = stories_by_article(ordered, load_weights())
    print("one pass: precision {:.4f}, recall {:.4f}, F1 {:.4f}".format(*f1(gold, at_once)))
    for nights in arguments.nights:
        archive, size, started = Archive(), -(-len(ordered) // nights), time.process_time()
        for first in range(0, len(ordered), size):
            archive.add(ordered[first : first + size])
        taken = time.process_time() - started
        system = {id: story.id for story in archive.stories.values() for id in story.articles}
        precision, recall, score = f1(gold, system)
        print(
            f"{nights:4} nights: precision {precision:.4f}, recall {recall:.4f}, F1 {score:.4f}; "
            f"against one pass F1 {f1(Labelled(gold.articles, at_once), system)[2]:.4f}; {archive.merged} merged, "
            f"at most {archive.most_open} of {len(ordered)} articles open, {taken:.1f} s"
        )


if __name__ == "__main__":
    main()
