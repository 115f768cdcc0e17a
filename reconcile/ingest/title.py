"""A title for an article that was given none: its headline where it has one, else its first words."""

from __future__ import annotations

import re

_LONGEST = 150
_FIRST_WORDS = 12
_HEADLINE = re.compile(r"\s*(?:#{1,6}[ \t]+)?(?P<line>[^\n]+?)[ \t#]*\n[ \t]*\n")


def title_of(text: str) -> str:
    """The first line where it looks like a headline (short, no final period, a blank line after it), else the first
    words with an ellipsis."""
    match = _HEADLINE.match(text)
    if match is not None:
        line = " ".join(match["line"].split())
        if len(line) <= _LONGEST and not line.endswith((".", ",", ";", ":")):
            return line
    head = text[:2_000].split()
    words = " ".join(head[:_FIRST_WORDS])[:_LONGEST]
    return words if len(head) <= _FIRST_WORDS and len(text) <= len(words) + 100 else f"{words}…"
