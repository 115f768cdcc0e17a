"""From character offsets to tokens: a parsed text with its words at hand, so that nothing is computed twice."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc, Token

from reconcile.extract.syntax import Tree


class TokenIndex:
    """A parsed text; ``text`` is joined once (``Doc.text`` joins anew at each use, which makes a loop quadratic)."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        tree = Tree.of(doc)
        self.text, self._starts = tree.text, tree.starts

    def at(self, offset: int) -> Token:
        """The token that covers a character, or the last one before it."""
        return self.doc[max(0, bisect_right(self._starts, offset) - 1)]

    def after(self, token: Token, count: int = 1) -> str:
        """The word ``count`` tokens on, in lower case; "" past the end."""
        return self.doc[token.i + count].lower_ if token.i + count < len(self.doc) else ""

    def before(self, token: Token, count: int = 1) -> str:
        """The word ``count`` tokens back, in lower case; "" before the start."""
        return self.doc[token.i - count].lower_ if token.i >= count else ""

    def head_between(self, start: int, end: int) -> Token:
        """The token of the stretch ``[start, end)`` that hangs on a word outside it."""
        first, last = self.at(start), self.at(end - 1)
        for i in range(first.i, last.i + 1):
            if not first.i <= self.doc[i].head.i <= last.i:
                return self.doc[i]
        return last
