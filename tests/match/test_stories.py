"""Stories: articles about one event come together, others stay apart, and ids last."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.match.likeness import Weights, explain, load_weights
from reconcile.match.profiles import weigh
from reconcile.match.stories import ArticleSketch, group
from reconcile.model import Published, Sketch, Story


def talks(id: str, day: str = "2031-03-04", place: str = "samarkand", **more: tuple[str, ...]) -> ArticleSketch:
    """An article about peace talks between two countries that do not exist."""
    words = ("delegation", "ceasefire", "talks", "envoy", "prisoners", "table", place, "norland", "sudmark", "corridor")
    sketch = Sketch(
        people=("ilse brandvik", "tomas reyk"),
        places=(place, "norland", "sudmark"),
        numbers=("12",),
        days=(day,),
        words=tuple((word, 2) for word in words),
        **more,
    )
    return ArticleSketch(id, f"{id}.example", f"Envoys meet in {place.title()}", Published(day), sketch)


def fire(id: str, day: str = "2031-03-04") -> ArticleSketch:
    """An article about a fire in a warehouse."""
    words = ("warehouse", "blaze", "firefighter", "smoke", "pallet", "roof", "dockside", "engine", "foam", "brigade")
    sketch = Sketch(
        people=("odile marchetti",),
        places=("port vesper", "quay road"),
        numbers=("40", "3:15am"),
        days=(day,),
        words=tuple((word, 2) for word in words),
    )
    return ArticleSketch(id, f"{id}.example", "Blaze guts dockside warehouse in Port Vesper", Published(day), sketch)


def members(stories: tuple[Story, ...]) -> set[tuple[str, ...]]:
    return {story.articles for story in stories}


def test_two_articles_on_the_same_talks_are_one_story() -> None:
    """A batch of two is enough to see that both are about one meeting."""
    assert members(group([talks("a"), talks("b")])) == {("a", "b")}


def test_two_articles_on_different_events_of_one_day_are_two_stories() -> None:
    """The same day alone ties nothing together."""
    assert members(group([talks("a"), fire("b")])) == {("a",), ("b",)}


def test_undated_articles_on_the_same_talks_are_one_story() -> None:
    """An article without a date is grouped by what it says."""
    bare = [
        ArticleSketch(a.id, a.source, a.title, None, Sketch(a.sketch.people, (), a.sketch.places, words=a.sketch.words))
        for a in (talks("a"), talks("b"))
    ]
    assert members(group(bare)) == {("a", "b")}


def test_no_articles_are_no_stories() -> None:
    """An empty batch gives no stories."""
    assert group([]) == ()


def test_an_article_without_any_word_is_a_story_of_its_own() -> None:
    """Nothing known is no reason to join."""
    empty = ArticleSketch("empty", "", "", None, Sketch())
    assert members(group([empty, talks("a"), talks("b")])) == {("a", "b"), ("empty",)}


def test_new_articles_join_a_previous_story_under_its_id() -> None:
    """What is published today joins yesterday's story, which keeps its name."""
    yesterday = group([talks("b"), talks("c")])
    today = group([talks("a"), talks("b"), talks("c"), fire("d")], yesterday)
    assert {story.id: story.articles for story in today}[yesterday[0].id] == ("a", "b", "c")


def test_a_previous_story_keeps_articles_that_are_not_given_again() -> None:
    """An archive need not be read again for a story to keep its members."""
    (old,) = group([talks("a"), talks("b")])
    (new,) = group([talks("b"), talks("c")], [old])
    assert new == Story(old.id, ("a", "b", "c"), old.title)


def test_a_previous_story_without_known_articles_comes_back_unchanged() -> None:
    """A story that nothing touches stays as it was."""
    old = Story("story-old", ("x", "y"), "Old")
    assert old in group([talks("a")], [old])


def test_where_two_previous_stories_merge_the_one_published_first_keeps_its_id() -> None:
    """Two stories that prove to be one go on under the older name."""
    later, earlier = Story("story-1", ("a",)), Story("story-2", ("b",))
    (merged,) = group([talks("a", "2031-03-05"), talks("b", "2031-03-04"), talks("c", "2031-03-05")], [later, earlier])
    assert (merged.id, merged.articles) == ("story-2", ("a", "b", "c"))


def test_a_story_is_never_split() -> None:
    """What was given as one story stays one, however unlike its articles are."""
    old = Story("story-odd", ("a", "b"))
    assert members(group([talks("a"), fire("b")], [old])) == {("a", "b")}


def test_one_strong_pair_does_not_tie_two_events_together() -> None:
    """An article that speaks of both events joins one of them and does not chain them."""
    both = ArticleSketch(
        "m",
        "m.example",
        "Envoys meet in Samarkand; blaze in Port Vesper",
        Published("2031-03-04"),
        Sketch(
            people=("ilse brandvik", "odile marchetti"),
            places=("samarkand", "port vesper"),
            words=talks("x").sketch.words + fire("x").sketch.words[:4],
        ),
    )
    stories = members(group([talks("a"), talks("b"), talks("c"), fire("d"), fire("e"), fire("f"), both]))
    assert not any({"a", "d"} <= set(story) for story in stories)


def test_the_explanation_names_what_two_articles_share() -> None:
    """An editor is told which people and places tie two articles together."""
    batch = weigh([talks("a"), talks("b")])
    said = {feature.name: feature.why for feature in explain(*batch.profiles, batch, load_weights())}
    assert said["people"] == "both have people: brandvik, ilse, reyk, tomas"


def test_weights_decide() -> None:
    """With a threshold out of reach every article is alone."""
    weights = load_weights()
    strict = Weights(weights.bias, 99.0, weights.features)
    assert members(group([talks("a"), talks("b")], weights=strict)) == {("a",), ("b",)}


_names = st.sampled_from(["brandvik", "reyk", "marchetti", "okoro", "lindqvist", "samarkand", "port vesper", "lisbon"])
_words = st.sampled_from(["ceasefire", "talks", "warehouse", "blaze", "envoy", "roof", "vote", "budget", "storm"])
_sketches = st.builds(
    lambda people, places, words, ages, days, shingles: Sketch(
        people=tuple(sorted(people)),
        places=tuple(sorted(places)),
        ages=tuple(sorted(ages)),
        days=tuple(sorted(days)),
        words=tuple(sorted(words.items())),
        shingles=tuple(sorted(shingles)),
    ),
    st.sets(_names, max_size=3),
    st.sets(_names, max_size=3),
    st.dictionaries(_words, st.integers(1, 5), max_size=6),
    st.sets(st.sampled_from(["28", "5", "61"]), max_size=2),
    st.sets(st.sampled_from(["2031-03-04", "2031-03-05", "2031-08-01"]), max_size=2),
    st.sets(st.integers(0, 40), max_size=12),
)
_days = st.none() | st.sampled_from(["2031-03-04", "2031-03-05", "2031-08-01"]).map(Published)
_batches = st.lists(st.tuples(_sketches, _days, st.sampled_from(["x.example", "y.example", ""])), max_size=9).map(
    lambda rows: [
        ArticleSketch(f"id{at}", source, " ".join(sketch.people), day, sketch)
        for at, (sketch, day, source) in enumerate(rows)
    ]
)


@settings(max_examples=60, deadline=None)
@given(_batches)
def test_stories_partition_the_articles(articles: list[ArticleSketch]) -> None:
    """Every article is in exactly one story."""
    grouped = [id for story in group(articles) for id in story.articles]
    assert sorted(grouped) == sorted(article.id for article in articles)


@settings(max_examples=60, deadline=None)
@given(_batches, st.randoms(use_true_random=False))
def test_stories_do_not_depend_on_the_order_of_articles(articles: list[ArticleSketch], random: object) -> None:
    """The same articles in another order make the same stories."""
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert group(shuffled) == group(articles)


@settings(max_examples=60, deadline=None)
@given(_batches)
def test_grouping_again_changes_nothing(articles: list[ArticleSketch]) -> None:
    """The same articles with their own stories as previous ones give those stories back."""
    stories = group(articles)
    assert group(articles, stories) == stories
