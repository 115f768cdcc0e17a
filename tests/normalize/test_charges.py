"""Charges compared by the crimes that they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import Relation, TextValue
from reconcile.normalize.charges import compare_charges, crime_classes


def _relation(left: str, right: str) -> Relation:
    return compare_charges(TextValue(left), TextValue(right)).relation


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("arson", "bribery"),
        ("kidnapping", "fraud"),
        ("burglary", "second-degree murder"),
        ("pleaded guilty to arson", "pleaded not guilty to arson"),
    ],
)
def test_crimes_of_two_sorts_differ(left: str, right: str) -> None:
    """Charges that no one deed is charged under differ, and so do opposite pleas."""
    assert _relation(left, right) is Relation.DIFFERS


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("murder", "manslaughter"),
        ("first-degree murder", "second-degree murder"),
        ("1st-degree assault", "third degree assault"),
        ("attempted murder", "possession of a firearm"),
        ("rape", "assault"),
        ("being late", "arson"),
    ],
)
def test_kindred_crimes_overlap(left: str, right: str) -> None:
    """Crimes that are charged side by side, and words that name no crime, exclude nothing."""
    assert _relation(left, right) is Relation.OVERLAPS


@pytest.mark.parametrize(
    ("left", "right"), [("burglary", "aggravated burglary"), ("arson", "arson in the first degree")]
)
def test_one_charge_told_more_exactly(left: str, right: str) -> None:
    """A longer name of the same charge fits the shorter."""
    assert _relation(left, right) is Relation.FINER


def test_deed_after_the_crime_is_no_crime() -> None:
    """What the charge is for does not count among the crimes."""
    assert crime_classes("robbery in the murder of a clerk") == {"robbery"}


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_texts_compare_in_either_order(left: str, right: str) -> None:
    """Any two texts compare, whichever comes first."""
    assert _relation(left, right) is _relation(right, left)
