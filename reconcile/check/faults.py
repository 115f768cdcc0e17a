"""What is wrong with a rule file, where, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

# Two slips in a word of five letters still point at it; more would only guess.
_CLOSE_ENOUGH = 0.6
_SHOWN_NAMES = 24


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of one file; line and column count from 1."""

    file: str
    line: int
    column: int
    message: str
    meant: str = ""

    def __str__(self) -> str:
        """``file:line:column: what is wrong; what was meant``."""
        place = f"{self.file}:{self.line}:{self.column}: {self.message}"
        return f"{place}; {self.meant}" if self.meant else place


def suggest(word: str, known: Iterable[str]) -> str:
    """What was probably meant by ``word``: the nearest known name, or the list of them where none is near."""
    names = sorted(known)
    if not names:
        return ""
    best = process.extractOne(
        word[:80].lower(), names, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_CLOSE_ENOUGH
    )
    if best is not None:
        return f'did you mean "{best[0]}"?'
    shown = ", ".join(names[:_SHOWN_NAMES])
    return f"known here: {shown}" + (", …" if len(names) > _SHOWN_NAMES else "")
