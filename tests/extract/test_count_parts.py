"""What becomes of those whom a number counts: one slot for one count, however it is worded."""

import hashlib

import pytest

from reconcile.extract.reader import read
from reconcile.model import Article, Claim, Kind, NumberValue, Published


def counts_of(text: str) -> list[Claim]:
    """The counts of a text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article("a", "Herald", "A title", text, digest, published=Published("2031-04-09"))
    return [claim for claim in read(article).claims if claim.kind is Kind.COUNT]


def slot_of(text: str, number: int) -> tuple[str, str]:
    """The slot and the event of the first count of some number."""
    for claim in counts_of(text):
        if isinstance(claim.value, NumberValue) and claim.value.low == number:
            return claim.about.slot, claim.about.event
    return "", ""


@pytest.mark.parametrize(
    "text",
    [
        "Four people were killed in the blast in Port Ellis.",
        "The blast in Port Ellis killed four people.",
        "Four people died in Port Ellis on Monday.",
        "The blast left four people dead, police said.",
        "Police confirmed the deaths of four people.",
        "Four were shot and killed at the harbour, police said.",
        "The storm caused four deaths along the coast.",
    ],
)
def test_the_dead_are_counted_under_one_slot(text: str) -> None:
    """ "Killed", "died", "left dead" and "deaths" count the same."""
    assert slot_of(text, 4) == ("number of people: killed", "kill")


@pytest.mark.parametrize(
    "text",
    [
        "Three gunmen opened fire outside the theatre.",
        "Three men fired into the crowd and fled.",
        "The crowd was attacked by three men.",
        "Officers are looking for three suspects.",
        "Three men walked in and opened fire.",
        "Three men shot him outside the theatre.",
    ],
)
def test_attackers_are_counted_under_one_slot(text: str) -> None:
    """Those who shoot are another count than those who are shot."""
    assert slot_of(text, 3) == ("number of people: attacking", "attack")


@pytest.mark.parametrize(
    "text",
    [
        "Five people are in custody, police said.",
        "Police have five men in custody.",
        "Police arrested five people on Monday.",
        "Five men were taken into custody at the harbour.",
    ],
)
def test_the_arrested_are_counted_under_one_slot(text: str) -> None:
    """ "In custody" and "arrested" count the same."""
    assert slot_of(text, 5) == ("number of people: held", "arrest")


def test_men_who_were_shot_are_no_attackers() -> None:
    """A passive verb tells of those it happens to."""
    assert slot_of("Six men were shot outside the theatre.", 6) == ("number of people: shot", "shoot")


def test_women_keep_a_slot_of_their_own() -> None:
    """A count of women is no count of people."""
    assert slot_of("Two women were wounded in the attack.", 2) == ("number of women: wounded", "injure")


def test_shots_fired_are_told_from_shots_that_hit() -> None:
    """How often somebody was hit is another question than how often somebody fired."""
    assert slot_of("Twelve shots were fired outside the theatre.", 12)[0] == "number of shot: fired"
    assert slot_of("He was shot seven times in the back.", 7)[0] == "number of shot: hitting"
    assert slot_of("The boy was hit by seven bullets.", 7)[0] == "number of shot: hitting"


def test_a_shot_is_no_victim() -> None:
    """What is fired is not taken for somebody who is shot."""
    assert not [claim for claim in counts_of("Police say he shot a round into the wall.") if claim.text == "a round"]


def test_joined_counts_of_people_are_added_up() -> None:
    """ "Two men and three women" are five people; cars are no people."""
    assert slot_of("Police arrested two men and three women.", 5) == ("number of people: held", "arrest")
    assert slot_of("A man and two women were shot in Port Ellis.", 3) == ("number of people: shot", "shoot")
    assert slot_of("Police seized two cars and three guns.", 5) == ("", "")


def test_a_sex_beside_the_number_is_what_is_counted() -> None:
    """ "Four male and three female victims" counts females, not victims."""
    assert slot_of("The bullets hit four male and three female victims.", 3)[0] == "number of women: shot"


@pytest.mark.parametrize(
    "text", ["A 17-year-old was shot and killed on Friday.", "Police look into the death of a 17-year-old."]
)
def test_somebody_known_by_age_alone_is_one(text: str) -> None:
    """ "A 17-year-old" who is killed is one."""
    assert slot_of(text, 1) == ("number of people: killed", "kill")
