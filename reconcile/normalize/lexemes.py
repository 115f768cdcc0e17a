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


def spell(words: str) -> str:
    """A phrase of a word list as its lexemes with single spaces, as texts are looked up in it."""
    return " ".join(lexeme.lower for lexeme in split_lexemes(words))


def text_at(lexemes: list[Lexeme], at: int) -> str:
    """The lower case of the lexeme at an index; "" beyond either end."""
    return lexemes[at].lower if 0 <= at < len(lexemes) else ""


def glued_at(lexemes: list[Lexeme], at: int) -> bool:
    """Whether there is a lexeme at the index and no space before it."""
    return at < len(lexemes) and lexemes[at].glued


def runs_on(lexemes: list[Lexeme], at: int) -> bool:
    """Whether letters or digits follow without a space, so that what stands before is only part of a word."""
    return glued_at(lexemes, at) and lexemes[at].kind != "sign"


def all_glued(lexemes: list[Lexeme], start: int, stop: int) -> bool:
    """Whether ``lexemes[start:stop]`` are all there and none has a space before it."""
    return stop <= len(lexemes) and all(lexeme.glued for lexeme in lexemes[start:stop])
