"""Quotations that the parse gave to nobody: a reporting verb beside them, a colon before, a name after a dash."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reconcile.extract.quotes import SPEECH_WORDS, Quote
from reconcile.extract.reporting import Reporting
from reconcile.extract.syntax import Tree, find_subject
from reconcile.extract.token_ranges import source_range
from reconcile.model import Span
from reconcile.normalize.places import look_up

_NEAR = 30
"""Tokens beside a quotation in which its reporting verb is looked for."""

_ENDS = frozenset({".", "?", "!"})
_STOPS = _ENDS | {"“", "”", '"'}
_LABEL = re.compile(
    r"^[\"“'‘]?(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4}):[ \xa0]+(?P<said>\S[^\n]+)", re.MULTILINE
)
_SIGNED = re.compile(r"[\s.,]*(?P<dash>[―—–-]{1,2})\s*(?P<name>[^\n]{2,80})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loose:
    """An attribution found without a parse: spans in characters, ``verb`` and ``source`` the heads' token indices."""

    verb: int
    cue: Span
    source: int
    source_span: Span
    content: tuple[Span, ...]


def find_loose(tree: Tree, lexicon: Reporting, quotes: list[Quote]) -> list[Loose]:
    """Attributions of the quotations in ``quotes``, and of what stands after a speaker's label ("MAYOR: …")."""
    found = _labelled(tree, lexicon)
    for quote in quotes:
        if quote.words < SPEECH_WORDS:
            continue
        loose = _signed(tree, quote) or _beside(tree, lexicon, quote) or _after_colon(tree, quote)
        if loose is not None:
            found.append(loose)
    return found


def _labelled(tree: Tree, lexicon: Reporting) -> list[Loose]:
    """A headline's or a transcript's "Name: what they say"."""
    found = []
    for match in _LABEL.finditer(tree.text):
        name, said = Span(*match.span("name")), Span(*match.span("said"))
        head = tree.at(name.end - 1)
        if (
            name.of(tree.text).lower() in lexicon.labels
            or look_up(name.of(tree.text)) is not None  # a dateline: "GENEVA: …"
            or not (name.of(tree.text).isupper() or match.start() == 0)
            or tree.pos[head] not in ("PROPN", "NOUN")
        ):
            continue
        length = len(said.of(tree.text).rstrip(' ."”'))
        if length:
            colon = Span(name.end, name.end + 1)
            found.append(Loose(head, colon, head, name, (Span(said.start, said.start + length),)))
    return found


def _signed(tree: Tree, quote: Quote) -> Loose | None:
    """A quotation with its speaker after a dash."""
    match = _SIGNED.match(tree.text, quote.span.end, min(len(tree.text), quote.span.end + 120))
    if match is None:
        return None
    name = Span(*match.span("name"))
    head = tree.at(name.start)
    return Loose(head, Span(match.start("dash"), match.end("dash")), head, name, (quote.span,))


def _beside(tree: Tree, lexicon: Reporting, quote: Quote) -> Loose | None:
    """The nearest reporting verb after the quotation, else before it, within its own paragraph."""
    first, last = tree.at(quote.span.start), tree.at(quote.span.end - 1)
    for token in range(last + 1, min(len(tree.heads), last + 1 + _NEAR)):
        if "\n" in tree.lowers[token] or tree.lowers[token] in _ENDS:
            break
        if (loose := _reported(tree, lexicon, quote, token)) is not None:
            return loose
    introduced = tree.text[max(0, quote.span.start - 4) : quote.span.start].rstrip()[-1:] in (":", ",")
    for token in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        if tree.lowers[token] in _STOPS or ("\n" in tree.lowers[token] and not introduced):
            break
        if (loose := _reported(tree, lexicon, quote, token)) is not None:
            return loose
    return None


def _after_colon(tree: Tree, quote: Quote) -> Loose | None:
    """A quotation after a colon belongs to the subject of the clause before: "Roth was blunt: …"."""
    colon = tree.text.rfind(":", max(0, quote.span.start - 4), quote.span.start)
    if colon < 0 or tree.text[colon + 1 : quote.span.start].strip():
        return None
    first, last = tree.sentence(tree.at(colon))
    for verb in range(tree.at(colon), max(first, last - _NEAR) - 1, -1):
        if tree.pos[verb] in ("VERB", "AUX") and (source := find_subject(tree, verb)) is not None:
            span = tree.span(*source_range(tree, source, verb))
            outside = not span.overlaps(quote.span) and span.end <= quote.span.start
            return Loose(verb, tree.span(verb), source, span, (quote.span,)) if outside else None
    return None


def _reported(tree: Tree, lexicon: Reporting, quote: Quote, verb: int) -> Loose | None:
    """The quotation as what ``verb`` reports, where that is a verb of saying with a source outside it."""
    particle = lexicon.phrasal.get(tree.lemmas[verb])
    speaks = tree.lemmas[verb] in lexicon.speech or any(tree.lowers[c] == particle for c in tree.children[verb])
    if not speaks or tree.pos[verb] != "VERB":
        return None
    for source in (find_subject(tree, verb), _named_after(tree, verb)):
        if source is None:
            continue
        span = tree.span(*source_range(tree, source, verb))
        if not span.overlaps(quote.span):
            return Loose(verb, tree.span(verb), source, span, (quote.span,))
    return None


def _named_after(tree: Tree, verb: int) -> int | None:
    """The head of the name or noun right after the verb ("…," said Dr. Okafor)."""
    token = verb + 1
    if token >= len(tree.heads) or tree.pos[token] not in ("PROPN", "NOUN", "DET", "ADJ", "PRON"):
        return None
    for _ in range(_NEAR):
        if tree.deps[token] not in ("compound", "det", "amod", "nmod", "poss") or tree.heads[token] <= token:
            break
        token = tree.heads[token]
    return token if tree.pos[token] in ("PROPN", "NOUN", "PRON") else None
