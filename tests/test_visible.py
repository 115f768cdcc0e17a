"""Words from outside reach terminals, pages and programs without signs that hide or reorder them."""

import json

from hypothesis import given
from hypothesis import strategies as st

from reconcile.visible import shown, to_json, visible

DECEPTIVE = "\x1b\x9b\x7f\u00ad\u200b\u200e\u202e\u2066\ufeff"
UNICODE = st.text(st.characters())


def test_deceptive_signs_are_spelt_out() -> None:
    """Each sign that hides or reorders words, or commands a terminal, is shown as its code point."""
    assert visible("a\x1b[2J\u202eb") == "a⟨U+001B⟩[2J⟨U+202E⟩b"
    assert not set(DECEPTIVE) & set(visible(DECEPTIVE))


def test_joiners_and_line_ends_stay() -> None:
    """Signs that scripts and emoji need, and the text's own lines, are left alone."""
    assert visible("می\u200cخواهم\n\t👩\u200d🚒") == "می\u200cخواهم\n\t👩\u200d🚒"


def test_a_name_stays_on_one_short_line() -> None:
    """A name with a line end in it is printed on one line and cut to its limit."""
    assert shown("a\nb\x9b" + "c" * 500, 12) == "a\\nb\\x9bccccccc…"


@given(UNICODE)
def test_json_says_the_same_without_the_signs(text: str) -> None:
    """A program reads back exactly the text, and a terminal never sees a sign of it that commands or reorders."""
    written = to_json({"text": text})
    assert json.loads(written) == {"text": text}
    assert not {sign for sign in DECEPTIVE if sign in written}
    written.encode("utf-8")
