"""Claims of what somebody is accused of."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from reconcile.extract.layers import Layers
from reconcile.model import Claim, Kind, Span

_CHARGING = {"charge": ("with",), "accuse": ("of",), "convict": ("of",), "indict": ("on", "for"), "acquit": ("of",)}
_COUNTS = frozenset({"charge", "count", "suspicion", "allegation"})
_CASES = frozenset({"charge", "lawsuit", "suit", "trial"})
"""Nouns that a word before them tells the offence of ("fraud trial", "discrimination lawsuit")."""
_ACCUSING = _COUNTS | _CASES | set(_CHARGING)


def charge_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for every offence that somebody is charged with, convicted of, or pleads to."""
    seen: set[int] = set()
    for token in layers.having(("VERB", "NOUN"), _ACCUSING):
        for offence in _offences(token):
            if offence.i in seen:
                continue
            seen.add(offence.i)
            span = Span(offence.left_edge.idx, _phrase_end(offence))
            tokens = layers.tokens(span)
            if tokens is None or len(tokens) > 25:
                continue
            claim = layers.claim(Kind.CHARGE, span, layers.text_value(tokens), confidence=0.8, slot="charge")
            if claim is not None:
                yield claim


def _offences(token: Token) -> Iterator[Token]:
    """The heads of the offences that one word introduces."""
    prepositions = _CHARGING.get(token.lemma_.lower(), ()) if token.pos_ == "VERB" else ()
    counting = token.pos_ == "NOUN" and token.lemma_.lower() in _COUNTS
    for child in token.children:
        if child.dep_ == "prep" and (child.lower_ in prepositions or (counting and child.lower_ == "of")):
            for target in child.children:
                if target.dep_ in ("pobj", "pcomp") and target.lemma_.lower() not in _COUNTS:
                    yield target
        elif child.dep_ == "compound" and token.pos_ == "NOUN" and token.lemma_.lower() in _CASES:
            yield child


def _phrase_end(head: Token) -> int:
    """Where an offence ends: its own words, without relative clauses and what follows them."""
    last = head
    for token in head.subtree:
        if token.dep_ in ("relcl", "advcl", "punct") and token.i > head.i:
            break
        last = token
    return last.idx + len(last.text)
