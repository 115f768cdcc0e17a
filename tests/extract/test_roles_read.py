"""What is said of people: titles, appositions, copulas, parties and homes, with the words that prove it."""

from functools import cache

import pytest

from reconcile.extract.document import parse
from reconcile.extract.entities import find_entities
from reconcile.model import Attribute


@cache
def attributes(text: str) -> tuple[Attribute, ...]:
    return tuple(item for entity in find_entities(parse(text)) for item in entity.attributes)


def said(text: str, kind: str = "role") -> list[tuple[str, str]]:
    return [(item.qualifier, item.span.of(text)) for item in attributes(text) if item.kind == kind]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Norwegian Foreign Minister Kari Lund spoke first.", "Norwegian Foreign Minister"),
        ("Harlan County Prosecutor Beth Moss filed the charge.", "Harlan County Prosecutor"),
        ("Capt. Ray Ortega said the road was open.", "Capt."),
        ("Oslo's chief negotiator, Erik Dahl, left early.", "Oslo's chief negotiator"),
        ("Maria Costa, a spokeswoman for the port, declined to comment.", "spokeswoman for the port"),
        (
            "Maria Costa, the country's second secretary of state, declined to comment.",
            "country's second secretary of state",
        ),
        ("Maria Costa is the chairwoman of the board.", "chairwoman of the board"),
        ("Secretary of State Maria Costa flew home.", "Secretary of State"),
        ("Aides left when Chief Of Staff Maria Costa spoke.", "Chief Of Staff"),
        ("Maria Costa, who is a nurse, flew home.", "nurse"),
        ("Maria Costa, 41, a nurse, flew home.", "nurse"),
    ],
)
def test_role_is_read_with_its_words(text: str, role: str) -> None:
    """A title, an apposition or a copula gives a role, without its article."""
    assert role in [words for _, words in said(text)]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("Former President Ana Silva voted.", "former"),
        ("The acting mayor, Ana Silva, voted.", "acting"),
        ("Ana Silva, the deputy governor, voted.", "deputy"),
        ("Ana Silva, the incoming chairwoman, voted.", "future"),
        ("Governor Ana Silva voted.", ""),
    ],
)
def test_role_tells_whether_it_is_held(text: str, qualifier: str) -> None:
    """Former, acting, deputy and coming holders are marked."""
    assert [qualifier] == [held for held, _ in said(text)]


def test_clause_after_a_name_is_no_apposition() -> None:
    """A comma and a speaker after a name do not make the name's bearer the speaker."""
    assert said("The case was closed by Tom Reyes, prosecutors said.") == []


def test_title_before_another_name_is_no_apposition() -> None:
    """The title of the next person in a list is not the last one's role."""
    text = "The guests were Tom Reyes, President Ana Silva and others."
    holders = [item.holder.of(text) for item in attributes(text) if item.kind == "role" and item.holder]
    assert holders == ["Ana Silva"]


def test_plural_title_is_shared() -> None:
    """ "Sens." before the first of two names is the role of both."""
    text = "Sens. Ruth Avery and Carl Benning voted no."
    assert {"Ruth Avery", "Carl Benning"} == {item.holder.of(text) for item in attributes(text) if item.holder}


def test_party_is_an_affiliation() -> None:
    """A party label in brackets is read, and is no organisation."""
    text = "Rep. Ruth Avery (D-Ohio) voted no."
    assert said(text, "affiliation") == [("", "D-Ohio")]
    assert not [e for e in find_entities(parse(text)) if e.type == "organisation"]


def test_force_is_an_affiliation() -> None:
    """ "of the … Department" after a name is what the person belongs to."""
    assert said("Lt. Ruth Avery of the Alder Police Department spoke.", "affiliation") == [
        ("", "Alder Police Department")
    ]


def test_town_is_a_home() -> None:
    """ "of Town" after a name is where the person lives."""
    assert said("Ruth Avery, 30, of Brooklyn, was not hurt.", "home") == [("", "Brooklyn")]


def test_every_evidence_has_a_holder() -> None:
    """An attribute names the mention that it stands beside."""
    text = "Former Gov. Ana Silva met Erik Dahl, a banker."
    assert [item.holder.of(text) for item in attributes(text) if item.holder] == ["Ana Silva", "Erik Dahl"]
