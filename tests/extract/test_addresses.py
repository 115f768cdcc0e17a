"""Addresses read by their form: blocks, houses, crossings, roads and datelines."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.extract.addresses import find_addresses, find_datelines, opens_address


def words(text: str) -> list[str]:
    return [address.span.of(text) for address in find_addresses(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("It happened in the 300 block of Orchard Street.", "300 block of Orchard Street"),
        ("It happened in the 300 block of Orchard on Friday.", "300 block of Orchard"),
        ("A fire broke out at 42 W. Linden Ave., officials said.", "42 W. Linden Ave."),
        ("Two cars met at Linden Ave. and Orchard St. on Friday.", "Linden Ave. and Orchard St."),
        ("Two cars met at Linden and Orchard streets.", "Linden and Orchard streets"),
        ("Two cars met at 12th Street and Linden, police said.", "12th Street and Linden"),
        ("The farm lies off Highway 12 near the river.", "Highway 12"),
        ("They live on Mill Lane.", "Mill Lane"),
        ("Shots fell in the 5500 block of San Marco Street on Monday.", "5500 block of San Marco Street"),
        ("He lives in the 400 block of Northeast Sixth Street.", "400 block of Northeast Sixth Street"),
        ("It stands at 6011 N.W. 32nd Ave., near a park.", "6011 N.W. 32nd Ave."),
        ("A bar off 40th and Fond du Lac Ave. was closed.", "40th and Fond du Lac Ave."),
        ("It burnt in the 5,000 block of Orchard on Friday.", "5,000 block of Orchard"),
        ("It burnt inside 22-04 Linden Avenue on Friday.", "22-04 Linden Avenue"),
        ("It burnt in Dahl's Linden Avenue home on Friday.", "Linden Avenue"),
        ("It burnt at St. John's Place on Friday.", "St. John's Place"),
    ],
)
def test_address_is_read(text: str, address: str) -> None:
    """An address is read whole, with its number and its abbreviations."""
    assert [address] == words(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Supreme Court ruled on Friday.",
        "She was seen by Dr. Fenwick on Monday.",
        "The Wall Street Journal reported it.",
        "They won First Place last year.",
    ],
)
def test_no_address_is_made_up(text: str) -> None:
    """Courts, doctors and newspapers are no streets."""
    assert words(text) == []


def test_dateline_has_its_container() -> None:
    """A dateline in capitals is a place, with the state that follows it."""
    text = "WILLOW CREEK, Mont. (AP) — A barn burned down."
    assert [(span.of(text), container) for span, container in find_datelines(text)] == [("WILLOW CREEK", "Mont.")]


@given(st.text(max_size=300))
def test_addresses_lie_in_any_text(text: str) -> None:
    """Addresses of any text are within it, in order and apart."""
    spans = [address.span for address in find_addresses(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("piece", ["Aa ", "N. ", "12 ", "Main Main and ", "A. St. "])
def test_time_grows_with_the_text(piece: str) -> None:
    """Forty thousand words of one kind are read in seconds."""
    started = time.perf_counter()
    find_addresses(piece * 40_000)
    assert time.perf_counter() - started < 20


def test_body_named_after_a_road_is_no_address() -> None:
    """The State Highway Patrol is not a place."""
    assert find_addresses("The Norva Highway Patrol closed the road.") == []


@pytest.mark.parametrize("text", ["1900 block of Orchard", "1917 Orchard Ave.", "1576 S. White Mill Road"])
def test_a_number_that_opens_an_address_is_seen(text: str) -> None:
    """A house or block number that could be a year is told by what follows it."""
    assert opens_address(text, 4)


def test_a_year_opens_no_address() -> None:
    """A year before other words stays a year."""
    assert not opens_address("1917 saw two revolutions", 4)
