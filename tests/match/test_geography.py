"""Where a story plays, and what is presumed of its places."""

from reconcile.match.geography import Geography
from reconcile.match.views import view_claims
from reconcile.model import About, Claim, Entity, Kind, PlaceValue, Reading, Span

OHIO = ("Ohio", "United States")


def place(name: str, containers: tuple[str, ...] = (), level: str = "city") -> PlaceValue:
    return PlaceValue(name, containers, level)  # type: ignore[arg-type]


def reading(article: str, *places: PlaceValue) -> Reading:
    """A reading that names each place once and sets something at it."""
    entities, claims = [], []
    for number, value in enumerate(places):
        span = Span(100 * number, 100 * number + 9)
        entities.append(Entity(f"place:{value.name}", "place", value, (span,)))
        about = About(slot="where (in)")
        claims.append(Claim(f"{article}-{number}", article, Kind.LOCATION, about, value, span, value.name, span, ""))
    return Reading(article, "", None, entities=tuple(entities), claims=tuple(claims))


STORY = [
    reading("a", place("Akron", OHIO), place("Fairlawn High School", (), "site")),
    reading("b", place("Akron", OHIO), place("Denver", ("Colorado", "United States"))),
    reading("c", place("Ohio", ("United States",), "region")),
]


def test_a_story_plays_where_most_of_its_places_lie() -> None:
    """The region of most of what the articles name is the story's."""
    assert Geography(STORY).home == OHIO


def test_a_story_of_many_places_plays_nowhere() -> None:
    """Without a clear majority no region is the story's."""
    spread = [reading("a", place("Akron", OHIO), place("Lyon", ("France",)), place("Osaka", ("Japan",)))]
    assert Geography(spread).home == ()


def test_a_site_is_presumed_where_its_story_plays() -> None:
    """A site of which no region is told takes the story's; what is told stays."""
    geography = Geography(STORY)
    school, town = STORY[0].claims[1], STORY[1].claims[1]
    settled = geography.settle(school).value
    assert isinstance(settled, PlaceValue)
    assert (settled.presumed, settled.containers) == ("Ohio", ())
    assert geography.settle(town) is town


def test_a_site_that_its_article_sets_elsewhere_is_presumed_nowhere() -> None:
    """Where the article's own region is not the story's, nothing is presumed."""
    elsewhere = PlaceValue("Fairlawn High School", (), "site", presumed="Utah")
    settled = Geography([*STORY, reading("d", elsewhere)]).settle(reading("d", elsewhere).claims[0]).value
    assert isinstance(settled, PlaceValue)
    assert settled.presumed == ""


def test_a_far_place_named_once_is_stray() -> None:
    """A place far from the story's region where nothing else is set strays; the story's own towns do not."""
    views = view_claims(STORY, dict.fromkeys("abc", 300))
    assert [view.claim.text for view in views if view.stray] == ["Denver"]
