"""Markdown's signs are taken out and the words stay."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.ingest.markdown_text import strip_markup


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("The [mayor](https://example.org/m) spoke.", "The mayor spoke."),
        ("The [mayor][1] spoke.\n\n[1]: https://example.org", "The mayor spoke.\n\n"),
        ("![A bridge](b.png)\nIt **fell** on *Sunday*.", "\nIt fell on Sunday."),
        ("## Two dead ##\n\n> “We ran,” she said.", "Two dead\n\n“We ran,” she said."),
        ("One.\n\n***\n\nTwo.", "One.\n\n\n\nTwo."),
        ("Cost: 5 * 3 * 2, file_name_x, 3\\*4.", "Cost: 5 * 3 * 2, file_name_x, 3*4."),
        ("See <https://example.org>. <br>Next <!-- hidden -->line.", "See . Next line."),
        ("- one\n- two", "- one\n- two"),
        ("About [sic] 40 people (some injured) < 50.", "About [sic] 40 people (some injured) < 50."),
    ],
)
def test_only_the_words_stay(markdown: str, words: str) -> None:
    """Links become their words, images go, emphasis and headings lose their marks."""
    assert strip_markup(markdown) == words


@given(text=st.text(alphabet=st.characters(exclude_characters="\\`*_{}[]<>()#+-!|~&")))
def test_plain_text_is_unchanged_but_for_line_ends(text: str) -> None:
    """Text without Markdown's signs keeps every word and line."""
    assert [line.rstrip(" ") for line in strip_markup(text).split("\n")] == [
        line.rstrip(" ") for line in text.split("\n")
    ]


@pytest.mark.parametrize("sign", ["[", "![", "*", "_", "<", "> ", "# ", "\\", "[a](", "<!--"])
def test_a_flood_of_signs_is_read_in_time(sign: str) -> None:
    """Two hundred thousand unpaired signs take no more than seconds."""
    started = time.process_time()
    strip_markup(sign * 200_000)
    assert time.process_time() - started < 10
