"""Facts to findings: which verdict, in which words, how sure, and with which ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from reconcile.check import judge
from reconcile.check.evaluate import check
from reconcile.check.schema import SINGLE_RULE, Pack
from reconcile.model import Fact, Finding, Kind, Link, Problem, Story, Verdict

FAILING = 'when: relation == "equal" && 1 / (size(a.text) - size(b.text)) > 2'


def findings_of(
    scenery: Any, pack: Pack, facts: list[Fact] | None = None, story: Story | None = None
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    facts = facts if facts is not None else [scenery.fact()]
    return check(facts, scenery.claims, scenery.articles, {}, story or scenery.story(), pack)


def test_equal_values_agree(scenery: Any, shipped: Pack) -> None:
    """Two outlets with one number agree."""
    scenery.claim("Herald", Kind.COUNT, "40")
    scenery.claim("Courier", Kind.COUNT, "40")
    (finding,) = findings_of(scenery, shipped)[0]
    assert (finding.rule, finding.verdict, finding.independent_sources) == ("counts", Verdict.AGREEMENT, 2)


def test_summary_names_outlets_and_their_words(scenery: Any, shipped: Pack) -> None:
    """The summary is one sentence with the outlets and what each wrote."""
    scenery.claim("Herald", Kind.COUNT, "40", "2031-04-08", text="forty")
    scenery.claim("Courier", Kind.COUNT, "60", "2031-04-09", text="60")
    (finding,) = findings_of(scenery, shipped)[0]
    expected = 'Herald and Courier give different numbers for number of delegates: Herald "forty"; Courier "60".'
    assert expected == finding.summary


def test_explanation_tells_pairing_values_rule_and_what_would_change_it(scenery: Any, shipped: Pack) -> None:
    """The reasons say why the two were paired, what was compared, under which rule, and what the verdict hangs on."""
    scenery.claim("Herald", Kind.COUNT, "40")
    scenery.claim("Courier", Kind.COUNT, "60")
    (finding,) = findings_of(scenery, shipped)[0]
    paired, compared, rule, *hangs = finding.explanation
    assert paired.startswith("Held to answer one question, number of delegates, because")
    assert compared.startswith('Compared "60" with "40"')
    assert rule == 'The rule "Numbers of people and things" (counts) gives contradiction here.'
    assert hangs == ["If it were less sure that both answer one question, this would be undecided."]


def test_strongest_verdict_on_any_pair_of_outlets_wins(scenery: Any, shipped: Pack) -> None:
    """One outlet that differs from two that agree makes a contradiction that holds all three."""
    for source, value in (("Herald", "40"), ("Courier", "40"), ("Tribune", "60")):
        scenery.claim(source, Kind.COUNT, value)
    (finding,) = findings_of(scenery, shipped)[0]
    assert (finding.verdict, len(finding.claims)) == (Verdict.CONTRADICTION, 3)
    assert "2 of 3 pairs of outlets compared give this verdict." in finding.explanation


def test_day_and_its_night_in_one_article_stand_in_for_each_other(scenery: Any, shipped: Pack) -> None:
    """An article's second mention of its day, linked to nothing, does not weaken what its first contradicts."""
    first = scenery.claim("Herald", Kind.DATE, "2031-04-08")
    day = scenery.claim("Courier", Kind.DATE, "2031-04-09")
    night = replace(day, value=replace(day.value, timex="2031-04-09TNI", granularity="day part"))
    scenery.claims[-1] = night
    scenery.claim("Courier", Kind.DATE, "2031-04-09")
    links = (Link(first.id, night.id, 0.9, ()),)
    fact = Fact("fact", "story", Kind.DATE, "date of the flood", tuple(scenery.claims), links)
    (finding,) = findings_of(scenery, shipped, [fact])[0]
    assert finding.verdict is Verdict.CONTRADICTION


def test_outlet_that_gives_both_values_does_not_disagree(scenery: Any, shipped: Pack) -> None:
    """Between two articles the mildest judgement stands: one that also gives the other's value agrees with it."""
    scenery.claim("Herald", Kind.COUNT, "40")
    scenery.claim("Courier", Kind.COUNT, "60")
    scenery.claim("Courier", Kind.COUNT, "40")
    (finding,) = findings_of(scenery, shipped)[0]
    assert finding.verdict is not Verdict.AGREEMENT or len(finding.claims) == 3


def test_one_source_is_single(scenery: Any, shipped: Pack) -> None:
    """A fact that one outlet alone gives is single and of no alarm."""
    scenery.claim("Herald", Kind.COUNT, "40")
    (finding,) = findings_of(scenery, shipped)[0]
    assert (finding.rule, finding.verdict) == (SINGLE_RULE, Verdict.SINGLE)
    assert finding.summary == 'Herald alone gives number of delegates: "40".'


def test_weak_match_never_contradicts(scenery: Any, shipped: Pack) -> None:
    """A contradiction needs a sure match."""
    scenery.claim("Herald", Kind.COUNT, "40")
    scenery.claim("Courier", Kind.COUNT, "60")
    (finding,) = findings_of(scenery, shipped, [scenery.fact(score=0.3)])[0]
    assert Verdict.UNDECIDED is finding.verdict


def test_claims_without_a_way_between_them_score_nothing(scenery: Any, shipped: Pack) -> None:
    """Two claims of a fact that no chain of links joins cannot contradict each other."""
    scenery.claim("Herald", Kind.COUNT, "40")
    scenery.claim("Courier", Kind.COUNT, "60")
    (finding,) = findings_of(scenery, shipped, [replace(scenery.fact(), links=())])[0]
    assert Verdict.UNDECIDED is finding.verdict


def test_chain_is_as_sure_as_its_weakest_link(scenery: Any, shipped: Pack) -> None:
    """Claims linked through a third are as surely of one slot as the weakest link between them."""
    a = scenery.claim("Herald", Kind.COUNT, "40")
    b = scenery.claim("Courier", Kind.COUNT, "40")
    c = scenery.claim("Tribune", Kind.COUNT, "60")
    links = (Link(a.id, b.id, 0.9, ()), Link(b.id, c.id, 0.2, ()))
    (finding,) = findings_of(scenery, shipped, [replace(scenery.fact(), links=links)])[0]
    assert Verdict.UNDECIDED is finding.verdict


def test_rising_toll_is_an_update(scenery: Any, shipped: Pack) -> None:
    """More dead in a later article is news, not a contradiction."""
    scenery.claim("Courier", Kind.COUNT, "15", "2031-04-10", event="kill")
    scenery.claim("Herald", Kind.COUNT, "12", "2031-04-08", event="kill")
    (finding,) = findings_of(scenery, shipped)[0]
    assert (finding.rule, finding.verdict) == ("tolls", Verdict.UPDATE)
    assert (
        finding.summary == 'number of delegates rose between the two articles, 2 days apart: Herald "12"; Courier "15".'
    )


def test_one_day_is_said_in_the_singular(scenery: Any, shipped: Pack) -> None:
    """Two articles a day apart are "1 day apart", not "1 days"."""
    scenery.claim("Courier", Kind.COUNT, "15", "2031-04-10", event="kill")
    scenery.claim("Herald", Kind.COUNT, "12", "2031-04-09", event="kill")
    (finding,) = findings_of(scenery, shipped)[0]
    assert "1 day apart" in finding.summary


def test_copies_count_as_one_source(scenery: Any, shipped: Pack) -> None:
    """Articles of one independent group are one source, and articles of no known group add none."""
    for source in ("Herald", "Courier", "Tribune"):
        scenery.claim(source, Kind.COUNT, "40")
    story = Story("story", tuple(scenery.articles), independent=(("Herald", "Courier"),))
    (finding,) = findings_of(scenery, shipped, story=story)[0]
    assert finding.independent_sources == 1


def test_fingerprint_is_of_values_and_not_of_the_story(scenery: Any, shipped: Pack) -> None:
    """The same values for the same question have one fingerprint in whatever story, and other values another."""
    scenery.claim("Herald", Kind.COUNT, "40")
    scenery.claim("Courier", Kind.COUNT, "60")
    fact = scenery.fact()
    (here,) = findings_of(scenery, shipped)[0]
    (there,) = findings_of(scenery, shipped, [replace(fact, id="x")], replace(scenery.story(), id="other"))[0]
    assert here.fingerprint == there.fingerprint
    assert here.id != there.id
    scenery.claims[1] = replace(scenery.claims[1], value=scenery.claims[0].value)
    assert here.fingerprint != findings_of(scenery, shipped)[0][0].fingerprint


def test_no_two_findings_share_a_fingerprint(scenery: Any, shipped: Pack) -> None:
    """Two facts alike in all but their place are still told apart."""
    scenery.claim("Herald", Kind.COUNT, "40")
    fact = scenery.fact()
    found = findings_of(scenery, shipped, [fact, replace(fact, id="again")])[0]
    assert len({finding.fingerprint for finding in found}) == 2


def test_order_of_facts_and_claims_does_not_matter(scenery: Any, shipped: Pack) -> None:
    """The same claims in another order give the same findings."""
    for source, value in (("Herald", "40"), ("Courier", "60"), ("Tribune", "60")):
        scenery.claim(source, Kind.COUNT, value)
    fact = scenery.fact()
    turned = replace(fact, claims=fact.claims[::-1], links=fact.links[::-1])
    assert findings_of(scenery, shipped, [fact]) == findings_of(scenery, shipped, [turned])


def test_failing_rule_is_a_problem_and_the_run_goes_on(
    scenery: Any, shipped: Pack, rule_text: str, pack_of: Callable[[str], Pack]
) -> None:
    """A rule that fails on some claims is reported with its id and the claims, and the next rule decides."""
    failing = pack_of(rule_text.replace('when: relation == "equal"', FAILING))
    scenery.claim("Herald", Kind.COUNT, "40")
    scenery.claim("Courier", Kind.COUNT, "40")
    findings, problems = findings_of(scenery, Pack((*failing.rules, *shipped.rules)))
    assert [finding.rule for finding in findings] == ["counts"]
    assert [problem.where for problem in problems] == ["rule delegates"]
    assert "(c0)" in problems[0].message
    assert "(c1)" in problems[0].message


def test_a_users_rule_is_asked_first(
    scenery: Any, shipped: Pack, rule_text: str, pack_of: Callable[[str], Pack]
) -> None:
    """The first rule with a verdict on a pair decides."""
    mine = pack_of(rule_text)
    scenery.claim("Herald", Kind.COUNT, "40")
    scenery.claim("Courier", Kind.COUNT, "60")
    (finding,) = findings_of(scenery, Pack((*mine.rules, *shipped.rules)))[0]
    assert finding.rule == "delegates"


def test_a_huge_fact_is_judged_in_bounded_time(scenery: Any, shipped: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many outlets tell one thing, so many pairs are judged, and what is left out is told."""
    monkeypatch.setattr(judge, "MAX_PAIRS", 30)
    for index in range(12):
        scenery.claim(f"Outlet {index:02d}", Kind.COUNT, "40")
    findings, problems = findings_of(scenery, shipped)
    assert [finding.verdict for finding in findings] == [Verdict.AGREEMENT]
    assert [problem.message for problem in problems] == ["12 claims: the first 30 pairs were judged, by publication"]


def test_braces_in_an_article_are_not_read_as_fields(scenery: Any, shipped: Pack) -> None:
    """What an article says is put into a message as it is."""
    scenery.claim("Herald {sources}", Kind.COUNT, "40", text="{values} {why}")
    scenery.claim("Courier", Kind.COUNT, "60")
    (finding,) = findings_of(scenery, shipped)[0]
    assert '"{values} {why}"' in finding.summary


def test_dates_at_the_end_of_the_calendar_do_no_harm(scenery: Any, shipped: Pack) -> None:
    """The last day that a calendar has is compared like any other."""
    scenery.claim("Herald", Kind.COUNT, "40", "9999-12-31")
    scenery.claim("Courier", Kind.COUNT, "60", "9999-12-31")
    (finding,) = findings_of(scenery, shipped)[0]
    assert finding.verdict is Verdict.CONTRADICTION
