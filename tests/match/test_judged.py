"""What reviewers decided about claims holds in matching, however often the articles are read again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from reconcile.extract.reader import read
from reconcile.match.evidence import evidence_of
from reconcile.match.facts import match_facts
from reconcile.match.judged import NOTHING, Judged
from reconcile.model import (
    Act,
    Article,
    Claim,
    Correction,
    Decision,
    Evidence,
    Fact,
    Judgement,
    Kind,
    NumberValue,
    Published,
    Reading,
    Story,
)

HERALD = "A fire in the harbour of Larvik killed 12 people on Sunday, the mayor said."
TRIBUNE = "The mayor said the fire in the harbour of Larvik killed 15 people on Sunday."


def _article(id_: str, text: str) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(id_, f"The {id_.title()}", "Fire in Larvik", text, digest, published=Published("2024-03-04"))


ARTICLES = {id_: _article(id_, text) for id_, text in (("herald", HERALD), ("tribune", TRIBUNE))}
READINGS = tuple(read(article) for article in ARTICLES.values())
STORY = Story("s", tuple(ARTICLES))


def _facts(judged: Judged = NOTHING, readings: tuple[Reading, ...] = READINGS) -> tuple[Fact, ...]:
    corrected = [judged.correct(reading, ARTICLES[reading.article]) for reading in readings]
    return match_facts(STORY, corrected, ARTICLES, judged)


def _count(article: str, readings: tuple[Reading, ...] = READINGS) -> Claim:
    return next(c for r in readings for c in r.claims if c.article == article and c.kind is Kind.COUNT)


def _evidence(article: str) -> Evidence:
    return evidence_of(_count(article), ARTICLES[article].source)


def _decision(decision: Decision, *groups: tuple[Evidence, ...], number: int = 1) -> Judgement:
    now = datetime(2024, 3, 5, tzinfo=UTC)
    return Judgement(number, f"j{number}", "case", Act.DECIDE, "ann", now, decision, groups=groups)


def _together(facts: tuple[Fact, ...]) -> bool:
    """Whether one fact holds both outlets' counts."""
    return any({c.article for c in fact.claims} == {"herald", "tribune"} for fact in facts if fact.kind is Kind.COUNT)


def test_counts_of_one_fire_are_one_fact_by_themselves() -> None:
    """Without any decision the two tolls answer one question."""
    assert _together(_facts())


def test_what_was_held_apart_stays_apart() -> None:
    """After "not the same fact" the two tolls are two facts."""
    apart = _decision(Decision.NOT_SAME_FACT, (_evidence("herald"),), (_evidence("tribune"),))
    assert not _together(_facts(Judged.of([apart])))


def test_later_decision_counts_more() -> None:
    """ "Same fact" after "not the same fact" joins them again, with a link that says why."""
    pair = (_evidence("herald"), _evidence("tribune"))
    apart = _decision(Decision.NOT_SAME_FACT, pair[:1], pair[1:])
    same = _decision(Decision.SAME_FACT, pair, number=2)
    facts = _facts(Judged.of([apart, same]))
    assert _together(facts)
    assert any(f.name == "judged" for fact in facts for link in fact.links for f in link.features)


def test_decision_holds_when_the_words_are_read_with_other_ids() -> None:
    """Another extraction gives claims other ids; the decision is about what they say."""
    apart = _decision(Decision.NOT_SAME_FACT, (_evidence("herald"),), (_evidence("tribune"),))
    again = tuple(
        replace(r, extractor="other", claims=tuple(replace(c, id=f"new-{c.id}") for c in r.claims)) for r in READINGS
    )
    assert not _together(_facts(Judged.of([apart]), again))


def test_unlike_claims_are_joined_where_a_reviewer_says_so() -> None:
    """A reviewer may join what matching would not: a count of one outlet with another count of the other."""
    text = "A bakery in Graz sold 340 loaves in May. Its owner sings."
    other = _article("tribune", text)
    readings = (READINGS[0], read(other))
    articles = ARTICLES | {"tribune": other}
    counted = next(c for c in readings[1].claims if c.kind is Kind.COUNT)
    same = _decision(Decision.SAME_FACT, (_evidence("herald"), evidence_of(counted, other.source)))
    assert not _together(match_facts(STORY, readings, articles))
    assert _together(match_facts(STORY, readings, articles, Judged.of([same])))


def test_claim_that_is_none_is_left_out() -> None:
    """A misread claim without a right value is gone from later readings, and only that one."""
    wrong = replace(_decision(Decision.WRONG_EXTRACTION), corrections=(Correction(_evidence("herald")),))
    before, after = READINGS[0], Judged.of([wrong]).correct(READINGS[0], ARTICLES["herald"])
    assert {c.id for c in before.claims} - {c.id for c in after.claims} == {_count("herald").id}


def test_misread_claim_gets_its_right_value_and_words() -> None:
    """The corrected claim stands at the right words and is sure."""
    right = Correction(_evidence("herald"), "12 people", NumberValue(13, 13, noun="person"))
    wrong = replace(_decision(Decision.WRONG_EXTRACTION), corrections=(right,))
    after = Judged.of([wrong]).correct(READINGS[0], ARTICLES["herald"])
    claim = _count("herald", (after,))
    assert (claim.value, claim.text, claim.span.of(HERALD)) == (right.value, "12 people", "12 people")
    assert (claim.confidence, claim.id != _count("herald").id) == (1.0, True)


def test_same_value_elsewhere_is_not_corrected() -> None:
    """A correction is of one outlet's sentence: the other outlet's claim of the same value stays."""
    other = Correction(replace(_evidence("herald"), source="The Courier"))
    wrong = replace(_decision(Decision.WRONG_EXTRACTION), corrections=(other,))
    assert Judged.of([wrong]).correct(READINGS[0], ARTICLES["herald"]) == READINGS[0]
