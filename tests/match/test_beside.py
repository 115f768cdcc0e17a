"""The words and values beside a value: what they tell of the question it answers."""

from __future__ import annotations

import hashlib

import pytest

from reconcile.extract.reader import read
from reconcile.match.beside import (
    are_kindred,
    are_of_two_sexes,
    counts_remainder,
    edge_of,
    is_day_of_speaking,
)
from reconcile.match.companions import find_companions
from reconcile.model import Article, Claim, Kind, Published


def claims(text: str, name: str = "a") -> tuple[Claim, ...]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return read(Article(name, "Herald", "", text, digest, published=Published("2031-04-10"))).claims


def only(text: str, kind: Kind) -> Claim:
    return next(claim for claim in claims(text) if claim.kind is kind)


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("She has led the museum since 2024.", "begin"),
        ("The bridge stays closed until Friday.", "end"),
        ("The bridge was closed on Friday.", ""),
    ],
)
def test_word_before_a_time_tells_what_it_is(text: str, edge: str) -> None:
    """A beginning and an end are told from the time itself by the word before."""
    assert edge_of(only(text, Kind.DATE)) == edge


def test_day_after_a_verb_of_reporting_is_one_of_speaking() -> None:
    """In "police said Monday" the day is not that of the fire."""
    assert is_day_of_speaking(only("Police said Monday that a fire destroyed the mill.", Kind.DATE))
    assert not is_day_of_speaking(only("A fire destroyed the mill on Monday.", Kind.DATE))


def test_four_others_leave_somebody_out() -> None:
    """Those counted beside somebody are not all."""
    assert counts_remainder(only("The blast injured four others.", Kind.COUNT))
    assert not counts_remainder(only("The blast injured four people.", Kind.COUNT))


def test_people_may_be_victims_but_men_are_no_women() -> None:
    """Kindred nouns may count the same; nouns of two sexes never do."""
    assert are_kindred(frozenset({"people"}), frozenset({"victim"}))
    assert not are_kindred(frozenset({"man"}), frozenset({"woman"}))
    assert are_of_two_sexes(frozenset({"man"}), frozenset({"woman"}))
    assert not are_of_two_sexes(frozenset({"man"}), frozenset({"people"}))


def test_companions_are_what_else_a_sentence_gives() -> None:
    """The same age beside two values ties them; another sentence's values do not."""
    text = "Ada Brunn, 44, won 312 votes on Sunday. The mayor spoke for 17 minutes."
    digest = hashlib.sha256(text.encode()).hexdigest()
    reading = read(Article("a", "Herald", "", text, digest, published=Published("2031-04-10")))
    companions = find_companions([reading])
    name = next(claim for claim in reading.claims if claim.kind is Kind.PERSON_NAME)
    assert any(key.startswith("age") for key in companions[name.id])
    assert not any("17" in key for key in companions[name.id])
