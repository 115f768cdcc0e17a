"""Ranges of tokens: a phrase without its additions, a source without its relative clause, a range with a hole."""

from __future__ import annotations

from reconcile.extract.syntax import Tree

Range = tuple[int, int]
"""Token indices, both included."""

PHRASE = 60
"""Tokens of a phrase in which an addition is looked for; longer ones are kept whole."""

_BREAKS = frozenset({"--", "—", "–", "―", ";", ":"})
_ADDS = frozenset({"whose", "where", "while", "although", "though", "but", "after", "because", "so", "when", "as"})


def source_range(tree: Tree, source: int, cue: int) -> Range:
    """The source's phrase, without a trailing relative clause and never over the cue."""
    left, right = tree.left[source], tree.right[source]
    for c in tree.below(source, "relcl", "acl"):
        if c > source and tree.left[c] > source:
            right = min(right, tree.left[c] - 1)
    if source < cue <= right:
        right = source
    if left <= cue < source:
        left = source
    return left, right


def compact(tree: Tree, left: int, right: int) -> Range:
    """The phrase up to what is only added to it: ", which …", ", although …", a dash, a semicolon."""
    for at in range(left + 1, min(right, left + PHRASE)):
        if tree.lowers[at] in _BREAKS:
            return left, at - 1
        if tree.lowers[at] == "," and (tree.is_relative(at + 1) or tree.lowers[at + 1] in _ADDS):
            return left, at - 1
    return left, right


def cut(ranges: tuple[Range, ...], hole: Range) -> tuple[Range, ...]:
    """The ranges without the tokens of ``hole``."""
    kept: list[Range] = []
    for start, end in ranges:
        if hole[1] < start or hole[0] > end:
            kept.append((start, end))
            continue
        if start < hole[0]:
            kept.append((start, hole[0] - 1))
        if hole[1] < end:
            kept.append((hole[1] + 1, end))
    return tuple(kept)
