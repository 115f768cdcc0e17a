"""The short written form of values, as examples give it, and the normal form, as messages show it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.check.short_values import read_value
from reconcile.model import Kind
from reconcile.normalize.render import value_text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.COUNT, "12"),
        (Kind.COUNT, "at least 12"),
        (Kind.COUNT, "12–15"),
        (Kind.AMOUNT, "2.5"),
        (Kind.DATE, "2031-04-08"),
        (Kind.DATE, "2031-02"),
        (Kind.DATE, "before 2031"),
        (Kind.TIME, "2031-04-08T14:30"),
        (Kind.LOCATION, "Lyon, France"),
        (Kind.PERSON_NAME, "Bridget Oyelaran"),
        (Kind.STATUS, "in custody"),
    ],
)
def test_normal_form_reads_back(kind: Kind, text: str) -> None:
    """What the short form gives, the normal form shows again."""
    assert text == value_text(read_value(kind, text))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.COUNT, "many"),
        (Kind.COUNT, "15..12"),
        (Kind.DATE, "tomorrow"),
        (Kind.DATE, "2031-02-30"),
        (Kind.DURATION, "long"),
        (Kind.DATE, "9999-12-31"),
        (Kind.DATE, "9999"),
    ],
)
def test_what_is_no_value_says_so(kind: Kind, text: str) -> None:
    """A wrong form is a ValueError, whose words reach the editor."""
    with pytest.raises(ValueError, match=r"\w+"):
        read_value(kind, text)


@given(st.sampled_from(list(Kind)), st.text(min_size=1, max_size=40))
def test_any_text_is_a_value_or_a_value_error(kind: Kind, text: str) -> None:
    """No text makes reading fail in another way."""
    try:
        value = read_value(kind, text)
    except ValueError:
        return
    assert isinstance(value_text(value), str)
