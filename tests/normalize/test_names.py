"""Names in parts, and how two names compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import NameValue, Relation
from reconcile.normalize.names import compare_names, is_near_name, parse_name, same_name

_PARTS = st.text(alphabet="abcdeñøKLMNŠ-' .\"жא", max_size=10)
_NAMES = st.one_of(
    st.text(max_size=30).map(parse_name),
    st.builds(NameValue, full=_PARTS, given=_PARTS, middle=_PARTS, surname=_PARTS, suffix=_PARTS),
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("President Ana Maria Silva", ("Ana", "Maria", "Silva", "")),
        ("Silva, Ana", ("Ana", "", "Silva", "")),
        ("Walter Pryce Jr.", ("Walter", "", "Pryce", "Jr.")),
        ("Walter Pryce, Jr.", ("Walter", "", "Pryce", "Jr.")),
        ("Nadia van der Meer", ("Nadia", "", "van der Meer", "")),
        ("Silva", ("", "", "Silva", "")),
        ('Robert "Bo" Crane', ("Robert", '"Bo"', "Crane", "")),
        ("Ana Silva's", ("Ana", "", "Silva", "")),
        ("Олена Коваль", ("Olena", "", "Koval", "")),
        ("Allyson Y. Reed", ("Allyson", "Y.", "Reed", "")),
    ],
)
def test_name_is_taken_apart(text: str, parts: tuple[str, str, str, str]) -> None:
    """Titles go, particles stay with the surname, and other scripts are written in Latin letters."""
    name = parse_name(text)
    assert parts == (name.given, name.middle, name.surname, name.suffix)


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("Ana Silva", "Ana Silva", Relation.EQUAL),
        ("José Peña", "Jose Pena", Relation.EQUAL),
        ("Silva", "Ana Silva", Relation.FINER),
        ("Jim Colborne", "James Colborne", Relation.FINER),
        ("A. Silva", "Ana Silva", Relation.FINER),
        ("Ana M. Silva", "Ana Silva", Relation.FINER),
        ("Olena Kovalskyy", "Olena Kovalsky", Relation.FINER),
        ("Walter Pryce", "Walter Pryce Jr.", Relation.FINER),
        ("Walter Pryce Sr.", "Walter Pryce Jr.", Relation.DIFFERS),
        ("Ana Silva", "Ana Santos", Relation.DIFFERS),
        ("Ana Silva", "Bruno Silva", Relation.DIFFERS),
        ("Ross Grant", "Grant Ross", Relation.DIFFERS),
        ("Harold Bransby", "Harold Bramsby", Relation.DIFFERS),
    ],
)
def test_people_compare_part_by_part(left: str, right: str, relation: Relation) -> None:
    """Surname and given name are compared apart: fewer parts are finer, another part or a misspelling differs."""
    assert relation is compare_names(parse_name(left), parse_name(right)).relation


def test_swapped_names_say_so() -> None:
    """The reason for a swapped name is that it is swapped."""
    assert "swapped" in compare_names(parse_name("Ross Grant"), parse_name("Grant Ross")).why


def test_misspelt_names_are_near() -> None:
    """A misspelt or swapped name is near, another person's is not."""
    assert is_near_name(parse_name("Harold Bransby"), parse_name("Harold Bramsby"))
    assert not is_near_name(parse_name("Harold Bransby"), parse_name("Miriam Bransby"))


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("person", "Dr. Ana Silva", "SILVA, Ana"),
        ("person", "AnaSilva", "Ana Silva"),
        ("person", "Anna Sliva", "Anna Silva"),
        ("person", "A.-M. Fournier", "Anne-Marie Fournier"),
        ("person", "Олена Коваль", "Olena Koval"),
        ("organisation", "Nordwind Aktiengesellschaft", "Nordwind AG"),
        ("organisation", "NWB", "North West Bank"),
        ("organisation", "First Coastal Bank", "1st Coastal Bank"),
        ("organisation", "OOO Vostok", "Vostok LLC"),
    ],
)
def test_same_name_under_two_spellings(kind: str, left: str, right: str) -> None:
    """Order, spacing, script, initials, acronyms and legal forms do not part one name."""
    assert same_name(kind, left, right)[0]


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("person", "Ana Silva", "Ada Silva"),
        ("person", "B. Silva", "Ana Silva"),
        ("organisation", "Nordwind AG", "Nordwind GmbH"),
        ("organisation", "Nordwind Systems Ltd", "Nordwind Ltd"),
        ("organisation", "Ministry of Trade of Chad", "Ministry of Trade of Cuba"),
    ],
)
def test_other_names(kind: str, left: str, right: str) -> None:
    """Another initial, another legal form or one more word of weight makes another name."""
    assert not same_name(kind, left, right)[0]


def test_unknown_kind_is_refused() -> None:
    """Only people and organisations have names here."""
    with pytest.raises(ValueError, match="person's or an organisation's"):
        same_name("ship", "a", "b")


@given(_NAMES, _NAMES)
def test_comparing_names_is_symmetric(a: NameValue, b: NameValue) -> None:
    """The order of two names does not change how they compare."""
    assert compare_names(a, b).relation is compare_names(b, a).relation


@given(_NAMES)
def test_name_equals_itself(name: NameValue) -> None:
    """A name is equal to itself."""
    assert Relation.EQUAL is compare_names(name, name).relation


@given(st.sampled_from(["person", "organisation"]), st.text(max_size=40), st.text(max_size=40))
def test_pairs_of_any_text_are_scored(kind: str, left: str, right: str) -> None:
    """Any two texts get a score between 0 and 1, the same from both sides."""
    same, score, why = same_name(kind, left, right)
    assert 0 <= score <= 1
    assert why
    assert same is same_name(kind, right, left)[0]


@given(st.text(max_size=60))
def test_any_text_is_taken_apart(text: str) -> None:
    """No text makes parsing fail, and parts hold no line breaks."""
    name = parse_name(text)
    assert not any("\n" in part for part in (name.given, name.middle, name.surname))


def test_a_dot_is_no_given_name() -> None:
    """Two names of which one has no letters in its given name are not swapped, whichever comes first."""
    one, other = NameValue("K S", "K", "", "S"), NameValue("", ".", "", "K.Š")
    assert compare_names(one, other).relation is compare_names(other, one).relation is Relation.FINER
