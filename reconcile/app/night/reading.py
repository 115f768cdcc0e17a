"""Reading a night's articles: only what no reading is stored of, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from reconcile.extract.version import extractor_version
from reconcile.match.profiles import day_of
from reconcile.model import Article, Problem, Reading
from reconcile.pipeline import ReadOne, read, read_all, sketch_of
from reconcile.store.nights import WorkItem
from reconcile.store.open_stories import Member
from reconcile.store.store import Store

_T = TypeVar("_T")

BATCH = 25
"""Articles in memory at once, and read before they are stored: what a killed run has to read again."""

Progress = Callable[[int, int, str], None]
"""Called with how many articles are read, how many there are, and the id of the one being read."""


@dataclass
class Reader:
    """Gives readings, from the store where it has them; counts what had to be read."""

    store: Store
    read_one: ReadOne = read
    read_now: int = 0

    def readings_of(self, articles: Sequence[Article]) -> tuple[Reading, ...]:
        """A reading of each article, in order; what was not stored is read and stored, unless the reader failed."""
        cached = self.store.nights.cached_readings(articles, extractor_version())
        missing = [article for article in articles if article.id not in cached]
        fresh = read_all(missing, self.read_one)
        self.read_now += len(fresh)
        kept = [(reading, article) for reading, article in zip(fresh, missing, strict=True) if reading.extractor]
        if kept:
            self.store.save_readings([reading for reading, _ in kept], [article for _, article in kept])
        found = dict(cached) | {reading.article: reading for reading in fresh}
        return tuple(found[article.id] for article in articles)

    def members(self, ids: Iterable[str]) -> Iterator[tuple[Article, Reading]]:
        """The articles in the texts in which they stand, each with its reading."""
        articles = self.store.nights.members(ids)
        for some in _batches(articles):
            yield from zip(some, self.readings_of(some), strict=True)


@dataclass
class WorkRead:
    """What grouping needs to know of the night's articles, by id, and what reading them came to."""

    members: dict[str, Member] = field(default_factory=dict)
    claims: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_work(reader: Reader, work: Sequence[WorkItem], progress: Progress) -> WorkRead:
    """Read the night's articles; their readings are stored a batch at a time."""
    done = WorkRead()
    for some in _batches(work):
        texts = reader.store.nights.load_texts((item.article, item.sha256) for item in some)
        items = [(item, texts[item.article, item.sha256]) for item in some]
        progress(len(done.members), len(work), some[0].article)
        for (item, article), reading in zip(items, reader.readings_of([a for _, a in items]), strict=True):
            done.members[item.article] = member_of(article, reading, item.seen)
            done.claims += len(reading.claims)
            done.problems += reading.problems
        progress(len(done.members), len(work), some[-1].article)
    return done


def member_of(article: Article, reading: Reading, seen: datetime) -> Member:
    """An article as a story takes it in; where its day is not known for sure, it counts as of the day first seen."""
    sketch = sketch_of(article, reading)
    day = day_of(sketch)
    return Member(article.sha256, seen.date() if day is None else date.fromordinal(day), sketch)


def _batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
