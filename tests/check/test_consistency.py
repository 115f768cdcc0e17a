"""Consistency rules: claims of several slots that must fit together."""

from __future__ import annotations

from typing import Any

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


def test_work_is_bounded_and_told(scenery: Any, shipped: Pack) -> None:
    """A rule stops after so many combinations and says so."""
    for index in range(int(MAX_COMBINATIONS**0.5) + 2):
        scenery.claim("Herald", Kind.AGE, "39", subject=f"person:number {index}")
    found, problems = consistency(scenery, shipped)
    assert found == []
    assert [problem.where for problem in problems] == ["rule one-age"]
    assert "stopped after 50,000 combinations" in problems[0].message
