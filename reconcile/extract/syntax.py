"""A parsed text as plain lists, read once for all layers: walking them is cheap and never recursive."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from reconcile.model import Span

_LIMIT = 8
"""How far up the tree a shared subject is looked for: enough for real prose, constant for hostile text."""

_CHILDREN = 200
"""Children of one word that are looked at: more stand only in lists that no sentence needs."""

_KEPT = "reconcile_tree"
"""The key under which a document keeps its lists."""

_NAMES: list[int | str] = ["DEP", "POS", "TAG", "LEMMA", "LOWER", "ENT_TYPE", "ORTH"]
_NUMBERS: list[int | str] = ["HEAD", "IDX", "SENT_START", "IS_STOP", "LIKE_NUM"]
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_VALUES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL"})

_RELATIVE = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, slots=True)
class Tree:
    """The text, and by token index: characters, words, heads, labels, tags, lemmas, children, subtree edges.

    ``sentences`` are the characters at which sentences start, ``firsts`` the tokens. ``lemmas`` and ``lowers`` are in
    lower case; ``entities`` are the model's labels; ``content`` marks words that carry meaning of their own; ``opens``
    marks what starts a sentence, ``stops`` small words, ``numeral`` numbers in digits or words.
    """

    text: str
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    firsts: list[int]
    opens: list[bool]
    words: list[str]
    heads: list[int]
    deps: list[str]
    pos: list[str]
    tags: list[str]
    lemmas: list[str]
    lowers: list[str]
    entities: list[str]
    stops: list[bool]
    numeral: list[bool]
    content: list[bool]
    children: list[list[int]]
    left: list[int]
    right: list[int]

    @classmethod
    def of(cls, doc: Doc) -> Tree:
        """The lists of ``doc``, made at the first call and kept with it; subtree edges include the token itself."""
        known: Tree | None = doc.user_data.get(_KEPT)
        if known is None:
            known = doc.user_data[_KEPT] = cls._read(doc)
        return known

    @classmethod
    def _read(cls, doc: Doc) -> Tree:
        deps, pos, tags, lemmas, lowers, entities, words = (_names(doc, ids) for ids in doc.to_array(_NAMES).T.tolist())
        offsets, starts, opens, stops, numeral = doc.to_array(_NUMBERS).astype("int64").T.tolist()
        heads = [i + offset for i, offset in enumerate(offsets)]
        firsts = [i for i, first in enumerate(opens) if first == 1 or i == 0]
        tokens = list(doc)
        return cls(
            text=doc.text,
            starts=starts,
            ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
            sentences=[starts[i] for i in firsts],
            firsts=firsts,
            opens=[first == 1 for first in opens],
            words=words,
            heads=heads,
            deps=deps,
            pos=pos,
            tags=tags,
            lemmas=[lemma.lower() for lemma in lemmas],
            lowers=lowers,
            entities=entities,
            stops=list(map(bool, stops)),
            numeral=list(map(bool, numeral)),
            content=_content(words, pos, entities, stops, numeral),
            children=_children(heads),
            left=[token.left_edge.i for token in tokens],
            right=[token.right_edge.i for token in tokens],
        )

    def span(self, first: int, last: int | None = None) -> Span:
        """The characters from token ``first`` through token ``last``."""
        return Span(self.starts[first], self.ends[first if last is None else last])

    def at(self, place: int) -> int:
        """The token that holds the character ``place``, or the last one before it."""
        return max(0, bisect_right(self.starts, place) - 1)

    def sentence(self, token: int) -> tuple[int, int]:
        """The first and the last token of the sentence that holds ``token``."""
        at = bisect_right(self.firsts, token)
        after = self.firsts[at] if at < len(self.firsts) else len(self.starts)
        return self.firsts[at - 1], after - 1

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


def _children(heads: list[int]) -> list[list[int]]:
    """The first children of each token, from left to right."""
    children: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head != i and len(children[head]) < _CHILDREN:
            children[head].append(i)
    return children


def _content(words: list[str], pos: list[str], entities: list[str], stops: list[int], numbers: list[int]) -> list[bool]:
    """Of each token whether it carries meaning of its own for matching: no stop word, no number, no date."""
    return [
        part in _CONTENT and not stop and not number and label not in _VALUES and len(word) > 1
        for word, part, label, stop, number in zip(words, pos, entities, stops, numbers, strict=True)
    ]


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
