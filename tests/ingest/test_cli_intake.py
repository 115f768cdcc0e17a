"""The commands on sources, against a site on loopback."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
Site = Any


@pytest.fixture
def desk(workplace: Path, site: Site) -> Path:
    """A working folder with one feed configured."""
    site.put("/feed", site.rss("<link>/a</link><author>Ann Low</author>"), "application/rss+xml", ETag='"1"')
    site.put("/a", site.page("the harbour will close"), ETag='"a"')
    (workplace / "reconcile.toml").write_text(
        '[fetch]\ndelay = 0\nallow_private = ["127.0.0.0/8"]\n[[sources]]\nname = "harbour"\ntype = "feed"\n'
        f'address = "{site.root}/feed"\npublisher = "Harbour Post"\n',
        encoding="utf-8",
    )
    return workplace


def test_check_tells_what_would_come_in(desk: Path, cli: Cli) -> None:
    """Title, outlet and byline of the first pages are shown, and nothing is stored."""
    said = cli("sources", "check")
    assert said.code == 0
    assert "harbour: 1 page listed" in said.out
    assert "Harbour Post: Harbour news, by Ann Low" in said.out
    assert [path.name for path in desk.iterdir()] == ["reconcile.toml"]


def test_check_in_json(desk: Path, cli: Cli) -> None:
    """The same for programs."""
    [row] = json.loads(cli("sources", "check", "harbour", "--json").out)
    assert (row["name"], row["ok"], row["listed"], row["problems"]) == ("harbour", True, 1, [])
    assert row["articles"][0]["byline_origin"] == "feed"


def test_check_of_a_broken_source(desk: Path, cli: Cli, site: Site) -> None:
    """What is wrong is told with its cure, and the exit code says so."""
    site.put("/feed", b"", status=403)
    said = cli("sources", "check")
    assert (said.code, "BAD  harbour" in said.out) == (3, True)
    assert "403" in said.err


def test_ingest_stores_and_the_second_time_finds_nothing_new(desk: Path, cli: Cli, site: Site) -> None:
    """Fetched once, a page is not taken in again."""
    first, second = (json.loads(cli("ingest", "--json").out)[0] for _ in range(2))
    assert (first["new"], second["new"], second["problems"]) == (1, 0, [])


def test_run_takes_addresses_beside_files(desk: Path, cli: Cli, site: Site) -> None:
    """A feed's address is read as its pages; what is not there is a loss, and the rest goes on."""
    (desk / "b.txt").write_text("The harbour council met on Tuesday and closed the harbour.", encoding="utf-8")
    said = cli("stories", f"{site.root}/feed", f"{site.root}/nothing", "b.txt")
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == ["b", f"127.0.0.1:{site.port}/a"]
    assert (said.code, "404" in said.err) == (3, True)


def test_a_feed_of_old_pages_says_so(desk: Path, cli: Cli, site: Site) -> None:
    """A feed that lists nothing of these days is not passed over in silence."""
    site.put("/feed", site.rss("<link>/a</link><pubDate>01 Jan 2001 00:00 GMT</pubDate>"), "application/rss+xml")
    assert "lists 1 pages, all older than 14 days" in cli("stories", f"{site.root}/feed").err
    assert "nothing of the last 14 days" in cli("sources", "check").out
