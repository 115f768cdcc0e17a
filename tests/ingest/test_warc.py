"""WARC files: pages out of records, packed or not, whole or cut off."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from reconcile.ingest import load_articles
from reconcile.ingest.warc import read_warc
from reconcile.model import Article, Problem

Site = Any


def record(
    body: bytes, kind: str = "response", url: str = "https://www.x.example/a?utm_source=w", **fields: str
) -> bytes:
    """One record."""
    head = {"WARC-Type": kind, "WARC-Target-URI": url, "Content-Length": str(len(body)), **fields}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode() + body + b"\r\n\r\n"


def answer(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", *more: str) -> bytes:
    """A kept HTTP answer."""
    lines = "".join(f"{line}\r\n" for line in (f"Content-Type: {kind}", *more))
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def load(path: Path, data: bytes) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """What a file of these bytes gives."""
    path.write_bytes(data)
    return load_articles([path])


def test_pages_become_articles(tmp_path: Path, site: Site) -> None:
    """The page's address is the article's; what is no page is passed over."""
    page = site.page("the harbour will close")
    data = b"".join(
        [
            record(b"software: x", "warcinfo"),
            record(b"GET / HTTP/1.1\r\n\r\n", "request"),
            record(answer(b"\x89PNG", "image/png")),
            record(answer(b"", status="301 Moved")),
            record(answer(page)),
        ]
    )
    articles, problems = load(tmp_path / "a.warc", data)
    assert problems == ()
    assert [(a.id, a.url) for a in articles] == [("x.example/a", "https://www.x.example/a")]
    assert "the harbour will close" in articles[0].text


@pytest.mark.parametrize("whole", [True, False], ids=["one-piece", "by-record"])
def test_packed_files(tmp_path: Path, site: Site, whole: bool) -> None:
    """A file may be packed record by record, as crawlers do, or in one piece, as people do."""
    records = [record(answer(site.page(f"pier {n} closes")), url=f"https://x.example/{n}") for n in range(3)]
    data = gzip.compress(b"".join(records)) if whole else b"".join(map(gzip.compress, records))
    articles, problems = load(tmp_path / "a.warc.gz", data)
    assert (len(articles), problems) == (3, ())


def test_answers_kept_as_they_came(tmp_path: Path, site: Site) -> None:
    """Chunks and packing are undone; a head that tells of packing that is not there does no harm."""
    page = site.page("the harbour will close")
    chunks = b"".join(
        b"%x\r\n%s\r\n" % (len(page[at : at + 500]), page[at : at + 500]) for at in range(0, len(page), 500)
    )
    packed = gzip.compress(page)
    data = b"".join(
        [
            record(
                answer(chunks + b"0\r\n\r\n", "text/html", "200 OK", "Transfer-Encoding: chunked"),
                url="https://x.example/1",
            ),
            record(answer(page, "text/html", "200 OK", "Transfer-Encoding: chunked"), url="https://x.example/2"),
            record(answer(packed, "text/html", "200 OK", "Content-Encoding: gzip"), url="https://x.example/3"),
            record(answer(page, "text/html", "200 OK", "Content-Encoding: gzip"), url="https://x.example/4"),
            record(page, "resource", "https://x.example/5", **{"Content-Type": "text/html"}),
        ]
    )
    articles, problems = load(tmp_path / "a.warc", data)
    assert ([a.id[-1] for a in articles], problems) == (["1", "2", "3", "4", "5"], ())


def test_pages_without_an_article_are_counted(tmp_path: Path, site: Site) -> None:
    """Front pages are to be expected in a crawl: one note tells how many there were."""
    menu = answer(b"<html><body><a href='/'>Home</a></body></html>")
    data = record(menu, url="https://x.example/1") + record(answer(site.page("it closes"))) + record(menu)
    articles, [problem] = load(tmp_path / "a.warc", data)
    assert len(articles) == 1
    assert (problem.loss, problem.message) == (False, "2 of 3 pages in it hold no article")


@pytest.mark.parametrize("cut", [30, 300], ids=["body", "head"])
def test_a_file_that_is_cut_off(tmp_path: Path, site: Site, cut: int) -> None:
    """What stands before the break is read, and the break is told."""
    good = record(answer(site.page("the harbour will close")))
    bad = record(answer(b"<p>" * 100))
    articles, [problem] = load(tmp_path / "a.warc", good + bad[: len(bad) - cut])
    assert (len(articles), problem.loss) == (1, True)
    assert "cannot be read to its end" in problem.message


def test_a_packed_file_that_is_damaged(tmp_path: Path, site: Site) -> None:
    """A packed file that breaks off is read up to there."""
    good = gzip.compress(record(answer(site.page("the harbour will close"))))
    articles, [problem] = load(tmp_path / "a.warc.gz", good + good[:200])
    assert (len(articles), problem.loss) == (1, True)


@pytest.mark.parametrize(
    "data",
    [b"no warc", b"WARC/1.0\r\n\r\n", b"WARC/1.0\r\nContent-Length: -1\r\n\r\n", b"WARC/1.0\r\n" + b"a" * 100_000],
)
def test_what_is_no_warc_file(tmp_path: Path, data: bytes) -> None:
    """It is told once."""
    articles, problems = load(tmp_path / "a.warc", data)
    assert (articles, len(problems)) == ((), 1)


def test_a_bomb_takes_little_memory(tmp_path: Path) -> None:
    """A small packed file of one endless line, or of one endless record, is passed through in pieces."""
    line = gzip.compress(b"WARC/1.0\r\nX: " + b"a" * 50_000_000)
    huge = gzip.compress(record(b"a" * 50_000_000, "resource"))
    for data in (line, huge):
        path = tmp_path / "a.warc.gz"
        path.write_bytes(data)
        assert all(page.problems for _, page in read_warc(path))
