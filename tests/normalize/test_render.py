"""Values as short texts, for programs and for readers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import NameValue, NumberValue, PlaceValue, TextValue, TimeValue, Value
from reconcile.normalize.render import day_label, value_label, value_text


@pytest.mark.parametrize(
    ("value", "text", "label"),
    [
        (TimeValue("DATE", "2025-06-02", "day"), "2025-06-02", "2 June 2025"),
        (TimeValue("DATE", "2025-06", "month", modifier="START"), "start of 2025-06", "start of June 2025"),
        (TimeValue("TIME", "2025-06-02T19:40", "minute"), "2025-06-02T19:40", "2 June 2025, 19:40"),
        (TimeValue("DURATION", "P3Y", "year", amount=3.0, unit="year"), "3 years", "3 years"),
        (TimeValue("DURATION", "P1D", "day", amount=1.0, unit="day", modifier="APPROX"), "about 1 day", "about 1 day"),
        (TimeValue("DATE", "PRESENT_REF", "none"), "PRESENT_REF", "PRESENT_REF"),
        (NumberValue(1000, 1000, noun="captive"), "1000", "1,000"),
        (NumberValue(10, 12, ">=", "day"), "at least 10–12 day", "at least 10–12 days"),
        (NumberValue(51.2, 51.2, unit="percentage"), "51.2%", "51.2%"),
        (NumberValue(3e6, 3e6, "~", "dollar"), "about 3000000 dollar", "about $3 million"),
        (NumberValue(4.2e9, 4.2e9, unit="dollar per share"), "4200000000 dollar per share", "$4.2 billion per share"),
        (NumberValue(1234567, 1234567, unit="norwegian krone"), "1234567 norwegian krone", "NOK 1,234,567"),
        (NumberValue(6, 6, unit="foot"), "6 foot", "6 feet"),
        (NumberValue(0.25, 0.25, category="percent"), "0.25", "25%"),
        (NumberValue(7, 4, category="vote"), "7–4", "7–4"),
        (NumberValue(3, 1, unit="score", category="measure"), "3–1 score", "3–1"),
        (NumberValue(58, 58, unit="year", category="age"), "58", "58"),
        (NumberValue(2, 2, category="ordinal"), "2", "2nd"),
        (NumberValue(112, 112, category="ordinal"), "112", "112th"),
        (NumberValue(1, 1, unit="largest", category="ordinal"), "1 largest", "largest"),
        (TimeValue("TIME", "2025-06-02TNI", "part"), "2025-06-02TNI", "2 June 2025, night"),
        (TimeValue("DATE", "2025-W21", "week"), "2025-W21", "week of 19 May 2025"),
        (TimeValue("DATE", "2025-W21-WE", "week"), "2025-W21-WE", "weekend of 24 May 2025"),
        (TimeValue("DATE", "2025-W60", "week"), "2025-W60", "2025-W60"),
        (TimeValue("DATE", "2025-Q2", "quarter"), "2025-Q2", "second quarter of 2025"),
        (TimeValue("DATE", "199", "decade"), "199", "1990s"),
        (NameValue("Rustem Umerov", "Rustem", "", "Umerov"), "Rustem Umerov", "Rustem Umerov"),
        (PlaceValue("Chubbuck", ("Idaho",)), "Chubbuck, Idaho", "Chubbuck, Idaho"),
        (TextValue("defence\n minister"), "defence minister", "defence minister"),
    ],
)
def test_a_value_reads_in_its_normal_form(value: Value, text: str, label: str) -> None:
    """Programs get ISO dates and plain digits, readers months and grouped digits."""
    assert (value_text(value), value_label(value)) == (text, label)


@given(number=st.floats())
def test_any_number_can_be_written(number: float) -> None:
    """No number, however large, and not infinity either, raises."""
    value = NumberValue(number, number)
    assert value_text(value)
    assert value_label(value).replace(",", "")


@given(text=st.text())
def test_any_timex_can_be_labelled(text: str) -> None:
    """A value that is no ISO day is shown as it is."""
    assert day_label(text) is not None
