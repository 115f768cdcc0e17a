"""From words to values, with the context given by hand."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.model import Published, TimeValue
from reconcile.normalize.dates_context import TimeContext
from reconcile.normalize.dates_resolve import resolve
from reconcile.normalize.dates_scan import scan
from reconcile.normalize.dates_words import read_count, read_spelled_year
from reconcile.normalize.timex import read_period

MAY = Published("2016-05-18")  # A Wednesday.


def read(words: str, **context: object) -> TimeValue:
    """The value of the only expression in the words."""
    (expression,) = scan(words)
    value = resolve(expression, TimeContext(**{"published": MAY, **context}))  # type: ignore[arg-type]
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("words", "tense", "timex"),
    [
        ("Friday", "past", "2016-05-13"),
        ("Friday", "future", "2016-05-20"),
        ("Wednesday", "past", "2016-05-18"),
        ("last Wednesday", "past", "2016-05-11"),
        ("next Monday", "future", "2016-05-23"),
        ("next Thursday", "future", "2016-05-26"),
        ("Sunday night", "past", "2016-05-15TNI"),
        ("Monday last week", "past", "2016-05-09"),
        ("every Friday", "present", "XXXX-WXX-5"),
        ("Fridays", "present", "XXXX-WXX-5"),
        ("yesterday afternoon", "past", "2016-05-17TAF"),
        ("tonight", "future", "2016-05-18TNI"),
        ("last night", "past", "2016-05-17TNI"),
        ("last week", "past", "2016-W19"),
        ("earlier this week", "past", "2016-W20"),
        ("next year", "future", "2017"),
        ("last weekend", "past", "2016-W19-WE"),
        ("March", "past", "2016-03"),
        ("November", "past", "2015-11"),
        ("November", "future", "2016-11"),
        ("last July", "past", "2015-07"),
        ("the end of February", "past", "2016-02"),
        ("Nov. 3", "past", "2015-11-03"),
        ("Nov. 3", "future", "2016-11-03"),
        ("May 20", "past", "2016-05-20"),
        ("3 March 2014", "past", "2014-03-03"),
        ("Tuesday, Nov. 3, 2015", "past", "2015-11-03"),
        ("March 1st, 2011", "past", "2011-03-01"),
        ("the 1990s", "past", "199"),
        ("the early '80s", "past", "198"),
        ("the 19th century", "past", "18"),
        ("nineteen ninety-four", "past", "1994"),
        ("fiscal 2014", "past", "2014"),
        ("the first quarter of 2015", "past", "2015-Q1"),
        ("the first quarter", "past", "2016-Q1"),
        ("last spring", "past", "2015-SP"),
        ("the summer of 2012", "past", "2012-SU"),
        ("Thanksgiving", "past", "2015-11-26"),
        ("three days ago", "past", "2016-05-15"),
        ("two months ago", "past", "2016-03"),
        ("five years ago", "past", "2011"),
        ("three years", "past", "P3Y"),
        ("16-hour", "", "PT16H"),
        ("two and a half years", "past", "P2Y6M"),
        ("a couple of weeks", "past", "P2W"),
        ("several months", "past", "PXM"),
        ("the past two decades", "past", "P20Y"),
        ("daily", "", "P1D"),
        ("every two weeks", "", "P2W"),
        ("recently", "past", "PAST_REF"),
        ("2014-07-30", "", "2014-07-30"),
        ("30.07.2014", "", "2014-07-30"),
        ("year-end", "", "2016-12-31"),
    ],
)
def test_words_are_resolved_by_date_and_tense(words: str, tense: str, timex: str) -> None:
    """Each expression has the TIMEX3 value that a reader on the article's day would give it."""
    assert read(words, tense=tense).timex == timex


@pytest.mark.parametrize(
    ("words", "timex"),
    [
        ("9:15 p.m. Monday", "2016-05-16T21:15"),
        ("12:30 a.m.", "2016-05-18T00:30"),
        ("noon Saturday", "2016-05-14T12:00"),
        ("0735 GMT", "2016-05-18T07:35"),
        ("9 a.m. EST Tuesday", "2016-05-17T09:00"),
        ("5 to 8 p.m.", "2016-05-18T17:00"),
        ("six o'clock in the evening", "2016-05-18T18:00"),
    ],
)
def test_clock_times_stand_on_their_day(words: str, timex: str) -> None:
    """Hours are read in either notation and put on the day told with them, else on the article's."""
    assert read(words, tense="past").timex == timex


def test_an_hour_range_covers_both_hours() -> None:
    """ "5 to 8 p.m." lasts three hours."""
    value = read("5 to 8 p.m.")
    assert value.start is not None
    assert value.end is not None
    assert (value.end - value.start).total_seconds() == 3 * 3600


def test_both_readings_of_a_bare_hour_are_kept() -> None:
    """Without a.m. or p.m. the other half of the day stays as an alternative."""
    value = read("8:30")
    assert {value.timex[-5:], *(a.timex[-5:] for a in value.alternatives)} == {"08:30", "20:30"}


def test_both_orders_of_a_numeric_date_are_kept() -> None:
    """ "03/04/2015" may be a day of March or of April."""
    value = read("03/04/2015")
    assert [value.timex, *(a.timex for a in value.alternatives)] == ["2015-03-04", "2015-04-03"]


def test_a_chain_counts_from_the_time_last_told() -> None:
    """ "the next day" and "two days later" lean on the story, not on the article's date."""
    told = read_period("2012-09-14")
    assert read("the next day", reference=told).timex == "2012-09-15"
    assert read("two days later", reference=told).timex == "2012-09-16"
    assert read("a year earlier", reference=told).timex == "2011"
    assert read("the year before.", reference=told).timex == "2011"
    assert read("the week before last").timex == "2016-W18"


def test_a_year_ago_in_business_news_is_the_same_quarter() -> None:
    """After a quarter, "a year earlier" means the same quarter of the year before."""
    quarter = read_period("2016-Q1")
    assert read("a year earlier", quarter=quarter, compared=quarter).timex == "2015-Q1"
    assert read("the year-ago quarter", quarter=quarter).timex == "2015-Q1"
    assert read("the same period last year", quarter=quarter, compared=quarter).timex == "2015-Q1"
    assert read("the 2015 period", quarter=quarter, compared=None).timex == "2015"


def test_a_holiday_told_as_past_is_the_last_one() -> None:
    """ "was shot on Memorial Day", told a fortnight before the holiday, happened last year."""
    assert read("Memorial Day", tense="past").timex == "2015-05-25"
    assert read("Memorial Day", tense="future").timex == "2016-05-30"


def test_a_quarter_is_told_by_its_last_day() -> None:
    """A quarter ended July 31 lies mostly in the second quarter of the calendar."""
    ended, _ = scan("the quarter ended July 31")
    value = resolve(ended, TimeContext(published=Published("2016-11-02")))
    assert value is not None
    assert value.timex == "2016-Q2"


def test_early_and_late_narrow_the_interval() -> None:
    """ "the end of February" keeps the month's value but covers its last third."""
    value = read("the end of February", tense="past")
    assert value.modifier == "END"
    assert value.start is not None
    assert value.start.day > 15


def test_in_three_years_keeps_the_year_meant() -> None:
    """Of something planned, "in three years" is a length of time that may also name the year."""
    value = read("three years", tense="future", preposition="in")
    assert value.type == "DURATION"
    assert [a.timex for a in value.alternatives] == ["2019"]


@pytest.mark.parametrize(
    "words", ["Monday", "yesterday", "last week", "June", "June 2", "the third quarter", "two years ago"]
)
def test_without_a_date_nothing_is_guessed(words: str) -> None:
    """What needs the article's date stays without an interval and at low confidence."""
    value = read(words, published=None, tense="past")
    assert value.start is None
    assert value.confidence <= 0.9
    assert value.timex.startswith(("XXXX", "P"))


def test_a_date_that_does_not_exist_is_none() -> None:
    """February 30 is no day."""
    (expression,) = scan("February 30, 2015")
    assert resolve(expression, TimeContext(MAY)) is None


def test_two_days_of_one_month_are_two_expressions() -> None:
    """ "April 24 and 25" names two days."""
    text = "on April 24 and 25, 2015."
    assert [text[e.start : e.end] for e in scan(text)] == ["April 24", "25, 2015"]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("twenty-five", 25),
        ("2 1/2", 2.5),
        ("2½", 2.5),
        ("half a", 0.5),
        ("a dozen", 12),
        ("a", 1),
        ("several", None),
        ("two thousand", 2000),
        ("1,200", 1200),
    ],
)
def test_counts_are_read_in_digits_and_words(words: str, count: float | None) -> None:
    """Numbers before a unit of time are read however they are written."""
    assert read_count(words) == count


def test_spelled_years_are_read() -> None:
    """Broadcast transcripts write years out."""
    assert read_spelled_year("two thousand and one") == 2001
    assert read_spelled_year("nineteen oh") is None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_scanned_and_resolved(text: str) -> None:
    """Arbitrary Unicode gives ordered expressions within the text and never fails."""
    last = 0
    for expression in scan(text):
        assert last <= expression.start < expression.end <= len(text)
        last = expression.end
        resolve(expression, TimeContext(MAY))


@given(
    st.lists(
        st.sampled_from(
            [
                "last",
                "next",
                "the",
                "Monday",
                "May",
                "31",
                "2015",
                "first",
                "quarter",
                "of",
                "9:15",
                "p.m.",
                "three",
                "years",
                "ago",
                "a",
                "few",
                "weeks",
                ",",
                "-",
                "early",
            ]
        ),
        max_size=25,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_jumble_of_time_words_is_resolved_or_refused(words: list[str]) -> None:
    """Words of time in any order never fail, and every interval ends after it starts."""
    text = " ".join(words)
    for expression in scan(text):
        value = resolve(expression, TimeContext(MAY, tense="past"))
        if value is not None and value.start is not None and value.end is not None:
            assert value.start < value.end


@pytest.mark.parametrize(
    "unit", ["last ", "1 ", "the first ", "May 1", "9:", "a week ", "\n \n ", "1,111,", "early mid "]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """Four times the text takes about four times as long, not sixteen."""

    def cost(copies: int) -> float:
        started = time.process_time()
        scan(unit * copies)
        return time.process_time() - started

    cost(2000)
    assert cost(16000) < 10 * cost(4000) + 0.1


def test_a_length_later_is_no_point_in_time_unless_it_lies_ahead() -> None:
    """ "A few days later" of something past is a length; of something planned it is some time to come."""
    assert read("a few days later", tense="past").timex == "PXD"
    assert read("a few days later", tense="future").timex == "FUTURE_REF"


def test_one_day_after_an_auxiliary_is_no_length() -> None:
    """ "She will one day return" tells no duration."""
    assert read("one day", tense="future", preposition="will").timex == "FUTURE_REF"
    assert read("one day", tense="future", preposition="for").timex == "P1D"


def test_trading_days_are_days() -> None:
    """ "Eight trading days" and "two business days" are lengths in days."""
    assert read("eight trading days").timex == "P8D"
    assert read("two business days").timex == "P2D"


def test_since_year_end_lies_behind() -> None:
    """What has gone on since year-end began at the end of the year before."""
    assert int(read("year-end", preposition="since").timex[:4]) == int(read("this year").timex) - 1
