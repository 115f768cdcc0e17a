"""Quotation marks of every kind, closed or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.extract.quotes import QuoteIndex, find_quotes
from reconcile.model import Span


def quoted(text: str) -> list[str]:
    return [q.span.of(text) for q in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “the dam will hold” and left.", ["“the dam will hold”"]),
        ('He said "the dam will hold" and left.', ['"the dam will hold"']),
        ("He said ``the dam will hold'' and left.", ["``the dam will hold''"]),
        ("He said ''the dam will hold'' and left.", ["''the dam will hold''"]),
        ("He said «the dam will hold» and left.", ["«the dam will hold»"]),
        ("“It's the ’90s dam,” he said.", ["“It's the ’90s dam,”"]),
        ("“They call it “the wall” here,” she said.", ["“They call it “the wall” here,”"]),
        ('He read "one" and "two" aloud.', ['"one"', '"two"']),
        ('The 6" pipe and the 8" pipe burst.', []),
        ("‘The dam will hold until spring,’ he said.", ["‘The dam will hold until spring,’"]),
        ("'The dam will hold until spring,' he said.", ["'The dam will hold until spring,'"]),
        ("The voters' dam, built in '53, was the miners' pride.", []),
        ("”Wrong way round” is how it was typed.", ["”Wrong way round”"]),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    """Each kind of mark opens and closes as it stands; apostrophes and inches do not."""
    assert quoted(text) == expected


def test_unclosed_paragraph_continues() -> None:
    """A paragraph that opens with a mark and does not close it is quoted to its end, and says that it goes on."""
    text = "“The dam will hold.\n“It held in 1953.”"
    first, second = find_quotes(text)
    assert (first.span.of(text), first.continues) == ("“The dam will hold.", True)
    assert (second.span.of(text), second.continues) == ("“It held in 1953.”", False)


def test_stray_mark_in_prose_opens_nothing() -> None:
    """A mark in the middle of a sentence that is never closed is stray."""
    assert quoted("The so “called wall held.") == []


def test_index_finds_what_overlaps() -> None:
    """The index gives the quotations that share a character with a span."""
    index = QuoteIndex(find_quotes('"one two three four" and "five"'))
    assert len(index.overlapping(Span(0, 40))) == 2
    assert index.overlapping(Span(21, 24)) == ()
    assert index.speaks(Span(1, 4))
    assert not index.speaks(Span(26, 28))


@given(st.text(alphabet=st.sampled_from("“”‘’\"'`«»„,. \nabÀЖ5"), max_size=300))
def test_quotes_are_in_the_text_in_order_and_apart(text: str) -> None:
    """Whatever the marks, quotations lie inside one line, in order, without overlaps."""
    end = 0
    for quote in find_quotes(text):
        assert end <= quote.span.start < quote.span.end <= len(text)
        assert "\n" not in quote.span.of(text)
        end = quote.span.end
