"""Numbers with their currency, unit, rate, range, age and bound."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import NumberValue
from reconcile.normalize.lexemes import split_lexemes
from reconcile.normalize.measures import parse_measure, scan_measures


def _read(words: str) -> NumberValue:
    value = parse_measure(words)
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("words", "amount", "unit"),
    [
        ("$45", 45, "dollar"),
        ("€300m", 300_000_000, "euro"),
        ("US$ 7bn", 7_000_000_000, "dollar"),
        ("£1.5 billion", 1_500_000_000, "pound sterling"),
        ("A$20", 20, "australian dollar"),
        ("EUR 12 million", 12_000_000, "euro"),
        ("30 Canadian dollars", 30, "canadian dollar"),
        ("50 cents", 50, "cent"),
        ("-$3.5 billion", -3_500_000_000, "dollar"),
        ("RM90", 90, "malaysian ringgit"),
    ],
)
def test_money(words: str, amount: float, unit: str) -> None:
    """Signs, codes and words of money give the amount in its currency."""
    value = _read(words)
    assert (value.low, value.unit, value.category) == (amount, unit, "amount")


@pytest.mark.parametrize(
    ("words", "amount", "unit"),
    [
        ("12 km", 12, "kilometre"),
        ("9mm", 9, "millimetre"),
        ("half an hour", 0.5, "hour"),
        ("a year and a half", 1.5, "year"),
        ("90 mph", 90, "mile per hour"),
        ("110 km/h", 110, "kilometre per hour"),
        ("70,000 barrels a day", 70_000, "barrel per day"),
        ("minus 12 degrees Celsius", -12, "celsius"),
        ("20°C", 20, "celsius"),
        ("32GB", 32, "gigabyte"),
        ("a 3m wall", 3, "metre"),
        ("40 sq. ft", 40, "square foot"),
    ],
)
def test_units(words: str, amount: float, unit: str) -> None:
    """Units in words, signs and rates have one name each."""
    value = _read(words)
    assert (value.low, value.unit, value.category) == (pytest.approx(amount), unit, "measure")


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("30 to 40 people", 30, 40, ""),
        ("between 5 and 12 seats", 5, 12, ""),
        ("$3-$5 million", 3_000_000, 5_000_000, "dollar"),
        ("2 to 3 thousand", 2000, 3000, ""),
        ("from $10 to $20 per share", 10, 20, "dollar per share"),
        ("15-20 percent", 15, 20, "percentage"),
    ],
)
def test_ranges(words: str, low: float, high: float, unit: str) -> None:
    """A range has both its ends, and the scale and unit said once hold for both."""
    value = _read(words)
    assert (value.low, value.high, value.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("about 20", "~"),
        ("nearly a dozen", "~"),
        ("some 300", "~"),
        ("at least 20", ">="),
        ("20 or more", ">="),
        ("more than 20", ">"),
        ("no more than 20", "<="),
        ("not more than 20", "<="),
        ("up to $20", "<="),
        ("fewer than 20", "<"),
        ("700-plus", ">="),
        ("exactly 20", "="),
    ],
)
def test_bounds(words: str, bound: str) -> None:
    """The hedge around a number becomes its bound."""
    assert _read(words).bound == bound


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("28-year-old", 28, 28, "year"),
        ("11 year-old", 11, 11, "year"),
        ("58-year old", 58, 58, "year"),
        ("6-years-old", 6, 6, "year"),
        ("Seven-month-old", 7, 7, "month"),
        ("two 21-year-olds"[4:], 21, 21, "year"),
        ("2-year-old's", 2, 2, "year"),
        ("aged 30", 30, 30, "year"),
        ("in his 20s", 20, 29, "year"),
        ("in her early 50s", 50, 53, "year"),
        ("16 years of age", 16, 16, "year"),
    ],
)
def test_ages(words: str, low: float, high: float, unit: str) -> None:
    """Every way of giving an age is one, in years or months."""
    value = _read(words)
    assert (value.low, value.high, value.unit, value.category) == (low, high, unit, "age")


@pytest.mark.parametrize("words", ["one in three", "1 in 3", "one-in-three", "one out of three", "a third"])
def test_proportions_are_fractions(words: str) -> None:
    """Proportions in words and digits are one fraction."""
    value = _read(words)
    assert (value.low, value.category) == (pytest.approx(1 / 3), "percent")


def test_listed_numbers_share_their_unit() -> None:
    """In "six or seven euros" both numbers are euros."""
    values = [(m.low, m.unit) for m in scan_measures(split_lexemes("six or seven euros"))]
    assert values == [(6, "euro"), (7, "euro")]


@given(st.text(max_size=120))
def test_scanning_any_text_keeps_order(text: str) -> None:
    """No text makes the scanner fail; its measures are in order and do not overlap."""
    measures = scan_measures(split_lexemes(text))
    assert all(left.stop <= right.first or left.stop <= right.stop for left, right in itertools.pairwise(measures))


@given(st.lists(st.sampled_from(["$", "5", "-", "to", "and", "half", "a", "million", "per", "year", "old", "in", "%"])))
def test_scanning_number_words_in_any_order(words: list[str]) -> None:
    """Any order of the grammar's own words is read without error."""
    for joint in (" ", ""):
        for measure in scan_measures(split_lexemes(joint.join(words))):
            assert measure.first < measure.stop
