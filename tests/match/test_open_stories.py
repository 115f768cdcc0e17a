"""Stories night by night: ids last, merges are told, the archive stays closed, and batches make what one pass makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.match.open_stories import OpenStory, Regrouping, recall_keys, recalled, regroup, windows
from reconcile.match.profiles import ArticleSketch
from reconcile.match.stories import group
from reconcile.model import Published, Sketch, Story

_FIRST = date(2031, 3, 4)
_EVENTS = {
    "talks": ("samarkand", ("ilse brandvik", "tomas reyk"), "delegation ceasefire envoy corridor prisoners truce"),
    "fire": ("port vesper", ("odile marchetti",), "warehouse blaze firefighter smoke pallet dockside foam brigade"),
    "trial": ("brannock", ("corwin stadtler",), "jury embezzle prosecutor ledger acquit verdict accountant trustee"),
}


def article(event: str, id: str, day: int = 0) -> ArticleSketch:
    """An article about one of three events, so many days after the first."""
    place, people, words = _EVENTS[event]
    when = (_FIRST + timedelta(days=day)).isoformat()
    said = tuple((word, 2) for word in (*words.split(), *place.split()))
    sketch = Sketch(people=people, places=(place,), days=(when,), words=said)
    return ArticleSketch(
        id, f"{id}.example", f"{place.title()}: {' '.join(words.split()[:3])}", Published(when), sketch
    )


def opened(stories: Iterable[Story], articles: Iterable[ArticleSketch]) -> list[OpenStory]:
    """The stories with the sketches of their articles."""
    known = {sketch.id: sketch for sketch in articles}
    return [OpenStory(story, tuple(known[id] for id in story.articles)) for story in stories]


def night_by_night(batches: Sequence[Sequence[ArticleSketch]]) -> tuple[set[tuple[str, ...]], list[Regrouping]]:
    """The members of all stories after the last batch, all stories staying open, and what each batch did."""
    stories: dict[str, Story] = {}
    seen: list[ArticleSketch] = []
    steps = []
    for batch in batches:
        step = regroup(batch, opened(stories.values(), seen))
        seen += batch
        stories = {id: story for id, story in stories.items() if id not in step.merged}
        stories |= {story.id: story for story in step.stories}
        steps.append(step)
    return {story.articles for story in stories.values()}, steps


def test_todays_articles_join_yesterdays_story_under_its_id() -> None:
    """The story is told as changed, whole, with its sources; the one that nothing touched is not mentioned."""
    yesterday = [article("talks", "a"), article("talks", "b"), article("fire", "c")]
    stories = group(yesterday)
    talks = next(story for story in stories if "a" in story.articles)
    step = regroup([article("talks", "d", day=1)], opened(stories, yesterday))
    assert [story.articles for story in step.stories] == [("a", "b", "d")]
    assert (step.new, step.changed, dict(step.merged)) == ((), (talks.id,), {})


def test_an_article_on_something_else_starts_a_story() -> None:
    """A new event is new, however many stories are open."""
    yesterday = [article("talks", "a"), article("talks", "b")]
    step = regroup([article("fire", "c", day=1)], opened(group(yesterday), yesterday))
    assert [story.articles for story in step.stories] == [("c",)]
    assert step.new == (step.stories[0].id,)


def test_a_merged_story_says_where_it_went() -> None:
    """Two open stories that prove to be one go on under the older id; the other id points to it."""
    articles = [article("talks", "a", day=1), article("talks", "b", day=0)]
    later, earlier = Story("story-later", ("a",)), Story("story-earlier", ("b",))
    step = regroup([article("talks", "c", day=2)], opened([later, earlier], articles))
    assert dict(step.merged) == {"story-later": "story-earlier"}
    assert [story.articles for story in step.stories] == [("a", "b", "c")]
    assert step.changed == ("story-earlier",)


def test_open_stories_that_nothing_new_ties_stay_two() -> None:
    """Only what is new makes stories look at each other."""
    articles = [article("talks", "a"), article("talks", "b")]
    stories = [Story("story-1", ("a",)), Story("story-2", ("b",))]
    step = regroup([article("fire", "c")], opened(stories, articles))
    assert [story.articles for story in step.stories] == [("c",)]


def test_a_revised_article_stays_in_its_story_which_changed() -> None:
    """A new text of a known article is compared again, even where it now tells of something else."""
    articles = [article("talks", "a"), article("talks", "b")]
    (story,) = group(articles)
    step = regroup([article("fire", "b", day=1)], opened([story], articles))
    assert [(s.id, s.articles) for s in step.stories] == [(story.id, ("a", "b"))]
    assert step.changed == (story.id,)


def test_a_story_with_an_unknown_member_keeps_it() -> None:
    """Not every article of an open story need be given."""
    step = regroup([article("talks", "c", day=1)], [OpenStory(Story("s", ("a", "b")), (article("talks", "b"),))])
    assert [story.articles for story in step.stories] == [("a", "b", "c")]


def test_windows_are_merged_and_ascending() -> None:
    """Days near each other make one range; a late arrival of long ago makes its own."""
    days = [article("talks", "a", day=0), article("talks", "b", day=3), article("talks", "c", day=-400)]
    (long_ago, lately) = windows(days, _FIRST)
    assert lately == (_FIRST - timedelta(days=30), _FIRST + timedelta(days=33))
    assert long_ago[1] == _FIRST - timedelta(days=370)


def test_an_undated_article_counts_as_of_today() -> None:
    """Where nothing is known of its day, today's stories are open to it."""
    bare = replace(article("talks", "a"), published=None)
    assert windows([bare], _FIRST) == ((_FIRST - timedelta(days=30), _FIRST + timedelta(days=30)),)


def test_no_articles_open_nothing() -> None:
    """A night without anything new looks at no story."""
    assert windows([], _FIRST) == ()
    assert regroup([], []) == Regrouping((), (), (), {}, {})


def test_a_full_name_recalls_a_story_that_was_over() -> None:
    """A verdict a year later finds the arrest by the name of the accused."""
    (old, new) = (article("trial", "a"), article("trial", "b", day=400))
    rows = [(key, "story-old") for key in recall_keys(old) & recall_keys(new)]
    assert recalled(rows) == {"story-old"}


def test_a_name_that_many_stories_share_recalls_none() -> None:
    """A head of state is in too many stories to tell which of them is meant."""
    assert recalled([("name ilse brandvik", f"story-{n}") for n in range(40)]) == frozenset()


_batches = st.lists(st.tuples(st.sampled_from(sorted(_EVENTS)), st.integers(0, 9)), min_size=1, max_size=9).flatmap(
    lambda rows: st.lists(st.integers(0, len(rows)), max_size=3).map(
        lambda cuts: [
            [article(event, f"id{at}", day) for at, (event, day) in enumerate(rows)][first:last]
            for first, last in zip([0, *sorted(cuts)], [*sorted(cuts), len(rows)], strict=True)
        ]
    )
)


@settings(max_examples=60, deadline=None)
@given(_batches)
def test_batches_make_the_stories_that_one_pass_makes(batches: list[list[ArticleSketch]]) -> None:
    """However plain events are cut into nights, each ends as one story."""
    everything = [article for batch in batches for article in batch]
    assert night_by_night(batches)[0] == {story.articles for story in group(everything)}


@settings(max_examples=60, deadline=None)
@given(_batches)
def test_every_id_stays_or_is_told_to_have_merged(batches: list[list[ArticleSketch]]) -> None:
    """Nothing silently changes identity: an article's story has its id, or that id points to the story's."""
    story_of: dict[str, str] = {}
    for step in night_by_night(batches)[1]:
        for story in step.stories:
            for id in story.articles:
                before = story_of.get(id, story.id)
                assert step.merged.get(before, before) == story.id
                story_of[id] = story.id


@settings(max_examples=60, deadline=None)
@given(_batches)
def test_a_step_done_twice_changes_nothing(batches: list[list[ArticleSketch]]) -> None:
    """A run that was killed after its stories were stored does the step again, to the same stories."""
    everything = [article for batch in batches for article in batch]
    first = regroup(batches[0], [])
    again = regroup(batches[0], opened(first.stories, everything))
    assert again.stories == first.stories
    assert (again.new, again.changed, dict(again.merged)) == ((), first.new, {})
