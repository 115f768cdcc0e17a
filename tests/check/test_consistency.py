"""Consistency rules: claims of several slots that must fit together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reconcile.check.consistency import MAX_COMBINATIONS
from reconcile.check.evaluate import check
from reconcile.check.schema import Pack
from reconcile.model import Finding, Kind, Problem, Verdict


def consistency(scenery: Any, pack: Pack, *facts: Any) -> tuple[list[Finding], tuple[Problem, ...]]:
    findings, problems = check(facts, scenery.claims, scenery.articles, {}, scenery.story(), pack)
    rules = {rule.id for rule in pack.consistency()}
    return [finding for finding in findings if finding.rule in rules], problems


def test_two_leaders_of_one_delegation(scenery: Any, shipped: Pack) -> None:
    """Two outlets that name two heads of one delegation contradict each other."""
    scenery.claim("Herald", Kind.LEADER, "Adam Marlowe", head="norwegian delegation")
    scenery.claim("Courier", Kind.LEADER, "Bridget Oyelaran", head="norwegian delegation")
    (finding,), _ = consistency(scenery, shipped)
    assert (finding.rule, finding.verdict, len(finding.claims)) == ("one-leader", Verdict.CONTRADICTION, 2)
    assert "norwegian delegation" in finding.summary


def test_what_one_fact_settles_is_not_told_twice(scenery: Any, shipped: Pack) -> None:
    """Where a same-slot rule calls the fact a contradiction already, consistency keeps silent."""
    scenery.claim("Herald", Kind.LEADER, "Adam Marlowe", head="norwegian delegation")
    scenery.claim("Courier", Kind.LEADER, "Bridget Oyelaran", head="norwegian delegation")
    found, _ = consistency(scenery, shipped, scenery.fact())
    assert found == []


def test_repeated_mentions_make_one_finding(scenery: Any, shipped: Pack) -> None:
    """However often an article repeats its two ages of one person, it is one finding with all the places."""
    for value in ("39", "36", "39"):
        scenery.claim("Herald", Kind.AGE, value, subject="person:jane roe")
    (finding,), _ = consistency(scenery, shipped)
    assert (finding.rule, len(finding.claims)) == ("one-age", 3)
    assert finding.summary == "Herald seems to give Jane Roe two ages: 39 and 36."


def test_wrong_weekday(scenery: Any, shipped: Pack) -> None:
    """A weekday that its full date contradicts is told with the right one."""
    scenery.claim("Herald", Kind.DATE, "2031-04-08", text="Friday, April 8, 2031")
    (finding,), _ = consistency(scenery, shipped)
    assert finding.summary == 'Herald writes "Friday, April 8, 2031", but that day was a Tuesday.'


def test_sums_within_one_article_only(scenery: Any, shipped: Pack) -> None:
    """Killed and wounded of one outlet are not added up to the total of another."""
    scenery.claim("Herald", Kind.COUNT, "9", head="person", event="shoot")
    scenery.claim("Courier", Kind.COUNT, "3", head="person", event="kill")
    scenery.claim("Courier", Kind.COUNT, "5", head="person", event="injure")
    assert consistency(scenery, shipped)[0] == []


OPEN = """\
format: 1
rules:
  - id: ages-apart
    family: consistency
    title: Ages far apart
    about: Only for this test.
    scope: article
    select:
      first: {kinds: age}
      second: {kinds: age}
    when: CONDITION
    verdict: undecided
    message: "{values}"
    examples:
      - expect: undecided
        claims: [{source: A, kind: age, value: 9, subject: x}, {source: A, kind: age, value: 80, subject: x}]
      - expect: none
        claims: [{source: A, kind: age, value: 79, subject: x}, {source: A, kind: age, value: 80, subject: x}]
"""


def many_ages(scenery: Any) -> None:
    for index in range(int(MAX_COMBINATIONS**0.5) + 2):
        scenery.claim("Herald", Kind.AGE, str(20 + index % 50), subject=f"person:number {index}")


def test_work_is_bounded_and_told(scenery: Any, pack_of: Callable[[str], Pack]) -> None:
    """A rule stops after so many combinations and says so."""
    many_ages(scenery)
    found, problems = consistency(scenery, pack_of(OPEN.replace("CONDITION", "first.low > second.low + 60.0")))
    assert found == []
    assert [problem.where for problem in problems] == ["rule ages-apart"]
    assert "stopped after 50,000 combinations" in problems[0].message
    assert "same: [subject]" in problems[0].cure


@pytest.mark.parametrize(
    "joined",
    [
        "when: first.low > second.low + 60.0 && first.subject == second.subject",
        "same: [subject]\n    when: first.low > second.low + 60.0",
    ],
)
def test_what_claims_share_is_looked_up(scenery: Any, pack_of: Callable[[str], Pack], joined: str) -> None:
    """Where claims must have something in common, only those that have it are brought together."""
    many_ages(scenery)
    scenery.claim("Herald", Kind.AGE, "99", subject="person:number 0")
    (finding,), problems = consistency(scenery, pack_of(OPEN.replace("when: CONDITION", joined)))
    assert (len(finding.claims), problems) == (2, ())


def test_unknown_is_not_the_same_as_unknown(scenery: Any, pack_of: Callable[[str], Pack]) -> None:
    """Claims that both lack a subject do not have it in common."""
    scenery.claim("Herald", Kind.AGE, "9")
    scenery.claim("Herald", Kind.AGE, "80")
    same = pack_of(OPEN.replace("when: CONDITION", "same: [subject]\n    when: first.low > second.low + 60.0"))
    assert consistency(scenery, same) == ([], ())


def test_a_rule_that_fails_on_some_claims_judges_the_others(scenery: Any, pack_of: Callable[[str], Pack]) -> None:
    """What a condition cannot answer is told with the rule and the claims, and the other claims are judged."""
    for words in ("9", "80", "eighty"):
        scenery.claim("Herald", Kind.AGE, "80" if words == "eighty" else words, subject="x", text=words)
    condition = "double(first.text) > 60.0 && double(second.text) < 10.0"
    found, problems = consistency(scenery, pack_of(OPEN.replace("CONDITION", condition)))
    assert [len(finding.claims) for finding in found] == [2]
    assert [problem.where for problem in problems] == ["rule ages-apart"]
    assert 'failed on the claims "80" (c1) and "eighty" (c2): ' in problems[0].message
    assert problems[0].message.endswith("; and on 1 more")


def test_groups_compare_with_each_other(scenery: Any, pack_of: Callable[[str], Pack]) -> None:
    """A condition can ask how one group's value compares with another's."""
    scenery.claim("Herald", Kind.AGE, "about 9", subject="x")
    scenery.claim("Herald", Kind.AGE, "80", subject="x")
    pack = pack_of(OPEN.replace("CONDITION", 'first.relation_to.second == "differs" && first.low > second.low'))
    assert [len(finding.claims) for finding in consistency(scenery, pack)[0]] == [2]
