"""Who says what: direct, indirect and mixed quotation with its source, cue and content."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Doc

from reconcile.extract.frames import Candidate, find_candidates
from reconcile.extract.loose_quotes import find_loose
from reconcile.extract.quotes import SPEECH_WORDS, Quote, QuoteIndex, find_quotes
from reconcile.extract.reporting import Reporting, load_reporting
from reconcile.extract.speakers import SpeakerResolver
from reconcile.extract.syntax import Tree
from reconcile.model import Attribution, Entity, Span

_EDGE = " \t\n\r\xa0,;:.-—–―*"
_REPORTING = 300
"""Characters that the rest of a reporting sentence may take between two quotations."""
_PARAGRAPH = 600
"""Characters that may follow a speaker in the paragraph before a quotation that is one of its own."""
_CLOSES = frozenset({".", ",", "", "”", '"', "!", "?"})
_ASSERTIONS = frozenset({"clause", "around", "according", "loose", "naming"})
"""Frames in which a source tells what is so; in the others it wants, judges or plans."""
_MOSTLY = 0.5
"""A content that lies by more than this share in another one is part of it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in character offsets before overlaps are settled; ``verb`` and ``source`` are token indices."""

    verb: int
    cue: Span
    source: int
    source_span: Span
    content: tuple[Span, ...]
    frame: str

    @property
    def size(self) -> int:
        """Characters of content."""
        return sum(s.end - s.start for s in self.content)


DENIED = "denied"
"""The hedge of what somebody says is not so."""


def find_all_attributions(
    doc: Doc, entities: tuple[Entity, ...] = ()
) -> tuple[tuple[Attribution, ...], tuple[Attribution, ...]]:
    """All attributions of a parsed text in text order, and those within them.

    In "she said police told her …", what police told lies within what she said. Content spans are split where source or
    cue stand inside. ``speaker`` is the entity's name where ``entities`` has the source, else the source's own words.
    """
    tree, lexicon = Tree.of(doc), load_reporting()
    quotes = QuoteIndex(find_quotes(tree.text))
    kept, taken, inner = _outermost(tree, _drafts(tree, lexicon, quotes))
    unclaimed = [q for q in quotes.quotes if taken.find(1, q.span.start, q.span.end) < 0]
    loose = find_loose(tree, lexicon, unclaimed)
    kept, _, _ = _outermost(
        tree, kept + [Draft(x.verb, x.cue, x.source, x.source_span, x.content, "loose") for x in loose]
    )
    kept.sort(key=lambda d: (d.content[0].start, d.cue.start))
    kept = _whole_paragraphs(tree, _follow_on(tree, kept, quotes), quotes)
    inner = [d for d in inner if tree.lemmas[d.verb] in lexicon.speech or tree.lemmas[d.verb] == "accord"]
    inner.sort(key=lambda d: (d.content[0].start, d.cue.start))
    resolver = SpeakerResolver(tree, entities)
    return (
        tuple(_attribution(tree, lexicon, d, quotes, resolver) for d in kept),
        tuple(_attribution(tree, lexicon, d, quotes, resolver) for d in inner),
    )


def _drafts(tree: Tree, lexicon: Reporting, quotes: QuoteIndex) -> list[Draft]:
    """The candidates that stand outside what people are quoted as saying."""
    drafts = (_draft(tree, candidate, quotes) for candidate in find_candidates(tree, lexicon))
    return [d for d in drafts if d is not None and not quotes.speaks(d.cue)]


def _draft(tree: Tree, found: Candidate, quotes: QuoteIndex) -> Draft | None:
    """The candidate in characters, its content widened to the whole of each quotation that it touches."""
    cue = tree.span(found.cue)
    source = tree.span(*found.source_range)
    spans = [s for r in found.content if (s := _trimmed(tree.text, tree.span(*r)))]
    whole: list[Span] = []
    for span in spans:
        for quote in quotes.overlapping(span):
            if not quote.span.overlaps(cue) and not quote.span.overlaps(source):
                span = Span(min(span.start, quote.span.start), max(span.end, quote.span.end))
        if whole and span.start <= whole[-1].end:
            span = Span(min(whole[-1].start, span.start), max(whole.pop().end, span.end))
        whole.append(span)
    return Draft(found.cue, cue, found.source, source, tuple(whole), found.frame) if whole else None


def _trimmed(text: str, span: Span) -> Span | None:
    """The span without blanks and punctuation at its edges; quotation marks stay."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end) if start < end else None


def _outermost(tree: Tree, drafts: list[Draft]) -> tuple[list[Draft], bytearray, list[Draft]]:
    """The drafts that do not lie in a longer one's content, a mask of the characters they take, and those that do."""
    taken = bytearray(len(tree.text))
    kept: list[Draft] = []
    inner: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-d.size, d.cue.start)):
        if taken[draft.cue.start]:
            inner.append(draft)
            continue
        covered = sum(s.end - s.start - taken.count(0, s.start, s.end) for s in draft.content)
        if covered > _MOSTLY * draft.size:
            continue
        kept.append(draft)
        for span in draft.content:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    return kept, taken, inner


def _follow_on(tree: Tree, drafts: list[Draft], quotes: QuoteIndex) -> list[Draft]:
    """Give each speech the quotations right after it: the next sentence's, or the next paragraph's of an open one."""
    claimed = {q.span.start for d in drafts for s in d.content for q in quotes.overlapping(s)}
    claimed |= {q.span.start for d in drafts for q in quotes.overlapping(d.cue)}
    result = []
    for draft in drafts:
        content = list(draft.content)
        last = quotes.last_within(content[-1])
        while last is not None:
            end = max(last.span.end, draft.cue.end, draft.source_span.end, content[-1].end)
            following = _next_speech(tree, quotes, end)
            if following is None or following.span.start in claimed or not _goes_on(tree, last, end, following):
                break
            claimed.add(following.span.start)
            content.append(following.span)
            last = following
        result.append(replace(draft, content=tuple(content)))
    return result


def _whole_paragraphs(tree: Tree, drafts: list[Draft], quotes: QuoteIndex) -> list[Draft]:
    """Give paragraphs that are nothing but a quotation to whoever spoke last in the paragraph before."""
    claimed = {q.span.start for d in drafts for s in (*d.content, d.cue) for q in quotes.overlapping(s)}
    ends = sorted((max(d.content[-1].end, d.cue.end, d.source_span.end), i) for i, d in enumerate(drafts))
    contents = [list(d.content) for d in drafts]
    speaker: int | None = None
    at, reached = 0, 0
    for quote in quotes.quotes:
        while at < len(ends) and ends[at][0] <= quote.span.start:
            reached, speaker = ends[at]
            at += 1
        if speaker is None or quote.span.start in claimed or not _is_paragraph(tree.text, quote):
            continue
        between = tree.text[reached : quote.span.start]
        if len(between) < _PARAGRAPH and len([line for line in between.split("\n")[1:] if line.strip()]) == 0:
            contents[speaker].append(quote.span)
            reached = quote.span.end
    return [replace(d, content=tuple(c)) for d, c in zip(drafts, contents, strict=True)]


def _is_paragraph(text: str, quote: Quote) -> bool:
    """Whether the quotation is speech, and all that its paragraph has."""
    if quote.words < SPEECH_WORDS:
        return False
    start = text.rfind("\n", 0, quote.span.start) + 1
    end = text.find("\n", quote.span.end)
    after = text[quote.span.end : end if end >= 0 else len(text)]
    return start > 0 and not text[start : quote.span.start].strip() and not after.strip(_EDGE)


def _next_speech(tree: Tree, quotes: QuoteIndex, place: int) -> Quote | None:
    """The next quotation, past the terms and titles in quotation marks that the rest of the sentence may hold."""
    following = quotes.after(place)
    while following is not None and following.words < SPEECH_WORDS:
        at = bisect_left(tree.sentences, following.span.start)
        if at < len(tree.sentences) and tree.sentences[at] == following.span.start:
            break
        following = quotes.after(following.span.end)
    return following


def _goes_on(tree: Tree, last: Quote, end: int, following: Quote) -> bool:
    """Whether nothing but the rest of the reporting sentence stands between two quotations."""
    between = tree.text[end : following.span.start]
    if last.continues:
        return not between.strip()
    begun = bisect_left(tree.sentences, following.span.start) - bisect_left(tree.sentences, end)
    return "\n" not in between and len(between) < _REPORTING and begun == 0 and between.strip()[-1:] in _CLOSES


def _attribution(
    tree: Tree, lexicon: Reporting, draft: Draft, quotes: QuoteIndex, resolver: SpeakerResolver
) -> Attribution:
    speaker, key = resolver.resolve(draft.source, draft.source_span)
    style = _style(draft, quotes)
    return Attribution(
        source=_sources(tree, draft),
        cue=draft.cue,
        content=draft.content,
        style=style,
        speaker=speaker,
        speaker_key=key,
        hedge=_hedge(tree, lexicon, draft),
        act="assertion" if draft.frame in _ASSERTIONS or style != "indirect" else "attitude",
    )


def _sources(tree: Tree, draft: Draft) -> tuple[Span, ...]:
    """The source's span; a relative pronoun comes after what it stands for ("officials who say …")."""
    clause = tree.heads[draft.source]
    if not tree.is_relative(draft.source) or tree.deps[clause] != "relcl":
        return (draft.source_span,)
    antecedent = tree.heads[clause]
    return tree.span(tree.left[antecedent], antecedent), draft.source_span


def _style(draft: Draft, quotes: QuoteIndex) -> Literal["direct", "indirect", "mixed"]:
    quoted = sum(
        min(s.end, q.span.end) - max(s.start, q.span.start) for s in draft.content for q in quotes.overlapping(s)
    )
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.9 * draft.size else "mixed"


def _hedge(tree: Tree, lexicon: Reporting, draft: Draft) -> str | None:
    """The word beside the cue that holds the statement at arm's length; "denied" where the cue denies it."""
    if tree.lemmas[draft.verb] in lexicon.denials:
        return DENIED
    for token in tree.below(draft.verb, "advmod", "amod"):
        if tree.lowers[token] in lexicon.hedges:
            return tree.lowers[token]
    return None
