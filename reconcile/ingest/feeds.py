"""RSS 0.9 to 2.0, Atom and JSON Feed: each item with its date, byline, credit and words.

Read here rather than by a feed library: those that were looked at drop RSS's ``<source>``, take a date without a zone
as UTC, and fill in what a date leaves out from today.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any

from lxml import etree

from reconcile.ingest.decode import UndecodableError, clean_text, decode_bytes
from reconcile.ingest.limits import LISTED_PAGES, LISTING_BYTES
from reconcile.ingest.listing import BadListingError, Entry, Listed
from reconcile.ingest.moments import parse_moment
from reconcile.ingest.unpack import BodyError, gunzip
from reconcile.ingest.xml_tree import BadXmlError, local_name, namespace, parse_xml, text_of
from reconcile.model import Published

_ROOTS = frozenset(("rss", "rdf", "feed", "channel"))
_DATES = (("pubdate", "pubDate"), ("published", "published"), ("issued", "issued"), ("date", "dc:date"))
_MEDIA = "search.yahoo.com/mrss"
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LONGEST_LINE = 1_000

Children = dict[str, list[etree._Element]]


def read_feed(data: bytes, charset: str = "") -> Listed:
    """The items of a feed, which may be packed, in its order; raises BadListingError."""
    try:
        data = gunzip(data, LISTING_BYTES)
    except BodyError as error:
        raise BadListingError(f"cannot be unpacked: it {error}") from None
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _read_json(data)
    try:
        root = parse_xml(data, charset)
    except BadXmlError as error:
        raise BadListingError(f"is no feed: {error}") from None
    if local_name(root) not in _ROOTS:
        name = local_name(root)
        raise BadListingError("is a web page, not a feed" if name == "html" else f"is no feed: it begins with <{name}>")
    # RDF has its items beside the channel, RSS within it.
    entries = [_entry(item) for item in root.iter() if local_name(item) in ("item", "entry")]
    channel = next((child for child in root.iter() if local_name(child) == "channel"), root)
    children = _children(channel)
    language = _line(children, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    kept = tuple(replace(entry, language=entry.language or language[:20]) for entry in entries[:LISTED_PAGES])
    return Listed(kept, title=_line(children, "title"))


def _children(element: etree._Element) -> Children:
    """The element's children by name; media extensions reuse plain names and count only where nothing else is."""
    found: Children = {}
    media: Children = {}
    for child in element:
        name = local_name(child)
        if name:
            (media if _MEDIA in namespace(child) else found).setdefault(name, []).append(child)
    return media | found


def _entry(item: etree._Element) -> Entry:
    """One item of whatever kind of feed."""
    children = _children(item)
    html, plain, whole = _words(children)
    return Entry(
        url=_link(children),
        id=_line(children, "guid") or _line(children, "id"),
        title=_plain(_line(children, "title")),
        published=_published(children),
        updated=_line(children, "updated") or _line(children, "modified"),
        byline=_byline(children),
        credits=tuple(_credits(children)),
        html=html,
        plain=plain,
        whole=whole,
        language=_line(children, "language") or item.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
    )


def _line(children: Children, name: str) -> str:
    """The first such child's words on one line."""
    return " ".join(text_of(children[name][0])[:_LONGEST_LINE].split()) if name in children else ""


def _plain(words: str) -> str:
    """A title without markup: some feeds escape it twice."""
    return " ".join(_TAG.sub("", unescape(words)).split()) if "<" in words or "&" in words else words


def _link(children: Children) -> str:
    """The page's address: RSS writes it in <link>, Atom as its href, and a guid may be one."""
    for link in children.get("link", ()):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href")).strip()
    written = next((text_of(link) for link in children.get("link", ()) if text_of(link)), "")
    if written:
        return written
    for name in ("guid", "id"):
        identity = _line(children, name)
        permanent = name not in children or children[name][0].get("ispermalink", children[name][0].get("isPermaLink"))
        if identity.startswith(("http://", "https://")) and permanent != "false":
            return identity
    return ""


def _published(children: Children) -> Published | None:
    """The first date of publication that can be read; an Atom entry without one was published when it was updated."""
    for name, shown in (*_DATES, ("updated", "updated")):
        for element in children.get(name, ()):
            found = parse_moment(text_of(element), f"stated in the feed ({shown})")
            if found is not None:
                return found
    return None


def _byline(children: Children) -> str:
    """The writers: dc:creator and Atom's author/name before RSS's author, which is an e-mail address by rights."""
    names = [_line(_children(author), "name") or _line({"": [author]}, "") for author in children.get("author", ())]
    creators = [_line({"": [creator]}, "") for creator in children.get("creator", ())]
    said = [_person(name) for name in creators or names]
    return ", ".join(dict.fromkeys(name for name in said if name))[:300]


def _person(words: str) -> str:
    """A name without its e-mail address: "desk@x.example (Jo Doe)" is Jo Doe."""
    match = re.fullmatch(r"\S+@\S+(?:\s*\((.{1,200})\))?", words)
    return (match[1] or "") if match else words


def _credits(children: Children) -> Iterator[str]:
    """The outlets named as origin: RSS's source and Atom's source/title."""
    for source in children.get("source", ()):
        title = _line(_children(source), "title") if len(source) else " ".join(text_of(source).split())
        if title or source.get("url"):
            yield (title or str(source.get("url")))[:200]


def _words(children: Children) -> tuple[str, bool, bool]:
    """The item's fullest words, whether they are plain text, and whether they are its content, not a summary."""
    for name, whole in (("encoded", True), ("content", True), ("description", False), ("summary", False)):
        for element in children.get(name, ()):
            kind = element.get("type", "html" if name in ("encoded", "description") else "text")
            if kind == "xhtml":
                inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
            else:
                inner = text_of(element)
            if inner.strip() and not element.get("src"):
                return inner, kind == "text" and "<" not in inner, whole
    return "", True, False


def _read_json(data: bytes) -> Listed:
    """A JSON Feed, version 1 or 1.1."""
    try:
        feed = json.loads(decode_bytes(data).text)
    except (UndecodableError, ValueError, RecursionError):
        raise BadListingError("is no feed: it begins like JSON and is none") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise BadListingError("is JSON, but no JSON Feed: it has no list of items")
    items = [item for item in feed["items"][:LISTED_PAGES] if isinstance(item, dict)]
    language = _text(feed, "language")
    return Listed(tuple(_json_entry(item, language) for item in items), title=_text(feed, "title"))


def _json_entry(item: dict[str, Any], language: str) -> Entry:
    html, plain = _text(item, "content_html", 0), _text(item, "content_text", 0)
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(author, "name") for author in authors or () if isinstance(author, dict)]
    return Entry(
        url=_text(item, "url") or _text(item, "external_url"),
        id=_text(item, "id"),
        title=_plain(_text(item, "title")),
        published=parse_moment(_text(item, "date_published"), "stated in the feed (date_published)"),
        updated=_text(item, "date_modified"),
        byline=", ".join(name for name in names if name)[:300],
        html=html or plain or _text(item, "summary", 0),
        plain=not html,
        whole=bool(html or plain),
        language=_text(item, "language") or language,
    )


def _text(item: dict[str, Any], key: str, limit: int = _LONGEST_LINE) -> str:
    """A text of a JSON object, on one line where it is limited; "" where it is missing or of another type."""
    value = item.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**18 else ""
    if not isinstance(value, str):
        return ""
    return " ".join(clean_text(value)[:limit].split()) if limit else clean_text(value)
