"""A source's listing as it stands now: its feed, or its sitemap with those that it names, asked for conditionally."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from reconcile.ingest.answers import Answer
from reconcile.ingest.decode import UndecodableError, decode_bytes
from reconcile.ingest.feeds import read_feed
from reconcile.ingest.fetch import Fetcher
from reconcile.ingest.listing import BadListingError, Entry, Listed
from reconcile.ingest.moments import parse_moment
from reconcile.ingest.page_data import named_feed
from reconcile.ingest.sitemaps import read_sitemap
from reconcile.ingest.sources import Listing, Source
from reconcile.ingest.web_address import BadAddressError, parse_address, same_site
from reconcile.ingest.web_article import where_of
from reconcile.model import Problem, Published
from reconcile.visible import mask_address, shown

_DEEPEST = 3
_MOST_SITEMAPS = 50


@dataclass(frozen=True, slots=True)
class Current:
    """The pages listed now, the validators to remember, and what went wrong; ``failed`` where there is no listing."""

    entries: tuple[Entry, ...]
    listings: tuple[Listing, ...]
    problems: tuple[Problem, ...] = ()
    failed: bool = False


def read_listing(source: Source, known: tuple[Listing, ...], now: datetime, fetcher: Fetcher) -> Current:
    """The source's pages with absolute addresses; a listing that is as it was ``known`` lists nothing again."""
    if source.type == "url":
        return Current((Entry(url=source.address),), ())
    reader = _ListingReader(source, {listing.address: listing for listing in known}, now, fetcher)
    reader.read()
    listings = tuple(reader.listings[address] for address in sorted(reader.listings))
    return Current(tuple(reader.entries), listings, tuple(reader.problems), reader.failed)


class _ListingReader:
    """Reads a listing and, breadth first, those that it names, each once."""

    def __init__(self, source: Source, known: dict[str, Listing], now: datetime, fetcher: Fetcher) -> None:
        self.entries: list[Entry] = []
        self.listings: dict[str, Listing] = {}
        self.problems: list[Problem] = []
        self.failed = False
        self._source, self._known, self._now, self._fetcher = source, known, now, fetcher
        self._top = _without_credentials(source.address)

    def read(self) -> None:
        """Read all that the source's address leads to."""
        waiting = deque([(self._top, 0)])
        asked: set[str] = set()
        while waiting:
            url, depth = waiting.popleft()
            if url in asked:
                continue
            if len(asked) == _MOST_SITEMAPS:
                self._trouble(url, f"there are more than {_MOST_SITEMAPS} sitemaps", "name the news sitemap itself")
                return
            asked.add(url)
            further = self._read_one(url, top=depth == 0)
            if further and depth == _DEEPEST:
                self._trouble(url, "the sitemaps name each other too deeply", "name the news sitemap itself")
            else:
                waiting.extend((one, depth + 1) for one in further)

    def _read_one(self, url: str, *, top: bool) -> list[str]:
        """Take in one document; the sitemaps that it names."""
        known = self._known.get(url, Listing(url))
        answer = self._fetcher.get(url, self._source, "listing", etag=known.etag, last_modified=known.last_modified)
        if answer.moved and answer.status == "ok":
            message = f"has moved for good to {shown(mask_address(answer.url))}"
            self._trouble(url, message, "write that address in reconcile.toml", loss=False)
        if answer.status == "unchanged":
            self.listings[url] = known
        elif answer.status != "ok":
            self.failed = self.failed or top
            self._trouble(url, answer.reason, answer.cure)
        else:
            return self._take(url, answer, known, top=top)
        return []

    def _take(self, url: str, answer: Answer, known: Listing, *, top: bool) -> list[str]:
        """Take in a document's pages; the sitemaps that it names."""
        try:
            read = read_sitemap if self._source.type == "sitemap" else read_feed
            listed = read(answer.body, answer.charset)
        except BadListingError as error:
            self.failed = self.failed or top
            self._trouble(url, str(error), _feed_hint(answer))
            return []
        digest = hashlib.sha256(answer.body).hexdigest()
        # An index is always read: sitemaps that it names may change while it does not.
        keep = Listing(url) if listed.further else Listing(url, answer.etag, answer.last_modified, digest)
        self.listings[url] = keep
        if digest != known.sha256:
            found = [_absolute(entry, answer.url) for entry in listed.entries]
            if self._source.type == "sitemap":  # in whatever order it lists them; a feed has the newest first
                found.sort(key=lambda entry: entry.published.iso if entry.published else entry.updated, reverse=True)
            self.entries.extend(entry for entry in found if self._is_own(entry.url, answer.url))
        return self._further(listed, answer.url)

    def _further(self, listed: Listed, base: str) -> list[str]:
        """The sitemaps of the same site that may hold pages of these days, the latest first."""
        recent: list[tuple[str, str]] = []
        for entry in listed.further:
            changed = parse_moment(entry.updated, "")
            url = _absolute(entry, base).url
            if not self._is_old(changed) and self._is_own(url, base):
                recent.append((changed.moment().isoformat() if changed else "", url))
        return [url for _, url in sorted(recent, key=lambda pair: pair[0], reverse=True)]

    def _is_old(self, changed: Published | None) -> bool:
        days = timedelta(days=self._source.days + 1)
        return changed is not None and self._now.replace(tzinfo=None) - changed.moment() > days

    def _is_own(self, url: str, base: str) -> bool:
        """Whether a page may be listed there: a sitemap speaks for its own site, a feed for any."""
        if self._source.type == "feed":
            return True
        try:
            return same_site(parse_address(url).host, parse_address(base).host)
        except BadAddressError:
            return True  # the plan names it as bad

    def _trouble(self, url: str, message: str, cure: str = "", *, loss: bool = True) -> None:
        where = self._source.name if url == self._top else where_of(self._source, url)
        self.problems.append(Problem("ingest", where, message, cure, loss))


def _without_credentials(address: str) -> str:
    """The address as it may be remembered."""
    try:
        return parse_address(address).url
    except BadAddressError:
        return address


def _absolute(entry: Entry, base: str) -> Entry:
    """The entry with its address made absolute, unless it has none or it is no address."""
    try:
        return replace(entry, url=parse_address(entry.url, base).url) if entry.url else entry
    except BadAddressError:
        return entry


def _feed_hint(answer: Answer) -> str:
    """The cure for a page that stands where a feed was expected: the feed that it names."""
    try:
        named = named_feed(decode_bytes(answer.body, markup=True).text)
        return f"it names the feed {shown(mask_address(parse_address(named, answer.url).url))}" if named else ""
    except (UndecodableError, BadAddressError):
        return ""
