"""Measure what counts as one source: copies made from a bench folder's articles, and the outlets' own texts.

    python benchmarks/independence.py BENCH_DIR

Each article is copied for another outlet with a new headline: whole, cut to its first or last part, edited word by
word, with sentences dropped, and all of these together; the figure is the share of copies that count as one source with
their original. Then, within each gold story, how many pairs of outlets of different owners count as one, and why.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from pathlib import Path

from reconcile.extract.credits import find_cites, find_credits
from reconcile.extract.sketch import shingle_hashes
from reconcile.match.independence import dependences, independent_groups
from reconcile.match.profiles import ArticleSketch
from reconcile.match.publishers import owner_of
from reconcile.model import Sketch

_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+")
_FEWEST_WORDS = 80
_SYNONYM = "reportedly"


def read_rows(bench: Path) -> Iterator[dict[str, str]]:
    """Every article of the bench's stories and events, with its story under ``event``."""
    for line in (bench / "stories.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row | {"event": row["gold_story"]}
    for name in ("politics", "incidents"):
        for path in sorted((bench / name).glob("*/articles.jsonl")):
            for line in path.read_text("utf-8").splitlines():
                yield json.loads(line) | {"event": f"{name}/{path.parent.name}"}


def outline(id: str, source: str, text: str) -> ArticleSketch:
    """All of a sketch that independence looks at."""
    sketch = Sketch(shingles=shingle_hashes(text), credits=find_credits(text), cites=find_cites(text))
    return ArticleSketch(id, source, "", None, sketch)


def sentences_of(text: str) -> list[str]:
    return _SENTENCE.split(text)


def first_part(text: str, _: random.Random) -> str:
    """The first 40 % of the sentences."""
    sentences = sentences_of(text)
    return " ".join(sentences[: max(1, len(sentences) * 2 // 5)])


def last_part(text: str, _: random.Random) -> str:
    """The last half of the sentences: another lead was put in front."""
    sentences = sentences_of(text)
    return " ".join(sentences[len(sentences) // 2 :])


def dropped(text: str, chance: random.Random) -> str:
    """A third of the sentences is gone."""
    return " ".join(s for s in sentences_of(text) if chance.random() > 1 / 3)


def edited(share: float) -> Callable[[str, random.Random], str]:
    """A copy in which a share of the words was replaced."""

    def edit(text: str, chance: random.Random) -> str:
        return " ".join(_SYNONYM if chance.random() < share else word for word in text.split())

    return edit


def reworked(text: str, chance: random.Random) -> str:
    """Sentences dropped, then one word in twenty replaced."""
    return edited(0.05)(dropped(text, chance), chance)


COPIES: dict[str, Callable[[str, random.Random], str]] = {
    "whole, new headline": lambda text, _: text,
    "first 40 % of the sentences": first_part,
    "last half of the sentences": last_part,
    "a third of the sentences dropped": dropped,
    "one word in twenty replaced": edited(0.05),
    "one word in ten replaced": edited(0.1),
    "sentences dropped and words replaced": reworked,
}


def measure_copies(rows: list[dict[str, str]]) -> None:
    """Print, for each way to copy, the share of copies found."""
    print(f"copies of {len(rows)} articles of at least {_FEWEST_WORDS} words, found to be one source")
    for name, make in COPIES.items():
        chance = random.Random(7)
        found = 0
        for row in rows:
            pair = [outline("a", "one.example", row["text"]), outline("b", "two.example", make(row["text"], chance))]
            found += len(independent_groups(pair)) == 1
        print(f"  {name:38}{found / len(rows):.3f}")


def measure_strangers(rows: list[dict[str, str]]) -> None:
    """Print how often articles of different stories, and of outlets of different owners in one story, count as one."""
    stories = defaultdict(list)
    for row in rows:
        stories[row["event"]].append(outline(row["id"], row["source"], row["text"]))
    reasons: Counter[str] = Counter()
    pairs = 0
    for members in stories.values():
        for left, right in combinations(members, 2):
            if owner_of(left.source) != owner_of(right.source):
                pairs += 1
                kinds = {re.sub(r"\d+%|\S*-\S+|\b[0-9a-f]{32}\b", "…", d.reason) for d in dependences([left, right])}
                reasons.update(sorted(kinds))
    print(f"pairs of outlets of different owners on one story: {pairs}; found to be one source because")
    for reason, count in reasons.most_common(12):
        print(f"  {count:5}  {reason}")
    order = sorted(rows, key=lambda row: row["id"])
    strangers = [(a, b) for a, b in pairwise(order) if a["event"] != b["event"]]
    merged = 0
    for left_row, right_row in strangers:
        pair = [outline("a", "one.example", left_row["text"]), outline("b", "two.example", right_row["text"])]
        merged += any("shorter text" in found.reason for found in dependences(pair))
    print(f"pairs of articles on different stories: {len(strangers)}; wrongly found to be copies: {merged}")


def main() -> None:
    """Read the bench and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    rows = list(read_rows(parser.parse_args().bench))
    long_enough = [row for row in rows if len(row["text"].split()) >= _FEWEST_WORDS]
    measure_copies(long_enough)
    measure_strangers(long_enough)


if __name__ == "__main__":
    main()
