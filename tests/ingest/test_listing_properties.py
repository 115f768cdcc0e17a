"""No bytes bring down the readers of feeds, sitemaps, WARC files and pages; a thousand broken feeds are survived."""

import gzip
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.ingest.addresses import type_of
from reconcile.ingest.feeds import read_feed
from reconcile.ingest.formats import read_html
from reconcile.ingest.fragment import fragment_text
from reconcile.ingest.listing import BadListingError, Listed
from reconcile.ingest.moments import in_zone, parse_moment
from reconcile.ingest.page_data import named_feed, read_page_data
from reconcile.ingest.robots import parse_robots
from reconcile.ingest.sitemaps import read_sitemap
from reconcile.ingest.unpack import BodyError, unpack
from reconcile.ingest.warc import read_warc
from reconcile.ingest.web_address import BadAddressError, article_id, page_key, parse_address

RSS = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    b"<title>News</title><item><title>Pier &amp; harbour close</title><link>https://x.example/a</link>"
    b"<pubDate>Tue, 04 Mar 2031 09:30:00 GMT</pubDate><dc:creator>Ann Low</dc:creator>"
    b"<description><![CDATA[<p>Caf\xc3\xa9 words</p>]]></description></item></channel></rss>"
)
ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>7</id><title type="html">&lt;b&gt;Pier</title>'
    b'<link href="/a"/><updated>2031-03-04T10:00:00Z</updated><content type="xhtml"><div>w</div></content></entry>'
    b"</feed>"
)
JSON = b'{"items": [{"id": "7", "url": "https://x.example/a", "authors": [{"name": "Ann"}], "content_text": "words"}]}'
SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
    b"<url><loc>https://x.example/a</loc><lastmod>2031-03-04</lastmod><n:news><n:title>Pier</n:title></n:news></url></urlset>"
)
PARTS = [
    *(b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"\0", b"\xff\xfe", b"&#x110000;", b"&#0;", b"<item>"),
    *(b'"', b"<?", b"{" * 3000, b"<a>" * 3000, b"\xed\xa0\x80"),
]


def mutate(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them cut, doubled, turned round, replaced or swollen."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(broken) + 1)
        end = min(len(broken), start + chance.choice((0, 1, 2, 8, 60)))
        piece = chance.choice(
            (
                b"",
                bytes(broken[start:end]) * 3,
                bytes(broken[start:end][::-1]),
                chance.choice(PARTS),
                chance.randbytes(4),
            )
        )
        broken[start:end] = piece
    return bytes(broken)


def survives(read: Callable[[bytes], Listed], data: bytes) -> bool:
    """Whether the reader came to entries or said that it cannot read it; every date in them is one."""
    try:
        listed = read(data)
    except BadListingError as error:
        return not str(error)
    for entry in listed.entries:
        assert entry.mark
        assert entry.published is None or entry.published.moment()
    return True


@pytest.mark.parametrize("seed", [RSS, ATOM, JSON, SITEMAP], ids=["rss", "atom", "json", "sitemap"])
def test_a_thousand_broken_feeds(seed: bytes) -> None:
    """Mutations of good listings are read or refused, by every reader of listings."""
    chance = random.Random(20310304)
    for _ in range(250):
        data = mutate(seed, chance)
        survives(read_feed, data)
        survives(read_sitemap, data)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_no_trouble(data: bytes) -> None:
    """Arbitrary bytes are listings or are refused, behind whatever beginning."""
    for head in (b"", b"<rss>", b"{", b'<?xml version="1.0" encoding="', b"<urlset><url><loc>", b"\x1f\x8b\x08"):
        survives(read_feed, head + data)
        survives(read_sitemap, head + data)
    assert type_of(data) in ("feed", "sitemap", "url")


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_a_warc_file_or_a_problem(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Arbitrary records give pages or problems."""
    path = tmp_path_factory.getbasetemp() / "any.warc"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/\r\nContent-Length: 200\r\n\r\n"
    for content in (data, b"WARC/1.0\r\n" + data, head + b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + data):
        for packed in (content, gzip.compress(content), gzip.compress(content)[:-5]):
            path.write_bytes(packed)
            assert all(page.text or page.problems for _, page in read_warc(path))


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_a_page(text: str) -> None:
    """Arbitrary text, in and out of a script of data, states something or nothing."""
    read_page_data(text, "x.example")
    read_page_data(f'<script type="application/ld+json">{text}</script><link rel=canonical href="{text}">', "x.example")
    named_feed(f'<link rel="alternate" type="application/rss+xml" href="{text}">')
    assert "\u2029" not in fragment_text(f"<p>{text}</p><br>{text}")


@given(
    st.text(max_size=60)
    | st.from_regex(r"[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{2,4} [0-9:]{3,8} [A-Z+0-9-]{1,5}")
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_date_or_none(text: str) -> None:
    """What is read as a date is one, and has a place on any clock."""
    found = parse_moment(text, "")
    if found is not None:
        for zone in ("America/St_Johns", "Pacific/Apia", "Europe/Dublin"):
            local = in_zone(found, zone)
            assert local is not None
            assert local.moment()


@given(st.text(max_size=100), st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_text_is_an_address_or_refused(text: str, base: str) -> None:
    """An address that is let through is plain, and parsing its key again changes nothing."""
    for words in (text, f"http://{text}", f"https://x.example/{text}?{base}", f"https://{base}.example:8080/{text}"):
        try:
            address = parse_address(words, "https://y.example/b")
        except BadAddressError:
            continue
        key = page_key(address)
        assert key.isascii()
        assert parse_address(key).url == key
        assert len(article_id(key)) <= 180


@given(st.text(max_size=300), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_is_a_robots_file(text: str, target: str) -> None:
    """Arbitrary rules allow or forbid."""
    robots = parse_robots(f"user-agent: *\nallow: /{target}\ndisallow: {text}", "reconcile/1")
    assert robots.allows("/" + target) in (True, False)
    assert 0 <= robots.delay <= 60


@given(st.binary(max_size=200), st.integers(1, 50), st.sampled_from(["gzip", "deflate"]))
@settings(max_examples=60, deadline=None)
def test_unpacking_undoes_packing(data: bytes, size: int, encoding: str) -> None:
    """However a body is cut into pieces it comes out whole, and never beyond the limit."""
    packed = gzip.compress(data) if encoding == "gzip" else zlib.compress(data)
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert unpack(pieces, encoding, 1000) == data
    if len(data) > 1:
        with pytest.raises(BodyError):
            unpack(pieces, encoding, len(data) - 1)


def test_long_hostile_lines_take_no_time(tmp_path: Path) -> None:
    """Patterns over whole documents stay linear: a megabyte of one sign is read in a moment."""
    for sign in (b"<", b"&", b"<!DOCTYPE ", b"<!ENTITY", b" ", b"&a", b"<?xml "):
        data = b"<rss>" + sign * (200_000 // len(sign))
        survives(read_feed, data)
    words = "<p>The council said on Tuesday that the harbour will close for three weeks.</p>" * 3
    for tag in ("<BR>", "<div>", "<a href=x>y</a>"):
        assert not read_html(f"<article>{words}{tag * 200_000}", "page").text
        read_html(f"<article>{words}{tag * 3_000}", "page")
    read_page_data('<script type="application/ld+json">' + "[" * 100_000 + "</script>")
    parse_robots("user-agent: *\n" + "disallow: /" + "*a" * 5_000 + "$\n", "x").allows("/" + "a" * 20_000)
