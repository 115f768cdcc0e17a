"""Addresses given on their own: what is there, a feed, a sitemap or a page, is told from its content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from reconcile.ingest.feeds import read_feed
from reconcile.ingest.fetch import Fetcher
from reconcile.ingest.intake import gather
from reconcile.ingest.listing import BadListingError
from reconcile.ingest.sitemaps import read_sitemap
from reconcile.ingest.sources import Source, SourceState, SourceType
from reconcile.model import Article, Problem
from reconcile.visible import mask_address, shown


def load_address(
    url: str, manner: Source, *, now: datetime, fetcher: Fetcher
) -> Iterator[tuple[tuple[Article, ...], tuple[Problem, ...]]]:
    """The articles at an address and the problems, in batches; ``manner`` is a source that says how to fetch."""
    name = shown(mask_address(url))
    source = replace(manner, name=name, address=url)
    answer = fetcher.get(url, source, "listing")
    if answer.status != "ok":
        yield (), (Problem("ingest", name, answer.reason or f"is {answer.status}", answer.cure),)
        return
    nothing, listed = True, 0
    for batch in gather(replace(source, type=type_of(answer.body)), SourceState(), now=now, fetcher=fetcher):
        nothing, listed = nothing and not (batch.articles or batch.problems), batch.listed
        yield batch.articles, batch.problems
    if nothing:
        message = f"lists {listed} pages, all older than {source.days} days"
        yield (), (Problem("ingest", name, message, "raise days in [fetch] to read them"),)


def type_of(body: bytes) -> SourceType:
    """What the bytes at an address are: a feed, a sitemap, or else a page."""
    for kind, read in (("feed", read_feed), ("sitemap", read_sitemap)):
        try:
            read(body)
        except BadListingError:
            continue
        return "feed" if kind == "feed" else "sitemap"
    return "url"
