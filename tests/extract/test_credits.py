"""Credits and citations: whose words an article carries, and which outlets it leans on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.extract.credits import find_cites, find_credits


@pytest.mark.parametrize(
    "text",
    [
        "MILLBROOK, Utah (AP) — A dam broke on Tuesday.",
        "By The Associated Press\nA dam broke on Tuesday.",
        "A dam broke on Tuesday.\n\nCopyright 2031 The Associated Press. All rights reserved.",
        "A dam broke on Tuesday.\n\nThe Associated Press contributed to this report.",
        "A dam broke on Tuesday.\n\n(AP)",
        "By Orla Finch, Associated Press\nA dam broke on Tuesday.",
    ],
)
def test_an_agency_credit_is_found(text: str) -> None:
    """Datelines, bylines, copyright lines and contributions credit an agency."""
    assert find_credits(text) == ("Associated Press",)


@pytest.mark.parametrize(
    "text",
    [
        "She told The Associated Press that the dam had leaked for years, and nobody came to look at it.",
        "The AP course in chemistry starts in May.",
        "A dam broke on Tuesday.",
        "",
    ],
)
def test_naming_an_agency_is_no_credit(text: str) -> None:
    """An agency that is quoted did not write the article."""
    assert find_credits(text) == ()


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("The dam had leaked for years, KXYZ-TV reports.", "KXYZ"),
        ("The dam had leaked for years, according to the Millbrook Gazette.", "Millbrook Gazette"),
        ("The engineer told Reuters that it had leaked.", "Reuters"),
        ("It had leaked, CBS affiliate KXYZ reported.", "KXYZ"),
        ("The Millbrook Gazette reported that the dam had leaked.", "Millbrook Gazette"),
    ],
)
def test_a_quoted_outlet_is_found(text: str, outlet: str) -> None:
    """Another outlet named as the source of what is said is a citation."""
    assert find_cites(text) == (outlet,)


@pytest.mark.parametrize(
    "text",
    ["The wind told on the dam.", "Police said that the dam broke.", "The Post Office on Times Square closed.", ""],
)
def test_other_words_cite_no_outlet(text: str) -> None:
    """Words that end like an outlet's name are no outlet without a word for borrowing."""
    assert find_cites(text) == ()


@given(st.text())
def test_any_text_is_searched(text: str) -> None:
    """No text breaks the search."""
    assert isinstance(find_credits(text) + find_cites(text), tuple)
