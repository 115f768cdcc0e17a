"""What on a page is not the article's body: menus, links, credits, stamps, comments, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reconcile.extract.stamps import find_stamps
from reconcile.lexicon import load_lexicon
from reconcile.model import Excluded, Span

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?][\"”)\]]{0,2}\s+(?=[A-Z“\"(\[©@])")
_WORDS = re.compile(r"\w+")
_SHORT_LINE = 220
"""Characters of a line that may go as a whole when it begins as boilerplate does."""
_SHORT_SENTENCE = 260
_REPORTERS = re.compile(
    r"\bcontributed (?:reporting|to th(?:is|e) (?:report|story|article))\b"
    r"|^[^\n]{3,60}? is an? (?:[^\n]{0,60} )?(?:staff|news|freelance|contributing) "
    r"(?:writer|reporter|photographer|editor)\b"
)
"""What a sentence on who made the article holds."""
_SIGNS = " \t\r\xa0.:;,!|>»-–—*•·…[]()"
_COMMENTS_FROM = 0.4
"""The share of the text after which a comments heading is one, and not a link to them."""


@dataclass(frozen=True, slots=True)
class _Boilerplate:
    lines: dict[str, str]
    starts: re.Pattern[str]
    reasons: dict[str, str]
    comments: frozenset[str]


def find_excluded(text: str, title: str = "", source: str = "") -> tuple[Excluded, ...]:
    """The stretches of ``text`` that are not its body, in order and apart from each other, with their reasons.

    A first line that repeats ``title``, with more below it, is the headline; a line that only names the outlet
    ``source`` is its banner.
    """
    words = _boilerplate()
    found: list[Excluded] = []
    ends_at = len(text.rstrip())
    first = True
    for line in _LINE.finditer(text):
        span = _stripped(text, Span(line.start(), line.end()))
        if span is None:
            continue
        if _is_comments_heading(text, span, words):
            found.append(Excluded(Span(span.start, len(text)), "comments"))
            break
        headline = title if first and span.end < ends_at else ""
        first = False
        reason = _reason_of_line(span.of(text), words, headline, source)
        if reason:
            found.append(Excluded(span, reason))
        else:
            found.extend(_in_line(text, span, words))
    return _apart(found)


def _stripped(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _reason_of_line(line: str, words: _Boilerplate, title: str, source: str) -> str:
    """Why the whole line is no body text; empty where it is."""
    if title and _same_words(line, title):
        return "headline"
    if len(line) > _SHORT_LINE:
        return ""
    bare = line.strip(_SIGNS).lower()
    if source and bare == source.strip().lower():
        return "banner"
    if bare in words.lines:
        return words.lines[bare]
    began = words.starts.match(line.lstrip(_SIGNS))
    return words.reasons[began.group().lower()] if began else ""


def _in_line(text: str, line: Span, words: _Boilerplate) -> Iterator[Excluded]:
    """Boilerplate sentences, credits and stamps within a line of body text."""
    yield from find_stamps(text, line)
    start = line.start
    ends = [m.end() for m in _SENTENCE_END.finditer(text, line.start, line.end)]
    for end in [*ends, line.end]:
        stripped = _stripped(text, Span(start, end))
        if stripped and end - start <= _SHORT_SENTENCE:
            began = words.starts.match(text, start, min(end, start + 60))
            if began:
                yield Excluded(stripped, words.reasons[began.group().lower()])
            elif _REPORTERS.search(stripped.of(text)):
                yield Excluded(stripped, "credit")
        start = end


def _is_comments_heading(text: str, line: Span, words: _Boilerplate) -> bool:
    if line.end - line.start > 60 or line.start < _COMMENTS_FROM * len(text):
        return False
    bare = line.of(text).strip(_SIGNS).lower().lstrip("0123456789 ")
    return bare in words.comments


def _same_words(left: str, right: str) -> bool:
    return len(left) <= 2 * len(right) + 20 and _WORDS.findall(left.lower()) == _WORDS.findall(right.lower()) != []


def _apart(found: list[Excluded]) -> tuple[Excluded, ...]:
    """In order, each overlap given to the stretch that starts first, or to the longer of two that start together."""
    kept: list[Excluded] = []
    for excluded in sorted(found, key=lambda e: (e.span.start, -e.span.end)):
        start = max(excluded.span.start, kept[-1].span.end if kept else 0)
        if start < excluded.span.end:
            kept.append(Excluded(Span(start, excluded.span.end), excluded.reason))
    return tuple(kept)


@cache
def _boilerplate() -> _Boilerplate:
    data = load_lexicon("boilerplate")
    reasons = {phrase: reason for reason, phrases in data["starts"].items() for phrase in phrases}
    longest_first = sorted(reasons, key=len, reverse=True)
    return _Boilerplate(
        lines={line.strip(_SIGNS): reason for reason, lines in data["lines"].items() for line in lines},
        starts=re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE),
        reasons=reasons,
        comments=frozenset(line.strip(_SIGNS) for line in data["comments"]),
    )
