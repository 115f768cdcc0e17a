"""What nights cost: a second night with nothing new, and 1 % new articles on a large store, each beside the first.

    python benchmarks/night.py [--articles 200] [--size 50000] [--db postgresql://…]

Prints CPU seconds of this process, without loading the language model. Of the large store, readings are made up, not
parsed: what is measured is storing, grouping and comparing alone, beside which 1 % weighs more than beside parsing.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from reconcile.config import Settings
from reconcile.config.nightly import NightlySettings
from reconcile.config.sources import SourceSettings
from reconcile.extract.version import extractor_version
from reconcile.model import About, Article, Claim, Kind, NumberValue, Published, Reading, Sketch, Span
from reconcile.service.nightly import Hands, NightResult, run_nightly
from reconcile.store.store import open_store

FIRST = datetime(2031, 4, 9, 0, 30, tzinfo=UTC)
DAYS = 200
"""Days that the articles of the large store are spread over."""
_WORDS = [f"word{number}" for number in range(4000)]
_VERBS = ("said", "told reporters", "announced", "confirmed", "wrote", "explained")


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of some work in this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def settings_for(folder: Path, db: str, *, sources: bool) -> Settings:
    """A desk with one folder as its source, or none."""
    inbox = SourceSettings(name="inbox", type="folder", address=str(folder / "inbox"))
    nightly = NightlySettings(reports=str(folder / "reports"), time_zone="UTC")
    return Settings(db=db, sources=(inbox,) if sources else (), nightly=nightly)


def run(settings: Settings, night: int, read_one: Callable[[Article], Reading] | None = None) -> NightResult:
    """One night."""
    hands = Hands(clock=lambda: FIRST + timedelta(days=night), read_one=read_one)
    return run_nightly(settings, hands=hands)


# --- a second night -------------------------------------------------------------------------------


def write_articles(inbox: Path, count: int) -> None:
    """Articles of some 250 words, four on each event."""
    chance = random.Random(1)
    for number in range(count):
        town, dead = f"Town{number // 4}ville", 100 + number
        lines = [f"The flood in {town} killed {dead} people on Monday, Governor Ada Brunn said."]
        for sentence in range(14):
            who, verb = f"Councillor Tom Reck{number // 4}", chance.choice(_VERBS)
            lines.append(
                f"{who} {verb} that {20 + sentence} houses of {town} were lost and {sentence + 3} roads closed."
            )
        head = f"---\nsource: Outlet {number % 4}\npublished: 2031-04-08\ntitle: Flood in {town}\n---\n"
        (inbox / f"a{number}.md").write_text(head + "\n\n".join(lines), encoding="utf-8")


def second_night(count: int) -> None:
    """A first night over articles, and a second one over the same."""
    with tempfile.TemporaryDirectory(prefix="reconcile-night-") as name:
        folder = Path(name)
        (folder / "inbox").mkdir()
        write_articles(folder / "inbox", count)
        settings = settings_for(folder, str(folder / "desk.db"), sources=True)
        first = cpu(lambda: run(settings, 0))
        second = cpu(lambda: run(settings, 1))
    print(f"{count} articles: first night {first:.2f} s CPU, second with nothing new {second:.2f} s", end="")
    print(f" = {100 * second / first:.2f} %")


# --- a large store --------------------------------------------------------------------------------


def made_up(first: int, count: int, size: int) -> Iterator[Article]:
    """Articles, three on each event, the events spread over the days, by different outlets."""
    for number in range(first, first + count):
        event = number // 3
        day = FIRST.date() - timedelta(days=DAYS - number * DAYS // size)
        text = f"Event {event}: {100 + number % 3} people, says outlet {number % 7} of article {number}."
        digest = hashlib.sha256(text.encode()).hexdigest()
        yield Article(
            f"o{number % 7}/{number}",
            f"Outlet {number % 7}",
            f"Event {event}",
            text,
            digest,
            published=Published(day.isoformat()),
        )


def made_up_reading(article: Article) -> Reading:
    """A reading with a sketch that is like that of the same event's other articles, and one claim."""
    event = int(article.title.split()[1])
    chance = random.Random(event)
    words = tuple((word, chance.randint(1, 4)) for word in sorted(chance.sample(_WORDS, 60)))
    names = tuple(f"person{chance.randint(0, 50_000)} surname{event}" for _ in range(3))
    sketch = Sketch(
        people=names,
        places=(f"place{chance.randint(0, 3000)}", f"town{event}"),
        days=(article.published.iso if article.published else "",),
        words=words,
        shingles=tuple(sorted(random.Random(article.id).sample(range(2**40), 40))),
    )
    start = article.text.index(":") + 2
    value = NumberValue(float(article.text[start:].split()[0]), float(article.text[start:].split()[0]), noun="person")
    about = About(
        subject=f"town{event}", head="person", predicate="kill", event="kill", events=("kill",), slot="killed"
    )
    claim = Claim(
        f"c-{article.id}",
        article.id,
        Kind.COUNT,
        about,
        value,
        Span(start, start + 3),
        article.text[start : start + 3],
        Span(0, len(article.text)),
        article.text,
        confidence=0.9,
    )
    return Reading(article.id, extractor_version(), article.published, claims=(claim,), sketch=sketch)


def large_store(size: int, db: str) -> None:
    """Build a store, then add 1 % to it."""
    with tempfile.TemporaryDirectory(prefix="reconcile-night-") as name:
        folder = Path(name)
        settings = settings_for(folder, db or str(folder / "desk.db"), sources=False)

        def add(first: int, count: int, night: int) -> None:
            articles = list(made_up(first, count, size))
            with open_store(settings.db, upgrade=True) as store:
                for start in range(0, count, 200):
                    store.nights.save_intake("made up", {}, articles[start : start + 200], now=FIRST)
            result = run(settings, night, made_up_reading)
            stories = result.night.summary["stories"]
            print(
                f"  {count} articles taken in: {stories['new']} new stories, {stories['changed']} changed", flush=True
            )

        built = cpu(lambda: add(0, size, 0))
        added = cpu(lambda: add(size, size // 100, 1))
        quiet = cpu(lambda: run(settings, 2, made_up_reading))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size} made-up articles: built in {built:.1f} s CPU, 1 % added in {added:.2f} s = {100 * added / built:.2f} %"
    )
    print(f"a night with nothing new {quiet:.2f} s = {100 * quiet / built:.3f} %; peak memory {peak:.0f} MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--size", type=int, default=50_000)
    parser.add_argument("--db", default="")
    arguments = parser.parse_args()
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    if arguments.articles:
        from reconcile.extract.document import load_pipeline

        load_pipeline()
        second_night(arguments.articles)
    if arguments.size:
        large_store(arguments.size, arguments.db)


if __name__ == "__main__":
    main()
