"""How the values of some nodes relate; equal values are compared once, and no more closely than is asked."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.match.nodes import Node
from reconcile.model import Relation, Value
from reconcile.normalize.compare import clues_of, compare_values


class Comparisons:
    """How the values of some nodes relate."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        """``nodes`` are of one kind."""
        values: dict[Value, int] = {}
        self._value_of = {node: values.setdefault(node.value, len(values)) for node in nodes}
        self._clues = [clues_of(nodes[0].kind, value) for value in values]
        self._known: dict[tuple[int, int], Relation] = {}

    def of(self, left: Node, right: Node) -> Relation:
        """The relation of two nodes' values."""
        key = (self._value_of[left], self._value_of[right])
        if key not in self._known:
            self._known[key] = compare_values(left.kind, left.value, right.value).relation
        return self._known[key]

    def may_be_like(self, left: Node, right: Node) -> bool:
        """False where the values are neither equal nor one finer, as a glance tells."""
        one, other = self._clues[self._value_of[left]], self._clues[self._value_of[right]]
        return one is None or other is None or not one.isdisjoint(other)
