"""Units and their conversion."""

import pytest

from reconcile.normalize.units import convert, unit_table


def test_lengths_convert() -> None:
    """A mile is 1.609 kilometres."""
    assert convert(1, "mile", "kilometre") == pytest.approx(1.609344)


def test_temperatures_convert_with_their_zero() -> None:
    """The freezing point is 32 degrees Fahrenheit."""
    assert convert(0, "celsius", "fahrenheit") == pytest.approx(32)


def test_cents_are_parts_of_their_currency() -> None:
    """A hundred cents make a dollar, and no euro."""
    assert convert(100, "cent", "dollar") == pytest.approx(1)
    assert convert(100, "cent", "euro") is None


def test_rates_convert_by_their_upper_part() -> None:
    """Miles per day convert to kilometres per day and not per week."""
    assert convert(1, "mile per day", "kilometre per day") == pytest.approx(1.609344)
    assert convert(1, "mile per day", "kilometre per week") is None


def test_every_unit_of_a_dimension_converts_back() -> None:
    """Converting there and back keeps the amount, for every pair within a dimension."""
    units = unit_table().units
    for name, unit in units.items():
        for other, second in units.items():
            if unit.dimension == second.dimension:
                there = convert(5.0, name, other)
                assert there is not None
                assert convert(there, other, name) == pytest.approx(5.0)
