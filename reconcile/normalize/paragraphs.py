"""An article's paragraphs by what they say: spans with hashes that are the same wherever the same words stand."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from reconcile.model import Span

_PARAGRAPH = re.compile(r"[^\n]+")
_LEAST_CHARACTERS = 30
"""A line shorter than this may stand in any article."""


def hash_paragraphs(text: str) -> Iterator[tuple[Span, int]]:
    """Each paragraph long enough to be told from others, with the hash of its words; case and spacing do not count."""
    for match in _PARAGRAPH.finditer(text):
        words = " ".join(match.group().split()).casefold()
        if len(words) >= _LEAST_CHARACTERS:
            yield Span(*match.span()), zlib.crc32(words.encode("utf-8", "surrogatepass"))
