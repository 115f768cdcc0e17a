"""A parsed text as plain lists, so that walking the tree is cheap and never recursive."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from reconcile.model import Span

_LIMIT = 8
"""How far up the tree a shared subject is looked for: enough for real prose, constant for hostile text."""

_CHILDREN = 200
"""Children of one word that are looked at: more stand only in lists that no sentence needs."""

_RELATIVE = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, slots=True)
class Tree:
    """The text, and by token index: characters, heads, labels, tags, lemmas, children, subtree edges.

    ``sentences`` are the characters at which sentences start.
    """

    text: str
    starts: list[int]
    ends: list[int]
    sentences: list[int]
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
        columns = doc.to_array(["HEAD", "DEP", "POS", "TAG", "LEMMA", "LOWER"]).T
        heads = [i + offset for i, offset in enumerate(columns[0].astype("int64").tolist())]
        children: list[list[int]] = [[] for _ in heads]
        for i, head in enumerate(heads):
            if head != i and len(children[head]) < _CHILDREN:
                children[head].append(i)
        deps, pos, tags, lemmas, lowers = (_names(doc, column.tolist()) for column in columns[1:])
        starts = [t.idx for t in doc]
        return cls(
            doc.text,
            starts,
            [start + len(t) for start, t in zip(starts, doc, strict=True)],
            [s.start_char for s in doc.sents],
            heads,
            deps,
            pos,
            tags,
            [lemma.lower() for lemma in lemmas],
            lowers,
            children,
            [t.left_edge.i for t in doc],
            [t.right_edge.i for t in doc],
        )

    def span(self, first: int, last: int | None = None) -> Span:
        """The characters from token ``first`` through token ``last``."""
        return Span(self.starts[first], self.ends[first if last is None else last])

    def at(self, place: int) -> int:
        """The token that holds the character ``place``, or the last one before it."""
        return max(0, bisect_right(self.starts, place) - 1)

    def sentence(self, token: int) -> tuple[int, int]:
        """The first and the last token of the sentence that holds ``token``."""
        at = bisect_right(self.sentences, self.starts[token])
        after = self.at(self.sentences[at]) if at < len(self.sentences) else len(self.starts)
        return self.at(self.sentences[at - 1]), after - 1

    def child(self, token: int, *deps: str) -> int | None:
        """The first child with one of the labels."""
        return next((c for c in self.children[token] if self.deps[c] in deps), None)

    def below(self, token: int, *deps: str) -> list[int]:
        """The children with one of the labels."""
        return [c for c in self.children[token] if self.deps[c] in deps]

    def is_infinitive(self, verb: int) -> bool:
        """Whether the verb stands with "to"."""
        return any(self.tags[c] == "TO" for c in self.below(verb, "aux"))

    def is_relative(self, token: int) -> bool:
        """Whether the token is a relative pronoun standing for an antecedent."""
        return self.lowers[token] in _RELATIVE


def _names(doc: Doc, ids: list[int]) -> list[str]:
    """The strings behind the ids, each looked up once."""
    strings = {i: doc.vocab.strings[i] for i in set(ids)}
    return [strings[i] for i in ids]


def find_subject(tree: Tree, verb: int) -> int | None:
    """The token that says, thinks or does what ``verb`` tells, also where verbs share one; None where none is named."""
    at = verb
    for _ in range(_LIMIT):
        agent = _agent(tree, at)
        subject = min(tree.below(at, "nsubj"), key=lambda token: abs(token - at), default=None)
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
