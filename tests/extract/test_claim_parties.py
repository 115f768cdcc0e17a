"""Which body or group did something: whatever the verb, with "by" and "with", for offices told in the plural."""

import hashlib

import pytest

from reconcile.extract.reader import read
from reconcile.model import Article, Kind, NameValue, Published


def parties_of(text: str) -> set[tuple[str, str]]:
    """Name and slot of each participant in a text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article("a", "Herald", "A title", text, digest, published=Published("2031-04-09"))
    claims = (claim for claim in read(article).claims if claim.kind is Kind.PARTICIPANT)
    return {(claim.value.full, claim.about.slot) for claim in claims if isinstance(claim.value, NameValue)}


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The Treasury Department announced the ruling on Thursday.", ("Treasury Department", "party to announce")),
        ("The bill was rejected by House Democrats.", ("House Democrats", "party to vote")),
        ("Some Republicans criticized the plan.", ("Republicans", "party to criticize")),
        ("Several Democratic senators criticized the plan.", ("Democratic senators", "party to criticize")),
        (
            "The Senate Intelligence Committee issued two subpoenas.",
            ("Senate Intelligence Committee", "party to investigate"),
        ),
    ],
)
def test_what_a_body_or_group_does_is_claimed(text: str, party: tuple[str, str]) -> None:
    """The party is named without the words that tell how many of it, for the class of what it does."""
    assert party in parties_of(text)


def test_who_only_speaks_takes_no_part() -> None:
    """A body that says something is a speaker and no participant."""
    assert not parties_of("The Treasury Department said on Thursday that the ruling stands.")
