"""Number words and digits to values."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.normalize.lexemes import split_lexemes
from reconcile.normalize.numbers import parse_number, read_number

_SAID = [
    ("seven", 7),
    ("twenty-one", 21),
    ("forty two", 42),
    ("two hundred and fifty thousand", 250_000),
    ("a hundred", 100),
    ("a dozen", 12),
    ("half a dozen", 6),
    ("two dozen", 24),
    ("half a million", 500_000),
    ("a quarter of a million", 250_000),
    ("one and a half", 1.5),
    ("two-thirds", 2 / 3),
    ("a third", 1 / 3),
    ("three-quarters", 0.75),
    ("1,234,567", 1_234_567),
    ("3.75", 3.75),
    (".500", 0.5),
    ("4.5 million", 4_500_000),
    ("3-million", 3_000_000),
    ("2 1/2", 2.5),
    ("3½", 3.5),
    ("6×10^3", 6000),
    ("four crore", 40_000_000),
]


@pytest.mark.parametrize(("words", "value"), _SAID)
def test_says_value(words: str, value: float) -> None:
    """Words and digits give the value that a reader takes from them."""
    number = parse_number(words)
    assert number is not None
    assert number.low == pytest.approx(value)
    assert number.high == pytest.approx(value)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("dozens", 12, 120),
        ("hundreds of thousands", 100_000, 1_000_000),
        ("tens of millions", 10_000_000, 100_000_000),
        ("several hundred", 300, 900),
    ],
)
def test_vague_scales_are_ranges(words: str, low: float, high: float) -> None:
    """A plural scale gives the least and the most that it says."""
    number = parse_number(words)
    assert number is not None
    assert (number.low, number.high, number.form) == (low, high, "vague")


@pytest.mark.parametrize("words", ["a", "an hour", "the", "several", "quarters", "million", ""])
def test_no_number(words: str) -> None:
    """Articles, bare scales and vague words alone are no numbers."""
    assert parse_number(words) is None


@pytest.mark.parametrize(("words", "value"), [("third", 3), ("21st", 21), ("twelfth", 12)])
def test_ordinals(words: str, value: float) -> None:
    """Ordinals in words and digits keep their rank."""
    number = parse_number(words)
    assert number is not None
    assert (number.low, number.form) == (value, "ordinal")


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_with_commas_keep_their_value(value: int) -> None:
    """Any whole number written with thousands separators reads as itself."""
    number = parse_number(f"{value:,}")
    assert number is not None
    assert number.low == value


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    """No text makes the number reader fail, and what it reads lies within the text."""
    lexemes = split_lexemes(text)
    for at in range(len(lexemes)):
        number = read_number(lexemes, at)
        assert number is None or at < number.stop <= len(lexemes)


@given(st.text(max_size=200))
def test_lexemes_stand_at_their_offsets(text: str) -> None:
    """Each lexeme is the text between its offsets, in order and without overlaps."""
    lexemes = split_lexemes(text)
    assert all(text[lexeme.start : lexeme.end] == lexeme.text for lexeme in lexemes)
    assert all(left.end <= right.start for left, right in itertools.pairwise(lexemes))
