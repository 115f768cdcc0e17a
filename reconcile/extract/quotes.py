"""Quotation marks to quoted stretches: curly, straight, doubled and single marks, closed or running on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from reconcile.model import Span

_MARK = re.compile(r"[“”„«»\"]|``|''|,,(?=\w)")
_SINGLE = re.compile(r"[‘’'](?!')(?<!'')")
_PARAGRAPH = re.compile(r"[^\n]+")
_SPEECH_BEFORE = re.compile(r"(?:^|[.,:;!?…)\]—–-]\s{1,3})$")

SPEECH_WORDS = 4
"""Quotations of fewer words are as often terms, titles and scare quotes."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One quoted stretch, marks included; ``continues`` where its paragraph ends before the quotation does."""

    span: Span
    words: int
    continues: bool = False


def find_quotes(text: str) -> tuple[Quote, ...]:
    """All outermost quotations in ``text``, in order, none across a line break."""
    quotes: list[Quote] = []
    for paragraph in _PARAGRAPH.finditer(text):
        double = _quotes_of_paragraph(text, paragraph.start(), paragraph.end())
        single = _single_quotes(text, paragraph.start(), paragraph.end(), double)
        quotes.extend(sorted([*double, *single], key=lambda q: q.span))
    return tuple(quotes)


def _quotes_of_paragraph(text: str, start: int, end: int) -> list[Quote]:
    found: list[Quote] = []
    opened: int | None = None
    depth, closed = 0, 0
    for mark in _MARK.finditer(text, start, end):
        if opened is None:
            if _opens(text, mark, start, end):
                opened, depth, closed = mark.start(), 1, 0
        elif mark.group() in "“„«" and _opens(text, mark, start, end):
            depth += 1
        elif _closes(text, mark, end):
            depth, closed = depth - 1, mark.end()
            # A straight mark never nests; a curly one closes what is still open when speech ends at it.
            if depth <= 0 or mark.group() in ('"', "''"):
                found.append(_quote(text, opened, mark.end()))
                opened = None
    if opened is not None and closed:
        found.append(_quote(text, opened, closed))
    elif opened is not None and _runs_on(text, opened, start):
        found.append(_quote(text, opened, end, continues=True))
    return found


def _single_quotes(text: str, start: int, end: int, double: list[Quote]) -> list[Quote]:
    """Speech between single marks, outside double ones; unlike an apostrophe its end has punctuation before it."""
    found: list[Quote] = []
    opened: int | None = None
    for mark in _SINGLE.finditer(text, start, end):
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        if mark.group() != "’" and before in " \xa0(—" and after.isalnum():
            opened = mark.start()
        elif opened is not None and mark.group() != "‘" and before in ".,!?…" and not after.isalnum():
            quote = _quote(text, opened, mark.end())
            if quote.words >= SPEECH_WORDS:
                found.append(quote)
            opened = None
    taken = QuoteIndex(tuple(double))
    return [quote for quote in found if not taken.overlapping(quote.span)]


def _quote(text: str, start: int, end: int, continues: bool = False) -> Quote:
    return Quote(Span(start, end), len(text[start:end].split()), continues)


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether the mark can open: its own shape says so, or it stands before a word and after a gap."""
    if mark.end() >= end:
        return False
    if mark.group() in ("“", "„", "«", "``", ",,"):
        return True
    before = text[mark.start() - 1] if mark.start() > start else " "
    return not text[mark.end()].isspace() and (before.isspace() or before in "([—–-―/")


def _closes(text: str, mark: re.Match[str], end: int) -> bool:
    if mark.group() in ("”", "»"):
        return True
    if mark.group() in ("“", "„", "«", "``", ",,"):
        return False
    before = text[mark.start() - 1]
    return not before.isspace() or mark.end() >= end or text[mark.end()].isspace()


def _runs_on(text: str, opened: int, start: int) -> bool:
    """Whether a mark that is never closed opens speech up to the paragraph's end, and is not just stray."""
    return opened == start or bool(_SPEECH_BEFORE.search(text[max(start, opened - 4) : opened]))


class QuoteIndex:
    """The quotations of a text, found by place in logarithmic time."""

    def __init__(self, quotes: tuple[Quote, ...]) -> None:
        self.quotes = quotes
        self._starts = [q.span.start for q in quotes]
        self._ends = [q.span.end for q in quotes]

    def overlapping(self, span: Span) -> tuple[Quote, ...]:
        """The quotations that share a character with ``span``."""
        return self.quotes[bisect_right(self._ends, span.start) : bisect_left(self._starts, span.end)]

    def speaks(self, span: Span) -> bool:
        """Whether ``span`` stands within the words of a quotation that is more than a term in quotation marks."""
        return any(q.span.covers(span) and q.words >= SPEECH_WORDS for q in self.overlapping(span))

    def after(self, place: int) -> Quote | None:
        """The first quotation that starts at or after ``place``."""
        at = bisect_left(self._starts, place)
        return self.quotes[at] if at < len(self.quotes) else None

    def last_within(self, span: Span) -> Quote | None:
        """The last quotation that shares a character with ``span``."""
        found = self.overlapping(span)
        return found[-1] if found else None
