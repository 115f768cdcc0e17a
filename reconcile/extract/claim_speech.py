"""Claims of what was said: quotations in their own words, and statements told indirectly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reconcile.extract.layers import Layers
from reconcile.extract.quotes import find_quotes
from reconcile.model import Attribution, Claim, Kind, Span

_MARKS = "\"“”„«»‘’'`"
_MIN_WORDS = 4


def quotation_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for every passage of four words or more between quotation marks."""
    text = layers.article.text
    for quote in find_quotes(text):
        span = _inside(text, quote.span)
        if len(span.of(text).split()) >= _MIN_WORDS and (claim := _speech(layers, Kind.QUOTATION, span, None)):
            yield claim


def statement_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for everything that somebody is told to have said, in the outlet's words."""
    for attribution in layers.attributions:
        if attribution.style == "direct" or attribution.act != "assertion":
            continue
        span = max(attribution.content, key=lambda part: part.end - part.start, default=None)
        if span is None or len(span.of(layers.article.text).split()) < _MIN_WORDS:
            continue
        if claim := _speech(layers, Kind.STATEMENT, span, attribution):
            yield claim


def _inside(text: str, quote: Span) -> Span:
    """What stands between a quotation's marks, without the comma that leads on to who said it."""
    words = quote.of(text)
    start = len(words) - len(words.lstrip(_MARKS + " "))
    end = len(words.rstrip(_MARKS + " ").rstrip(","))
    return Span(quote.start + start, quote.start + max(start, end))


def _speech(layers: Layers, kind: Kind, span: Span, attribution: Attribution | None) -> Claim | None:
    tokens = layers.tokens(span)
    if tokens is None:
        return None
    said = attribution or layers.said_by(span)
    claim = layers.claim(
        kind,
        span,
        layers.text_value(tokens),
        confidence=0.85 if said else 0.7,
        slot=f"words of {said.speaker if said else 'somebody'}",
        subject=said.speaker_key if said else None,
    )
    if claim is None or said is None:
        return claim
    return replace(claim, speaker=said.speaker, hedge=said.hedge or claim.hedge)
