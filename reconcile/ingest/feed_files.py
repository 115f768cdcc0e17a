"""Feeds kept as files: their items become articles where the feed gives their text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reconcile.ingest.feeds import read_feed
from reconcile.ingest.formats import Page, failed_page
from reconcile.ingest.fragment import fragment_text
from reconcile.ingest.limits import LISTING_BYTES
from reconcile.ingest.listing import BadListingError, Entry
from reconcile.ingest.metadata import Metadata, read_metadata
from reconcile.ingest.web_address import BadAddressError, article_id, page_key, parse_address
from reconcile.model import Byline
from reconcile.visible import shown


def read_feed_file(path: Path) -> Iterator[tuple[int, Page]]:
    """Each item's number, from 1, and page; items that give no text of their own are counted; raises OSError."""
    where = shown(path)
    with path.open("rb") as file:
        data = file.read(LISTING_BYTES + 1)
    if len(data) > LISTING_BYTES:
        yield 0, failed_page(where, f"is larger than {LISTING_BYTES // 2**20} MB", "split it")
        return
    try:
        listed = read_feed(data)
    except BadListingError as error:
        yield 0, failed_page(where, str(error), "give an RSS or Atom feed, or move it away")
        return
    empty = 0
    for number, entry in enumerate(listed.entries, 1):
        page = _page_of(entry, f"{where}:{number}")
        empty += not page.text
        if page.text:
            yield number, page
    if empty:
        cure = "configure the feed as a source, so that their pages are fetched (docs/sources.md)"
        yield 0, failed_page(where, f"{empty} of {len(listed.entries)} items give no text", cure)


def _page_of(entry: Entry, where: str) -> Page:
    """One item's text, and what the feed says of it."""
    text = entry.html.strip() if entry.plain else fragment_text(entry.html)
    metadata, problems = read_metadata({"title": entry.title, "language": entry.language or None}, where)
    stated = replace(
        metadata,
        published=entry.published,
        byline=Byline(entry.byline, "feed") if entry.byline else None,
        credits=entry.credits,
    )
    return Page(text, _named(stated, entry), problems)


def _named(metadata: Metadata, entry: Entry) -> Metadata:
    """The metadata with the item's address as its id, where it has one."""
    try:
        key = page_key(parse_address(entry.url))
    except BadAddressError:
        return metadata
    return replace(metadata, id=article_id(key), url=key)
