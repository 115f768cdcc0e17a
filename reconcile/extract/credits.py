"""Whose words an article carries: the agencies it credits and the outlets it quotes."""

from __future__ import annotations

import re
from functools import cache

from reconcile.lexicon import load_lexicon

_HEAD, _TAIL = 400, 600
"""How many characters at an article's two ends may hold a byline or a credit line."""
_CREDITED = r"(?:contributed|assisted|reported|all rights reserved)"


@cache
def _agency_patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """For each agency: its name, what credits it anywhere, and what credits it at an article's ends only."""
    patterns = []
    for agency in load_lexicon("publishers")["agencies"]:
        long = [re.escape(mark) for mark in agency["marks"]]
        every = "|".join(long + [re.escape(mark) for mark in agency["short"]])
        bracketed = rf"\((?:The )?(?:{every})\)\s*[-—–:_]|^\s*(?:By\b[^\n]{{0,40}}?)?(?:The )?(?:{every})\s*[-—–|]"
        anywhere = rf"{bracketed}|Copyright[^\n]{{0,20}}?\b(?:{every})\b|\b(?:{every})\b[^\n.]{{0,60}}\b{_CREDITED}\b"
        at_ends = rf"\((?:The )?(?:{every})\)|^\s*(?:By\s+)?(?:[\w.' -]{{0,60}}?[,|/]?\s*)(?:The )?(?:{every})\s*$"
        patterns.append((agency["name"], re.compile(anywhere, re.MULTILINE), re.compile(at_ends, re.MULTILINE)))
    return tuple(patterns)


def find_credits(text: str) -> tuple[str, ...]:
    """The agencies whose text the article says it carries, by the names of ``publishers.yaml``, sorted."""
    ends = text if len(text) < _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    return tuple(
        sorted(
            name
            for name, anywhere, at_ends in _agency_patterns()
            if anywhere.search(text) or at_ends.search(ends)
        )
    )


@cache
def _outlet_pattern() -> re.Pattern[str]:
    """An outlet's name: a call sign, a known name, or "the … Times" and its kind."""
    book = load_lexicon("publishers")
    known = {name for family in book["families"] for name in family["names"] if len(name) > 2}
    known |= {mark for agency in book["agencies"] for mark in (*agency["marks"], *agency["short"]) if len(mark) > 1}
    names = "|".join(sorted(map(re.escape, known), key=lambda name: (-len(name), name)))
    ends = "|".join(book["outlet_words"])
    local = rf"(?:[A-Z][\w.-]+[ -]){{1,3}}(?:{ends})\b"
    before, after = ("|".join(map(re.escape, book[key])) for key in ("cite_before", "cite_after"))
    outlet = rf"(?P<NAME>[KW][A-Z]{{2,3}}(?:-(?:TV|FM|AM))?\b|(?:{names})\b|{local})"
    kind = r"(?:(?:[A-Z]{2,3}|Fox) affiliate |the |The |a source tells |our (?:news )?partners? (?:at )?)?"
    return re.compile(
        rf"\b(?:{before}) {kind}{outlet.replace('NAME', 'told')}|{outlet.replace('NAME', 'says')},? (?:{after})\b"
        rf"|\baffiliate {outlet.replace('NAME', 'partner')}|\b(?:{after}) {kind}{outlet.replace('NAME', 'inverted')}"
    )


def find_cites(text: str) -> tuple[str, ...]:
    """The outlets that the article names as the source of what it says, as it writes them, without "the", sorted."""
    found = set()
    for match in _outlet_pattern().finditer(text):
        name = next(group for group in match.groups() if group)
        found.add(name.removeprefix("The ").removeprefix("the ").removesuffix("-TV"))
    return tuple(sorted(found))
