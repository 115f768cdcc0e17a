"""The functions that conditions may call."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.check.conditions import compile_condition, pair_environment
from reconcile.check.function_names import misspelt, same_person
from reconcile.check.function_times import days_between, named_weekday, weekday
from reconcile.check.functions import FUNCTIONS, RuleFunction
from reconcile.check.words import SHIPPED


def test_weekday_of_a_day() -> None:
    """An ISO day has its English weekday; what is no day has none."""
    assert [weekday("2031-04-08"), weekday("2031-02-30"), weekday("April")] == ["Tuesday", "", ""]


def test_named_weekday_is_the_first_in_the_words() -> None:
    """The first weekday named counts, in whatever case; "Sundays" is none."""
    assert [named_weekday("on FRIDAY or Monday"), named_weekday("most Sundays")] == ["Friday", ""]


def test_days_between_is_signed() -> None:
    """Days count forward, backward, and not at all from what is no day."""
    found = [days_between("2031-04-08", "2031-04-10"), days_between("2031-04-10", "2031-04-08"), days_between("", "x")]
    assert found == [2.0, -2.0, 0.0]


@pytest.mark.parametrize(
    ("left", "right", "same", "wrong"),
    [
        ("Bridget Oyelaran", "Oyelaran", True, False),
        ("Joseph Tanner", "Joe Tanner", True, False),
        ("Bridget Oyelaran", "Bridgit Oyellaran", False, True),
        ("Marlow Adams", "Adams Marlow", False, True),
        ("Bridget Oyelaran", "Adam Marlowe", False, False),
        ("", "Adam Marlowe", False, False),
    ],
)
def test_names(left: str, right: str, same: bool, wrong: bool) -> None:
    """Two forms of one name are one person; nearly the same letters are a misspelling, and other names neither."""
    assert (same_person(left, right), misspelt(left, right)) == (same, wrong)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("within(40.0, 43.0, 3.0)", True),
        ("within(40.0, 44.0, 3.0)", False),
        ("within_percent(100.0, 95.0, 5.0)", True),
        ("within_percent(100.0, 94.0, 5.0)", False),
        ('within(convert(5.0, "mile", "kilometre"), 8.0, 0.1)', True),
        ('within(convert(5.0, "mile", "dollar"), 8.0, 1000.0)', False),
        ('hours_between("2031-04-08T09:00", "2031-04-08T13:30") == 4.5', True),
        ('hours_between("2031-04-08", "2031-04-09") == 0.0', True),
        ('before("2031-03", "2031-04-08")', True),
        ('before("2031-04", "2031-04-08")', False),
        ('before("2031-04-08T09:00", "2031-04-08T09:01")', True),
        ('before("", "2031-04-08")', False),
        ('year("2031-04") == 2031.0', True),
        ('named_year("the first since 2022") == 2022.0', True),
        ('named_year("12022 people") == 0.0', True),
        ('same_person("person:jane roe", "Jane Roe")', True),
        ('named("Jane Roe") && named("the Interior Ministry")', True),
        ('named("officials") || named("")', False),
        ('hedged("the alleged thief")', True),
        ('hedged("the thief")', False),
        ('tells_new_post("Roe, who was sworn in on Monday, declined")', True),
        ('tells_new_post("Roe declined to comment")', False),
        ('tells_revision("The toll was revised to nine")', True),
        ('tells_revision("Nine people died")', False),
        ('tells_of_part("Two others were hurt")', True),
        ('tells_of_part("One of them was hurt")', True),
        ('tells_of_part("Four men and two women were hurt")', True),
        ('tells_of_part("\\"Nine people,\\" he said")', True),
        ('tells_of_part("Nine people were hurt on Tuesday")', False),
        ('has_words("The Death-toll rose, again", "rose again")', True),
        ('has_words("roses again", "rose again")', False),
        ('has_words("anything", "")', False),
        ('same_place("Lyon, France", "Lyon")', True),
        ('same_place("Lyon, France", "Nantes, France")', False),
        ('lies_in("Lyon, France", "France") && lies_in("Paris", "France")', True),
        ('lies_in("France", "Lyon")', False),
        ('same_role("finance minister", "minister of finance")', True),
        ('exclusive_posts("finance minister", "foreign minister")', True),
        ('exclusive_posts("finance minister", "father")', False),
        ('exclusive_states("in custody", "at large")', True),
        ('exclusive_states("in custody", "arrested")', False),
        ('event_of("wound") == "injure"', True),
        ('same_event("wound", "hurt")', True),
        ('same_event("wound", "sing") || same_event("", "")', False),
        ('same_publisher("AP", "Associated Press")', True),
        ('same_publisher("Herald", "Courier")', False),
    ],
)
def test_what_functions_answer(condition: str, holds: bool) -> None:
    """Each function answers as its documentation says, called from a condition."""
    assert compile_condition(condition, pair_environment()).holds({}) is holds


_DRAWN = {"string": st.text(max_size=30), "double": st.floats()}


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_functions_answer_for_any_text(function: RuleFunction, data: st.DataObject) -> None:
    """No text makes a function fail, since a condition may hand it any words of an article."""
    arguments = [data.draw(_DRAWN[type_]) for _, type_ in function.parameters]
    words = (SHIPPED,) if function.asks_words else ()
    assert isinstance(
        function.call(*words, *arguments), {"string": str, "double": float, "bool": bool}[function.result]
    )
