"""What a feed or a sitemap lists: one entry a page, with what the listing itself says of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from reconcile.model import Problem, Published


class BadListingError(ValueError):
    """The bytes are no feed and no sitemap; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page as listed; what was not said is empty.

    ``updated`` and ``html`` (the article or a teaser) tell when it changed; ``credits`` are the outlets that the entry
    names as its origin; ``id`` is the feed's own name for it.
    """

    url: str = ""
    id: str = ""
    title: str = ""
    published: Published | None = None
    updated: str = ""
    byline: str = ""
    credits: tuple[str, ...] = ()
    html: str = ""
    plain: bool = False
    """Whether ``html`` is plain text."""
    whole: bool = False
    """Whether ``html`` is given as the content, not as a summary."""
    language: str = ""
    publisher: str = ""

    @property
    def mark(self) -> str:
        """A hash of all that is listed: while it stays, the listing says nothing new of the page."""
        said = "\0".join((self.url, self.title, self.updated, self.html, self.byline, *self.credits))
        published = self.published.iso if self.published else ""
        return hashlib.sha256(f"{said}\0{published}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Listed:
    """A whole listing: its pages, newest first where the listing has them so, and further listings it names."""

    entries: tuple[Entry, ...] = ()
    title: str = ""
    further: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
