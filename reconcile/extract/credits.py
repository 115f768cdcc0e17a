"""Whose words an article carries: the agencies it credits and the outlets it quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reconcile.lexicon import load_lexicon

_HEAD, _TAIL = 400, 600
"""How many characters at an article's two ends may hold a byline or a credit line."""
_OVER_LINE = 4
"""A dateline's dash may stand on the next line, after this many characters at most."""


@dataclass(frozen=True, slots=True)
class _Agency:
    """An agency: the words to look for before anything else, what credits it anywhere, and what only at the ends."""

    name: str
    marks: tuple[str, ...]
    anywhere: re.Pattern[str]
    at_ends: re.Pattern[str]


@cache
def _agencies() -> tuple[_Agency, ...]:
    agencies = []
    for entry in load_lexicon("publishers")["agencies"]:
        marks = (*entry["marks"], *entry["short"])
        name = rf"(?:The )?(?:{'|'.join(map(re.escape, marks))})"
        dateline = rf"\({name}\)\s{{0,3}}[-—–:_]|^[ \t]{{0,8}}(?:By\b[^\n]{{0,40}}?)?{name}\s{{0,3}}[-—–|]"
        contributed = r"\b(?:contributed|assisted|all rights reserved)"
        anywhere = rf"{dateline}|Copyright[^\n]{{0,20}}?\b{name}\b|\b{name}\b[^\n.]{{0,60}}{contributed}"
        at_ends = rf"\({name}\)|^[ \t]{{0,8}}(?:By )?(?:[\w.' -]{{0,60}}?[,|/]? ?){name}[ \t]{{0,8}}$"
        patterns = (re.compile(anywhere, re.MULTILINE), re.compile(at_ends, re.MULTILINE))
        agencies.append(_Agency(entry["name"], marks, *patterns))
    return tuple(agencies)


def find_credits(text: str) -> tuple[str, ...]:
    """The agencies whose text the article says it carries, by the names of ``publishers.yaml``, sorted."""
    ends = text if len(text) < _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    found = []
    for agency in _agencies():
        named = any(mark in text for mark in agency.marks)
        if named and (_is_credited(text, agency) or agency.at_ends.search(ends)):
            found.append(agency.name)
    return tuple(sorted(found))


def _is_credited(text: str, agency: _Agency) -> bool:
    """Whether one of the lines that name an agency credits it."""
    for mark in agency.marks:
        at = text.find(mark)
        while at >= 0:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if agency.anywhere.search(text, text.rfind("\n", 0, at) + 1, min(len(text), end + _OVER_LINE)):
                return True
            at = text.find(mark, end)
    return False


@cache
def _outlet_pattern() -> re.Pattern[str]:
    """An outlet beside a word for borrowing: a call sign, a known name, or "the … Times" and its kind."""
    book = load_lexicon("publishers")
    known = {name for family in book["families"] for name in family["names"] if len(name) > 2}
    known |= {mark for agency in book["agencies"] for mark in (*agency["marks"], *agency["short"]) if len(mark) > 1}
    names = "|".join(sorted(map(re.escape, known), key=lambda name: (-len(name), name)))
    local = rf"(?:[A-Z]\w{{1,30}}[ -]){{1,3}}(?:{'|'.join(book['outlet_words'])})\b"
    outlet = rf"([KW][A-Z]{{2,3}}(?:-(?:TV|FM|AM))?\b(?! Police)|(?:{names})\b|{local})"
    kind = r"(?:(?:[A-Z]{2,3}|Fox) affiliate |the |The |our (?:news )?partners? (?:at )?)?"
    before, after = ("|".join(map(re.escape, book[key])) for key in ("cite_before", "cite_after"))
    return re.compile(
        rf"\b(?:{before}) {kind}{outlet}|{outlet},? (?:{after})\b|\baffiliate {outlet}|\b(?:{after}) {kind}{outlet}"
    )


def find_cites(text: str) -> tuple[str, ...]:
    """The outlets that the article names as the source of what it says, as it writes them, without "the", sorted."""
    names = (next(filter(None, match.groups())) for match in _outlet_pattern().finditer(text))
    return tuple(sorted({re.sub(r"^[Tt]he |-(?:TV|FM|AM)$", "", name) for name in names}))
