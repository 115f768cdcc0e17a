"""What a source gives in one run: its new and changed articles, a batch at a time, and what to remember of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from reconcile.ingest.fetch import Fetcher
from reconcile.ingest.sources import Source, SourceState
from reconcile.model import Article, Problem


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a page or file, told when it changes; ``articles`` are the ids that it had given."""

    key: str
    articles: tuple[str, ...]
    fate: Literal["gone", "paywalled", "back"]
    since: datetime


@dataclass(frozen=True, slots=True)
class Intake:
    """One batch of a source, and the state to remember once its articles are kept.

    ``listed``, ``unchanged`` and ``left`` (put off to the next run) count all of this run so far.
    """

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    state: SourceState
    fates: tuple[Fate, ...] = ()
    listed: int = 0
    unchanged: int = 0
    left: int = 0


def gather(
    source: Source, state: SourceState, *, now: datetime, fetcher: Fetcher, batch: int = 200
) -> Iterator[Intake]:
    """The source's batches, at least one; keep each one's state together with its articles, then take the next.

    ``now`` is an aware moment. Expected trouble is a Problem of the batch, never an exception. Ids are unique within a
    batch; an id may come again in a later one, with a later text.
    """
    # Each way of gathering loads readers that the others do not need.
    if source.remote:
        from reconcile.ingest.gather_web import gather_web

        yield from gather_web(source, state, now=now, fetcher=fetcher, batch=batch)
    else:
        from reconcile.ingest.gather_files import gather_files

        yield from gather_files(source, state, now=now, batch=batch)
