"""What the words around a verb tell of it: who does it, whether it is negated, and whether it happened."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

Modality = Literal["done", "planned", "possible", "denied"]

_POSSIBLE = frozenset({"may", "might", "could", "can"})
_PLANNED = frozenset({"will", "would", "shall", "'ll", "should", "wo", "'d"})
_INTENT = frozenset(
    [
        "plan",
        "schedule",
        "expect",
        "intend",
        "hope",
        "set",
        "prepare",
        "aim",
        "slate",
        "due",
        "propose",
        "promise",
        "vow",
        "threaten",
        "urge",
    ]
)


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
    """Whether a verb is negated, by "not" or by a "no" on its subject or object."""
    for child in predicate.children:
        if child.dep_ == "neg":
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and any(
            grand.lower_ in ("no", "neither") and grand.dep_ in ("det", "neg", "preconj") for grand in child.children
        ):
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in ("nobody", "none", "neither"):
            return True
    return False


def modality_of(predicate: Token) -> Modality:
    """Whether what a verb tells is done, planned, or only possible."""
    token = predicate
    for _ in range(4):
        for child in token.children:
            if child.dep_ in ("aux", "auxpass"):
                if child.lower_ in _POSSIBLE:
                    return "possible"
                if child.lower_ in _PLANNED:
                    return "planned"
        head = token.head
        if token.dep_ == "xcomp" and head.i != token.i:
            if head.lemma_ in _INTENT:
                return "planned"
            token = head
            continue
        break
    if predicate.lemma_ in ("schedule", "plan", "expect", "slate") and predicate.tag_ in ("VBN", "VBD"):
        return "planned"
    return "done"
