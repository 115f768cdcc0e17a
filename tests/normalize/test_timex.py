"""Periods of the calendar and arithmetic on them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.normalize.timex import add_months, easter, holiday, move, period_at, read_period


@pytest.mark.parametrize(
    ("timex", "start", "end", "granularity"),
    [
        ("2014-07-30", datetime(2014, 7, 30), datetime(2014, 7, 31), "day"),
        ("2014-07", datetime(2014, 7, 1), datetime(2014, 8, 1), "month"),
        ("2014-12", datetime(2014, 12, 1), datetime(2015, 1, 1), "month"),
        ("2014-Q4", datetime(2014, 10, 1), datetime(2015, 1, 1), "quarter"),
        ("2014-H1", datetime(2014, 1, 1), datetime(2014, 7, 1), "half"),
        ("199", datetime(1990, 1, 1), datetime(2000, 1, 1), "decade"),
        ("19", datetime(1900, 1, 1), datetime(2000, 1, 1), "century"),
        ("2025-W22-WE", datetime(2025, 5, 31), datetime(2025, 6, 2), "weekend"),
        ("2025-06-01T21:15", datetime(2025, 6, 1, 21, 15), datetime(2025, 6, 1, 21, 16), "minute"),
        ("2025-06-01TNI", datetime(2025, 6, 1, 18), datetime(2025, 6, 2, 6), "day part"),
    ],
)
def test_a_value_covers_its_stretch_of_the_calendar(
    timex: str, start: datetime, end: datetime, granularity: str
) -> None:
    """Every form of a specified value has a half-open interval and a granularity."""
    period = read_period(timex)
    assert period is not None
    assert (period.start, period.end, period.granularity) == (start, end, granularity)


@pytest.mark.parametrize("timex", ["2015-02-30", "P3D", "XXXX-06-02", "PAST_REF", "2015-W60", "", "2015-01-01T25:00"])
def test_what_is_no_stretch_of_the_calendar_has_none(timex: str) -> None:
    """Durations, open values and days that do not exist have no interval."""
    assert read_period(timex) is None


@given(st.text(max_size=20))
def test_any_text_can_be_tried_as_a_value(text: str) -> None:
    """Nothing makes the reader of values fail."""
    read_period(text)


@given(
    st.dates(min_value=date(1500, 1, 1), max_value=date(2500, 1, 1)),
    st.sampled_from(["D", "W", "M", "Q", "Y", "10Y", "100Y"]),
)
def test_a_day_lies_in_its_own_period(day: date, unit: str) -> None:
    """The period at a day holds that day, for every unit."""
    period = read_period(period_at(day, unit))
    assert period is not None
    assert period.start.date() <= day < period.end.date()


def test_months_are_added_to_the_last_day_that_exists() -> None:
    """A month after January 31 is the last of February."""
    assert add_months(date(2015, 1, 31), 1) == date(2015, 2, 28)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(-50, 50))
def test_days_moved_forth_and_back_return(day: date, count: int) -> None:
    """Moving by weeks is undone by moving back."""
    assert move(move(day, count, "W"), -count, "W") == day


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("thanksgiving", 2018, date(2018, 11, 22)),
        ("memorial day", 2016, date(2016, 5, 30)),
        ("election day", 2016, date(2016, 11, 8)),
        ("good friday", 2019, date(2019, 4, 19)),
        ("christmas", 2020, date(2020, 12, 25)),
    ],
)
def test_holidays_fall_on_their_day(name: str, year: int, day: date) -> None:
    """Fixed days, nth weekdays and days from Easter are all found."""
    assert holiday(name, year) == day


def test_easter_is_a_sunday() -> None:
    """Easter falls on a Sunday between March 22 and April 25 in every year."""
    for year in range(1900, 2100):
        assert easter(year).isoweekday() == 7
        assert (3, 22) <= (easter(year).month, easter(year).day) <= (4, 25)
