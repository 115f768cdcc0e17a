"""Time the grouping of synthetic articles and print how its cost grows.

    python benchmarks/grouping.py [--sizes 1000 10000 50000]

Articles are drawn as a night's intake is: events of one to a few dozen articles, each article with some of its event's
names, places, numbers and words among words that all articles share. The exponent is the slope of log time over log
size between the smallest and the largest batch: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import time
from collections import Counter
from datetime import date, timedelta

from reconcile.match.independence import independent_groups
from reconcile.match.profiles import ArticleSketch
from reconcile.match.stories import group
from reconcile.model import Published, Sketch

_COMMON = [f"common{n}" for n in range(3000)]
_SURNAMES, _CITIES = 4000, 600


def make_articles(size: int, seed: int = 1) -> tuple[list[ArticleSketch], dict[str, int]]:
    """``size`` synthetic articles and the event of each; the same for the same size and seed."""
    chance = random.Random(seed)
    articles: list[ArticleSketch] = []
    events: dict[str, int] = {}
    event = 0
    while len(articles) < size:
        event += 1
        day = date(2030, 1, 1) + timedelta(days=chance.randrange(30))
        people = [f"given{chance.randrange(300)} surname{chance.randrange(_SURNAMES)}" for _ in range(6)]
        places = [f"city{chance.randrange(_CITIES)}", f"street{chance.randrange(5000)}"]
        words = [f"special{chance.randrange(20000)}" for _ in range(30)]
        for _ in range(min(size - len(articles), 1 + int(chance.expovariate(1 / 3)))):
            article = _article(f"a{len(articles)}", chance, day, people, places, words)
            events[article.id] = event
            articles.append(article)
    return articles, events


def _article(
    id: str, chance: random.Random, day: date, people: list[str], places: list[str], words: list[str]
) -> ArticleSketch:
    said = Counter(chance.choices(words, k=25) + [_COMMON[int(len(_COMMON) * chance.random() ** 2)] for _ in range(90)])
    sketch = Sketch(
        people=tuple(sorted(chance.sample(people, 4))),
        places=tuple(sorted(places)),
        numbers=tuple(str(chance.randrange(1, 40)) for _ in range(5)),
        ages=(str(chance.randrange(1, 90)),),
        days=((day - timedelta(days=1)).isoformat(),),
        words=tuple(sorted(said.items())),
        shingles=tuple(sorted(chance.randrange(1 << 32) for _ in range(128))),
    )
    title = " ".join([*chance.sample(words, 3), *chance.sample(_COMMON, 4)])
    published = Published((day + timedelta(days=chance.randrange(2))).isoformat())
    return ArticleSketch(id, f"outlet{chance.randrange(200)}.example", title, published, sketch)


def main() -> None:
    """Group each batch, print its time, and the growth from the first to the last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000, 50000])
    taken: list[tuple[int, float]] = []
    for size in parser.parse_args().sizes:
        articles, events = make_articles(size)
        started = time.process_time()
        stories = group(articles)
        grouped = time.process_time() - started
        sketch_of = {article.id: article for article in articles}
        for story in stories:
            independent_groups([sketch_of[id] for id in story.articles])
        total = time.process_time() - started
        pure = sum(len({events[id] for id in story.articles}) == 1 for story in stories)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:7} articles: group {grouped:7.2f} s, independence {total - grouped:6.2f} s, "
            f"{len(set(events.values()))} events, {len(stories)} stories, {pure} of one event, {memory:.0f} MB"
        )
        taken.append((size, total))
    if len(taken) > 1:
        (small, first), (large, last) = taken[0], taken[-1]
        print(f"growth exponent {math.log(last / first) / math.log(large / small):.2f}")


if __name__ == "__main__":
    main()
