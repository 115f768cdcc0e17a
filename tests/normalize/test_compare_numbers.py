"""Comparing two numbers as said."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reconcile.model import NumberValue, Relation
from reconcile.normalize.compare_numbers import compare_numbers
from reconcile.normalize.measures import parse_measure


def _relation(left: str, right: str) -> Relation:
    a, b = parse_measure(left), parse_measure(right)
    assert a is not None
    assert b is not None
    return compare_numbers(a, b).relation


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("about 2,000", "2,000"),
        ("half", "50 percent"),
        ("two dozen", "24"),
        ("$1.5 billion", "1,500 million dollars"),
    ],
)
def test_equal(left: str, right: str) -> None:
    """The same number said in two ways is equal."""
    assert _relation(left, right) is Relation.EQUAL


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("7,000", "6,980"),
        ("1.2 million", "1,234,567"),
        ("at least 20", "23"),
        ("more than 20", "20"),
        ("30 to 40", "35"),
        ("5 miles", "8 km"),
        ("dozens", "36"),
        ("19 percent", "18.7 percent"),
        ("in his 20s", "22-year-old"),
    ],
)
def test_finer(left: str, right: str) -> None:
    """A rounded, bounded or ranged number and one that fits it are compatible."""
    assert _relation(left, right) is Relation.FINER


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("20", "23"),
        ("at least 20", "15"),
        ("1.5 million", "1.6 million"),
        ("39-year-old", "38-year-old"),
        ("$7,500", "$8,500"),
        ("5 miles", "20 km"),
        ("30 to 40", "50"),
        ("fewer than 10", "at least 30"),
        ("at least 20", "at least 30"),
        ("more than 30", "more than 21"),
        ("up to 2.3 million", "as many as 2.4 million"),
        ("about 17", "about 21"),
    ],
)
def test_differs(left: str, right: str) -> None:
    """Numbers that cannot both be true differ."""
    assert _relation(left, right) is Relation.DIFFERS


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("$5", "€5"),
        ("5 miles", "5 kg"),
        ("more than 1,000", "more than 1,500"),
        ("up to 50", "as many as 47"),
        ("as much as $2,700", "$1,400"),
        ("about 20", "about 16"),
    ],
)
def test_overlaps(left: str, right: str) -> None:
    """What cannot be compared, or may both be true, is no difference."""
    assert _relation(left, right) is Relation.OVERLAPS


def test_votes_compare_both_sides() -> None:
    """A vote is equal to the same two numbers in either order and differs from others."""
    vote = NumberValue(51, 48, category="vote")
    assert compare_numbers(vote, NumberValue(48, 51, category="vote")).relation is Relation.EQUAL
    assert compare_numbers(vote, NumberValue(52, 47, category="vote")).relation is Relation.DIFFERS
    assert compare_numbers(vote, NumberValue(51, 51)).relation is Relation.FINER


def test_reason_is_in_words() -> None:
    """The reason names both numbers as they were said."""
    why = compare_numbers(NumberValue(20, 20, ">="), NumberValue(2300, 2300)).why
    assert "at least 20" in why
    assert "2,300" in why


_values = st.builds(
    lambda low, more, bound, unit: NumberValue(low, low + more, bound, unit),
    st.floats(min_value=-1e9, max_value=1e9) | st.integers(min_value=0, max_value=5000).map(float),
    st.sampled_from([0.0, 0.0, 5.0]),
    st.sampled_from(["=", "~", "<", ">", "<=", ">="]),
    st.sampled_from(["", "dollar", "mile", "kilometre", "percentage"]),
)


@given(_values, _values)
@example(NumberValue(4999651, 4999651, ">"), NumberValue(4999649, 4999654, "<"))
def test_order_does_not_matter(a: NumberValue, b: NumberValue) -> None:
    """Comparing is symmetric where both are in one unit."""
    if a.unit == b.unit:
        assert compare_numbers(a, b).relation is compare_numbers(b, a).relation


@given(_values)
def test_every_value_equals_itself(value: NumberValue) -> None:
    """A value is equal to itself."""
    assert compare_numbers(value, value).relation is Relation.EQUAL


@given(_values, _values)
def test_any_two_values_compare(a: NumberValue, b: NumberValue) -> None:
    """Any two values give a relation and a reason."""
    assert compare_numbers(a, b).why
