"""Conditions on one claim, asked cheaply: the parts that compare plainly are asked once for each class of values."""

from __future__ import annotations

from functools import lru_cache

from reconcile.check.activation import claim_values
from reconcile.check.classes import classes_of
from reconcile.check.conditions import Condition, split_conjunction, used_names
from reconcile.check.decisions import Decision, compile_decision
from reconcile.check.scene import Scene
from reconcile.model import Claim


def holds_of(condition: Condition, name: str, claim: Claim, scene: Scene) -> bool:
    """Whether a condition holds of a claim under its name in the condition; raises ConditionError.

    Most claims fail one of the plain parts, and those are remembered: the whole is asked of the others alone.
    """
    named, plain = {name: claim}, plain_parts(condition)
    if plain is not None and plain.first(claim_values(plain.names, named, scene)) < 0:
        return False
    return condition.holds(claim_values(condition.names, named, scene))


@lru_cache(maxsize=2_000)
def plain_parts(condition: Condition) -> Decision | None:
    """The parts, joined by &&, whose answers are few enough to remember: without them the condition never holds."""
    environment = condition.environment
    # A part whose spaces were made single may hold other texts than the rule does.
    parts = [part for part in split_conjunction(condition.source) if part in condition.source]
    plain = [part for part in parts if classes_of((part,), used_names((part,), environment), environment) is not None]
    return compile_decision("", (" && ".join(f"({part})" for part in plain),), environment) if plain else None
