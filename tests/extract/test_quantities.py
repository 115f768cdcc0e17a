"""Quantities in parsed text: what counts, what it counts, and where it stands."""

import itertools
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.extract.document import parse
from reconcile.extract.quantities import find_quantities
from reconcile.model import QuantityMention, Span, TimeMention, TimeValue

_WORDS = ["two", "5", "of", "the", "$", "%", "-", ",", "men", "21", "year", "old", "first", "to"]


def _found(text: str) -> list[tuple[str, float, str, str]]:
    return [(m.span.of(text), m.value.low, m.value.category, m.value.noun) for m in find_quantities(parse(text))]


def _only(text: str) -> QuantityMention:
    (mention,) = find_quantities(parse(text))
    return mention


@pytest.mark.parametrize(
    ("text", "words", "value", "noun"),
    [
        ("Police arrested three men near the harbor.", "three", 3, "man"),
        ("Hundreds of protesters filled the square.", "Hundreds", 100, "protester"),
        ("Two of the wounded sailors were flown home.", "Two", 2, "sailor"),
        ("Some 2,400 people lost power.", "2,400", 2400, "people"),
        ("One of the bridges collapsed.", "One", 1, "bridge"),
        ("The 14-member panel will report soon.", "14", 14, "member"),
        ("At least five were killed.", "five", 5, "person"),
        ("A pair of climbers fell.", "A pair", 2, "climber"),
        ("A crowd of 5,000 waited in the square.", "5,000", 5000, "people"),
    ],
)
def test_counts_have_their_noun(text: str, words: str, value: float, noun: str) -> None:
    """A count has the noun that it counts, through adjectives, "of" and hyphens."""
    assert _found(text) == [(words, value, "count", noun)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The 28-year-old teacher ran.", "28-year-old", 28),
        ("Maria Lopez, 68, runs the farm.", "68", 68),
        ("Her son was 14 when they moved.", "14", 14),
        ("Tom Baker (23) won the race.", "23", 23),
        ("A 4 month-old baby slept through it.", "4 month-old", 4),
        ("He was in his 50s.", "50s", 50),
    ],
)
def test_ages(text: str, words: str, value: float) -> None:
    """Ages are read in every form that news gives them."""
    assert [(w, v) for w, v, category, _ in _found(text) if category == "age"] == [(words, value)]


def test_ages_in_a_list_after_their_noun() -> None:
    """In "two pupils, 9 and 12," both numbers are ages."""
    text = "Two pupils, 9 and 12, were treated at the clinic."
    assert [(value, category) for _, value, category, _ in _found(text)] == [(2, "count"), (9, "age"), (12, "age")]


def test_vote_keeps_both_numbers_in_order() -> None:
    """A vote's two numbers stay in the order they were said."""
    value = _only("The senate passed the measure 62-35.").value
    assert (value.low, value.high, value.category) == (62, 35, "vote")


def test_change_gives_two_values() -> None:
    """ "Rose from A to B" is no range but two values."""
    text = "Sales rose from 20 percent to 30 percent."
    assert [(m.value.low, m.value.high) for m in find_quantities(parse(text))] == [(20, 20), (30, 30)]


def test_bound_stays_out_of_the_span() -> None:
    """The span covers the amount with its unit; the hedge is in the bound."""
    text = "The fire destroyed more than $1.2 billion of timber."
    mention = _only(text)
    assert (mention.span.of(text), mention.value.bound) == ("$1.2 billion", ">")


def test_ordinals() -> None:
    """An ordinal before its noun is read as one."""
    assert _found("The second round of talks begins.") == [("second", 2, "ordinal", "round")]


def test_superlatives_are_ranks() -> None:
    """A superlative is an ordinal whose unit is the rank."""
    mention = _only("The country's biggest bank failed.")
    assert (mention.value.category, mention.value.unit, mention.value.noun) == ("ordinal", "largest", "bank")


def test_ordinal_with_superlative_is_one_rank() -> None:
    """ "Third-largest" is the rank three among the largest, not two mentions."""
    text = "It is the third-largest port."
    mention = _only(text)
    assert (mention.span.of(text), mention.value.low, mention.value.unit) == ("third-largest", 3, "largest")


@pytest.mark.parametrize(
    "text",
    [
        "He drove a Boeing 737 simulator.",
        "She moved to 18 Oak Avenue in 2016.",
        "No one answered the door.",
        "They played in the Final Four last year.",
        "I want the one on the left.",
    ],
)
def test_no_quantity(text: str) -> None:
    """Names, addresses, years and pronouns are no quantities."""
    assert _found(text) == []


def test_numbers_within_times_are_left_to_them() -> None:
    """A number inside a time expression is dropped; a length with its own unit stays."""
    text = "On the 12th they waited two hours."
    value = TimeValue("DATE", "2024-05-12", "day", datetime(2024, 5, 12), datetime(2024, 5, 13))
    times = (TimeMention(Span(3, 11), value), TimeMention(Span(24, 33), TimeValue("DURATION", "PT2H", "hour")))
    assert [m.span.of(text) for m in find_quantities(parse(text), times)] == ["two hours"]


def test_noun_span_covers_the_noun() -> None:
    """The noun's span is the noun as it stands in the text."""
    text = "Rescuers found seven young hikers."
    mention = _only(text)
    assert mention.noun_span is not None
    assert mention.noun_span.of(text) == "hikers"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120) | st.lists(st.sampled_from(_WORDS)).map(" ".join))
def test_any_text_gives_sorted_spans(text: str) -> None:
    """No text makes the reader fail; mentions are sorted, lie in the text and do not overlap."""
    mentions = find_quantities(parse(text))
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in mentions)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(mentions))


def test_one_of_several_is_no_age() -> None:
    """ "Lee Marsh, one of the four" tells how many, not how old."""
    doc = parse("It was Cpl. Lee Marsh, one of the four officers to die that night.")
    assert [q.value.category for q in find_quantities(doc, ())] == ["count", "count"]


@pytest.mark.parametrize(
    ("text", "words", "share"),
    [
        ("They have a one-in-four chance of winning.", "one-in-four", 0.25),
        ('He spoke of a "1 in 4" chance.', "1 in 4", 0.25),
        ("Two out of five voters stayed at home.", "Two out of five", 0.4),
    ],
)
def test_one_in_four_is_a_share(text: str, words: str, share: float) -> None:
    """ "One in four" is a quarter, whichever way it is written."""
    mention = _only(text)
    assert (mention.span.of(text), mention.value.low, mention.value.category) == (words, share, "percent")


def test_one_in_three_days_is_no_share() -> None:
    """A number before a stretch of time is no part of it."""
    assert all(m.value.category != "percent" for m in find_quantities(parse("He won two in three days.")))
