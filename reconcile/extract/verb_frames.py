"""What a reporting verb reports: the clause, infinitive, object or phrase that its frames allow."""

from __future__ import annotations

from reconcile.extract.inserted import clause_around, is_set_off
from reconcile.extract.reporting import Reporting
from reconcile.extract.syntax import Tree
from reconcile.extract.token_ranges import Range, compact

_GAP = 12
"""Tokens that may stand between an object and what it is called."""


def content_of_verb(
    tree: Tree, verb: int, frames: frozenset[str], lexicon: Reporting
) -> tuple[str, tuple[Range, ...]] | None:
    """The frame that applies, most telling first, with the content's ranges."""
    clause = _clause(tree, verb, "clause" in frames)
    if "clause" in frames and clause is not None:
        last = max((c for c in tree.below(verb, "ccomp") if c > verb), default=clause)
        return "clause", ((tree.left[clause], max(tree.right[clause], tree.right[last])),)
    if "clause" in frames and (around := clause_around(tree, verb)):
        return "around", around
    target = tree.child(verb, "dobj")
    infinitive = next((x for x in tree.below(verb, "xcomp") if tree.is_infinitive(x)), None)
    if "person" in frames and (person := _person(tree, clause, target, infinitive)) is not None:
        return "person", (person,)
    if "infinitive" in frames and infinitive is not None:
        return "infinitive", (compact(tree, tree.left[infinitive], tree.right[infinitive]),)
    if "gerund" in frames and (gerund := _gerund(tree, verb)) is not None:
        return "gerund", (compact(tree, tree.left[gerund], tree.right[gerund]),)
    if "naming" in frames and (named := _named(tree, verb)) is not None:
        return "naming", (named,)
    if "passive" in frames and (subject := tree.child(verb, "nsubjpass")) is not None:
        return "passive", ((tree.left[subject], tree.right[subject]),)
    if (phrase := _phrase(tree, verb, lexicon)) is not None:
        return "phrase", (phrase,)
    target = clause if target is None else target
    if "object" in frames and target is not None:
        return "object", (_object(tree, verb, target, lexicon),)
    return None


def _clause(tree: Tree, verb: int, takes_clause: bool) -> int | None:
    """The clause that the verb reports; one before it only where a comma or a quotation mark parts them."""
    clause = tree.child(verb, "ccomp")
    if clause is not None and clause < verb and not is_set_off(tree, clause, verb):
        clause = next((c for c in tree.below(verb, "ccomp") if c > verb), None)
    if clause is not None or not takes_clause:
        return clause
    unmarked = _unmarked(tree, verb)
    return _hung_on_phrase(tree, verb) if unmarked is None else unmarked


def _hung_on_phrase(tree: Tree, verb: int) -> int | None:
    """A "that" clause that the parser hung on a phrase before it: "said during a visit that the road is open"."""
    for phrase in tree.below(verb, "prep", "dobj", "npadvmod"):
        noun = tree.child(phrase, "pobj") if tree.deps[phrase] == "prep" else phrase
        if phrase < verb or noun is None:
            continue
        for clause in tree.below(noun, "relcl", "acl", "ccomp"):
            marked = any(tree.lowers[c] == "that" for c in tree.below(clause, "mark"))
            if marked and tree.below(clause, "nsubj", "nsubjpass"):
                return clause
    return None


def _person(tree: Tree, clause: int | None, target: int | None, infinitive: int | None) -> Range | None:
    """Who is told to do something, with what they are told to do."""
    if clause is not None and tree.is_infinitive(clause):
        return tree.left[clause], tree.right[clause]
    if target is not None and infinitive is not None:
        return tree.left[target], tree.right[infinitive]
    return None


def _unmarked(tree: Tree, verb: int) -> int | None:
    """A finite clause after the verb that the parser took for an adverbial one, though no word marks it as such."""
    for clause in tree.below(verb, "advcl"):
        marked = tree.below(clause, "mark", "advmod")
        if clause > verb and tree.child(clause, "nsubj") is not None and not any(m < clause for m in marked):
            return clause
    return None


def _gerund(tree: Tree, verb: int) -> int | None:
    return next((x for x in tree.below(verb, "xcomp", "pcomp") if tree.tags[x] == "VBG"), None)


def _phrase(tree: Tree, verb: int, lexicon: Reporting) -> Range | None:
    """The object of a preposition that belongs to the verb, or what it is called for to do."""
    wanted = lexicon.phrases.get(tree.lemmas[verb], frozenset())
    for preposition in tree.below(verb, "prep", "prt"):
        if tree.lowers[preposition] not in wanted:
            continue
        inner = tree.child(preposition, "pobj", "pcomp")
        if inner is None:
            continue
        infinitive = next((x for x in tree.below(verb, "xcomp") if x > inner), None)
        return compact(tree, tree.left[inner], tree.right[inner] if infinitive is None else tree.right[infinitive])
    return None


def _named(tree: Tree, verb: int) -> Range | None:
    """What somebody or something is identified as, with whom or what, where that is an object."""
    name = next((c for c in tree.below(verb, "prep") if c > verb and tree.lowers[c] == "as"), None)
    if name is None:
        return None
    target = tree.child(verb, "dobj")
    return (tree.left[name] + 1 if target is None else tree.left[target]), tree.right[name]


def _object(tree: Tree, verb: int, target: int, lexicon: Reporting) -> Range:
    """The object with the phrases that complete it: "a disgrace", "for its delay", "as reckless"."""
    if tree.is_relative(target) and tree.deps[verb] == "relcl":
        antecedent = tree.heads[verb]
        return tree.left[antecedent], max(antecedent, tree.left[verb] - 1)
    right = tree.right[target]
    for c in tree.children[verb]:
        completes = tree.deps[c] in ("oprd", "xcomp") or (
            tree.deps[c] == "prep" and tree.lowers[c] in lexicon.completers and tree.left[c] <= right + 2
        )
        if c > target and completes and tree.left[c] <= right + _GAP:
            right = tree.right[c]
    return compact(tree, tree.left[target], right)


def inverted_subject(tree: Tree, verb: int, content: tuple[Range, ...]) -> int | None:
    """The noun right after the verb that the parser took for an object: "…, said Dr. Okafor of the clinic"."""
    if content[0][0] > verb:
        return None
    return tree.child(verb, "dobj", "npadvmod", "attr", "oprd", "appos")
