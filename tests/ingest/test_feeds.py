"""Feeds of every kind: what each item says, and what is refused."""

import pytest

from reconcile.ingest.feeds import read_feed
from reconcile.ingest.listing import BadListingError, Entry


def only(data: bytes | str) -> Entry:
    """The one entry of a feed."""
    [entry] = read_feed(data.encode() if isinstance(data, str) else data).entries
    return entry


def rss(item: str, attributes: str = "") -> str:
    """An RSS feed of one item."""
    head = f'<?xml version="1.0"?><rss version="2.0" {attributes}>'
    return f"{head}<channel><title>N</title><item>{item}</item></channel></rss>"


def test_rss_in_full() -> None:
    """Everything that an RSS item may say of its article is kept."""
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:media="http://search.yahoo.com/mrss/"'
    )
    entry = only(
        rss(
            "<media:title>A picture</media:title><title>Pier &amp;amp; harbour&nbsp;close</title>"
            "<link>https://x.example/a</link><guid isPermaLink='false'>7</guid>"
            "<pubDate>Tue, 04 Mar 2031 09:30:00 +0100</pubDate><dc:creator>Ann Low</dc:creator>"
            "<dc:creator>Jo Doe</dc:creator><author>desk@x.example</author>"
            "<source url='https://w.example/rss'>Wire Agency</source>"
            "<content:encoded><![CDATA[<p>Whole&nbsp;text</p>]]></content:encoded><description>Summary</description>",
            spaces,
        )
    )
    assert (entry.title, entry.url, entry.id) == ("Pier & harbour close", "https://x.example/a", "7")
    assert entry.published is not None
    assert entry.published.iso == "2031-03-04T09:30+01:00"
    assert (entry.byline, entry.credits) == ("Ann Low, Jo Doe", ("Wire Agency",))
    assert (entry.html, entry.whole, entry.plain) == ("<p>Whole\xa0text</p>", True, False)


def test_atom() -> None:
    """Atom's own elements, its kinds of links and of text."""
    entry = only(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>N</title><entry><id>tag:x,1</id>'
        '<title type="html">&lt;b&gt;Pier&lt;/b&gt; closes</title><link rel="self" href="https://x.example/e"/>'
        '<link rel="alternate" href="/a"/><author><name>Ann Low</name><email>a@x.example</email></author>'
        "<updated>2031-03-04T10:00:00Z</updated><source><title>Wire Agency</title></source>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Whole text</p></div></content>'
        "</entry></feed>"
    )
    assert (entry.title, entry.url, entry.byline) == ("Pier closes", "/a", "Ann Low")
    assert entry.published is not None
    assert entry.published.reason == "stated in the feed (updated)"
    assert (entry.credits, entry.language, entry.whole) == (("Wire Agency",), "en-GB", True)
    assert "<p>Whole text</p>" in entry.html


def test_rdf() -> None:
    """RSS 1.0 has its items beside the channel."""
    entry = only(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>N</title></channel>'
        "<item><title>Pier closes</title><link>https://x.example/a</link><dc:date>2031-03-04</dc:date></item></rdf:RDF>"
    )
    assert entry.published is not None
    assert (entry.url, entry.published.iso) == ("https://x.example/a", "2031-03-04")


def test_json_feed() -> None:
    """JSON Feed, with its authors and texts."""
    entry = only(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "N", "language": "en", "items": [{"id": 7, '
        '"url": "https://x.example/a", "title": "Pier closes", "content_html": "<p>Whole</p>", '
        '"date_published": "2031-03-04T10:00:00Z", "authors": [{"name": "Ann Low"}, {"name": [5]}, 7]}]}'
    )
    assert (entry.id, entry.byline, entry.html, entry.whole) == ("7", "Ann Low", "<p>Whole</p>", True)


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<guid>https://x.example/a</guid>", "https://x.example/a"),
        ("<guid isPermaLink='false'>https://x.example/a</guid>", ""),
        ("<link/><guid>7</guid>", ""),
        ("<link>\n  https://x.example/a\n</link>", "https://x.example/a"),
    ],
)
def test_addresses_of_items(item: str, url: str) -> None:
    """The link, or a guid that says it is one."""
    assert only(rss(item)).url == url


def test_feeds_that_are_broken_are_mended() -> None:
    """An unclosed element, an unknown sign and a stray character do not cost the other items."""
    data = rss("<title>One</title><description>a < b &bogus; \x0b</item><item><title>Two</title>")
    assert [entry.title for entry in read_feed(data.encode()).entries] == ["One", "Two"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "iso-8859-1"])
def test_encodings_as_declared(encoding: str) -> None:
    """The encoding in the declaration counts."""
    title = "Пристань" if encoding == "windows-1251" else "Café"
    data = rss(f"<title>{title}</title>").replace('version="1.0"', f'version="1.0" encoding="{encoding}"', 1)
    assert only(data.encode(encoding)).title == title


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><rss><channel>&b;</channel></rss>'


@pytest.mark.parametrize(
    "data",
    [
        BOMB.encode(),
        BOMB.encode("utf-16"),
        b"\xef\xbb\xbf" + BOMB.encode(),
        f'<?xml version="1.0" encoding="utf-16-le"?>{BOMB}'.encode("utf-16-le"),
        b'<!DOCTYPE r SYSTEM "file:///etc/passwd" [ ]><rss/>',
        b'<!DOCTYPE\n r\n [<!ENTITY % p SYSTEM "http://x.example/p"> %p;]><rss/>',
        BOMB.replace("<!ENTITY", "<!entity").encode(),
    ],
)
def test_entities_are_refused_before_a_parser_sees_them(data: bytes) -> None:
    """Declarations that swell, read files or ask the network are refused, in whatever encoding they hide."""
    with pytest.raises(BadListingError):
        read_feed(data)


def test_a_plain_doctype_does_no_harm() -> None:
    """RSS 0.91 names its grammar; nobody fetches it."""
    doctype = '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://x.example/rss.dtd">'
    assert only(f"{doctype}<rss><channel><item><title>T</title></item></channel></rss>").title == "T"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"plain words",
        b"<html><body>News</body></html>",
        b"{",
        b"[]",
        b'{"items": 7}',
        b"\0\0\0",
        b"<opml/>",
    ],
)
def test_what_is_no_feed(data: bytes) -> None:
    """It is said what the bytes are instead."""
    with pytest.raises(BadListingError):
        read_feed(data)
