"""Sketches: what an article is about, read from its words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.extract.document import parse
from reconcile.extract.sketch import SHINGLE_LIMIT, WORD_LIMIT, shingle_hashes, sketch
from reconcile.extract.times import find_times
from reconcile.model import Excluded, Published, Sketch, Span

TEXT = (
    "BRIGHTHAVEN, Ohio — A 34-year-old man was wounded in the 1300 block of Alder Street at about 9:40 p.m. on Friday, "
    "police said.\n\nGordon Feeney, 34, told officers that two strangers had followed him from Larch Avenue. "
    "A five-year-old girl was not hurt.\n\nMaria Delgado’s shop nearby lost 12,500 dollars on Oct. 3, 2031."
)


@pytest.fixture(scope="module")
def outline() -> Sketch:
    doc = parse(TEXT)
    return sketch(doc, find_times(doc, Published("2031-10-05")), "Man wounded near Alder Street")


def test_people_are_named_in_ascii_lower_case_without_possessive(outline: Sketch) -> None:
    """Names compare whatever their case, accents and endings."""
    assert {"gordon feeney", "maria delgado"} <= set(outline.people)


def test_streets_are_places_without_the_word_for_street(outline: Sketch) -> None:
    """ "Alder Street" and "Alder St." are one place."""
    assert {"alder", "larch"} <= set(outline.places)


def test_a_dateline_in_capitals_is_a_place(outline: Sketch) -> None:
    """The place line is a place, whatever the parser took it for."""
    assert "brighthaven" in outline.places


def test_ages_are_read_in_digits_and_words(outline: Sketch) -> None:
    """A number before "year-old" and one after a name are ages."""
    assert outline.ages == ("34", "5")


def test_clock_times_and_numbers_are_kept_in_one_form(outline: Sketch) -> None:
    """Times are minutes of the day, numbers lose their commas, and years are left to the days."""
    assert {"9:40pm", "1300", "12500", "2"} <= set(outline.numbers)
    assert "2031" not in outline.numbers


def test_days_come_from_the_times_that_name_a_day(outline: Sketch) -> None:
    """A weekday and a date become ISO days."""
    assert outline.days == ("2031-10-03",)


def test_words_are_content_lemmas_with_the_title_counted_in(outline: Sketch) -> None:
    """ "wounded" stands once in the text and once in the title."""
    words = dict(outline.words)
    assert words["wound"] == 2
    assert "the" not in words


def test_excluded_text_leaves_no_trace() -> None:
    """Menus and captions do not say what an article is about."""
    text = "Delgado opened her shop.\nRead also: Feeney wins the Larch Cup"
    at = text.index("Read also")
    outline = sketch(parse(text), (), "", (Excluded(Span(at, len(text)), "link"),))
    assert not {"feeney", "larch", "cup"} & set(dict(outline.words))


def test_a_credit_in_an_excluded_line_still_counts() -> None:
    """A byline is no body text, but it tells whose words follow."""
    text = "By The Associated Press\nThe river rose again on Monday."
    outline = sketch(parse(text), (), "", (Excluded(Span(0, 23), "credit"),))
    assert outline.credits == ("Associated Press",)


def test_words_and_shingles_are_bounded() -> None:
    """A book makes no bigger sketch than an article."""
    text = " ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(2000))
    outline = sketch(parse(text), ())
    assert len(outline.words) <= WORD_LIMIT
    assert len(outline.shingles) == SHINGLE_LIMIT


def test_quoted_words_make_no_shingles() -> None:
    """Two outlets that quote one speech word for word have not copied each other."""
    said = "“We shall rebuild every bridge that the flood has taken from this valley,” she said."
    assert shingle_hashes(said) == ()


def test_shingles_ignore_case_and_punctuation() -> None:
    """A copy with other quotation marks and capitals has the same word runs."""
    left, right = "The river rose again, on Monday morning.", "the River rose again on Monday – morning"
    assert shingle_hashes(left) == shingle_hashes(right) != ()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_makes_a_sketch(text: str, title: str) -> None:
    """No text breaks the sketch, and the same text makes the same one."""
    doc = parse(text)
    assert sketch(doc, (), title) == sketch(doc, (), title)
