"""Where two outlets' wordings of one thing differ, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from reconcile.model import TextValue
from reconcile.report.view import ClaimView, Side

_WORD = re.compile(r"\S+\s*")
_PLAIN = re.compile(r"[^\w%$€£]+")
_LEAST, _MOST = 4, 400
"""Words: of fewer the whole is the difference; of more the comparison would cost too much to be worth it."""

Pieces = tuple[tuple[str, bool], ...]


def mark_differences(sides: Sequence[Side]) -> tuple[Side, ...]:
    """The sides with what each wording has that the wordings of the other outlets have not."""
    told = [[claim for claim in side.claims if _comparable(claim)] for side in sides]
    marked = []
    for number, side in enumerate(sides):
        others = [claim.marked for at, claims in enumerate(told) for claim in claims if at != number]
        claims = tuple(
            replace(claim, pieces=differing(claim.marked, others)) if others and _comparable(claim) else claim
            for claim in side.claims
        )
        marked.append(replace(side, claims=claims))
    return tuple(marked)


def differing(words: str, others: Sequence[str]) -> Pieces:
    """The words in runs, each with whether the nearest of the other wordings lacks it; () where all is the same."""
    mine = _WORD.findall(words)
    plain = [_PLAIN.sub("", word).casefold() for word in mine]
    best: list[bool] = [True] * len(mine)
    for other in others:
        theirs = [_PLAIN.sub("", word).casefold() for word in _WORD.findall(other)]
        found = [True] * len(mine)
        for block in SequenceMatcher(None, plain, theirs, autojunk=False).get_matching_blocks():
            found[block.a : block.a + block.size] = [False] * block.size
        best = min(best, found, key=sum)
    best = [differs and bool(word) for differs, word in zip(best, plain, strict=True)]
    if not any(best) or all(best):
        return ()
    lead = words[: len(words) - len("".join(mine))]
    return _runs([(lead, False), *zip(mine, best, strict=True)])


def _runs(words: Sequence[tuple[str, bool]]) -> Pieces:
    """Neighbours of one sort put together; the space after a differing run stays outside it."""
    runs: list[tuple[str, bool]] = []
    for word, differs in words:
        if runs and runs[-1][1] == differs:
            runs[-1] = (runs[-1][0] + word, differs)
            continue
        if runs and runs[-1][1]:
            last = runs[-1][0]
            runs[-1] = (last.rstrip(), True)
            word = last[len(last.rstrip()) :] + word
        if word:
            runs.append((word, differs))
    return tuple(runs)


def _comparable(claim: ClaimView) -> bool:
    return isinstance(claim.claim.value, TextValue) and _LEAST <= len(claim.marked.split()) <= _MOST
