"""Why a rule said what it said of an example: each condition with its answer, for whoever mends the rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from reconcile.check.activation import claim_values, pair_values
from reconcile.check.conditions import Condition, ConditionError, compile_condition
from reconcile.check.order import Order
from reconcile.check.scene import Scene
from reconcile.check.schema import ConsistencyRule, Rule, SameSlotRule
from reconcile.model import Claim
from reconcile.normalize.compare import compare_values


def trace_rule(rule: Rule, claims: Sequence[Claim], scene: Scene, score: float) -> Iterator[str]:
    """Each condition of a rule with its answer on these claims, a line each."""
    ordered = sorted(claims, key=scene.order)
    if isinstance(rule, SameSlotRule):
        taken = [claim for claim in ordered if claim.kind in rule.kinds]
        order = Order(taken, scene)
        for a, b in combinations(taken, 2):
            yield from _trace_pair(rule, a, b, scene, score, order)
        if len(taken) < 2:
            yield "fewer than two claims are of a kind that the rule takes"
    else:
        yield from _trace_groups(rule, ordered, scene)


def _trace_pair(rule: SameSlotRule, a: Claim, b: Claim, scene: Scene, score: float, order: Order) -> Iterator[str]:
    comparison = rule.tolerance.apply(a, b, compare_values(a.kind, a.value, b.value))
    yield f"{_named(a, scene)} and {_named(b, scene)}: {comparison.relation.value} ({comparison.why}), score {score:g}"
    environment = rule.decision.environment
    for name, source in (("where", rule.where), *((o.verdict.value, o.when) for o in rule.outcomes)):
        if not source:
            continue
        condition = compile_condition(source, environment)
        try:
            holds = condition.holds(pair_values(condition.names, a, b, comparison, score, scene, order))
        except ConditionError as error:
            yield f"  {name}: {_line(source)}: failed: {error}"
            return
        yield f"  {name}: {_line(source)}: {'yes' if holds else 'no'}"
        if holds is (name != "where"):
            return


def _trace_groups(rule: ConsistencyRule, claims: Sequence[Claim], scene: Scene) -> Iterator[str]:
    for selection in rule.selections:
        of_kind = [claim for claim in claims if claim.kind in selection.kinds]
        for claim in of_kind:
            yield f"{selection.name}: {_named(claim, scene)}: {_chosen(selection.where, claim, scene)}"
        if not of_kind:
            yield f"{selection.name}: no claim is of a kind that it takes"
    same = f" with the same {', '.join(rule.same)}" if rule.same else ""
    yield f"then one of each{same}, where: {_line(rule.condition.source)}"


def _chosen(where: Condition | None, claim: Claim, scene: Scene) -> str:
    if where is None:
        return "taken"
    try:
        return "taken" if where.holds(claim_values(where.names, {"claim": claim}, scene)) else "left out by its where"
    except ConditionError as error:
        return f"failed: {error}"


def _named(claim: Claim, scene: Scene) -> str:
    return f'{scene.source(claim)} "{claim.text}"'


def _line(source: str) -> str:
    return " ".join(source.split())
