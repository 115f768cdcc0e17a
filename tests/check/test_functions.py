"""The functions that conditions may call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.check.function_names import misspelt, same_person
from reconcile.check.function_times import days_between, named_weekday, weekday
from reconcile.check.functions import FUNCTIONS
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


@given(st.data())
def test_functions_answer_for_any_text(data: st.DataObject) -> None:
    """No text makes a function fail, since a condition may hand it any words of an article."""
    for function in FUNCTIONS:
        drawn = {"string": st.text(max_size=30), "double": st.floats()}
        arguments = [data.draw(drawn[type_]) for _, type_ in function.parameters]
        result = {"string": str, "double": float, "bool": bool}[function.result]
        words = (SHIPPED,) if function.asks_words else ()
        assert isinstance(function.call(*words, *arguments), result)
