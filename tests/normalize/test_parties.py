"""Comparing parties: a group within a group is finer."""

from reconcile.model import Kind, NameValue, Relation
from reconcile.normalize.compare import compare_values


def relation(a: str, b: str) -> Relation:
    """How two parties compare."""
    return compare_values(Kind.PARTICIPANT, NameValue(a), NameValue(b)).relation


def test_a_group_is_finer_than_the_one_its_last_word_names() -> None:
    """ "House Democrats" are Democrats; "Senate Democrats" are not they."""
    assert relation("House Democrats", "Democrats") is Relation.FINER
    assert relation("Senate Ethics Committee", "Senate committee") is Relation.FINER
    assert relation("House Democrats", "Senate Democrats") not in (Relation.EQUAL, Relation.FINER)
    assert relation("Republicans", "Democrats") is Relation.DIFFERS
