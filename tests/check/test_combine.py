"""Claims brought together, and how surely they belong together: the short ways give what the long ones would."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.check.conditions import split_conjunction
from reconcile.check.evaluate import check
from reconcile.check.judge import _Scores
from reconcile.check.schema import Pack
from reconcile.model import Fact, Kind, Link

RULE = """\
format: 1
rules:
  - id: joined
    family: consistency
    title: Joined
    about: Only for this test.
    scope: SCOPE
    select:
      first: {kinds: count}
      second: {kinds: count}
    when: CONDITION
    verdict: undecided
    message: "{values}"
    examples:
      - expect: undecided
        claims: [{source: A, kind: count, value: 9, head: x}, {source: OTHER, kind: count, value: 8, head: x}]
      - expect: none
        claims: [{source: A, kind: count, value: 9, head: x}]
"""
PAIRS = {
    "first.head == second.head && first.low > second.low": lambda a, b: a.about.head == b.about.head,
    "first.low > second.low && second.event == first.event && true": lambda a, b: a.about.event == b.about.event,
    "first.low > second.low && (first.head == second.head || first.event == 'kill')": lambda a, b: (
        a.about.head == b.about.head or a.about.event == "kill"
    ),
    "first.low > second.low": lambda a, b: True,
}
_CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(["Herald", "Courier", "Tribune"]),
        st.sampled_from(["1", "2", "3"]),
        st.sampled_from(["", "x", "y"]),
        st.sampled_from(["", "kill", "meet"]),
    ),
    max_size=9,
)


@pytest.mark.parametrize("scope", ["article", "sources"])
@pytest.mark.parametrize("condition", list(PAIRS))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_claims=_CLAIMS)
def test_looking_up_finds_what_trying_all_would(
    pack_of: Callable[[str], Pack], scenery: Any, scope: str, condition: str, given_claims: list[tuple[str, ...]]
) -> None:
    """The claims named in findings are those of the pairs that hold, among all pairs of all claims."""
    scenery.articles.clear()
    scenery.claims.clear()
    other = "A" if scope == "article" else "B"
    text = RULE.replace("SCOPE", scope).replace("OTHER", other).replace("CONDITION", f'"{condition}"')
    for source, value, head, event in given_claims:
        scenery.claim(source, Kind.COUNT, value, head=head, event=event)
    findings, problems = check((), scenery.claims, scenery.articles, {}, scenery.story(), pack_of(text))
    named = {claim.id for finding in findings for claim in finding.claims}
    expected = {
        claim.id
        for a, b in permutations(scenery.claims, 2)
        if (a.article == b.article) is (scope == "article") and a.value.low > b.value.low and PAIRS[condition](a, b)
        for claim in (a, b)
    }
    assert (named, problems) == (expected, ())


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a.x == b.x && a.y  == b.y", ("a.x == b.x", "a.y == b.y")),
        ("a.x == b.x || a.y == b.y", ("a.x == b.x || a.y == b.y",)),
        ("(a.x == b.x || c) && a.y == b.y", ("(a.x == b.x || c)", "a.y == b.y")),
        ("a.x == '&&' && c", ("a.x == '&&'", "c")),
        ("c ? a.x == b.x && d : e", ("c ? a.x == b.x && d : e",)),
        ("a.x == b.x // && c", ("a.x == b.x // && c",)),
    ],
)
def test_what_a_condition_cannot_hold_without(source: str, parts: tuple[str, ...]) -> None:
    """Only what && joins outside all brackets must hold."""
    assert split_conjunction(source) == parts


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from([0.2, 0.5, 0.7, 0.9])), max_size=12))
def test_two_claims_are_as_sure_as_the_best_way_between_them(scenery: Any, links: list[tuple[int, int, float]]) -> None:
    """The tree of groups gives what trying every way from claim to claim gives."""
    scenery.articles.clear()
    scenery.claims.clear()
    claims = [scenery.claim(f"Outlet {index}", Kind.COUNT, str(index)) for index in range(7)]
    best = {(a.id, b.id): 0.0 for a in claims for b in claims}
    made = []
    for left, right, score in links:
        if left != right and not any({left, right} == {x, y} for x, y, _ in made):
            made.append((left, right, score))
            best[claims[left].id, claims[right].id] = best[claims[right].id, claims[left].id] = score
    direct = dict(best)
    for via in claims:
        for a in claims:
            for b in claims:
                best[a.id, b.id] = max(best[a.id, b.id], min(best[a.id, via.id], best[via.id, b.id]))
    scores = _Scores(
        Fact(
            "f", "s", Kind.COUNT, "", tuple(claims), tuple(Link(claims[x].id, claims[y].id, s, ()) for x, y, s in made)
        )
    )
    for a, b in combinations(claims, 2):
        assert scores.of(a, b)[0] == (direct[a.id, b.id] or best[a.id, b.id])
