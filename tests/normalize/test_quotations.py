"""Quotations compared word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.model import Relation, TextValue
from reconcile.normalize.quotations import compare_quotations

LONG = "We will open the valve tonight, and nobody in the lower valley will lose a home"


def compare(a: str, b: str) -> Relation:
    return compare_quotations(TextValue(a), TextValue(b)).relation


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (LONG, LONG.upper() + "!"),
        ("The wall — it held", "The wall, it held."),
        ("It’s an old wall", "It's an old wall"),
    ],
)
def test_same_words_are_equal(a: str, b: str) -> None:
    """Case, punctuation and the shape of apostrophes do not matter."""
    assert compare(a, b) is Relation.EQUAL


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (LONG, "We will open the valve tonight"),
        (LONG, "nobody in the lower valley will lose a home"),
        (LONG, "We will open the valve … and nobody in the lower valley will lose a home"),
        (LONG, "We will open the valve tonight... [nobody] will lose a home"),
    ],
)
def test_shortened_is_finer(a: str, b: str) -> None:
    """A part, or a version shortened with an ellipsis, is the same quotation with fewer words."""
    assert compare(a, b) is Relation.FINER


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (LONG, LONG.replace("We will", "We will not")),
        (LONG, LONG.replace("tonight", "tomorrow")),
        (LONG, LONG.replace("lower valley", "upper valley")),
        ("At least 40 homes stand below the wall", "At least 60 homes stand below the wall"),
        ("We don't trust the wall any more than you do", "We do trust the wall any more than you do"),
    ],
)
def test_changed_sense_differs(a: str, b: str) -> None:
    """A negation, a number or a content word that is another one makes two quotations differ."""
    assert compare(a, b) is Relation.DIFFERS


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("We don't trust the wall", "We do not trust the wall"),
        ("The grey wall by the mill is old", "The gray wall by the mill is old"),
        ("It took five years to build this wall", "It took 5 years to build this wall"),
        ("This wall, you know, is older than the mill", "This wall is older than the mill"),
    ],
)
def test_small_edits_do_not_matter(a: str, b: str) -> None:
    """Contractions, spellings, digits and fillers leave a quotation the same."""
    assert compare(a, b) is Relation.EQUAL


def test_changed_words_are_named() -> None:
    """The reason names what was changed."""
    found = compare_quotations(TextValue(LONG), TextValue(LONG.replace("tonight", "tomorrow")))
    assert '"tonight"' in found.why
    assert '"tomorrow"' in found.why


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (LONG, "The mill has stood here since my grandfather was a boy"),
        ("we will open the valve", "we will go home"),
        ("", "the wall"),
    ],
)
def test_other_passages_never_differ(a: str, b: str) -> None:
    """Quotations with little in common are other passages, not contradictions."""
    assert compare(a, b) is Relation.OVERLAPS


def test_part_without_its_negation() -> None:
    """A part that leaves out the negation before it is not just a shorter version."""
    assert compare("The wall is not going to break", "going to break") is Relation.OVERLAPS


TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80),
    st.lists(
        st.sampled_from(["not", "the", "wall", "…", "[sic]", "don't", "5", "five", "valve", "old", "."]), max_size=12
    ).map(" ".join),
)


@given(TEXTS, TEXTS)
def test_comparison_has_no_sides(a: str, b: str) -> None:
    """Changing sides never changes the relation, whatever the text."""
    assert compare(a, b) is compare(b, a)


@given(TEXTS)
def test_a_quotation_equals_itself(text: str) -> None:
    """Every quotation is equal to itself."""
    assert compare(text, text) is Relation.EQUAL
