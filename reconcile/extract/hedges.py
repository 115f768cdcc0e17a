"""Clauses that the article itself holds at arm's length: "allegedly", "reportedly", "apparently"."""

from __future__ import annotations

from spacy.tokens import Doc

from reconcile.extract.reporting import load_reporting
from reconcile.extract.syntax import Tree
from reconcile.model import Span

_REACH = 60
"""Tokens on either side over which a hedge may hold."""


def find_hedges(doc: Doc) -> tuple[tuple[Span, str], ...]:
    """Each hedged clause's or phrase's characters with its hedging word, in text order."""
    tree, lexicon = Tree.of(doc), load_reporting()
    found = []
    for token, word in enumerate(tree.lowers):
        if word in lexicon.hedges and tree.heads[token] != token and tree.deps[token] in ("advmod", "amod", "acomp"):
            head = tree.heads[token]
            first, last = max(tree.left[head], token - _REACH), min(tree.right[head], token + _REACH)
            found.append((tree.span(first, last), word))
    return tuple(found)
