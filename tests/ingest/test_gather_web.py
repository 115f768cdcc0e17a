"""Gathering from feeds, sitemaps and pages night after night: what comes in, what is remembered, what is told."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reconcile.ingest.fetch import Fetcher
from reconcile.ingest.intake import Fate, Intake, gather
from reconcile.ingest.sources import Source, SourceState
from reconcile.store.codec import pack, unpack

Site = Any
NIGHT = datetime(2031, 3, 5, 2, 0, tzinfo=UTC)
ITEM = (
    "<title>Harbour to close</title><link>/a</link><pubDate>Tue, 04 Mar 2031 23:30:00 GMT</pubDate>"
    "<author>desk@x.example (Jo Doe)</author><source url='https://wire.example/rss'>Wire Agency</source>"
)


def night(source: Source, fetcher: Fetcher, state: SourceState | None = None, number: int = 0, **limits: int) -> Intake:
    """All of one night as one intake; the state goes through the store's encoding."""
    now = NIGHT + timedelta(days=number)
    batches = list(gather(source, state or SourceState(), now=now, fetcher=fetcher, **limits))
    last = batches[-1]
    return replace(
        last,
        articles=tuple(article for batch in batches for article in batch.articles),
        problems=tuple(problem for batch in batches for problem in batch.problems),
        fates=tuple(fate for batch in batches for fate in batch.fates),
        state=unpack(SourceState, pack(last.state)),
    )


@pytest.fixture
def harbour(site: Site, source: Source) -> Source:
    """A feed with one page behind it."""
    site.put("/feed", site.rss(ITEM), "application/rss+xml", ETag='"f1"')
    site.put("/a", site.page("the harbour will close"), ETag='"a1"')
    return source


def test_a_page_of_a_feed_becomes_an_article(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """Text from the page; date, byline and credit from the feed; outlet, family and clock from the configuration."""
    own = replace(harbour, publisher="Harbour Post", family="Coast Media", time_zone="America/New_York")
    [article] = night(own, fetcher).articles
    assert "the harbour will close" in article.text
    assert (article.source, article.family, article.title) == ("Harbour Post", "Coast Media", "Harbour news")
    assert article.published is not None
    assert (article.published.iso, article.published.precision) == ("2031-03-04T18:30-05:00", "minute")
    assert article.published.reason == "stated in the feed (pubDate)"
    assert article.byline is not None
    assert (article.byline.text, article.byline.origin) == ("Jo Doe", "feed")
    assert article.credits == ("Wire Agency",)
    assert (article.id, article.url) == (f"127.0.0.1:{site.port}/a", f"{site.root}/a")


def test_a_night_with_nothing_new(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """The second night asks for the feed and the page conditionally and takes nothing in."""
    first = night(harbour, fetcher)
    site.asked.clear()
    second = night(harbour, fetcher, first.state, 1)
    assert (second.articles, second.problems, second.fates, second.unchanged) == ((), (), (), 1)
    assert [headers.get("If-None-Match") for path, headers in site.asked if path != "/robots.txt"] == ['"f1"', '"a1"']
    assert second.state.last_new == NIGHT
    assert second.state.last_success == NIGHT + timedelta(days=1)


def test_pages_are_not_asked_again_for_ever(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """After recheck_days only the feed is asked."""
    first = night(harbour, fetcher)
    site.asked.clear()
    night(harbour, fetcher, first.state, 4)
    assert site.paths() == ["/feed"]


def test_a_silent_correction_is_found(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """A page that changed while its feed did not comes again under the same id."""
    first = night(harbour, fetcher)
    site.put("/a", site.page("the harbour will stay open"), ETag='"a2"')
    second = night(harbour, fetcher, first.state, 1)
    assert [article.id for article in second.articles] == [article.id for article in first.articles]
    assert "stay open" in second.articles[0].text
    assert second.articles[0].published == first.articles[0].published
    assert second.articles[0].byline == first.articles[0].byline
    assert second.articles[0].credits == first.articles[0].credits


def test_an_announced_change_is_found_late(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """What the feed says of a page changes: the page is asked again, however old it is."""
    first = night(harbour, fetcher)
    site.put("/feed", site.rss(ITEM.replace("to close", "stays open")), "application/rss+xml", ETag='"f2"')
    site.put("/a", site.page("the harbour will stay open"), ETag='"a2"')
    assert len(night(harbour, fetcher, first.state, 6).articles) == 1


def test_a_page_that_goes_and_comes_back(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """Withdrawal and return are told once each, with the article they concern."""
    first = night(harbour, fetcher)
    site.put("/a", b"", status=410)
    second = night(harbour, fetcher, first.state, 1)
    ids = tuple(article.id for article in first.articles)
    key = f"{site.root}/a"
    assert second.fates == (Fate(key, ids, "gone", NIGHT + timedelta(days=1)),)
    third = night(harbour, fetcher, second.state, 2)
    assert third.fates == ()
    site.put("/a", site.page("the harbour will close"), ETag='"a1"')
    assert [fate.fate for fate in night(harbour, fetcher, third.state, 3).fates] == ["back"]


@pytest.mark.parametrize(
    "body",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
        "<article><p>The harbour council met on Tuesday. It will close the harbour for three weeks.</p></article>",
        "<article><p>The harbour council met on Tuesday to speak of the harbour and its gates.</p></article>"
        "<div>Subscribe to continue reading</div>",
    ],
    ids=["data", "words"],
)
def test_paywalled_pages_are_recorded_as_such(site: Site, harbour: Source, fetcher: Fetcher, body: str) -> None:
    """A teaser is no article; that there was one is told once, as a note."""
    site.put("/a", f"<html><body>{body}</body></html>".encode())
    first = night(harbour, fetcher)
    assert (first.articles, [fate.fate for fate in first.fates]) == ((), ["paywalled"])
    assert [(problem.loss, "paywall" in problem.message) for problem in first.problems] == [(False, True)]
    second = night(harbour, fetcher, first.state, 1)
    assert (second.fates, second.problems) == ((), ())


def test_a_whole_text_that_calls_itself_paid_is_read(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """Metered outlets mark every page; where the text is there, it is read."""
    mark = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    site.put("/a", site.page("the harbour will close " * 30, mark))
    assert len(night(harbour, fetcher).articles) == 1


def test_a_page_without_an_article_falls_back_on_the_feed(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """Where a page gives nothing, the whole text in the feed is read, with a note."""
    words = site.paragraphs("the harbour will close")
    content = f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[{words}]]></content:encoded>'
    site.put("/feed", site.rss(ITEM + content), "application/rss+xml")
    site.put("/a", b"<html><body><div id='app'></div></body></html>")
    intake = night(harbour, fetcher)
    assert "the harbour will close" in intake.articles[0].text
    assert [problem.loss for problem in intake.problems] == [False]


def test_pages_kept_from_programs_are_read_in_the_feed(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """Where the page is refused and the feed gives the whole text, that is read, with a note."""
    words = site.paragraphs("the harbour will close")
    site.put("/feed", site.rss(f"{ITEM}<content><![CDATA[{words}]]></content>"), "application/rss+xml")
    site.put("/a", b"", status=403)
    first = night(harbour, fetcher)
    assert (len(first.articles), [problem.loss for problem in first.problems]) == (1, [False])
    assert night(harbour, fetcher, first.state, 1).articles == ()


def test_what_no_reader_sees_is_no_change(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """A page whose bytes differ with each request, and its article not, gives nothing new."""
    site.put("/a", site.page("the harbour will close", "<script>one = 1</script>"))
    first = night(harbour, fetcher)
    site.put("/a", site.page("the harbour will close", "<script>one = 2</script>"))
    second = night(harbour, fetcher, first.state, 1)
    assert (second.articles, second.unchanged, second.state.last_new) == ((), 1, NIGHT)


def test_text_from_the_feed_itself(site: Site, source: Source, fetcher: Fetcher) -> None:
    """With text = "feed" no page is asked for, and an item without an address is an article too."""
    words = site.paragraphs("it closes")
    item = f"<guid>g1</guid><title>Harbour to close</title><description><![CDATA[{words}]]></description>"
    site.put("/feed", site.rss(item), "application/rss+xml")
    own = replace(source, text="feed")
    first = night(own, fetcher)
    assert site.paths() == ["/feed"]
    assert (first.articles[0].title, first.articles[0].url) == ("Harbour to close", None)
    site.put("/feed", site.rss(item.replace("it closes", "it stays open")), "application/rss+xml")
    second = night(own, fetcher, first.state, 1)
    assert [article.id for article in second.articles] == [first.articles[0].id]


def test_a_feed_that_fails_and_recovers(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """Failures are counted night by night and forgotten with the first success."""
    feed = site.replies["/feed"]
    site.put("/feed", b"", status=404)
    first = night(harbour, fetcher)
    second = night(harbour, fetcher, first.state, 1)
    assert (first.state.failures, second.state.failures, second.articles) == (1, 2, ())
    assert [problem.where for problem in second.problems] == ["harbour"]
    site.replies["/feed"] = feed
    third = night(harbour, fetcher, second.state, 2)
    assert (third.state.failures, len(third.articles)) == (0, 1)


def test_a_page_that_fails_is_asked_again_though_the_feed_is_the_same(
    site: Site, harbour: Source, fetcher: Fetcher
) -> None:
    """A feed counts as read only when nothing of it is left to do."""
    good = site.replies["/a"]
    site.put("/a", b"", status=500)
    first = night(harbour, fetcher)
    assert [problem.loss for problem in first.problems] == [True]
    site.replies["/a"] = good
    assert len(night(harbour, fetcher, first.state, 1).articles) == 1


def test_what_is_too_much_for_one_night_is_left_for_the_next(site: Site, source: Source, fetcher: Fetcher) -> None:
    """Of many pages the first are taken, the rest in the following nights, and none twice."""
    for number in range(5):
        site.put(f"/{number}", site.page(f"pier {number} will close"), ETag=f'"{number}"')
    site.put("/feed", site.rss(*(f"<link>/{number}</link>" for number in range(5))), ETag='"f"')
    own = replace(source, most=2, recheck_days=0)
    taken, state, left = [], SourceState(), []
    for number in range(3):
        intake = night(own, fetcher, state, number)
        taken.append([article.id[-1] for article in intake.articles])
        left.append(intake.left)
        state = intake.state
    assert taken == [["0", "1"], ["2", "3"], ["4"]]
    assert left == [3, 1, 0]


def test_a_source_has_so_much_time(site: Site, harbour: Source) -> None:
    """When a source's minutes are over, its pages are left for the next night."""
    times = iter([0.0, *[10_000.0] * 50])
    with Fetcher(site.quick, clock=lambda: next(times)) as fetcher:
        intake = night(replace(harbour, robots=False), fetcher)
    assert (intake.articles, intake.left) == ((), 1)


def test_batches_are_small_and_each_can_be_kept(site: Site, source: Source, fetcher: Fetcher) -> None:
    """A run that is killed after a batch goes on behind it."""
    for number in range(20):
        site.put(f"/{number}", site.page(f"pier {number} will close"), ETag=f'"{number}"')
    site.put("/feed", site.rss(*(f"<link>/{number}</link>" for number in range(20))), ETag='"f"')
    first = next(gather(source, SourceState(), now=NIGHT, fetcher=fetcher, batch=8))
    assert len(first.articles) == 8
    site.asked.clear()
    rest = night(source, fetcher, first.state)
    assert len(rest.articles) == 12
    assert len(site.paths()) == 13


def test_old_pages_are_passed_over(site: Site, source: Source, fetcher: Fetcher) -> None:
    """What the feed dates before the days that count is not asked for."""
    site.put("/feed", site.rss("<link>/a</link><pubDate>01 Jan 2031 00:00 GMT</pubDate>"))
    assert night(source, fetcher).listed == 1
    assert site.paths() == ["/feed"]


def test_old_pages_of_a_plain_sitemap_are_passed_over(site: Site, source: Source, fetcher: Fetcher) -> None:
    """Where a sitemap says only when pages changed, that decides; the latest come first."""
    pages = [
        f"<loc>{site.root}/{day}</loc><lastmod>2031-{day}</lastmod>" for day in ("01-09", "03-02", "03-04", "03-03")
    ]
    site.put("/map", urlset(*pages), "text/xml")
    night(replace(source, type="sitemap", address=f"{site.root}/map", concurrency=1), fetcher)
    assert site.paths() == ["/map", "/03-04", "/03-03", "/03-02"]


def test_items_without_an_address(site: Site, source: Source, fetcher: Fetcher) -> None:
    """An item that names no page is told, and the feed itself is not read as one."""
    site.put("/feed", site.rss("<title>Harbour to close</title>"))
    intake = night(source, fetcher)
    assert ["is missing" in problem.message for problem in intake.problems] == [True]
    assert site.paths() == ["/feed"]


def test_an_article_that_redirects_to_the_front_page_is_gone(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """Outlets send readers of withdrawn articles to their front page, which is no correction of the article."""
    first = night(harbour, fetcher)
    site.put("/", site.page("other news of the day"))
    site.send_to("/a", "/")
    second = night(harbour, fetcher, first.state, 1)
    assert (second.articles, [fate.fate for fate in second.fates]) == ((), ["gone"])


def test_an_outlet_that_is_down_is_soon_left_alone(site: Site, source: Source, fetcher: Fetcher) -> None:
    """After some pages in a row that cannot be had the rest is left for the next night."""
    site.put("/feed", site.rss(*(f"<link>/{number}</link>" for number in range(60))))
    for number in range(60):
        site.put(f"/{number}", b"", status=503)
    intake = night(source, fetcher)
    assert intake.left > 40
    assert len(site.paths()) < 50


def test_an_outlet_that_asks_to_wait_for_long_is_left_alone(site: Site, source: Source, fetcher: Fetcher) -> None:
    """Who is sent away for an hour does not go on asking for other pages."""
    site.put("/feed", site.rss(*(f"<link>/{number}</link>" for number in range(60))))
    for number in range(60):
        site.put(f"/{number}", b"", status=429, Retry_After="3600")
    assert night(replace(source, concurrency=1), fetcher).left == 56
    assert len(site.paths()) == 5


def test_two_ways_to_write_one_address(site: Site, source: Source, fetcher: Fetcher) -> None:
    """Fragments, visitor counters and a closing slash make no other page."""
    links = ("/a", "/a#top", "/a?utm_source=rss&amp;fbclid=1", "/a/")
    site.put("/feed", site.rss(*(f"<link>{link}</link>" for link in links)))
    site.put("/a", site.page("the harbour will close"))
    assert len(night(source, fetcher).articles) == 1
    assert site.paths() == ["/feed", "/a"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:25/", "ftp://x.example/a", "http://[::1"])
def test_feeds_that_list_what_is_no_page(site: Site, source: Source, fetcher: Fetcher, address: str) -> None:
    """Such an address is told and nothing of it is read."""
    site.put("/feed", site.rss(f"<link>{address}</link>"))
    intake = night(source, fetcher)
    assert intake.articles == ()
    assert "the listed address" in intake.problems[0].message


def test_feeds_that_list_private_addresses(site: Site, source: Source, fetcher: Fetcher) -> None:
    """A feed cannot make the program ask machines of its own network."""
    site.put("/feed", site.rss("<link>http://127.0.0.2/admin</link>", "<link>http://169.254.169.254/latest</link>"))
    intake = night(source, fetcher)
    assert [("not public" in problem.message) for problem in intake.problems] == [True, True]


def test_a_web_page_where_a_feed_should_be(site: Site, source: Source, fetcher: Fetcher) -> None:
    """The feed that the page names is told as the cure."""
    link = '<link rel="alternate" type="application/rss+xml" href="/news.rss">'
    site.put("/feed", f"<html><head>{link}</head><body>News</body></html>".encode())
    [problem] = night(source, fetcher).problems
    assert problem.message == "is a web page, not a feed"
    assert f"{site.root}/news.rss" in problem.cure


def test_a_feed_that_moved_for_good(site: Site, harbour: Source, fetcher: Fetcher) -> None:
    """The articles come, and the note names the address to write."""
    site.replies["/new"] = site.replies["/feed"]
    site.send_to("/feed", "/new", 301)
    intake = night(harbour, fetcher)
    assert len(intake.articles) == 1
    assert [(problem.loss, f"{site.root}/new" in problem.message) for problem in intake.problems] == [(False, True)]


def test_tokens_stay_out_of_messages(site: Site, source: Source, fetcher: Fetcher) -> None:
    """Neither a password nor a token of an address is told with a problem."""
    site.put("/feed?token=s3cret", site.rss("<link>/a?token=s3cret</link>"))
    own = replace(source, address=f"http://ann:pw9@127.0.0.1:{site.port}/feed?token=s3cret")
    problems = night(own, fetcher).problems
    assert problems
    assert "s3cret" not in repr(problems)
    assert "pw9" not in repr(problems)


def urlset(*pages: str) -> bytes:
    """A sitemap of pages given by their insides."""
    inside = "".join(f"<url>{page}</url>" for page in pages)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</urlset>'.encode()


def index(*maps: str) -> bytes:
    """A sitemap index of sitemaps given by their insides."""
    inside = "".join(f"<sitemap>{one}</sitemap>" for one in maps)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'.encode()


def test_a_sitemap_index_is_followed(site: Site, source: Source, fetcher: Fetcher) -> None:
    """Sitemaps of these days are read, those long unchanged and those of other sites are not."""
    root = site.root
    site.put(
        "/map",
        index(
            f"<loc>{root}/new</loc><lastmod>2031-03-04</lastmod>",
            f"<loc>{root}/old</loc><lastmod>2030-01-01</lastmod>",
            "<loc>https://elsewhere.example/map</loc>",
        ),
        "text/xml",
    )
    site.put("/new", urlset(f"<loc>{root}/a</loc>", "<loc>https://elsewhere.example/b</loc>"), "text/xml")
    site.put("/a", site.page("the harbour will close"))
    own = replace(source, type="sitemap", address=f"{root}/map")
    first = night(own, fetcher)
    assert (len(first.articles), first.problems) == (1, ())
    assert site.paths() == ["/map", "/new", "/a"]


def test_sitemaps_that_name_each_other(site: Site, source: Source, fetcher: Fetcher) -> None:
    """A circle of sitemaps is walked once, an endless chain to a depth."""
    for number in range(9):
        site.put(f"/{number}", index(f"<loc>{site.root}/{number + 1}</loc>", f"<loc>{site.root}/0</loc>"), "text/xml")
    intake = night(replace(source, type="sitemap", address=f"{site.root}/0"), fetcher)
    assert len(site.paths()) == 4
    assert ["too deeply" in problem.message for problem in intake.problems] == [True]


def test_a_single_page_is_asked_every_night(site: Site, source: Source, fetcher: Fetcher) -> None:
    """A page that is a source itself is asked for conditionally for as long as it is one."""
    site.put("/a", site.page("the harbour will close"), ETag='"1"')
    own = replace(source, type="url", address=f"{site.root}/a")
    first = night(own, fetcher)
    later = night(own, fetcher, first.state, 300)
    assert (len(first.articles), later.articles, later.unchanged) == (1, (), 1)
    site.put("/a", b"", status=500)
    assert night(own, fetcher, later.state, 301).state.failures == 1


def test_dates_and_writers_that_the_page_states(site: Site, source: Source, fetcher: Fetcher) -> None:
    """A page's own data count before its feed's."""
    data = (
        '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"], "datePublished": '
        '"2031-03-04T08:00:00", "author": [{"name": "By Ann Low"}, {"name": "Jo Doe"}]}]}</script>'
        '<link rel="canonical" href="https://wire.example/a">'
    )
    site.put("/feed", site.rss(ITEM))
    site.put("/a", site.page("the harbour will close", data))
    [article] = night(replace(source, time_zone="Europe/Oslo"), fetcher).articles
    assert article.published is not None
    assert (article.published.iso, article.published.reason) == (
        "2031-03-04T08:00+01:00",
        "stated in the page's data (datePublished)",
    )
    assert article.byline is not None
    assert (article.byline.text, article.byline.origin) == ("Ann Low, Jo Doe", "page")
    assert article.credits == ("Wire Agency", "wire.example")


def test_broken_feeds_spoil_no_night(site: Site, source: Source, fetcher: Fetcher) -> None:
    """Feeds broken at random give articles or problems; the night goes on, and the good feed after them is read."""
    chance = random.Random(20310305)
    good = site.rss(ITEM, "<guid>7</guid><title>Pier</title><description>The pier closes.</description>")
    state = SourceState()
    for number in range(40):
        broken = bytearray(good)
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(broken))
            broken[at : at + chance.choice((0, 1, 9))] = chance.choice(
                (b"", b"<", b"]]>", b"&", b"\0", chance.randbytes(3))
            )
        site.put("/feed", bytes(broken), "application/rss+xml")
        intake = night(replace(source, text="feed"), fetcher, state, number)
        assert intake.articles or intake.problems or intake.unchanged or intake.state.failures == 0
        state = intake.state
    site.put("/feed", good, "application/rss+xml")
    assert night(replace(source, text="feed"), fetcher).articles


def test_the_same_answers_give_the_same_intake(site: Site, source: Source, fetcher: Fetcher) -> None:
    """Pages that come in another order at another speed make no difference."""
    for number in range(6):
        site.put(f"/{number}", site.page(f"pier {number} will close"))
    site.put("/feed", site.rss(*(f"<link>/{number}</link>" for number in (3, 1, 5, 0, 2, 4))))
    assert night(replace(source, concurrency=4), fetcher) == night(source, fetcher)
