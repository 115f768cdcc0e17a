"""What a nightly run would do now: asks the sources, and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from reconcile.config import Settings, sources_of
from reconcile.ingest.fetch import Fetcher
from reconcile.ingest.intake import gather
from reconcile.ingest.sources import SourceState
from reconcile.model import Problem
from reconcile.service.lease import NAME
from reconcile.store.migrate import status
from reconcile.store.store import open_store


@dataclass(frozen=True, slots=True)
class SourcePreview:
    """What a source would give: how many articles, of how many listed, and its problems."""

    source: str
    articles: int
    listed: int
    unchanged: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a nightly run would find: who is at work, nights cut off, articles that wait, what sources would give."""

    at_work: str
    unfinished: tuple[str, ...]
    last: str
    waiting: int
    sources: tuple[SourcePreview, ...]


def preview(settings: Settings, *, now: datetime, fetcher: Callable[[], Fetcher] = Fetcher) -> Preview:
    """Ask the sources as a nightly run would, and write nothing: no database, no report, no message."""
    names = [source.name for source in sources_of(settings)]
    states: dict[str, SourceState] = dict.fromkeys(names, SourceState())
    busy, last, waiting = "", "", 0
    unfinished: tuple[str, ...] = ()
    found = status(settings.db)
    if found.current == found.head:
        with open_store(settings.db, upgrade=False) as store:
            nights = store.nights
            states = {name: nights.source_state(name, SourceState) for name in names}
            lease = nights.current_lease(NAME)
            busy = f"{lease.owner} since {lease.since:%Y-%m-%d %H:%M:%S} UTC" if lease else ""
            unfinished = tuple(night.date for night in nights.unfinished_nights())
            last = next((night.date for night in nights.list_nights(1)), "")
            waiting = nights.count_waiting()
    given = []
    with fetcher() as one_fetcher:
        for source in sources_of(settings):
            count, batches, problems = 0, None, list[Problem]()
            for batch in gather(source, states[source.name], now=now, fetcher=one_fetcher):
                count, batches = count + len(batch.articles), batch
                problems += batch.problems
            listed, same = (batches.listed, batches.unchanged) if batches else (0, 0)
            given.append(SourcePreview(source.name, count, listed, same, tuple(problems)))
    return Preview(busy, unfinished, last, waiting, tuple(given))
