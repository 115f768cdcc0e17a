"""Round-ups: what an article tells of another event goes to that event's story, and to no other."""

from __future__ import annotations

from dataclasses import replace

from reconcile.match.open_stories import OpenStory, regroup
from reconcile.match.parts import limit_to
from reconcile.match.profiles import ArticleSketch
from reconcile.match.stories import group
from reconcile.model import About, Claim, Kind, Part, Published, Reading, Segment, Sketch, Span, Story, TextValue

TALKS = Sketch(
    people=("ilse brandvik", "tomas reyk"),
    places=("samarkand", "norland"),
    days=("2031-03-04",),
    words=tuple((word, 2) for word in ("ceasefire", "corridor", "delegation", "envoy", "samarkand", "table", "truce")),
)
FIRE = Sketch(
    people=("odile marchetti",),
    places=("port vesper", "quay road"),
    days=("2031-03-04",),
    words=tuple((word, 2) for word in ("blaze", "brigade", "dockside", "foam", "pallet", "vesper", "warehouse")),
)
TALKS_AT, FIRE_AT = Span(0, 900), Span(901, 1400)


def article(id: str, sketch: Sketch, title: str = "") -> ArticleSketch:
    """An article of an outlet of its own on one day."""
    return ArticleSketch(id, f"{id}.example", title, Published("2031-03-05"), sketch)


def both() -> Sketch:
    """A round-up that tells of the talks first and at more length, then of the fire."""
    return Sketch(
        people=(*FIRE.people, *TALKS.people),
        places=(*FIRE.places, *TALKS.places),
        days=TALKS.days,
        words=tuple(sorted((*((word, 3) for word, _ in TALKS.words), *((word, 1) for word, _ in FIRE.words)))),
        segments=(Segment(TALKS_AT, TALKS), Segment(FIRE_AT, FIRE)),
    )


ROUND_UP = article("r", both(), "Envoys meet in Samarkand")
OTHERS = [
    article("a", TALKS, "Envoys meet in Samarkand"),
    article("b", TALKS, "Samarkand talks: envoys meet"),
    article("c", FIRE, "Blaze guts warehouse in Port Vesper"),
    article("d", FIRE, "Port Vesper warehouse blaze"),
]


def by_member(stories: tuple[Story, ...], id: str) -> Story:
    """The story that an article is in."""
    return next(story for story in stories if id in story.articles)


def test_segment_on_another_event_goes_to_its_story() -> None:
    """The round-up is in the story of the talks, and its second part belongs to the fire's."""
    stories = group([*OTHERS, ROUND_UP])
    talks, fire = by_member(stories, "r"), by_member(stories, "c")
    assert talks.articles == ("a", "b", "r")
    assert fire.parts == (Part("r", FIRE_AT, fire.id),) == talks.parts
    assert (fire.guests(), talks.guests()) == (("r",), ())


def test_article_of_one_piece_lends_nothing() -> None:
    """Without segments there are no parts."""
    assert all(story.parts == () for story in group(OTHERS))


def test_segment_on_the_articles_own_event_stays() -> None:
    """Two segments that both tell of the talks belong to the talks."""
    halves = replace(TALKS, segments=(Segment(TALKS_AT, TALKS), Segment(FIRE_AT, TALKS)))
    assert all(story.parts == () for story in group([*OTHERS, article("r", halves, "Envoys meet")]))


def test_segment_on_an_event_that_nobody_else_tells_of_stays() -> None:
    """Without a story to go to, nothing leaves."""
    assert all(story.parts == () for story in group([*OTHERS[:2], ROUND_UP]))


def test_a_round_up_of_today_changes_the_stories_it_tells_of() -> None:
    """The story that is lent a part is compared again, though no article joined it."""
    opened = [OpenStory(story, tuple(one for one in OTHERS if one.id in story.articles)) for story in group(OTHERS)]
    step = regroup([ROUND_UP], opened)
    assert [story.articles for story in step.stories if story.guests()] == [("c", "d")]
    assert len(step.changed) == 2
    fire = by_member(step.stories, "c")
    assert {id for together in fire.independent for id in together} == {"c", "d", "r"}


def test_parts_last_while_their_article_is_not_looked_at() -> None:
    """A story goes on with what it was lent."""
    before = group([*OTHERS, ROUND_UP])
    fire = by_member(before, "c")
    later = article("e", FIRE, "Port Vesper blaze: warehouse gutted")
    step = regroup([later], [OpenStory(fire, tuple(OTHERS[2:]))])
    assert [(story.articles, story.guests()) for story in step.stories] == [(("c", "d", "e"), ("r",))]


def claim_at(start: int) -> Claim:
    """A claim of the round-up at some place of its text."""
    span = Span(start, start + 4)
    return Claim(f"c{start}", "r", Kind.OTHER, About(), TextValue("four"), span, "four", span, "four")


def test_claims_count_for_the_story_they_are_told_of() -> None:
    """The fire gets the round-up's claims on it only, the talks all others."""
    part = (Part("r", FIRE_AT, "fire"),)
    reading = Reading("r", "x", None, claims=(claim_at(10), claim_at(1000)))
    fire, talks = Story("fire", ("c",), parts=part), Story("talks", ("a", "r"), parts=part)
    assert [claim.id for claim in limit_to(reading, fire).claims] == ["c1000"]
    assert [claim.id for claim in limit_to(reading, talks).claims] == ["c10"]
