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
    pieces: list[tuple[str, bool]] = []
    lead = words[: len(words) - len("".join(mine))]
    for word, differs in zip(mine, best, strict=True):
        if pieces and pieces[-1][1] == differs:
            pieces[-1] = (pieces[-1][0] + word, differs)
        else:
            pieces.append((word, differs))
    return (((lead, False),) if lead else ()) + tuple(pieces)


def _comparable(claim: ClaimView) -> bool:
    return isinstance(claim.claim.value, TextValue) and _LEAST <= len(claim.marked.split()) <= _MOST
