"""What the words around a verb tell of it: who does it, whether it is negated, hedged, planned or only possible."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Token

from reconcile.extract.syntax import Tree
from reconcile.lexicon import load_lexicon

Modality = Literal["done", "planned", "possible", "denied"]

_POSSIBLE = frozenset({"may", "might", "could", "can"})
_PLANNED = frozenset({"will", "would", "shall", "'ll", "’ll", "should", "wo", "'d", "’d"})
_CONDITIONAL = frozenset({"if", "unless", "whether"})
_OPEN_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "advcl"})
_REACH = 4


@dataclass(frozen=True, slots=True)
class _Senses:
    """Lemmas that tell of the infinitive below them that it is intended, possible, avoided, or hearsay; and hedges."""

    intended: frozenset[str]
    possible: frozenset[str]
    avoided: frozenset[str]
    hearsay: frozenset[str]
    apparent: frozenset[str]
    hedges: frozenset[str]


@cache
def _senses() -> _Senses:
    kinds = ("intended", "possible", "avoided", "hearsay", "apparent")
    words = {kind: frozenset(load_lexicon("modality")[kind]) for kind in kinds}
    return _Senses(**words, hedges=frozenset(load_lexicon("reporting")["hedges"]))


def find_subject(predicate: Token) -> Token | None:
    """The grammatical subject of a verb, looked for through coordination and control."""
    token = predicate
    for _ in range(6):
        for child in token.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                return child
        if token.dep_ == "relcl" or (token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN")):
            return token.head
        if token.dep_ not in ("conj", "xcomp", "advcl", "ccomp") or token.head.i == token.i:
            return None
        token = token.head
    return None


def is_negated(predicate: Token) -> bool:
    """Whether a verb is negated: by "not", "no longer", "no" on its subject or object, "without" or "failed to"."""
    for child in predicate.children:
        if child.dep_ == "neg" or (child.lower_ == "longer" and any(g.lower_ == "no" for g in child.children)):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and any(
            grand.lower_ in ("no", "neither") and grand.dep_ in ("det", "neg", "preconj") for grand in child.children
        ):
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in ("nobody", "none", "neither"):
            return True
    head = predicate.head
    if predicate.dep_ == "pcomp" and head.lower_ == "without":
        return True
    return predicate.dep_ == "xcomp" and _is_infinitive(predicate) and head.lemma_.lower() in _senses().avoided


def modality_of(predicate: Token) -> Modality:
    """Whether what a verb tells is done, planned, or only possible."""
    senses, token = _senses(), predicate
    for _ in range(_REACH):
        if (told := _auxiliary(token)) is not None:
            return told
        head = token.head
        if token.dep_ not in _OPEN_CLAUSES or head.i == token.i:
            break
        infinitive, lemma = _is_infinitive(token), head.lemma_.lower()
        if infinitive and (lemma in senses.intended or (lemma == "be" and token.dep_ == "xcomp")):
            return "planned"
        if infinitive and lemma == "go" and head.tag_ == "VBG":
            return "planned"
        if infinitive and lemma in senses.possible:
            return "possible"
        if token.dep_ != "xcomp":
            break
        token = head
    if predicate.lemma_ in ("schedule", "plan", "expect", "slate") and predicate.tag_ in ("VBN", "VBD"):
        return "planned"
    return "done"


def _auxiliary(verb: Token) -> Modality | None:
    """What a verb's auxiliaries tell, or the "if" or "whether" that opens its clause."""
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass"):
            if child.lower_ in _POSSIBLE:
                return "possible"
            if child.lower_ in _PLANNED:
                return "planned"
        elif child.dep_ == "mark" and child.lower_ in _CONDITIONAL:
            return "possible"
    return None


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.lefts)


def hedge_beside(tree: Tree, predicate: int, value: int) -> str | None:
    """The word that holds what a verb tells of a value at arm's length ("allegedly"), in lower case.

    Looked for on the words from the value up to its verb, and on the verb.
    """
    hedges, token = _senses().hedges, value
    for _ in range(2 * _REACH):
        if (found := _hedge_on(tree, token, hedges)) is not None:
            return found
        if token == predicate or tree.heads[token] == token:
            break
        token = tree.heads[token]
    return _hedge_on(tree, predicate, hedges)


def _hedge_on(tree: Tree, token: int, hedges: frozenset[str]) -> str | None:
    for child in tree.children[token]:
        if tree.lowers[child] in hedges and tree.deps[child] in ("advmod", "amod"):
            return tree.lowers[child]
    return None


def hearsay_above(predicate: Token) -> str | None:
    """ "Believed" of "is believed to have fled", "appeared" of "appeared to be asleep"."""
    senses, token = _senses(), predicate
    for _ in range(_REACH):
        head = token.head
        if token.dep_ != "xcomp" or head.i == token.i:
            return None
        lemma = head.lemma_.lower()
        passive = head.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in head.children)
        if lemma in senses.apparent or (passive and lemma in senses.hearsay):
            return head.lower_
        token = head
    return None
