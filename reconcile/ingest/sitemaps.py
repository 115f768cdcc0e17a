"""Sitemaps and news sitemaps: pages with the day they changed, and the further sitemaps that an index names."""

from __future__ import annotations

from lxml import etree

from reconcile.ingest.decode import UndecodableError, decode_bytes
from reconcile.ingest.limits import LISTED_PAGES, LISTING_BYTES
from reconcile.ingest.listing import BadListingError, Entry, Listed
from reconcile.ingest.moments import parse_moment
from reconcile.ingest.unpack import BodyError, gunzip
from reconcile.ingest.xml_tree import BadXmlError, local_name, namespace, parse_xml, text_of

_NEWS = "sitemap-news"
_EXTENSIONS = ("image", "video", "mobile", "pagemap", "geo", "xhtml")


def read_sitemap(data: bytes, charset: str = "") -> Listed:
    """The pages and further sitemaps of a sitemap, which may be packed or plain text; raises BadListingError."""
    try:
        data = gunzip(data, LISTING_BYTES)
    except BodyError as error:
        raise BadListingError(f"cannot be unpacked: it {error}") from None
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"http://", b"https://")):
        return _read_lines(data)
    try:
        root = parse_xml(data, charset)
    except BadXmlError as error:
        raise BadListingError(f"is no sitemap: {error}") from None
    name = local_name(root)
    if name == "sitemapindex":
        further = [_entry(child) for child in root if local_name(child) == "sitemap"]
        return Listed(further=tuple(entry for entry in further[:LISTED_PAGES] if entry.url))
    if name != "urlset":
        raise BadListingError("is a web page, not a sitemap" if name == "html" else f"is no sitemap but <{name}>")
    entries = [_entry(child) for child in root if local_name(child) == "url"]
    return Listed(tuple(entry for entry in entries[:LISTED_PAGES] if entry.url))


def _entry(element: etree._Element) -> Entry:
    """One page or one further sitemap."""
    said: dict[str, str] = {}
    for child in element.iter():
        space = namespace(child)
        if child is not element and not any(word in space for word in _EXTENSIONS):
            prefix = "news:" if _NEWS in space or space == "news" else ""
            said.setdefault(prefix + local_name(child), " ".join(text_of(child)[:2_000].split()))
    return Entry(
        url=said.get("loc", ""),
        title=said.get("news:title", ""),
        published=parse_moment(said.get("news:publication_date", ""), "stated in the news sitemap"),
        updated=said.get("lastmod", ""),
        publisher=said.get("news:name", ""),
        language=said.get("news:language", "")[:20],
    )


def _read_lines(data: bytes) -> Listed:
    """A sitemap of one address a line."""
    try:
        lines = decode_bytes(data).text.split("\n")
    except UndecodableError as error:
        raise BadListingError(f"is no sitemap: {error}") from None
    found = (line.strip() for line in lines)
    return Listed(tuple(Entry(url=line) for line in found if line.startswith(("http://", "https://")))[:LISTED_PAGES])
