"""Where articles come from night after night: a source as configured, and what is remembered of it between runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from reconcile.ingest.listing import Entry

SourceType = Literal["feed", "sitemap", "folder", "warc", "url"]

USER_AGENT = "reconcile/1 (news comparison; set user_agent to say who you are)"
"""What is sent where the configuration names nobody."""


@dataclass(frozen=True, slots=True)
class Source:
    """One configured source; ``address`` is an http(s) address, or a path for a folder and for WARC files.

    ``publisher`` and ``family`` (its owner or group) decide who counts as independent; ``time_zone`` is an IANA name
    and applies to dates that state none; ``text`` tells whether articles are read from their pages or from the feed.
    """

    name: str
    type: SourceType
    address: str
    publisher: str = ""
    family: str = ""
    language: str = ""
    time_zone: str = ""
    rights: str = ""
    text: Literal["page", "feed"] = "page"
    robots: bool = True
    user_agent: str = USER_AGENT
    allow_private: tuple[str, ...] = ()
    """Networks such as 10.1.0.0/16 that may be asked though they are private."""
    delay: float = 1.0
    """Seconds from one request to a host to the next."""
    concurrency: int = 2
    """Requests to one host at a time."""
    most: int = 200
    """Pages fetched in one run."""
    days: int = 14
    """Pages that the source lists as older than this are passed over."""
    recheck_days: int = 3
    """For so long after it was first seen a page is asked again, to find corrections and withdrawals."""
    minutes: float = 30.0
    """How long one run may take over this source."""

    @property
    def remote(self) -> bool:
        """Whether it is fetched over the network."""
        return self.type in ("feed", "sitemap", "url")


@dataclass(frozen=True, slots=True)
class Listing:
    """A feed or sitemap document as it was last read: its validators, and the hash of its bytes."""

    address: str
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One page or file of a source as it was last taken; ``key`` is its address or its path within the folder.

    ``mark`` is what the listing said of it (a date, a hash) or a file's size and time: while it stays the same, nothing
    changed. ``sha256`` is the hash of the page's bytes, ``content`` that of the article in it: pages change with every
    request in ways that no reader sees. ``articles`` are the ids it gave. ``last_seen`` is when it was last listed or
    asked for, ``asked`` when it was last asked for.
    """

    key: str
    first_seen: datetime
    last_seen: datetime
    asked: datetime
    articles: tuple[str, ...] = ()
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    content: str = ""
    mark: str = ""
    fate: Literal["taken", "gone", "paywalled", "refused"] = "taken"
    entry: Entry = field(default_factory=Entry)
    """What the listing last said of it, without its text: it holds though the page is asked again without a listing."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source; the empty state is where a new source begins.

    ``failures`` counts the runs in a row in which the source itself could not be read; ``last_new`` is when it last
    gave something new or changed: a feed that stays silent for long is a fault.
    """

    listings: tuple[Listing, ...] = ()
    seen: tuple[Seen, ...] = ()
    failures: int = 0
    last_success: datetime | None = None
    last_new: datetime | None = None
