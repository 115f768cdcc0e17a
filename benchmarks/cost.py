"""What reading costs beside the bare language model, in one process: CPU time as a ratio, and peak memory.

    python benchmarks/cost.py ARTICLES.jsonl [--count 200] [--rounds 3]

Both read the same texts in turn, round by round, so that a noisy machine disturbs both alike.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from reconcile.extract.document import load_pipeline
from reconcile.extract.reader import read
from reconcile.ingest.load import load_articles
from reconcile.model import Article


def cpu_seconds(work: Callable[[Article], object], articles: tuple[Article, ...]) -> float:
    """CPU seconds of doing some work to every article."""
    start = time.process_time()
    for article in articles:
        work(article)
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    loaded, _ = load_articles([arguments.articles])
    articles = tuple(a for a in loaded if a.language == "en")[: arguments.count]
    words = sum(len(article.text.split()) for article in articles)
    nlp = load_pipeline()
    read(articles[0])  # lexicons and model are loaded before the clock starts
    ratios = []
    for _ in range(arguments.rounds):
        bare = cpu_seconds(lambda article: nlp(article.text), articles)
        whole = cpu_seconds(read, articles)
        ratios.append(whole / bare)
        print(f"bare {bare:.2f} s, read {whole:.2f} s, ratio {whole / bare:.3f}, read {words / whole:.0f} words/s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    median = statistics.median(ratios)
    print(f"{len(articles)} articles, {words} words: ratio median {median:.3f}, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
