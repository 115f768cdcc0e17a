"""Reporting clauses put into, after or before what they report: which parts of the sentence are the report."""

from __future__ import annotations

from reconcile.extract.reporting import Reporting
from reconcile.extract.syntax import Tree
from reconcile.extract.token_ranges import PHRASE, Range, cut

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_CLOSING = 9
"""Tokens that may follow a closing reporting clause in its sentence: "on Monday", "in a statement"."""
_PARTING = frozenset({",", "”", '"', "''", "?", "!"})


def next_cue(tree: Tree, verb: int, ranges: tuple[Range, ...], lexicon: Reporting) -> int | None:
    """A second reporting verb that the parser put into the clause: "said he would stay, adding that …"."""
    clause = tree.child(verb, "ccomp")
    if clause is None or clause < verb or not ranges:
        return None
    for at in range(clause + 1, min(ranges[-1][1], clause + PHRASE)):
        if tree.lowers[at - 1] == "," and tree.lemmas[at] in lexicon.speech and tree.tags[at] == "VBG":
            return at if tree.child(at, "ccomp") is not None else None
    for second in tree.below(clause, "advcl", "conj"):
        if second < clause or tree.lemmas[second] not in lexicon.frames:
            continue
        if tree.deps[second] == "advcl":
            if tree.child(second, "ccomp") is not None and tree.lowers[tree.left[second] - 1] == ",":
                return second
        elif tree.tags[second] == tree.tags[verb] != tree.tags[clause] and not tree.below(second, "nsubj", "nsubjpass"):
            return second
    return None


def rest_after(tree: Tree, verb: int, source: Range, ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """What goes on after an inserted "…, he said, …" in the same sentence."""
    end = max(verb, source[1])
    if not ranges or ranges[-1][1] > verb or end + 1 >= len(tree.lowers) or tree.lowers[end + 1] != ",":
        return ()
    last = tree.right[verb]
    first = end + 2
    if last - first < 2 or tree.tags[first] == "VBG" or tree.pos[first] in ("ADP", "PUNCT") or tree.is_relative(first):
        return ()
    return ((first, last),)


def lead_before(tree: Tree, verb: int, source: Range, ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """What comes before an inserted "…, he said, …" whose clause stands after it."""
    start, end = min(verb, source[0]), max(verb, source[1])
    if not ranges or ranges[0][0] < start or end + 1 >= len(tree.lowers) or start < 2:
        return ()
    first = tree.left[verb]
    inserted = tree.lowers[start - 1] == "," and tree.lowers[end + 1] == ","
    return ((first, start - 2),) if inserted and start - first > 3 else ()


def sentence_before(tree: Tree, verb: int, source: Range) -> Range | None:
    """The whole sentence before a reporting clause that closes it: "The road is open but icy, police said"."""
    start, end = min(verb, source[0]), max(verb, source[1])
    sentence = tree.sentence(verb)
    closes = sentence[1] - end <= _CLOSING and end < sentence[1] and tree.lowers[end + 1] != ","
    if not closes or start < sentence[0] + 2 or tree.lowers[start - 1] not in _PARTING:
        return None
    says = tree.tags[verb] in _FINITE and not any(c > end for c in tree.below(verb, "ccomp", "xcomp", "conj"))
    return (sentence[0], start - 1) if says else None


def with_joined(tree: Tree, verb: int, ranges: tuple[Range, ...], lexicon: Reporting) -> tuple[Range, ...]:
    """The report with a clause that the parser joined to its verb: "police said it was dark, but nobody fell"."""
    if not ranges or ranges[-1][0] < verb:
        return ranges
    start, end = ranges[-1]
    for second in tree.below(verb, "conj"):
        reports = tree.lemmas[second] in lexicon.frames
        has_subject = bool(tree.below(second, "nsubj", "nsubjpass"))
        if second > end and has_subject and not reports and tree.left[second] <= end + 3:
            end = tree.right[second]
    return (*ranges[:-1], (start, end))


def clause_around(tree: Tree, verb: int) -> tuple[Range, ...]:
    """The main clause around a reporting clause put into it: "The bridge, officials say, will reopen"."""
    head = tree.heads[verb]
    as_said = any(tree.lowers[c] == "as" for c in tree.below(verb, "mark", "advmod"))
    inserted = tree.deps[verb] == "parataxis" or (tree.deps[verb] in ("advcl", "ccomp") and as_said)
    inserted = inserted or (tree.deps[verb] in ("conj", "ccomp") and _is_appended(tree, verb))
    if not inserted or head == verb:
        return ()
    return cut(((tree.left[head], tree.right[head]),), (tree.left[verb], tree.right[verb]))


def _is_appended(tree: Tree, verb: int) -> bool:
    """Whether a reporting clause follows a comma with no conjunction: "The dam will hold, two engineers told us"."""
    left, head = tree.left[verb], tree.heads[verb]
    if head > verb or left == 0 or tree.lowers[left - 1] not in _PARTING:
        return False
    joined = any(head < c < left for c in tree.below(head, "cc"))
    return not joined and tree.child(verb, "nsubj") is not None


def is_set_off(tree: Tree, clause: int, verb: int) -> bool:
    """Whether a comma or a quotation mark parts a clause from the reporting verb after it."""
    right = tree.right[clause]
    return any(tree.lowers[at] in _PARTING for at in range(right, min(verb, right + 4)))
