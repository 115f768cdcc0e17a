"""Wordings side by side: what one outlet has that the other has not is marked, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from reconcile.report.differences import differing


def marked(words: str, *others: str) -> list[str]:
    """The runs that are marked."""
    return [run.strip() for run, differs in differing(words, others) if differs]


def test_other_words_are_marked() -> None:
    """Only the words that the other wording lacks are marked, whatever their case and punctuation."""
    assert marked("We will rebuild the old harbour by spring.", "we will rebuild the harbour by autumn") == [
        "old",
        "spring.",
    ]


def test_the_nearest_wording_counts() -> None:
    """Of several other wordings the one that shares most is compared with."""
    assert marked("the bridge stays open today", "nothing of the sort here", "The bridge stays closed today") == [
        "open"
    ]


def test_same_and_wholly_other_words_are_left() -> None:
    """Where nothing or everything differs there is nothing to point at."""
    assert differing("the bridge is open", ["The bridge is open!"]) == ()
    assert differing("the bridge is open", ["no trains ran anywhere"]) == ()


@given(st.text(), st.lists(st.text(), max_size=3))
def test_runs_are_the_words(words: str, others: list[str]) -> None:
    """The runs put together are the words as they were."""
    runs = differing(words, others)
    assert not runs or "".join(run for run, _ in runs) == words
