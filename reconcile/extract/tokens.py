"""The tokens of a document as plain lists, read once, and the runs of capitalised words in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from reconcile.extract.syntax import Tree
from reconcile.lexicon import load_lexicon
from reconcile.model import Span
from reconcile.normalize.name_parts import is_title, particle_words

QUOTES = frozenset("\"“”'‘’")
_HYPHENS = frozenset("-‐‑–")
_NOT_INSIDE = frozenset({"e", "i", "y", "la", "le", "o", "st"})
_MONTH_NAMES = frozenset({"may", "april", "june", "august"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists over a document's tokens; ``start`` and ``end`` are character offsets in its text."""

    text: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    pos: list[str]
    entity: list[str]
    sentence_start: list[bool]
    capital: list[bool]

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int, end: int) -> Span:
        """The character span of tokens ``[start, end)``."""
        return Span(self.start[start], self.end[end - 1])

    def words(self, start: int, end: int) -> str:
        """The words of tokens ``[start, end)``, spaced as in the text but for line breaks."""
        parts = []
        for i in range(start, end):
            gap = i > start and self.start[i] > self.end[i - 1]
            parts.append((" " if gap else "") + self.text[i])
        return "".join(parts)

    def joined(self, i: int) -> bool:
        """Whether token ``i`` stands against token ``i - 1`` without a space."""
        return i > 0 and self.start[i] == self.end[i - 1]


@cache
def never_names() -> frozenset[str]:
    """Words that are capitalised without naming anything: days, months, openers of sentences."""
    return frozenset(load_lexicon("titles")["never_names"])


def read_tokens(doc: Doc) -> Tokens:
    """The lists of a parsed document."""
    tree, never = Tree.of(doc), never_names()
    low, pos, entity, first = tree.lowers, tree.pos, tree.entities, tree.opens
    capital = [
        word[0].isupper()
        and (low[i] not in never or (low[i] in _MONTH_NAMES and entity[i] == "PERSON"))
        and (pos[i] == "PROPN" or bool(entity[i]) or not first[i])
        and any(map(str.isalpha, word))
        for i, word in enumerate(tree.words)
    ]
    return Tokens(tree.words, low, tree.starts, tree.ends, pos, entity, first, capital)


def find_runs(tokens: Tokens) -> list[tuple[int, int]]:
    """Maximal runs of capitalised words as token ranges; hyphens, initials and particles join, line breaks part."""
    runs: list[tuple[int, int]] = []
    i, size = 0, len(tokens)
    while i < size:
        if not tokens.capital[i]:
            i += 1
            continue
        start = i
        i = _extend_run(tokens, i + 1)
        runs.append((start, i))
    return runs


def _extend_run(tokens: Tokens, i: int) -> int:
    size = len(tokens)
    while i < size:
        if tokens.capital[i]:
            i += 1
        elif tokens.text[i] in _HYPHENS and i + 1 < size and tokens.joined(i) and tokens.joined(i + 1):
            if not (tokens.text[i + 1][:1].isalpha() and (tokens.capital[i + 1] or len(tokens.text[i + 1]) <= 4)):
                break
            i += 2
        elif tokens.low[i] in particle_words() - _NOT_INSIDE:
            after = i + 1
            while after < size and tokens.low[after] in particle_words() and not tokens.capital[after]:
                after += 1
            if after < size and tokens.capital[after]:
                i = after + 1
            else:
                break
        elif _ends_title(tokens, i):
            i += 1
        elif tokens.text[i] in QUOTES and _is_nickname(tokens, i):
            i += 3
        else:
            break
    return i


def _ends_title(tokens: Tokens, i: int) -> bool:
    """Whether a full stop belongs to a short title ("Lt", ".") with a name after it."""
    if tokens.text[i] != "." or i + 1 >= len(tokens) or not tokens.joined(i):
        return False
    return (
        tokens.capital[i + 1]
        and not tokens.joined(i + 1)
        and is_title(tokens.text[i - 1])
        and len(tokens.text[i - 1]) < 6
    )


def _is_nickname(tokens: Tokens, i: int) -> bool:
    """Whether a quotation mark opens one quoted word inside a name (Joseph "Moe" Allen)."""
    if i + 3 >= len(tokens) or tokens.text[i + 2] not in QUOTES or tokens.joined(i):
        return False
    return tokens.capital[i + 1] and tokens.capital[i + 3] and not tokens.joined(i + 3)


def names_aged(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a run of two words or more is the name of who is "24 years old": the age before it, no noun after it."""
    if end - start < 2 or start < 2 or tokens.low[start - 1] != "old" or tokens.entity[start] == "NORP":
        return False
    described = tokens.pos[end : end + 1] in (["NOUN"], ["ADJ"])
    return "year" in tokens.low[max(0, start - 4) : start - 1] and not described
