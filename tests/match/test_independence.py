"""Independence: what counts as one source, and why."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.match.independence import dependences, independent_groups, with_sources
from reconcile.match.profiles import ArticleSketch
from reconcile.model import Dependence, Sketch, Story


def article(id: str, source: str, start: int, *, length: int = 60, **more: tuple[str, ...]) -> ArticleSketch:
    """An article whose word runs are the numbers from ``start`` on."""
    return ArticleSketch(id, source, "", None, Sketch(shingles=tuple(range(start, start + length)), **more))


def test_outlets_that_share_nothing_are_independent() -> None:
    """Two known outlets with texts of their own are two sources."""
    articles = [article("a", "north.example", 0), article("b", "south.example", 1000)]
    assert independent_groups(articles) == (("a",), ("b",))


def test_outlets_of_one_configured_family_are_one_source() -> None:
    """A family that the configuration names counts though no list knows it."""
    articles = [
        replace(article("a", "north.example", 0), family="Coast Media"),
        replace(article("b", "south.example", 1000), family="Coast Media"),
        article("c", "west.example", 2000),
    ]
    assert independent_groups(articles) == (("a", "b"), ("c",))


def test_the_origin_that_a_feed_names_is_not_a_second_source() -> None:
    """An outlet whose feed credits another, by name or by address, leans on it."""
    articles = [
        replace(article("a", "north.example", 0), credits=("Far Wire",)),
        replace(article("b", "south.example", 1000), credits=("Far Wire", "https://east.example/rss")),
        article("c", "east.example", 2000),
        article("d", "west.example", 3000),
    ]
    assert independent_groups(articles) == (("a", "b", "c"), ("d",))


def test_a_near_copy_is_not_a_second_source() -> None:
    """Half of the text in common makes one source of two outlets."""
    articles = [article("a", "north.example", 0), article("b", "south.example", 30)]
    assert independent_groups(articles) == (("a", "b"),)


def test_a_shared_sentence_does_not_make_a_copy() -> None:
    """A few words in common are what any two reports of one event have."""
    articles = [article("a", "north.example", 0), article("b", "south.example", 56)]
    assert independent_groups(articles) == (("a",), ("b",))


def test_a_short_cut_of_a_long_text_is_a_copy() -> None:
    """Containment is measured against the shorter text."""
    articles = [article("a", "north.example", 0, length=120), article("b", "south.example", 100, length=20)]
    assert independent_groups(articles) == (("a", "b"),)


def test_outlets_that_credit_one_agency_are_one_source() -> None:
    """Two versions of an agency's story are one source, though they share few words."""
    credits = ("Associated Press",)
    articles = [
        article("a", "north.example", 0, credits=credits),
        article("b", "south.example", 1000, credits=credits),
    ]
    assert [found.reason for found in dependences(articles)] == ["both carry text of Associated Press"]


def test_an_agency_and_its_customer_are_one_source() -> None:
    """An agency's own page and a page that credits it are held against each other."""
    articles = [article("a", "apnews.com", 0), article("b", "south.example", 1000, credits=("Associated Press",))]
    assert independent_groups(articles) == (("a", "b"),)


def test_two_pages_of_one_outlet_are_one_source() -> None:
    """An outlet cannot confirm itself."""
    articles = [article("a", "north.example", 0), article("b", "https://www.north.example/page", 1000)]
    assert independent_groups(articles) == (("a", "b"),)


def test_outlets_of_one_family_are_one_source() -> None:
    """A family of publishers counts once, by name and by domain."""
    articles = [article("a", "The New York Times", 0), article("b", "cooking.nytimes.com", 1000)]
    assert independent_groups(articles) == (("a", "b"),)


def test_an_outlet_that_quotes_another_adds_no_source() -> None:
    """What was taken from another outlet in the batch is that outlet's."""
    articles = [article("a", "kxyz.com", 0), article("b", "south.example", 1000, cites=("KXYZ",))]
    assert [found.reason for found in dependences(articles)] == ["south.example quotes KXYZ"]


def test_unknown_outlets_never_raise_the_count() -> None:
    """Articles without a source join a known one, or each other."""
    unknown = [article("a", "", 0), article("b", "", 1000)]
    assert independent_groups(unknown) == (("a", "b"),)
    assert independent_groups([*unknown, article("c", "north.example", 2000)]) == (("a", "b", "c"),)


def test_a_text_too_short_to_judge_joins_what_it_is_most_like() -> None:
    """A page with a line of text is no second source."""
    articles = [article("a", "north.example", 0), article("b", "south.example", 1000, length=3)]
    assert independent_groups(articles) == (("a", "b"),)


_articles = st.lists(
    st.tuples(
        st.sampled_from(["", "north.example", "south.example", "apnews.com", "Reuters", "kxyz.com"]),
        st.integers(0, 200),
        st.sampled_from([(), ("Associated Press",)]),
        st.sampled_from([(), ("KXYZ",), ("Reuters",)]),
        st.integers(0, 140),
    ),
    max_size=8,
).map(
    lambda rows: [
        article(f"id{at}", source, start, length=length, credits=credits, cites=cites)
        for at, (source, start, credits, cites, length) in enumerate(rows)
    ]
)


@settings(max_examples=100, deadline=None)
@given(_articles, st.randoms(use_true_random=False))
def test_groups_partition_the_articles_in_any_order(articles: list[ArticleSketch], random: object) -> None:
    """Every article is in exactly one group, whatever order they come in."""
    groups = independent_groups(articles)
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(id for group in groups for id in group) == sorted(article.id for article in articles)
    assert independent_groups(shuffled) == groups


@settings(max_examples=100, deadline=None)
@given(_articles)
def test_an_unknown_article_never_raises_the_count(articles: list[ArticleSketch]) -> None:
    """Adding an article of which nothing is known leaves the number of sources as it was."""
    if articles:
        more = [*articles, ArticleSketch("unknown", "", "", None, Sketch())]
        assert len(independent_groups(more)) == len(independent_groups(articles))


def test_a_story_tells_why_articles_count_as_one_source() -> None:
    """Groups and reasons go with the story; an article of which no sketch is known is in no group."""
    credits = ("Associated Press",)
    known = {
        "a": article("a", "north.example", 0, credits=credits),
        "b": article("b", "south.example", 1000, credits=credits),
    }
    story = with_sources(Story("s", ("a", "b", "c")), known)
    assert story.independent == (("a", "b"),)
    assert story.dependences == (Dependence("a", "b", "both carry text of Associated Press"),)
