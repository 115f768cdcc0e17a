"""Roles in one wording, and how two roles compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import Relation, TextValue
from reconcile.normalize.roles import compare_roles, parse_role

_WORDS = st.sampled_from(
    ["former", "acting", "deputy", "vice", "president", "minister", "of", "defence", "the", "police", "French", "chief"]
)
_ROLES = st.one_of(st.text(max_size=40), st.lists(_WORDS, max_size=6).map(" ".join))


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("Defence Minister", "minister of defense", Relation.EQUAL),
        ("Portuguese Defence Minister", "Portugal's defence minister", Relation.EQUAL),
        ("CEO", "chief executive", Relation.EQUAL),
        ("Brennan's chief executive", "chief executive of Brennan", Relation.EQUAL),
        ("Japan's foreign minister", "foreign minister of Japan", Relation.EQUAL),
        ("attorney general of Ohio", "Ohio attorney general", Relation.EQUAL),
        ("Police Chief", "chief of police", Relation.EQUAL),
        ("a spokeswoman", "spokesman", Relation.EQUAL),
        ("police spokesman", "spokesman", Relation.FINER),
        ("U.S. President", "President", Relation.FINER),
        ("former president", "President", Relation.FINER),
        ("acting mayor", "mayor", Relation.FINER),
        ("banker", "mayor", Relation.OVERLAPS),
        ("president", "vice president", Relation.DIFFERS),
        ("foreign minister", "finance minister", Relation.DIFFERS),
        ("captain", "Lt.", Relation.DIFFERS),
        ("sheriff", "transportation secretary", Relation.DIFFERS),
        ("spokeswoman for the navy", "surgeon general", Relation.DIFFERS),
        ("attorney general", "deputy attorney general", Relation.DIFFERS),
        ("former senator", "governor", Relation.OVERLAPS),
        ("senator", "majority leader", Relation.OVERLAPS),
        ("Officer", "police spokesman", Relation.OVERLAPS),
        ("general", "defence minister", Relation.OVERLAPS),
        ("president of Chile", "president of Peru", Relation.DIFFERS),
        ("vice president", "president of the Senate", Relation.OVERLAPS),
    ],
)
def test_roles_compare(left: str, right: str, relation: Relation) -> None:
    """Two wordings are equal, more words are finer, and only posts that exclude each other differ."""
    assert relation is compare_roles(parse_role(left), parse_role(right)).relation


def test_role_words_are_in_one_spelling() -> None:
    """A role's words are those of its plain wording."""
    assert parse_role("Minister of Defense").words == parse_role("defence minister").words


@given(_ROLES, _ROLES)
def test_comparing_roles_is_symmetric(left: str, right: str) -> None:
    """The order of two roles does not change how they compare."""
    a, b = TextValue(left), TextValue(right)
    assert compare_roles(a, b).relation is compare_roles(b, a).relation


@given(_ROLES)
def test_role_never_differs_from_itself(text: str) -> None:
    """A role does not differ from itself."""
    assert compare_roles(TextValue(text), TextValue(text)).relation in (Relation.EQUAL, Relation.OVERLAPS)


def test_a_daughter_may_be_a_sister() -> None:
    """Kin words each have their own relative: one's daughter is another's sister, one's mother another's daughter."""
    for left, right in (("daughter", "younger sister"), ("mother", "daughter"), ("son", "father")):
        assert compare_roles(parse_role(left), parse_role(right)).relation is not Relation.DIFFERS
