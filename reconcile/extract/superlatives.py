"""Superlatives as ranks: "the largest employer in the world", "the deadliest shooting since 2012"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from reconcile.extract.quantity_nouns import noun_lemma
from reconcile.lexicon import load_lexicon
from reconcile.model import NumberValue, QuantityMention, Span


@cache
def _superlatives() -> dict[str, str]:
    return dict(load_lexicon("numbers")["superlatives"])


def find_superlatives(doc: Doc) -> list[QuantityMention]:
    """Each superlative before its noun as an ordinal of value 1, whose unit is the superlative ("largest")."""
    words, found = _superlatives(), []
    for token in doc:
        rank = words.get(token.lower_)
        noun = _ranked_noun(token) if rank else None
        if rank and noun is not None:
            value = NumberValue(1, 1, "=", rank, noun_lemma(noun), "ordinal")
            span = Span(token.idx, token.idx + len(token))
            found.append(QuantityMention(span, value, Span(noun.idx, noun.idx + len(noun))))
    return found


def _ranked_noun(token: Token) -> Token | None:
    """The noun that the superlative modifies, where it is one thing or a few ("one of the largest")."""
    if token.dep_ in {"amod", "compound", "nmod"} and token.head.pos_ in {"NOUN", "PROPN"} and token.head.i > token.i:
        return token.head
    return None
