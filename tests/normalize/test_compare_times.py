"""How two times compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import Published, Relation, TimeValue
from reconcile.normalize.compare_times import compare_times
from reconcile.normalize.dates_context import TimeContext, make_duration, make_point
from reconcile.normalize.dates_resolve import resolve
from reconcile.normalize.dates_scan import scan


def value(words: str, published: str | None = "2025-05-30", tense: str = "past") -> TimeValue:
    """The value of the words in an article of that day."""
    (expression,) = scan(words)
    found = resolve(expression, TimeContext(Published(published) if published else None, tense))  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        (make_point("2025-06-02"), make_point("2025-06-02", "explicit"), Relation.EQUAL),
        (make_point("2014-07"), make_point("2014-07-30"), Relation.FINER),
        (make_point("2015-W13-WE"), make_point("2015-03-28"), Relation.FINER),
        (make_point("2014-07-30"), make_point("2014-07-31"), Relation.DIFFERS),
        (make_point("2015-02-01T23:15"), make_point("2015-02-01T23:00", modifier="APPROX"), Relation.OVERLAPS),
        (make_point("2015-02-01T23:15"), make_point("2015-02-01T23:00", modifier="AFTER"), Relation.OVERLAPS),
        (make_point("2015-02-01T23:15"), make_point("2015-02-01T23:15", modifier="APPROX"), Relation.FINER),
        (make_point("2015-02-01T15:34"), make_point("2015-02-01T15:30"), Relation.OVERLAPS),
        (make_point("2015-02-01T09:00"), make_point("2015-02-01T09:45"), Relation.DIFFERS),
        (make_point("2015-02-01TNI"), make_point("2015-02-01T21:15"), Relation.FINER),
        (make_point("2015-02-01TNI"), make_point("2015-02-01TMO"), Relation.DIFFERS),
        (make_point("PAST_REF", "none"), make_point("2015"), Relation.OVERLAPS),
        (make_point("XXXX-06-02", "none"), make_point("2025-06-02"), Relation.FINER),
        (make_point("XXXX-WXX-1", "none"), make_point("2025-06-02"), Relation.FINER),
        (make_point("XXXX-WXX-1", "none"), make_point("2025-06-03"), Relation.OVERLAPS),
        (make_duration(2, "W"), make_duration(14, "D"), Relation.EQUAL),
        (make_duration(15, "TM"), make_duration(10, "TM"), Relation.DIFFERS),
        (make_duration(3, "Y", "MORE_THAN"), make_duration(39, "M"), Relation.OVERLAPS),
        (make_duration(3, "Y"), make_duration(38, "M"), Relation.FINER),
        (make_duration(None, "M"), make_duration(3, "M"), Relation.OVERLAPS),
        (make_duration(3, "M"), make_point("2015"), Relation.OVERLAPS),
    ],
)
def test_two_times_compare(left: TimeValue, right: TimeValue, relation: Relation) -> None:
    """Each pair has its relation, in either order, with a reason."""
    assert compare_times(left, right).relation is relation
    assert compare_times(right, left).relation is relation
    assert compare_times(left, right).why


def test_a_weekday_and_its_date_are_equal() -> None:
    """ "Monday" still to come on May 30, 2025 is June 2."""
    assert compare_times(value("Monday", tense="future"), value("June 2", tense="future")).relation is Relation.EQUAL


def test_an_undated_weekday_never_differs() -> None:
    """Without the article's date "Monday" may be any Monday."""
    assert compare_times(value("Monday", None), value("June 3, 2025")).relation is Relation.OVERLAPS


def test_hours_on_an_assumed_day_compare_by_the_hour() -> None:
    """Two articles of different days that tell an hour without its day may mean the same hour."""
    left, right = value("9:15 p.m.", "2016-07-11"), value("9:15 p.m.", "2016-07-12")
    assert compare_times(left, right).relation is Relation.EQUAL


def test_another_reading_keeps_two_times_from_differing() -> None:
    """A weekday without a tense may lie before or after the article's day."""
    left, right = value("Friday", "2025-06-02", ""), make_point("2025-06-06", "explicit", 1.0)
    assert compare_times(left, right).relation is Relation.OVERLAPS


points = st.builds(
    lambda d, suffix: make_point(d.isoformat() + suffix),
    st.dates(),
    st.sampled_from(["", "TMO", "TNI", "T09:00", "T23:59"]),
)
lengths = st.builds(
    make_duration, st.none() | st.integers(1, 400).map(float), st.sampled_from(["TM", "TH", "D", "W", "M", "Y"])
)


@given(points | lengths, points | lengths)
def test_comparing_is_symmetric(a: TimeValue, b: TimeValue) -> None:
    """The order of the two makes no difference to the relation."""
    assert compare_times(a, b).relation is compare_times(b, a).relation


@given(points | lengths.filter(lambda v: v.amount is not None))
def test_a_time_equals_itself(a: TimeValue) -> None:
    """Every specified time is equal to itself."""
    assert compare_times(a, a).relation is Relation.EQUAL
