"""Superlatives as ranks: "the largest employer in the world", "the deadliest shooting since 2012"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from reconcile.extract.quantity_nouns import children_near, noun_lemma
from reconcile.extract.syntax import Tree
from reconcile.lexicon import load_lexicon
from reconcile.model import NumberValue, QuantityMention, Span


@cache
def _superlatives() -> dict[str, str]:
    return dict(load_lexicon("numbers")["superlatives"])


def superlative_rank(word: str) -> str | None:
    """The rank that a superlative names, one for its synonyms ("biggest" is "largest"); None for other words."""
    return _superlatives().get(word)


def find_superlatives(doc: Doc) -> list[QuantityMention]:
    """Each superlative before its noun as an ordinal of value 1, whose unit is the superlative ("largest")."""
    words, found = _superlatives(), []
    for i, word in enumerate(Tree.of(doc).lowers):
        rank = words.get(word)
        if rank is None or (noun := _ranked_noun(token := doc[i])) is None:
            continue
        value = NumberValue(1, 1, "=", rank, noun_lemma(noun), "ordinal")
        span = Span(token.idx, token.idx + len(token))
        found.append(QuantityMention(span, value, Span(noun.idx, noun.idx + len(noun))))
    return found


def _ranked_noun(token: Token) -> Token | None:
    """The noun that the superlative modifies, where it is a definite one ("the largest", "the country's largest")."""
    noun = token.head
    if (
        noun.dep_ == "conj"
        and noun.head.pos_ in {"NOUN", "PROPN"}
        and not any(x.dep_ == "det" for x in children_near(noun, right=0))
    ):
        return noun if _is_definite(noun.head, token) else None
    if token.dep_ not in {"amod", "compound", "nmod"} or noun.pos_ not in {"NOUN", "PROPN"} or noun.i < token.i:
        return None
    return noun if _is_definite(noun, token) else None


def _is_definite(noun: Token, token: Token) -> bool:
    owners = (child for child in children_near(noun, right=0) if child.dep_ in {"det", "poss"} and child.i < token.i)
    return any(child.lower_ in {"the", "these", "those"} or child.pos_ in {"NOUN", "PROPN"} for child in owners)
