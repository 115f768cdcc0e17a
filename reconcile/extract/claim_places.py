"""Claims of where: each place that a clause sets its event in."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Tokens

from reconcile.extract.layers import Layers
from reconcile.model import Claim, Kind, PlaceValue, Span

_LOCATIVE = frozenset(
    "in at on near outside inside within around across throughout along off between from to into of toward towards "
    "over behind beside by through".split()
)


def place_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for every mention of a place that stands where something is, happens, comes from or goes to."""
    for place in layers.entities:
        if place.type != "place" or not isinstance(place.name, PlaceValue):
            continue
        for mention in place.mentions:
            claim = _place_claim(layers, place.name, mention)
            if claim is not None:
                yield claim


def _place_claim(layers: Layers, value: PlaceValue, mention: Span) -> Claim | None:
    tokens = layers.tokens(mention)
    if tokens is None:
        return None
    preposition = find_preposition(tokens)
    if not preposition and tokens.root.dep_ in ("nsubj", "nsubjpass", "dobj", "poss"):
        return None  # a place that acts or owns is a party, not a setting
    firm = preposition in ("in", "at", "on", "near", "outside", "inside")
    return layers.claim(
        Kind.LOCATION,
        mention,
        value,
        confidence=0.85 if firm else 0.65,
        slot=f"where ({preposition or 'named'})",
    )


def find_preposition(tokens: Tokens) -> str:
    """The preposition that a place's words hang on, or ""."""
    token = tokens.root
    for _ in range(4):
        if token.dep_ in ("pobj", "pcomp"):
            word = token.head.lower_
            return word if word in _LOCATIVE else ""
        if token.dep_ not in ("conj", "appos", "compound", "nmod", "nummod") or token.head.i == token.i:
            return ""
        token = token.head
    return ""
