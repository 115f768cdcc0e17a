"""Entities of an article: people under one name, governments behind capitals, places with what contains them."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.extract.document import parse
from reconcile.extract.entities import find_entities
from reconcile.model import Entity, NameValue, PlaceValue


@cache
def read(text: str) -> tuple[Entity, ...]:
    return find_entities(parse(text))


def mentions(text: str, key: str) -> list[str]:
    return [span.of(text) for entity in read(text) if entity.key == key for span in entity.mentions]


def keys(text: str, kind: str) -> list[str]:
    return [entity.key for entity in read(text) if entity.type == kind]


def test_later_surname_is_the_same_person() -> None:
    """A surname after a full name is one more mention of that person, without the possessive."""
    text = "Mayor Ingrid Halvorsen opened the quay. Halvorsen said ferries would run daily. Halvorsen's staff cheered."
    assert mentions(text, "person:ingrid halvorsen") == ["Ingrid Halvorsen", "Halvorsen", "Halvorsen"]


def test_title_makes_a_person_of_a_name() -> None:
    """A title before a name proves a person and is no part of the mention."""
    text = "Defence Minister Tamaz Okruashvili arrived first. Capt. Lena Brandt met him at the gate."
    assert mentions(text, "person:tamaz okruashvili") == ["Tamaz Okruashvili"]
    assert mentions(text, "person:lena brandt") == ["Lena Brandt"]


def test_nickname_joins_the_full_name() -> None:
    """Jim is the James of the same surname."""
    text = "James Colborne resigned on Monday. Friends of Jim Colborne were not surprised."
    assert keys(text, "person") == ["person:james colborne"]


def test_surname_of_two_people_is_not_linked() -> None:
    """After two people of one surname the bare surname belongs to neither."""
    text = "Martha Ellison lives in Leeds. Peter Ellison moved to Hull last year. Mr. Ellison declined to comment."
    assert mentions(text, "person:martha ellison") == ["Martha Ellison"]
    assert mentions(text, "person:peter ellison") == ["Peter Ellison"]


def test_suffix_and_particles_stay_with_the_name() -> None:
    """Jr. ends a name and a particle starts a surname."""
    text = "Walter Pryce Jr. sued the city. Nadia van der Meer, a lawyer, represents him."
    names = {e.key: e.name for e in read(text) if isinstance(e.name, NameValue) and e.type == "person"}
    assert names["person:walter pryce"].suffix == "Jr."
    assert names["person:nadia van der meer"].surname == "van der Meer"


def test_acronym_joins_the_organisation() -> None:
    """An acronym spelt by a full name's initials is that organisation."""
    text = "The Northern Fisheries Research Council published a report. The NFRC warned of falling stocks."
    found = [e for e in read(text) if e.key == "organisation:northern fisheries research council"]
    assert [span.of(text) for span in found[0].mentions] == ["Northern Fisheries Research Council", "NFRC"]


@pytest.mark.parametrize(
    "text",
    [
        "Moscow rejected the offer.",
        "The Kremlin rejected the offer.",
        "Russia rejected the offer.",
        "Russian officials rejected the offer.",
    ],
)
def test_government_by_any_name(text: str) -> None:
    """A capital, a building, a country and a demonym that act are the government of one country."""
    assert "government:russia" in keys(text, "organisation")


def test_capital_where_something_happens_is_a_place() -> None:
    """A capital after "in" is a city with its country."""
    found = [e.name for e in read("The two ministers met in Kyiv on Tuesday.") if e.type == "place"]
    assert [PlaceValue("Kyiv", ("Ukraine",), "city")] == found


def test_town_keeps_its_state() -> None:
    """ "Town, State" is one mention, and the state and the country contain the town."""
    text = "A barn burned down in Willow Creek, Montana, early on Sunday."
    place = next(e for e in read(text) if e.key == "place:willow creek")
    assert PlaceValue("Willow Creek", ("Montana", "United States"), "city") == place.name
    assert [span.of(text) for span in place.mentions] == ["Willow Creek, Montana"]


def test_site_is_a_place() -> None:
    """A named hospital is a site."""
    text = "The boy was taken to St. Brendan's Hospital, where he is stable."
    assert mentions(text, "place:saint brendans hospital") == ["St. Brendan's Hospital"]


def test_officer_named_like_a_park_is_a_person() -> None:
    """A titled name that ends in a site's word is a person's."""
    assert "person:susan park" in keys("Police Lt. Susan Park said the road was closed.", "person")


def test_father_and_son_are_two_people() -> None:
    """Two people of one name are told apart by suffix."""
    text = "Owen Tarrant Sr. founded the mill. Owen Tarrant Jr. sold it last spring."
    assert len(set(keys(text, "person"))) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text makes the reading fail, and every mention and its evidence lies in the text."""
    for entity in find_entities(parse(text)):
        assert entity.mentions
        assert list(entity.mentions) == sorted(entity.mentions)
        spans = [*entity.mentions, *(attribute.span for attribute in entity.attributes)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


_TITLES = ["Mr.", "Capt", ".", "president", "of", "the", "as", "former", "(", "R-Ohio", ")", "21", "year", "old", "and"]
_NAMES = ["Anna", "Ivan", "Petrov", "O'Neill", "-", "von", "der", "Park", "'s", "Київ", "مرحبا", "\u202e"]
_PLACES = ["St.", "Hospital", ",", "in", "Paris", "12", "Elm", "Street", "\n\n"]
_WORDS = st.sampled_from(_TITLES + _NAMES + _PLACES)


@settings(max_examples=80, deadline=None)
@given(st.lists(_WORDS, max_size=40))
def test_any_run_of_name_words_is_read(words: list[str]) -> None:
    """Names, titles and street words in any order give mentions whose words hold a letter or digit."""
    text = " ".join(words)
    for entity in find_entities(parse(text)):
        assert all(any(map(str.isalnum, span.of(text))) for span in entity.mentions)
