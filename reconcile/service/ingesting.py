"""Fetching at any hour: what the sources published is stored and waits for the next night."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from reconcile.ingest.fetch import Fetcher
from reconcile.ingest.sources import Source
from reconcile.service.gathering import OnSource, gather_sources
from reconcile.service.lease import hold_lease
from reconcile.store.nights import SourceNight
from reconcile.store.store import open_store


def ingest(
    sources: Sequence[Source],
    *,
    db: str,
    now: datetime,
    on_source: OnSource = lambda gave: None,
    fetcher: Callable[[], Fetcher] = Fetcher,
) -> tuple[SourceNight, ...]:
    """Fetch the sources into the store ``db`` and read nothing; raises LeaseHeldError while another run is at work."""
    with open_store(db, upgrade=True) as whole, hold_lease(whole) as store, fetcher() as fetching:
        return gather_sources(store, sources, now=now, fetcher=fetching, on_source=on_source)
