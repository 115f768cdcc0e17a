"""What a revision of an article changed in what it claims."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from reconcile.model import Claim, Reading
from reconcile.normalize.render import value_label


@dataclass(frozen=True, slots=True)
class Correction:
    """What an article now gives for one question, and what its text before gave; both are sorted values in words."""

    article: str
    question: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def find_corrections(before: Reading, after: Reading) -> tuple[Correction, ...]:
    """The questions that both texts answer, and answer otherwise, by question.

    What only one of them speaks of is no correction: a text grows and is shortened all the time.
    """
    then, now = _answers(before), _answers(after)
    return tuple(
        Correction(after.article, question, tuple(sorted(then[key])), tuple(sorted(now[key])))
        for key in sorted(then.keys() & now.keys())
        if then[key] != now[key]
        for question in [key[1]]
    )


def _answers(reading: Reading) -> dict[tuple[str, str, str], set[str]]:
    """The values given for each question, told apart by whom it is about."""
    found: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for claim in reading.claims:
        if claim.about.slot:
            found[_question(claim)].add(value_label(claim.value))
    return dict(found)


def _question(claim: Claim) -> tuple[str, str, str]:
    return claim.kind.value, claim.about.slot, claim.about.subject or ""
