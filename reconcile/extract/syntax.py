"""A parsed text as plain lists, so that walking the tree is cheap and never recursive."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

_LIMIT = 8
"""How far up the tree a shared subject is looked for: enough for real prose, constant for hostile text."""

_RELATIVE = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, slots=True)
class Tree:
    """Heads, labels, tags, lemmas, children and subtree edges by token index."""

    heads: list[int]
    deps: list[str]
    pos: list[str]
    tags: list[str]
    lemmas: list[str]
    lowers: list[str]
    children: list[list[int]]
    left: list[int]
    right: list[int]

    @classmethod
    def of(cls, doc: Doc) -> Tree:
        """Read the parse of ``doc`` once; subtree edges include the token itself."""
        heads = [t.head.i for t in doc]
        children: list[list[int]] = [[] for _ in heads]
        for i, head in enumerate(heads):
            if head != i:
                children[head].append(i)
        return cls(
            heads,
            [t.dep_ for t in doc],
            [t.pos_ for t in doc],
            [t.tag_ for t in doc],
            [t.lemma_.lower() for t in doc],
            [t.lower_ for t in doc],
            children,
            [t.left_edge.i for t in doc],
            [t.right_edge.i for t in doc],
        )

    def child(self, token: int, *deps: str) -> int | None:
        """The first child with one of the labels."""
        return next((c for c in self.children[token] if self.deps[c] in deps), None)

    def below(self, token: int, *deps: str) -> list[int]:
        """The children with one of the labels."""
        return [c for c in self.children[token] if self.deps[c] in deps]

    def is_inside(self, token: int, top: int) -> bool:
        """Whether ``token`` lies between the edges of ``top``'s subtree."""
        return self.left[top] <= token <= self.right[top]

    def is_relative(self, token: int) -> bool:
        """Whether the token is a relative pronoun standing for an antecedent."""
        return self.lowers[token] in _RELATIVE


def find_subject(tree: Tree, verb: int) -> int | None:
    """The token that says, thinks or does what ``verb`` tells, also where verbs share one; None where none is named."""
    at = verb
    for _ in range(_LIMIT):
        agent = _agent(tree, at)
        subject = tree.child(at, "nsubj")
        if agent is not None:
            return agent
        if subject is not None:
            return subject if tree.lowers[subject] not in ("it", "there") or at == verb else None
        if tree.child(at, "nsubjpass") is not None:
            return None if at == verb else tree.child(at, "nsubjpass")
        above = _shares_subject_with(tree, at)
        if above is None:
            return None
        if tree.pos[above] in ("NOUN", "PROPN", "PRON"):
            return above if tree.deps[at] == "acl" else None
        at = above
    return None


def _agent(tree: Tree, verb: int) -> int | None:
    """Who did it, in a passive: the object of "by"."""
    if tree.tags[verb] != "VBN":
        return None
    for by in tree.below(verb, "agent", "prep"):
        if tree.lowers[by] == "by":
            return tree.child(by, "pobj")
    return None


def _shares_subject_with(tree: Tree, verb: int) -> int | None:
    """The word above whose subject is this verb's too, or the noun that a participle describes."""
    dep, head = tree.deps[verb], tree.heads[verb]
    if head == verb:
        return None
    if dep in ("xcomp", "conj", "pcomp") or (dep in ("advcl", "ccomp", "dep") and tree.tags[verb] in ("VBG", "VB")):
        return head
    if dep == "prep":
        return head
    if dep == "acl" and tree.tags[verb] == "VBG":
        return head
    return None
