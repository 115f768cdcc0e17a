"""What a day's clause denies or plans, and what of it the day is told of."""

import hashlib

from reconcile.extract.reader import read
from reconcile.model import Article, Claim, Kind, Published


def day(text: str, words: str) -> Claim:
    """The claim of a date at some words of an article of 9 April 2031."""
    article = Article("a", "o", "", text, hashlib.sha256(text.encode()).hexdigest(), published=Published("2031-04-09"))
    return next(claim for claim in read(article).claims if claim.kind is Kind.DATE and claim.text == words)


def test_a_denial_does_not_reach_the_day_of_another_event() -> None:
    """What was not told at the meeting is denied; that the raid was on March 14 is not."""
    told = day("The minister did not say what he knew of the March 14 raid on the harbour.", "March 14")
    assert (told.about.event, told.polarity) == ("attack", "positive")


def test_a_denied_event_keeps_its_denial() -> None:
    """ "Did not meet on Monday" denies the meeting of that day."""
    assert day("The two ministers did not meet on Monday, a spokeswoman said.", "Monday").polarity == "negative"


def test_an_event_of_the_past_is_done_whatever_is_planned_now() -> None:
    """A visit may be planned; the raid before it took place."""
    told = day("The minister will visit families of those hurt in the March 14 raid on the harbour.", "March 14")
    assert told.modality == "done"
