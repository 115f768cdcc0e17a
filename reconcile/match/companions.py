"""What else a claim's clause gives: a day, an age or a name told beside a value in two articles ties the two values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from reconcile.match.value_keys import value_key
from reconcile.model import Claim, Kind, Reading

_NO_COMPANIONS = frozenset({Kind.QUOTATION, Kind.STATEMENT, Kind.ACTION, Kind.OTHER, Kind.STATUS, Kind.CHARGE})
_REACH = 250
"""Companions stand within so many characters."""

Companions = Mapping[str, float]
"""The values beside a claim, by kind and value, each with how much it tells: 1 where few claims give it."""


def find_companions(readings: Sequence[Reading]) -> Mapping[str, Companions]:
    """``claim id -> its companions``: the other typed values of overlapping clauses."""
    claims = [claim for reading in readings for claim in reading.claims if claim.kind not in _NO_COMPANIONS]
    told = Counter(_key(claim) for claim in claims)
    tellers: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        tellers[_key(claim)].add(claim.article)
    weight = {key: 1 / max(1, len(tellers[key]) - 1) / (1 + 0.3 * count) for key, count in told.items()}
    return {
        claim.id: {_key(other): weight[_key(other)] for other in others}
        for reading in readings
        for claim, others in _beside(reading.claims)
    }


def _beside(claims: Sequence[Claim]) -> list[tuple[Claim, list[Claim]]]:
    """Each claim with those beside it; claims far apart in the text never meet."""
    ordered = sorted(claims, key=lambda claim: claim.span)
    found: dict[str, list[Claim]] = {claim.id: [] for claim in ordered}
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.span.start - one.span.start >= _REACH:
                break
            if one.span.overlaps(other.span) or not one.clause.overlaps(other.clause):
                continue
            for claim, beside in ((one, other), (other, one)):
                if beside.kind not in _NO_COMPANIONS:
                    found[claim.id].append(beside)
    return [(claim, found[claim.id]) for claim in ordered]


def _key(claim: Claim) -> str:
    return f"{claim.kind} {value_key(claim.value)}"
