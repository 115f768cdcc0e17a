"""Times in running text, with the tense and the neighbours read from the parse."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.extract.document import parse
from reconcile.extract.times import find_times
from reconcile.model import Published

WEDNESDAY = Published("2016-05-18")


def found(text: str, published: Published | None = WEDNESDAY) -> list[tuple[str, str]]:
    """(words, TIMEX3 value) of every time in the text."""
    return [(m.span.of(text), m.value.timex) for m in find_times(parse(text), published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council met on Friday.", [("Friday", "2016-05-13")]),
        ("The council will meet on Friday.", [("Friday", "2016-05-20")]),
        ("The trial is scheduled for Monday.", [("Monday", "2016-05-23")]),
        ("She is due in court on Thursday.", [("Thursday", "2016-05-19")]),
        ("The bridge reopened Wednesday.", [("Wednesday", "2016-05-18")]),
        (
            "He was arrested around 3 p.m. on Tuesday.",
            [("around 3 p.m.", "2016-05-17T15:00"), ("Tuesday", "2016-05-17")],
        ),
        ("The fire broke out at 9:15 p.m. Monday.", [("9:15 p.m. Monday", "2016-05-16T21:15")]),
        ("The company expects to finish the plant in November.", [("November", "2016-11")]),
        ("The company closed the plant in November.", [("November", "2015-11")]),
        (
            "The ferry sank on May 3, 2014. The next day divers arrived.",
            [("May 3, 2014", "2014-05-03"), ("The next day", "2014-05-04")],
        ),
        ("He worked there for three years.", [("three years", "P3Y")]),
        ("They play every Friday.", [("every Friday", "XXXX-WXX-5")]),
        ("School starts Monday.", [("Monday", "2016-05-23")]),
        ("The parade is Saturday.", [("Saturday", "2016-05-21")]),
        ("A hearing was scheduled for Friday.", [("Friday", "2016-05-20")]),
        ("The judge has scheduled a hearing Thursday.", [("Thursday", "2016-05-19")]),
        ("Residents were planning to march on Monday.", [("Monday", "2016-05-23")]),
        ("Police are investigating a shooting early Sunday.", [("early Sunday", "2016-05-15")]),
        ("The sale is expected around Nov. 1.", [("Nov. 1", "2016-11-01")]),
        ("The mill shut last April.", [("last April", "2015-04")]),
        ("In mid-afternoon yesterday, the shares fell.", [("mid-afternoon yesterday", "2016-05-17TAF")]),
        ("Profit rose for the full year.", [("the full year", "2016")]),
        ("Prices will soon rise.", [("soon", "FUTURE_REF")]),
        ("They ruled on Wednesday.", [("Wednesday", "2016-05-18")]),
        ("There were 40 thefts, compared with 52 last year.", [("last year", "2015")]),
        (
            "First-quarter profit rose, compared with a loss of $3 million last year.",
            [("First-quarter", "2016-Q1"), ("last year", "2015-Q1")],
        ),
        ("It ended in January nineteen ninety-four.", [("January nineteen ninety-four", "1994-01")]),
        ("It will end by year's end.", [("year's end", "2016")]),
        ("The index fell from its record set Aug. 6.", [("Aug. 6", "2015-08-06")]),
        ("She left a year and a half ago.", [("a year and a half ago", "2014-11")]),
        ("The law takes effect July 1.", [("July 1", "2016-07-01")]),
        (
            "It was shut on the night of March 3, 2015.",
            [("the night", "2015-03-03TNI"), ("March 3, 2015", "2015-03-03")],
        ),
        ("She fled at 8:45 Friday evening.", [("8:45 Friday evening", "2016-05-13T20:45")]),
        ("The week of June 5 will be quiet.", [("The week of June 5", "2016-W22")]),
        ("He can appeal within two to three weeks.", [("two to three weeks", "P3W")]),
        (
            "The ship left at 6 p.m. ET (2200 GMT) on Sunday.",
            [("6 p.m. ET", "2016-05-15T18:00"), ("2200 GMT", "2016-05-15T22:00"), ("Sunday", "2016-05-15")],
        ),
        ("It has rained daily since January.", [("daily", "P1D"), ("January", "2016-01")]),
        ("The strike began in 1998 and ended in the early 2000s.", [("1998", "1998"), ("the early 2000s", "200")]),
    ],
)
def test_times_are_read_with_their_tense(text: str, expected: list[tuple[str, str]]) -> None:
    """Words, spans and values come out as a reader on that day takes them."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A 28-year-old man and a woman, 31 years old, were hurt.",
        "The mine earns $5 million a year.",
        "The club won a second term.",
        "Prices may fall if drivers march on the capital.",
        "About 1,990 people lost power.",
        "The Sun reported a 3-2 win.",
        "Both men are in their mid-20s.",
        "The Daily Planet was sold.",
        "He edits a daily in Havana.",
        "They joined the annual March for Peace.",
        "She drove a silver 2007 Mitsubishi.",
        'He spoke on ABC\'s "This Week."',
        "Nothing scares today's youth.",
        "Now, let us see.",
        "A trickle soon became a flood.",
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(text: str) -> None:
    """Ages, rates, ordinals, verbs and counts are no times."""
    assert found(text) == []


def test_a_year_told_once_holds_for_the_same_day_later() -> None:
    """A day whose year was given is not moved to the article's year."""
    text = "The attack of March 9, 2011, shook the town. Officials were warned before March 9."
    assert found(text)[-1] == ("March 9", "2011-03-09")


def test_without_a_date_words_stay_open() -> None:
    """Nothing is resolved by today's date."""
    text = "The council met on Friday and will meet again next week."
    for mention in find_times(parse(text), None):
        assert mention.value.start is None


def test_a_chain_with_no_start_is_left_open() -> None:
    """What happened "the following morning" of an untold day is not put after the article's own day."""
    (mention,) = find_times(parse("He was arrested the following morning."), WEDNESDAY)
    assert mention.value.start is None


def test_a_past_event_named_in_a_plan_stays_past() -> None:
    """The shooting on Easter Sunday is older than what police may still find out."""
    text = "Police said it may be tied to the fatal shooting on Easter Sunday."
    assert found(text, Published("2017-01-22"))[-1] == ("Easter Sunday", "2016-03-27")


def test_a_mishap_lies_behind_the_article() -> None:
    """Nobody tells of a shooting weeks ahead: its day without a year is the last one."""
    text = "Two men pleaded guilty to the Nov. 22 shooting."
    assert found(text, Published("2016-10-17")) == [("Nov. 22", "2015-11-22")]


def test_a_comparison_is_no_new_point_to_count_from() -> None:
    """Two figures in a row are compared with the same quarter, not each with the year before the last."""
    text = (
        "Profit rose in the first quarter from $3 million a year ago. Sales rose, too, from $7 million a year earlier."
    )
    assert [value for _, value in found(text)] == ["2016-Q1", "2015-Q1", "2015-Q1"]


def test_what_is_expected_of_a_later_quarter_leaves_the_report_its_own() -> None:
    """The article keeps speaking of the quarter it opened with; nine months are compared with a year."""
    text = (
        "First-quarter profit fell. It expects a charge in the second quarter. Sales rose in the latest quarter. "
        "In the first nine months of the fiscal year it lost $5 million, compared with $2 million in the 2015 period."
    )
    values = [value for _, value in found(text)]
    assert values[:3] == ["2016-Q1", "2016-Q2", "2016-Q1"]
    assert values[-1] == "2015"


def test_a_month_alone_gives_no_weekday() -> None:
    """An article known only by its month leaves its weekdays open."""
    (mention,) = find_times(parse("The council met on Friday."), Published("2016-05", "month"))
    assert mention.value.start is None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
@settings(max_examples=25, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    """Arbitrary Unicode gives ordered, separate spans within the text."""
    last = 0
    for mention in find_times(parse(text), WEDNESDAY):
        assert last <= mention.span.start < mention.span.end <= len(text)
        last = mention.span.end


def test_nights_told_together_are_each_a_night() -> None:
    """ "Monday and Tuesday nights" are two habits of the night."""
    assert ("Monday", "XXXX-WXX-1TNI") in found("The ferry sails on Monday and Tuesday nights.", WEDNESDAY)


def test_another_date_of_the_text_tells_the_order_of_day_and_month() -> None:
    """13/05 shows that 03/04 has its day first, and so does a British host."""
    text = "Born on 03/04/2015 and lost on 13/05/2015, the calf was found."
    assert found(text, None)[0] == ("03/04/2015", "2015-04-03")
    mentions = find_times(parse("She was born on 03/04/2015."), None, "paper.example.co.uk")
    assert [mention.value.timex for mention in mentions] == ["2015-04-03"]
