"""What is left out of an article's body, and that prose stays in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.extract.body import find_excluded


def reasons(text: str, title: str = "", source: str = "") -> list[tuple[str, str]]:
    return [(e.span.of(text), e.reason) for e in find_excluded(text, title, source)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below", "advertisement"),
        ("Share this story", "share"),
        ("RELATED: Harbour bridge to close for a month", "link"),
        ("Read more about the harbour bridge", "link"),
        ("Click here to see the map", "link"),
        ("Sign up for our morning newsletter", "newsletter"),
        ("Follow us on Facebook and Twitter", "follow"),
        ("By Maria Delgado and Tom Price", "byline"),
        ("Posted: 5:32 PM, Mar 3, 2015", "timestamp"),
        ("Updated: March 3, 2015 at 6:10 PM EST", "timestamp"),
        ("UPDATE (03/04/31 at 4 p.m.):", "timestamp"),
        ("(Published Tuesday, March 4, 2031)", "timestamp"),
        ("Copyright 2015 Harbour Broadcasting. All rights reserved.", "copyright"),
        ("Photo by Ines Roth", "credit"),
        ("newsroom@harbourpost.example", "contact"),
        ("https://harbourpost.example/bridge", "link"),
        ("Please enable JavaScript to see this map", "script"),
        ("1:42 Ferry returns to harbour after repairs", "player"),
    ],
)
def test_boilerplate_lines_go_as_a_whole(line: str, reason: str) -> None:
    """A line that is no body text is excluded from end to end, with its reason."""
    text = f"The bridge closed on Monday.\n{line}\nIt will open in May."
    assert reasons(text) == [(line, reason)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The council said it would share this burden with the province.",
        "By Monday the water had reached the second floor of the school.",
        "Read by a clerk, the letter took four minutes.",
        "He posted bail on March 3, 2015, and left the county jail.",
        "More than 40 people were at the hall when the roof fell.",
        "The officers follow a rule that was written in 1998.",
        "At 9:15 p.m. the ferry turned back.",
        "Police are asking anyone with a photo of the van to call.",
        "She works for Reuters and lives in Lisbon.",
    ],
)
def test_prose_stays(sentence: str) -> None:
    """Sentences that only share words with boilerplate are body text."""
    assert find_excluded(sentence) == ()


def test_credit_in_brackets_leaves_its_caption() -> None:
    """Only the credit goes, not the words before it."""
    text = "Crews search the river on Tuesday. (Photo: Ines Roth/Harbour Post)"
    assert reasons(text) == [("(Photo: Ines Roth/Harbour Post)", "credit")]


def test_agency_credit_in_brackets() -> None:
    """A photographer's name with an agency is a credit."""
    assert reasons("The river on Tuesday. (Ines Roth/Getty Images)") == [("(Ines Roth/Getty Images)", "credit")]


@pytest.mark.parametrize(
    "credit",
    [
        "Harbour Press writer Paul Devon in Lyme contributed to this report.",
        "Ann Brill and Bo Carden contributed reporting.",
        "Andrew Ericks is a Harbour Tribune staff writer.",
        "(James Keim/Harbour Daily News)",
    ],
)
def test_who_wrote_and_photographed_is_no_body(credit: str) -> None:
    """Reporters and photographers who are thanked are no people of the story."""
    text = f"Two men were hurt in Torvale on Monday, police said. {credit}"
    assert reasons(text) == [(credit, "credit")]


def test_copyright_within_one_long_line() -> None:
    """A copyright notice at the end of a one-line text goes up to its last sentence."""
    notice = "Copyright 2016 The Harbour Post. All rights reserved. This material may not be published or rewritten."
    assert reasons(f"The bridge closed on Monday. {notice}") == [(notice, "copyright")]


def test_link_sentence_within_a_line() -> None:
    """A sentence that sends the reader elsewhere goes; its neighbours stay."""
    text = "The bridge closed on Monday. Click here for the map. It will open in May."
    assert reasons(text) == [("Click here for the map.", "link")]


def test_comments_run_to_the_end() -> None:
    """Everything from the comments heading on is the readers'."""
    body = "The bridge closed on Monday. It will open in May, the mayor said.\n"
    assert reasons(body + "3 Comments\nTypical!\nThey said 40 days.") == [
        ("3 Comments\nTypical!\nThey said 40 days.", "comments")
    ]


def test_comments_link_at_the_top_hides_nothing() -> None:
    """A comments link before the body does not swallow the body."""
    text = "Comments\n" + "The bridge closed on Monday, and it will open in May. " * 5
    assert all(e.span.end < 20 for e in find_excluded(text))


def test_first_line_equal_to_the_title_is_the_headline() -> None:
    """The title repeated on top of the text is excluded, whatever its punctuation."""
    assert reasons("Bridge Closes!\nIt closed on Monday.", title="Bridge closes") == [("Bridge Closes!", "headline")]


def test_title_words_later_in_the_text_stay() -> None:
    """Only the first line can be the headline."""
    assert reasons("It closed on Monday.\nBridge closes", title="Bridge closes") == []


def test_outlet_banner() -> None:
    """A line that only names the outlet is its banner."""
    assert reasons("Harbour Post\nThe bridge closed.", source="Harbour Post") == [("Harbour Post", "banner")]


def test_an_article_of_one_line_is_not_its_own_headline() -> None:
    """A text that is no more than its title says is read as the article that it is."""
    line = "The bridge at Marle is closed until Friday."
    assert reasons(line, title=line) == []


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400), st.text(max_size=30))
def test_spans_are_in_the_text_in_order_and_apart(text: str, title: str) -> None:
    """Whatever the text, spans lie inside it, sorted and without overlaps."""
    end = 0
    for excluded in find_excluded(text, title):
        assert end <= excluded.span.start < excluded.span.end <= len(text)
        end = excluded.span.end


@given(
    st.lists(
        st.sampled_from(
            ["Copyright 2015 ", "(Photo: ", "By A B", "\n", "Posted: ", "x@y.z ", "— A (@b) ", "/AP)", ". "]
        )
    )
)
def test_pieces_of_boilerplate_in_any_order(pieces: list[str]) -> None:
    """Broken boilerplate gives spans that lie inside the text, never an error."""
    text = "".join(pieces)
    assert all(0 <= e.span.start < e.span.end <= len(text) for e in find_excluded(text))
