"""Consistency rules: claims of several slots, in one article or across outlets, that must fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from reconcile.check.activation import claim_values
from reconcile.check.conditions import ConditionError
from reconcile.check.findings import build_finding, join_names, name_rule, name_values, shorten
from reconcile.check.functions import weekday
from reconcile.check.messages import fill_message
from reconcile.check.scene import Scene
from reconcile.check.schema import ConsistencyRule, Selection
from reconcile.model import Claim, Fact, Finding, Problem, Verdict
from reconcile.normalize.render import value_label, value_text

MAX_COMBINATIONS = 50_000
"""How many combinations of claims one rule looks at in one story; the rest is reported, not silently left out."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Claims by their names in the rule, whose condition holds."""

    claims: Mapping[str, Claim]


def check_consistency(
    rule: ConsistencyRule, claims: Sequence[Claim], scene: Scene, facts: Mapping[str, Fact], settled: frozenset[str]
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The findings of one rule on a story's claims.

    ``facts`` gives the fact of each claim by the claim's id; what lies within one fact that is ``settled`` already
    as a contradiction is not told a second time.
    """
    try:
        misfits, cut = _find_misfits(rule, claims, scene)
    except ConditionError as error:
        return (), (Problem("check", f"rule {rule.id}", f"failed: {error}", "correct its conditions"),)
    groups: dict[tuple[str, ...], list[Misfit]] = defaultdict(list)
    for misfit in misfits:
        held = {facts[c.id].id if c.id in facts else c.id for c in misfit.claims.values()}
        if not (len(misfit.claims) > 1 and len(held) == 1 and held <= settled):
            groups[_said(rule, misfit)].append(misfit)
    findings = tuple(_finding(rule, group, scene, facts) for group in groups.values())
    if not cut:
        return findings, ()
    message = f"stopped after {MAX_COMBINATIONS:,} combinations of claims in story {scene.story.id}"
    return findings, (Problem("check", f"rule {rule.id}", message, "narrow the where of its groups"),)


def _find_misfits(rule: ConsistencyRule, claims: Sequence[Claim], scene: Scene) -> tuple[list[Misfit], bool]:
    """The combinations that the rule's condition holds for, each set of claims once, and whether some were left out."""
    ordered = sorted(claims, key=scene.order)
    chosen = {selection.name: _select(selection, ordered, scene) for selection in rule.selections}
    combinations = islice(_combine(rule, chosen, scene), MAX_COMBINATIONS + 1)
    seen: set[frozenset[str]] = set()
    misfits = []
    looked_at = 0
    for combination in combinations:
        looked_at += 1
        if looked_at > MAX_COMBINATIONS:
            break
        ids = frozenset(claim.id for claim in combination.values())
        if len(ids) < len(combination) or ids in seen:
            continue
        if rule.condition.holds(claim_values(rule.condition.names, combination, scene)):
            seen.add(ids)
            misfits.append(Misfit(combination))
    return misfits, looked_at > MAX_COMBINATIONS


def _select(selection: Selection, claims: Sequence[Claim], scene: Scene) -> list[Claim]:
    taken = [claim for claim in claims if claim.kind in selection.kinds]
    where = selection.where
    if where is None:
        return taken
    return [claim for claim in taken if where.holds(claim_values(where.names, {"claim": claim}, scene))]


def _combine(rule: ConsistencyRule, chosen: Mapping[str, list[Claim]], scene: Scene) -> Iterator[dict[str, Claim]]:
    """Every way to take one claim for each name, within one article or each from another outlet."""
    names = list(chosen)
    if rule.scope == "sources":
        for taken in product(*chosen.values()):
            if len({scene.source(claim) for claim in taken}) == len(taken):
                yield dict(zip(names, taken, strict=True))
        return
    by_article: dict[str, dict[str, list[Claim]]] = {}
    for name, claims in chosen.items():
        for claim in claims:
            by_article.setdefault(claim.article, {}).setdefault(name, []).append(claim)
    for found in by_article.values():
        if len(found) == len(names):
            for combination in product(*(found[name] for name in names)):
                yield dict(zip(names, combination, strict=True))


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
    claims = list({claim.id: claim for misfit in group for claim in misfit.claims.values()}.values())
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
