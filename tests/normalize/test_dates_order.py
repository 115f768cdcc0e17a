"""Tests of reconcile.normalize.dates_order: which comes first in 03/04/2015."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reconcile.normalize.dates_order import by_nearness, day_first_weight


def _dates(*written: str) -> list[dict[str, str]]:
    return [dict(zip(("first", "second"), words.split("/"), strict=True)) for words in written]


def test_a_number_above_twelve_proves_the_order_of_the_others() -> None:
    """One 25/12 in a text tells how its 03/04 is meant."""
    assert day_first_weight(_dates("03/04", "25/12"), "") > 0.9
    assert day_first_weight(_dates("03/04", "12/25"), "") < 0.1


def test_the_text_outweighs_its_outlet() -> None:
    """A British page that writes 12/25 writes the month first."""
    assert day_first_weight(_dates("12/25"), "news.example.uk") < 0.1


def test_the_outlets_country_tells_its_custom() -> None:
    """A host name of a country that writes the day first makes that the likelier order."""
    assert day_first_weight(_dates("03/04"), "news.example.co.uk") > 0.8
    assert day_first_weight(_dates("03/04"), "city.example.us") < 0.2


def test_orders_that_contradict_each_other_prove_nothing() -> None:
    """A text with both 25/12 and 12/25 leaves the order open."""
    assert 0.2 < day_first_weight(_dates("25/12", "12/25"), "") < 0.8


def test_the_date_near_the_articles_day_is_the_likelier() -> None:
    """Of 3 April and 4 March, an article of 6 April means the former."""
    readings = (date(2031, 4, 3), date(2031, 3, 4))
    assert by_nearness(0.4, readings, date(2031, 4, 6)) == 0.4, "both are near"
    readings = (date(2031, 9, 2), date(2031, 2, 9))
    assert by_nearness(0.4, readings, date(2031, 9, 6)) > 0.7
    assert by_nearness(0.4, readings, date(2031, 2, 12)) < 0.2


@given(st.floats(0.03, 0.97), st.dates(), st.dates(), st.none() | st.dates())
def test_a_weight_stays_a_weight(weight: float, first: date, second: date, published: date | None) -> None:
    """Whatever the dates, the result lies between 0 and 1."""
    assert 0 < by_nearness(weight, (first, second), published) < 1
