"""Files of many articles, by ending: each reader gives numbered pages, and number 0 where it speaks of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from reconcile.ingest.formats import Page
from reconcile.ingest.jsonl import SUFFIX, read_jsonl

Reader = Callable[[Path], Iterator[tuple[int, Page]]]


def _read_feed(path: Path) -> Iterator[tuple[int, Page]]:
    # Few runs meet feeds and WARC files, and their readers load a good deal.
    from reconcile.ingest.feed_files import read_feed_file

    return read_feed_file(path)


def _read_warc(path: Path) -> Iterator[tuple[int, Page]]:
    from reconcile.ingest.warc import read_warc

    return read_warc(path)


MANY: dict[str, Reader] = {
    SUFFIX: read_jsonl,
    **dict.fromkeys((".xml", ".rss", ".atom"), _read_feed),
    **dict.fromkeys((".warc", ".warc.gz"), _read_warc),
}
"""The reader of each ending."""
