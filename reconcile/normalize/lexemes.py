"""Text to lexemes: digits, words and single signs with their offsets, the alphabet of the number grammar."""

from __future__ import annotations

import re
from typing import NamedTuple

_LEXEME = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)"
    r"|(?P<sign>\S)"
)


class Lexeme(NamedTuple):
    """One lexeme: ``kind`` is digits, word or sign; ``lower`` its lower case; ``glued`` where no space precedes."""

    kind: str
    start: int
    end: int
    text: str
    lower: str
    glued: bool


def split_lexemes(text: str) -> list[Lexeme]:
    """All lexemes of the text in order; linear in its length."""
    lexemes = []
    last = -1
    for match in _LEXEME.finditer(text):
        start, end = match.span()
        words = match.group()
        lexemes.append(Lexeme(match.lastgroup or "sign", start, end, words, words.lower(), start == last))
        last = end
    return lexemes
