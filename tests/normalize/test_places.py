"""Places by name and container, and how two places compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import PlaceValue, Relation
from reconcile.normalize.addresses import is_one_street
from reconcile.normalize.places import compare_places, containers_of, far_apart, look_up, place_key, town_of_site

_LEVELS = st.sampled_from(["address", "site", "district", "city", "county", "region", "country", "area", "unknown"])
_NAMES = st.one_of(
    st.text(max_size=20), st.sampled_from(["12 Elm St.", "Elm and Oak streets", "Paris", "Ohio", "U.S.", "a bar"])
)
_REGIONS = st.sampled_from(["", "Ohio", "Utah", "Ontario", "France"])
_PLACES = st.builds(
    PlaceValue, name=_NAMES, containers=st.lists(_NAMES, max_size=2).map(tuple), level=_LEVELS, presumed=_REGIONS
)
_CHAINS = st.sampled_from(
    [(), *(containers_of(name) for name in ("Ohio", "Utah", "Ontario", "Canada", "U.S.", "France"))]
)


def address(name: str) -> PlaceValue:
    return PlaceValue(name, (), "address")


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("N. Linden St.", "North Linden Street", Relation.EQUAL),
        ("N.W. 36th St.", "Northwest 36th Street", Relation.EQUAL),
        ("5,000 block of Linden", "5000 block of Linden Street", Relation.EQUAL),
        ("8000 block of E. Linden Way S", "East Linden Way", Relation.FINER),
        ("Linden Ave. and Orchard St.", "Orchard Street and Linden Avenue", Relation.EQUAL),
        ("Linden and Orchard streets", "Orchard St. and Linden St.", Relation.EQUAL),
        ("14 Linden Street", "Linden St.", Relation.FINER),
        ("300 block of Linden Street", "342 Linden St.", Relation.FINER),
        ("Linden Street near Orchard Street", "Linden Street", Relation.FINER),
        ("Linden Street near Orchard Street", "300 block of Linden Street", Relation.FINER),
        ("Linden Street near Orchard Street", "300 block of Orchard Street", Relation.DIFFERS),
        ("Linden and Orchard streets", "300 block of Orchard Street", Relation.FINER),
        ("22-04 Linden Avenue", "Linden Ave.", Relation.FINER),
        ("12 Sir Phillip Drive", "12 Sir Philip Dr.", Relation.FINER),
        ("12 Linden Drive", "12 Lindon Lane", Relation.DIFFERS),
        ("Linden Drive", "Linden Lane", Relation.DIFFERS),
        ("Linden Street", "Orchard Street", Relation.DIFFERS),
        ("14 Linden Street", "16 Linden Street", Relation.DIFFERS),
        ("East 5th Street", "West 5th Street", Relation.DIFFERS),
        ("38th and Linden streets", "40th and Linden streets", Relation.DIFFERS),
    ],
)
def test_addresses_compare_by_street_and_number(left: str, right: str, relation: Relation) -> None:
    """Short words are read in full; another street, kind, side or number differs; less said is finer."""
    assert relation is compare_places(address(left), address(right)).relation


def test_other_kind_of_street_says_so() -> None:
    """Two kinds of street of one name are told as that."""
    assert "different kinds" in compare_places(address("Linden Drive"), address("Linden Lane")).why


def test_town_in_its_state_is_finer() -> None:
    """A place within another is finer, by what is stated or by the gazetteer."""
    town = PlaceValue("Willow Creek", ("Montana", "United States"), "city")
    assert Relation.FINER is compare_places(town, PlaceValue("Montana", (), "region")).relation
    assert (
        Relation.FINER is compare_places(PlaceValue("Kyiv", (), "city"), PlaceValue("Ukraine", (), "country")).relation
    )


def test_two_spellings_of_a_city_are_equal() -> None:
    """Other names of one gazetteer place are that place."""
    assert Relation.EQUAL is compare_places(PlaceValue("Kyiv", (), "city"), PlaceValue("Kiev", (), "city")).relation


def test_two_cities_differ() -> None:
    """Two cities are two places."""
    assert Relation.DIFFERS is compare_places(PlaceValue("Lviv", (), "city"), PlaceValue("Kyiv", (), "city")).relation


def test_one_name_in_two_states_differs() -> None:
    """Towns of one name in two states are two places."""
    left, right = (PlaceValue("Fairview", (state, "United States"), "city") for state in ("Ohio", "Utah"))
    assert Relation.DIFFERS is compare_places(left, right).relation


def test_places_of_different_kinds_overlap() -> None:
    """A hospital and a town without known containment are not held against each other."""
    site, town = PlaceValue("Alder Hospital", (), "site"), PlaceValue("Willow Creek", (), "city")
    assert Relation.OVERLAPS is compare_places(site, town).relation


@pytest.mark.parametrize(
    ("town", "state", "relation"),
    [
        ("Denver", "Colorado", Relation.DIFFERS),
        ("Louisville", "Kentucky", Relation.OVERLAPS),
        ("Cleveland", "Ohio", Relation.OVERLAPS),
        ("Toronto", "Ontario", Relation.OVERLAPS),
    ],
)
def test_site_presumed_in_a_state_is_not_in_a_far_town(town: str, state: str, relation: Relation) -> None:
    """A hospital of an Ohio story may be in a town of Ohio, of the next state or across the border, no farther off."""
    site = PlaceValue("Alder Hospital", (), "site", presumed="Ohio")
    assert relation is compare_places(site, PlaceValue(town, containers_of(state), "city")).relation


def test_town_that_is_often_another_is_not_held_far() -> None:
    """A Paris of a story in Ohio may be one of many; a Lyon is that of France."""
    site = PlaceValue("Alder Hospital", (), "site", presumed="Ohio")
    paris, lyon = (look_up(name) for name in ("Paris", "Lyon"))
    assert paris is not None
    assert lyon is not None
    assert Relation.OVERLAPS is compare_places(site, paris).relation
    assert Relation.DIFFERS is compare_places(site, lyon).relation


def test_what_is_presumed_never_parts_places_of_one_name() -> None:
    """A site that two articles presume in two states is one site."""
    left, right = (PlaceValue("Alder Hospital", (), "site", presumed=state) for state in ("Ohio", "Utah"))
    assert Relation.EQUAL is compare_places(left, right).relation


def test_hospital_tells_the_state_of_the_town_in_its_name() -> None:
    """A town of the gazetteer that a hospital's name starts with tells where it is; a person's name does not."""
    assert town_of_site("Akron General Hospital") == "Ohio"
    assert town_of_site("Lincoln Hospital") == ""
    assert town_of_site("Akron Grill") == ""


@given(_CHAINS, _CHAINS)
def test_being_far_apart_is_symmetric(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """Two regions are far apart whichever is named first, and none is far from itself."""
    assert far_apart(one, other) is far_apart(other, one)
    assert not far_apart(one, one)


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("Linden Street", "12 Linden Avenue", True),
        ("Linden and Orchard streets", "Orchard Road", True),
        ("Linden Street near Orchard Street", "12 Orchard Street", False),
        ("near Linden Street", "Linden Lane", True),
        ("North Linden Street", "South Linden Street", False),
    ],
)
def test_one_street_by_its_name(left: str, right: str, one: bool) -> None:
    """A street is known by its name, whatever its kind or number; one that is only near is another."""
    assert is_one_street(left, right) is one
    assert is_one_street(right, left) is one


def test_sites_of_two_uses_answer_no_common_question() -> None:
    """Two hospitals are two places; a hospital and a school may both be right."""
    hospital, other, school = (
        PlaceValue(name, (), "site") for name in ("Alder Hospital", "Birch Medical Center", "Cedar High School")
    )
    assert Relation.DIFFERS is compare_places(hospital, other).relation
    assert Relation.OVERLAPS is compare_places(hospital, school).relation


def test_gazetteer_knows_abbreviations() -> None:
    """States by postal code after a town, countries by acronym."""
    assert containers_of("OH") == ("Ohio", "United States")
    found = look_up("U.S.")
    assert found is not None
    assert found.name == "United States"


@given(_PLACES, _PLACES)
def test_comparing_places_is_symmetric(a: PlaceValue, b: PlaceValue) -> None:
    """The order of two places does not change how they compare."""
    assert compare_places(a, b).relation is compare_places(b, a).relation


@given(_PLACES)
def test_place_equals_itself(place: PlaceValue) -> None:
    """A place is equal to itself and has a key."""
    assert Relation.EQUAL is compare_places(place, place).relation
    assert place_key(place).startswith("place:")
