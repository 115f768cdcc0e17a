"""Quotations that the parse gave to nobody: a reporting verb beside them, a colon before, a name after a dash."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc

from reconcile.extract.frames import source_range
from reconcile.extract.quotes import SPEECH_WORDS, Quote
from reconcile.extract.reporting import Reporting
from reconcile.extract.syntax import Tree, find_subject
from reconcile.model import Span

_NEAR = 10
"""Tokens beside a quotation in which its reporting verb is looked for."""

_LABEL = re.compile(
    r"^[\"“'‘]?(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4}):[ \xa0]+(?P<said>\S[^\n]+)", re.MULTILINE
)
_SIGNED = re.compile(r"[\s.,]*[―—–-]{1,2}\s*(?P<name>[^\n]{2,80})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loose:
    """An attribution found without a parse: spans in characters, ``source`` the source's head token."""

    cue: Span
    source: int
    source_span: Span
    content: tuple[Span, ...]


def find_loose(doc: Doc, tree: Tree, lexicon: Reporting, quotes: list[Quote]) -> list[Loose]:
    """Attributions of the quotations in ``quotes``, and of what stands after a speaker's label ("MAYOR: …")."""
    starts = [t.idx for t in doc]
    found = _labelled(doc, starts)
    for quote in quotes:
        if quote.words < SPEECH_WORDS:
            continue
        loose = _signed(doc, starts, quote) or _beside(doc, tree, lexicon, starts, quote)
        if loose is not None:
            found.append(loose)
    return found


def _labelled(doc: Doc, starts: list[int]) -> list[Loose]:
    """A headline's or a transcript's "Name: what they say"."""
    found = []
    for match in _LABEL.finditer(doc.text):
        name, said = Span(*match.span("name")), Span(*match.span("said"))
        label = match.group("name")
        if not (label.isupper() or match.start() == 0):
            continue
        head = _token_at(starts, name.end - 1)
        if doc[head].pos_ not in ("PROPN", "NOUN"):
            continue
        end = said.end - len(said.of(doc.text)) + len(said.of(doc.text).rstrip(' ."”'))
        found.append(Loose(Span(name.end, name.end + 1), head, name, (Span(said.start, max(end, said.start + 1)),)))
    return found


def _signed(doc: Doc, starts: list[int], quote: Quote) -> Loose | None:
    """A quotation with its speaker after a dash."""
    match = _SIGNED.match(doc.text, quote.span.end, min(len(doc.text), quote.span.end + 120))
    if match is None:
        return None
    name = Span(*match.span("name"))
    head = _token_at(starts, name.start)
    return Loose(Span(match.start("name") - 1, match.start("name")), head, name, (quote.span,))


def _beside(doc: Doc, tree: Tree, lexicon: Reporting, starts: list[int], quote: Quote) -> Loose | None:
    """The nearest reporting verb after the quotation, else before it, within its own paragraph."""
    last = _token_at(starts, quote.span.end - 1)
    first = _token_at(starts, quote.span.start)
    after = range(last + 1, min(len(doc), last + 1 + _NEAR))
    before = range(first - 1, max(-1, first - 1 - 3 * _NEAR), -1)
    introduced = doc.text[max(0, quote.span.start - 4) : quote.span.start].rstrip()[-1:] == ":"
    for tokens, crosses in ((after, False), (before, introduced)):
        for token in tokens:
            lower = doc[token].text_with_ws
            if "\n" in lower and not crosses:
                break
            if tree.lowers[token] in (".", "?", "!", "“", "”", '"') and tokens is before:
                break
            if tree.lemmas[token] not in lexicon.speech or tree.pos[token] != "VERB":
                continue
            source = find_subject(tree, token)
            if source is None:
                continue
            left, right = source_range(tree, source, token)
            span = Span(doc[left].idx, doc[right].idx + len(doc[right]))
            if span.overlaps(quote.span):
                continue
            cue = Span(doc[token].idx, doc[token].idx + len(doc[token]))
            return Loose(cue, source, span, (quote.span,))
    return None


def _token_at(starts: list[int], place: int) -> int:
    return max(0, bisect_left(starts, place + 1) - 1)
