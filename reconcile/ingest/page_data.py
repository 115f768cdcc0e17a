"""What a web page states of its article beside the text: date, writers, origin, and whether it is free to read."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from reconcile.ingest.decode import clean_text
from reconcile.ingest.moments import parse_moment
from reconcile.ingest.web_address import same_site
from reconcile.model import Published

_ARTICLE = re.compile(r"(?:https?://schema\.org/)?\w*(?:Article|Posting|Report|Review|NewsItem)")
_DATES = ("article:published_time", "datepublished", "parsely-pub-date", "dc.date.issued", "dcterms.issued", "pubdate")
_WRITERS = ("author", "article:author", "parsely-author", "byl", "dc.creator", "dcterms.creator", "sailthru.author")
_ORIGINS = ("syndication-source", "original-source", "article:original_source")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json)")
_MOST_SCRIPTS = 20
_MOST_NODES = 5_000
_LONGEST_SCRIPT = 1_000_000


@dataclass(frozen=True, slots=True)
class PageData:
    """What was stated; ``free`` is None where the page says nothing of it."""

    published: Published | None = None
    byline: str = ""
    credits: tuple[str, ...] = ()
    free: bool | None = None


def read_page_data(text: str, host: str = "") -> PageData:
    """The page's own statements; ``host`` is where it was fetched, so that an origin elsewhere can be told."""
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return PageData()
    metas = _metas(tree)
    objects = [node for script in _scripts(tree) for node in _articles(script)]
    article = objects[0] if objects else {}
    canonical = next(
        (link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical"), ""
    )
    return PageData(
        published=_published(article, metas, tree),
        byline=_byline(article, metas),
        credits=tuple(dict.fromkeys(_credits(article, metas, canonical, host))),
        free=_free(objects),
    )


def _metas(tree: Any) -> dict[str, str]:
    """The first content of each meta tag, by its name, property or itemprop in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = " ".join(clean_text(meta.get("content") or "")[:1_000].split())
        if name and content:
            found.setdefault(name, content)
    return found


def _scripts(tree: Any) -> Iterator[Any]:
    """The JSON-LD data of the page; what cannot be read is passed over."""
    scripts = (script for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower())
    for _, script in zip(range(_MOST_SCRIPTS), scripts, strict=False):
        words = (script.text or "").strip()
        if len(words) <= _LONGEST_SCRIPT:
            try:
                yield json.loads(words, strict=False)
            except (ValueError, RecursionError):
                continue


def _articles(data: Any) -> Iterator[dict[str, Any]]:
    """The objects that describe an article, the outermost first."""
    waiting = deque([data])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            types = node.get("@type")
            if any(
                isinstance(t, str) and _ARTICLE.fullmatch(t) for t in (types if isinstance(types, list) else [types])
            ):
                yield node
            waiting.extend(value for value in node.values() if isinstance(value, (dict, list)))


def _published(article: dict[str, Any], metas: dict[str, str], tree: Any) -> Published | None:
    """The first date that can be read, with where it was stated."""
    stated = [(article.get("datePublished"), "the page's data (datePublished)")]
    stated += [(metas.get(name), f"the page (meta {name})") for name in _DATES]
    for element in tree.iter("time"):
        if (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None:
            stated.append((element.get("datetime"), "the page (time)"))
    for words, where in stated:
        found = parse_moment(words, f"stated in {where}") if isinstance(words, str) else None
        if found is not None:
            return found
    return None


def _byline(article: dict[str, Any], metas: dict[str, str]) -> str:
    """The writers' names."""
    names = list(_names(article.get("author"))) or list(_names(article.get("creator")))
    if not names:
        names = [name for name in (metas.get(key, "") for key in _WRITERS) if name and "://" not in name][:1]
    plain = (_BY.sub("", " ".join(clean_text(name).split())) for name in names)
    return ", ".join(dict.fromkeys(name for name in plain if name))[:300]


def _names(value: Any) -> Iterator[str]:
    """The names of a person, an organisation, or several."""
    for one in (value if isinstance(value, list) else [value])[:20]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and "://" not in name:
            yield name


def _credits(article: dict[str, Any], metas: dict[str, str], canonical: str, host: str) -> Iterator[str]:
    """The outlets that the page names as where its text comes from."""
    for key in ("sourceOrganization", "isBasedOn"):
        yield from (" ".join(clean_text(name).split())[:200] for name in _names(article.get(key)))
    for address in (*(metas.get(key, "") for key in _ORIGINS), canonical):
        try:
            elsewhere = urlsplit(address).hostname or ""
        except ValueError:
            continue
        if host and elsewhere and not same_site(elsewhere, host):
            yield elsewhere.removeprefix("www.")[:200]


def _free(objects: list[dict[str, Any]]) -> bool | None:
    """Whether the article is free to read, where the page says so."""
    said = [str(node["isAccessibleForFree"]).lower() for node in objects if "isAccessibleForFree" in node]
    return None if not said else said[0] not in ("false", "0", "http://schema.org/false", "https://schema.org/false")


def named_feed(text: str) -> str:
    """The address of the first feed that a page names as its own, as it is written; "" where it names none."""
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    for link in tree.iter("link"):
        if _FEED_TYPE.fullmatch((link.get("type") or "").strip().lower()) and link.get("href"):
            return str(link.get("href"))[:2_000]
    return ""
