"""Consistency rules: claims of several slots, in one article or across outlets, that must fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reconcile.check.activation import claim_values
from reconcile.check.combine import Alike, Work, combine, merge_alike
from reconcile.check.conditions import ConditionError
from reconcile.check.failures import Failures
from reconcile.check.findings import build_finding, join_names, name_rule, name_values, shorten
from reconcile.check.function_times import weekday
from reconcile.check.messages import fill_message
from reconcile.check.scene import Scene
from reconcile.check.schema import ConsistencyRule, Selection
from reconcile.check.sieve import holds_of
from reconcile.model import Claim, Fact, Finding, Problem, Verdict
from reconcile.normalize.render import value_label, value_text

MAX_COMBINATIONS = 50_000
"""How many combinations of claims one rule looks at in one story; the rest is reported, not silently left out."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Claims by their names in the rule, whose condition holds, with all that say the same in the same articles."""

    claims: Mapping[str, Claim]
    alike: tuple[Claim, ...]


def check_consistency(
    rule: ConsistencyRule, claims: Sequence[Claim], scene: Scene, facts: Mapping[str, Fact], settled: frozenset[str]
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The findings of one rule on a story's claims, in the scene's order, and what it failed on or left out.

    ``facts`` gives the fact of each claim by the claim's id; what lies within one fact that is ``settled`` already
    as a contradiction is not told a second time.
    """
    failures = Failures()
    work = Work(MAX_COMBINATIONS)
    groups: dict[tuple[str, ...], list[Misfit]] = defaultdict(list)
    for misfit in _find_misfits(rule, claims, scene, work, failures):
        held = {facts[c.id].id if c.id in facts else c.id for c in misfit.claims.values()}
        if not (len(misfit.claims) > 1 and len(held) == 1 and held <= settled):
            groups[_said(rule, misfit)].append(misfit)
    findings = tuple(_finding(rule, group, scene, facts) for group in groups.values())
    problems = list(failures.problems())
    if work.cut:
        message = f"stopped after {MAX_COMBINATIONS:,} combinations of claims in story {scene.story.id}"
        cure = "narrow the where of its groups, or say what the claims have in common: same: [subject]"
        problems.append(Problem("check", f"rule {rule.id}", message, cure))
    return findings, tuple(problems)


def _find_misfits(
    rule: ConsistencyRule, claims: Sequence[Claim], scene: Scene, work: Work, failures: Failures
) -> Iterator[Misfit]:
    """The combinations that the rule's condition holds for, each set of claims once."""
    chosen = {
        selection.name: merge_alike(rule, _select(rule, selection, claims, scene, failures), scene)
        for selection in rule.selections
    }
    seen: set[frozenset[str]] = set()
    for groups in combine(rule, chosen, scene, work):
        combination = _one_of_each(groups)
        ids = frozenset(claim.id for claim in combination.values())
        if len(ids) < len(combination) or ids in seen or not scene.asks_of(rule.reach, combination.values()):
            continue
        try:
            holds = rule.condition.holds(claim_values(rule.condition.names, combination, scene))
        except ConditionError as error:
            failures.note(rule.id, combination.values(), error)
            continue
        if holds:
            seen.add(ids)
            yield Misfit(combination, tuple(claim for group in groups.values() for claim in group.claims))


def _one_of_each(groups: Mapping[str, Alike]) -> dict[str, Claim]:
    """The first claim of each group; where two names have one group, another of its claims where there is one."""
    taken: dict[str, Claim] = {}
    for name, group in groups.items():
        free = (claim for claim in group.claims if claim not in taken.values())
        taken[name] = next(free, group.claims[0])
    return taken


def _select(
    rule: ConsistencyRule, selection: Selection, claims: Sequence[Claim], scene: Scene, failures: Failures
) -> list[Claim]:
    where = selection.where
    chosen = []
    for claim in claims:
        if claim.kind not in selection.kinds:
            continue
        try:
            if where is None or holds_of(where, "claim", claim, scene):
                chosen.append(claim)
        except ConditionError as error:
            failures.note(rule.id, (claim,), error)
    return chosen


def _said(rule: ConsistencyRule, misfit: Misfit) -> tuple[str, ...]:
    """What a misfit says in whatever order: repeated mentions, and outlets that agree, make one finding."""
    if rule.scope == "sources":
        return tuple(sorted(value_text(claim.value) for claim in misfit.claims.values()))
    said = sorted(
        (claim.article, value_text(claim.value), claim.about.subject or claim.about.head)
        for claim in misfit.claims.values()
    )
    return tuple(part for parts in said for part in parts)


def _finding(rule: ConsistencyRule, group: Sequence[Misfit], scene: Scene, facts: Mapping[str, Fact]) -> Finding:
    first = group[0].claims
    claims = list({claim.id: claim for misfit in group for claim in misfit.alike}.values())
    lead = next(iter(first.values()))
    fact = facts.get(lead.id) or Fact("", scene.story.id, lead.kind, rule.title, tuple(claims))
    fields = {"sources": join_names(scene.names(claims)), "values": name_values(claims, scene)}
    for name, claim in first.items():
        fields |= {
            f"{name}_source": scene.source(claim),
            f"{name}_text": shorten(claim.text),
            f"{name}_value": shorten(value_label(claim.value)),
            f"{name}_subject": _subject(claim),
            f"{name}_day": weekday(value_text(claim.value)),
        }
    taken = "; ".join(f'{name}: "{shorten(claim.text)}" in {scene.source(claim)}' for name, claim in first.items())
    explanation = [
        f"Held against each other: {taken}.",
        name_rule(rule, rule.outcome.verdict),
    ]
    return build_finding(
        rule=rule.id,
        verdict=rule.outcome.verdict,
        severity=rule.outcome.severity,
        fact=fact,
        label=" ".join((rule.id, *(claim.about.subject or claim.about.head for claim in first.values()))),
        summary=fill_message(rule.outcome.message, fields),
        explanation=explanation,
        confidence=min(claim.confidence for claim in first.values()),
        claims=claims,
        scene=scene,
    )


def _subject(claim: Claim) -> str:
    """Whom or what a claim's value belongs to, as a sentence names it."""
    return (claim.about.subject or "").rpartition(":")[2].title() or claim.about.head


def contradicted(findings: Sequence[Finding]) -> frozenset[str]:
    """The facts that findings call contradictions already."""
    return frozenset(finding.fact for finding in findings if finding.verdict is Verdict.CONTRADICTION)
