"""A fetched page, or a feed's own words, as an Article: what the page says first, then the listing, then the source."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from reconcile.ingest.answers import Answer
from reconcile.ingest.decode import UndecodableError, clean_text, decode_bytes
from reconcile.ingest.formats import Page, read_html
from reconcile.ingest.fragment import fragment_text
from reconcile.ingest.language import detect_language
from reconcile.ingest.limits import TEXT_CHARACTERS
from reconcile.ingest.listing import Entry
from reconcile.ingest.metadata import Metadata, read_metadata
from reconcile.ingest.moments import in_zone
from reconcile.ingest.sources import Source
from reconcile.ingest.title import title_of
from reconcile.ingest.web_address import article_id
from reconcile.lexicon import load_lexicon
from reconcile.model import Article, Byline, Problem, Published
from reconcile.visible import mask_address, shown

_TEASER_WORDS = 300
"""A page that says it is not free to read and gives fewer words than this gives a teaser."""
_NOTICE_WORDS = 120
"""A page that asks to subscribe and gives fewer words than this gives little else."""
_WHOLE_WORDS = 80
"""So many words in a feed's content stand for the article where its page gives none."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a page came to: an article, a paywall, or neither, with the reason among the problems."""

    article: Article | None
    outcome: Literal["taken", "paywalled", "refused"]
    problems: tuple[Problem, ...] = ()


def where_of(source: Source, url: str) -> str:
    """How messages name a page of a source."""
    return f"{source.name}: {shown(mask_address(url))}"


def article_of_page(answer: Answer, key: str, entry: Entry, source: Source) -> Found:
    """The article in a fetched page; where the page has none, the feed's content if it is the whole article."""
    where = where_of(source, key)
    host = urlsplit(answer.url).hostname or ""
    try:
        decoded = decode_bytes(answer.body, markup=True, declared=answer.charset or None)
    except UndecodableError as error:
        return _refused(where, f"cannot read the page: {error}")
    if answer.content_type == "text/plain":
        page = Page(decoded.text.strip(), Metadata())
    else:
        page = read_html(decoded.text, where, host)
    if _is_paywalled(page, decoded.text):
        return Found(None, "paywalled")
    if not page.text:
        own = article_in_feed(key, entry, source, "no article was found in the page")
        return own or Found(None, "refused", page.problems or _refused(where, "the page is empty").problems)
    return _article(page, key, entry, source, where)


def article_in_feed(key: str, entry: Entry, source: Source, reason: str) -> Found | None:
    """The article in the feed, if that gives it whole, in place of a page that gave none for that ``reason``."""
    own = article_of_entry(key, entry, source) if entry.whole else None
    if own is None or own.article is None or len(own.article.text.split()) < _WHOLE_WORDS:
        return None
    note = Problem("ingest", where_of(source, key), f"{reason}; the feed's own text is read", loss=False)
    return replace(own, problems=(note,))


def content_of(article: Article) -> str:
    """A hash of all that an article says: where it stays, nothing of the article changed."""
    byline = article.byline.text if article.byline else ""
    published = article.published.iso if article.published else ""
    said = "\0".join((article.sha256, article.title, article.source, published, byline, *article.credits))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def article_of_entry(key: str, entry: Entry, source: Source) -> Found:
    """The article in the feed itself."""
    where = where_of(source, key)
    text = clean_text(entry.html).strip() if entry.plain else fragment_text(entry.html)
    if not text:
        return _refused(where, "the feed gives no text for it", 'leave out text = "feed", so that its page is read')
    return _article(Page(text, Metadata()), key, entry, source, where)


def _article(page: Page, key: str, entry: Entry, source: Source, where: str) -> Found:
    if len(page.text) > TEXT_CHARACTERS:
        return _refused(where, f"the text is longer than {TEXT_CHARACTERS:,} characters")
    said, _ = read_metadata({"title": entry.title, "language": entry.language, "source": entry.publisher}, where)
    known = page.metadata.over(said)
    published = in_zone(_better_date(page.metadata.published, entry.published), source.time_zone)
    publisher = source.publisher or _site_name(known.source or "", key) or source.name
    article = Article(
        id=article_id(key),
        source=publisher,
        title=known.title or title_of(page.text),
        text=page.text,
        sha256=hashlib.sha256(page.text.encode()).hexdigest(),
        url=None if "#" in key else key,
        published=published,
        language=source.language or known.language or detect_language(page.text),
        origin=where,
        family=source.family,
        byline=known.byline or (Byline(clean_text(entry.byline), "feed") if entry.byline else None),
        credits=_credits((*entry.credits, *known.credits), publisher),
    )
    return Found(article, "taken", tuple(problem for problem in page.problems if not problem.loss))


def _better_date(page: Published | None, listed: Published | None) -> Published | None:
    """The page's own date unless only the listing tells the hour."""
    if page is None or (listed is not None and listed.precision == "minute" != page.precision):
        return listed or page
    return page


def _site_name(stated: str, key: str) -> str:
    """The site's name as the page states it; where that is a host, which may be the origin's, the page's own host."""
    is_host = "." in stated and " " not in stated
    return stated if stated and not is_host else (urlsplit(key).hostname or "").removeprefix("www.")


def _credits(named: tuple[str, ...], publisher: str) -> tuple[str, ...]:
    """The outlets named as origin, without the outlet itself: many feeds name themselves."""
    plain = (" ".join(clean_text(name).split()) for name in named)
    return tuple(dict.fromkeys(name for name in plain if name and name.casefold() != publisher.casefold()))


def _is_paywalled(page: Page, markup: str) -> bool:
    """Whether the page says that it is not free and gives a teaser, or asks to subscribe and gives little else."""
    words = len(page.text.split())
    if page.free is False and words < _TEASER_WORDS:
        return True
    if words >= _NOTICE_WORDS or page.free:
        return False
    plain = " ".join(
        (fragment_text(markup) if not page.text else page.text + " " + fragment_text(markup)).lower().split()
    )
    return any(marker in plain for marker in _markers())


@cache
def _markers() -> tuple[str, ...]:
    return tuple(load_lexicon("paywall")["markers"])


def _refused(where: str, message: str, cure: str = "") -> Found:
    return Found(None, "refused", (Problem("ingest", where, message, cure),))
