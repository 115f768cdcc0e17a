"""Ages of people without names: which two unlike ones cannot be one person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from reconcile.lexicon import load_lexicon
from reconcile.match.beside import are_of_two_sexes
from reconcile.match.edges import Edge
from reconcile.match.nodes import Node
from reconcile.model import Kind, NumberValue

Tells = Callable[[Node, Node], bool]
"""Whether the article of one node gives the value of another somewhere."""

_MANY = 3
"""With more unnamed people of one article any of them may be any of another's."""
_MONTHS = 12


@cache
def _life_stages() -> Mapping[str, tuple[float, float]]:
    table = load_lexicon("slot_words")["life_stages"]
    return {noun: (row["from"], row["to"]) for row in table for noun in row["nouns"]}


class UnnamedAges:
    """The people of a story whom its articles give an age and no name."""

    def __init__(self, nodes: Sequence[Node], tells: Tells) -> None:
        """``nodes`` are all those of the story."""
        self._tells = tells
        self._of: dict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            if _is_unnamed(node):
                self._of[node.article].append(node)

    def forbid(self, edge: Edge) -> bool:
        """Whether two ages are of different people: no boy is forty, and of many unnamed people any may be any.

        Where all other ages that two articles give for such people agree, the rest tells whose it is.
        """
        left, right = edge.left, edge.right
        if left.kind is not Kind.AGE:
            return False
        if _is_too_old_or_young(left, right) or _is_too_old_or_young(right, left):
            return True
        if not (_is_unnamed(left) and _is_unnamed(right)):
            return False
        if are_of_two_sexes(_heads(left), _heads(right)):
            return True
        if self._lists_both(left, right) or self._lists_both(right, left):
            return True
        if max(len(self._of[node.article]) for node in (left, right)) <= _MANY:
            return False
        return not (self._is_odd_one_out(left, right) and self._is_odd_one_out(right, left))

    def _lists_both(self, node: Node, other: Node) -> bool:
        """Whether one clause gives a node's age and the other's: "two grandsons, 13 and 15"."""
        clauses = [view.claim.clause for view in node.views]
        return any(
            _years(one) == _years(other)
            and any(view.claim.clause.overlaps(clause) for view in one.views for clause in clauses)
            for one in self._of[node.article]
            if one is not node
        )

    def _is_odd_one_out(self, node: Node, other: Node) -> bool:
        """Whether the other article gives the ages of all others, and some, of whom the node's tells in like words."""
        heads = _heads(node)
        alike = [one for one in self._of[node.article] if one is not node and _heads(one) == heads]
        return bool(alike and heads) and heads == _heads(other) and all(self._tells(other, one) for one in alike)


def _is_unnamed(node: Node) -> bool:
    return node.kind is Kind.AGE and not any(view.subject for view in node.views)


def _heads(node: Node) -> frozenset[str]:
    return frozenset(view.claim.about.head for view in node.views if view.claim.about.head)


def _is_too_old_or_young(described: Node, aged: Node) -> bool:
    """Whether nobody of one node's age is called what the other node's person is."""
    years = _years(aged)
    stages = [_life_stages()[head] for head in _heads(described) if head in _life_stages()]
    return years is not None and any(not low <= years <= high for low, high in stages)


def _years(node: Node) -> float | None:
    """The greatest age that a node gives, in years."""
    value = node.value
    if not isinstance(value, NumberValue):
        return None
    return value.high / _MONTHS if value.unit == "month" else value.high
