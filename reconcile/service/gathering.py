"""Fetching into the store: several sources at once, each batch kept with the memory that goes with it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from reconcile.ingest.fetch import Fetcher
from reconcile.ingest.intake import Intake, gather
from reconcile.ingest.sources import Source, SourceState
from reconcile.model import Problem
from reconcile.store.nights import SourceNight
from reconcile.store.sources import Pending
from reconcile.store.store import Store

AT_ONCE = 8
"""Sources fetched at the same time; also how many first batches may be in memory."""

OnSource = Callable[[SourceNight], None]


@dataclass
class _Tally:
    """What a source gave so far."""

    source: Source
    began: float
    new: int = 0
    revised: int = 0
    problems: list[Problem] = field(default_factory=list)
    fates: list[tuple[str, str]] = field(default_factory=list)


def gather_sources(
    store: Store,
    sources: Sequence[Source],
    *,
    now: datetime,
    fetcher: Fetcher,
    on_source: OnSource = lambda gave: None,
) -> tuple[SourceNight, ...]:
    """Fetch what the sources published and store it, batch by batch; what is new waits for the next night.

    Sources are fetched side by side and stored in their order, so that two that give one article always give it in
    the same order. A batch is stored in one transaction with the source's memory of it: killed between two, the next
    run goes on after the last. ``on_source`` is called after each source.
    """
    gave: list[SourceNight] = []
    ahead: deque[tuple[_Tally, Iterator[Intake], Future[Intake | None]]] = deque()
    left = deque(sources)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fetch") as pool:
        while left or ahead:
            while left and len(ahead) < AT_ONCE:
                source = left.popleft()
                batches = gather(source, store.nights.source_state(source.name, SourceState), now=now, fetcher=fetcher)
                ahead.append((_Tally(source, time.monotonic()), batches, pool.submit(next, batches, None)))
            tally, batches, first = ahead.popleft()
            gave.append(_store_batches(store, tally, first.result(), batches, now))
            on_source(gave[-1])
    return tuple(gave)


def _store_batches(
    store: Store, tally: _Tally, first: Intake | None, batches: Iterator[Intake], now: datetime
) -> SourceNight:
    """Store the batches of one source, each before the next is fetched; what they came to."""
    name, batch, last = tally.source.name, first, first
    while batch is not None:
        fates = tuple((fate.key, fate.fate) for fate in batch.fates)
        told = Pending(problems=batch.problems, fates=fates)
        for saved in store.nights.save_intake(name, batch.state, batch.articles, now=now, told=told):
            tally.new += saved.status == "new"
            tally.revised += saved.status == "revised"
        tally.problems += batch.problems
        tally.fates += fates
        batch, last = next(batches, None), batch
    gave = SourceNight(
        source=name,
        ok=last is not None and last.state.failures == 0,
        listed=last.listed if last else 0,
        unchanged=last.unchanged if last else 0,
        left=last.left if last else 0,
        new=tally.new,
        revised=tally.revised,
        seconds=round(time.monotonic() - tally.began, 3),
        problems=tuple(dict.fromkeys(tally.problems)),
        fates=tuple(dict.fromkeys(tally.fates)),
    )
    structlog.get_logger().info(
        "source gathered",
        source=name,
        ok=gave.ok,
        new=gave.new,
        revised=gave.revised,
        unchanged=gave.unchanged,
        problems=len(gave.problems),
        seconds=gave.seconds,
    )
    return gave
