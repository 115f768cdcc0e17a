"""Clauses that the article itself holds at arm's length: "allegedly", "reportedly", "apparently"."""

from __future__ import annotations

from spacy.tokens import Doc

from reconcile.extract.reporting import load_reporting
from reconcile.model import Span

_REACH = 60
"""Tokens on either side over which a hedge may hold."""


def find_hedges(doc: Doc) -> tuple[tuple[Span, str], ...]:
    """Each hedged clause's or phrase's characters with its hedging word, in text order."""
    hedges = load_reporting().hedges
    found = []
    for token in doc:
        if token.lower_ in hedges and token.dep_ in ("advmod", "amod", "acomp") and token.head.i != token.i:
            first = max(token.head.left_edge.i, token.i - _REACH)
            last = doc[min(token.head.right_edge.i, token.i + _REACH)]
            found.append((Span(doc[first].idx, last.idx + len(last)), token.lower_))
    return tuple(found)
