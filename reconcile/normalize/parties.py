"""Comparing the parties to something: people, bodies, and groups such as "House Democrats"."""

from __future__ import annotations

from reconcile.model import Comparison, NameValue, Relation
from reconcile.normalize.name_parts import fold
from reconcile.normalize.names import compare_names


def compare_parties(a: NameValue, b: NameValue) -> Comparison:
    """Names as :func:`compare_names` has them; a group or body is finer than the one that its last word names."""
    compared = compare_names(a, b)
    if compared.relation in (Relation.EQUAL, Relation.FINER) or a.given or b.given:
        return compared
    left, right = fold(a.full).split(), fold(b.full).split()
    if (
        left
        and right
        and left[-1] == right[-1]
        and left[-1].isalpha()
        and (set(left) < set(right) or set(right) < set(left))
    ):
        return Comparison(Relation.FINER, "one narrows the group that the other names")
    return compared
