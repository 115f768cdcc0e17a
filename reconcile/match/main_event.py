"""What each article tells of the story's main event: its day, hour and place, and its counts, each told first.

Outlets word the main event differently ("was shot", "the shooting happened", "opened fire"), so that the clauses share
few words; that both stand first for it in their articles is evidence of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reconcile.match.event_groups import groups_of
from reconcile.model import Claim, Kind, Reading

_SETTINGS = frozenset({Kind.DATE, Kind.TIME, Kind.LOCATION})
_COUNTED = frozenset({Kind.COUNT, Kind.AMOUNT, Kind.PERCENT, Kind.VOTE, Kind.DURATION})
_LEAD_CLAIMS = 15


def find_main_claims(readings: Sequence[Reading]) -> frozenset[str]:
    """The ids of the claims that tell of the main event first, each in its article."""
    group = main_group(readings)
    found: set[str] = set()
    for reading in readings:
        seen: set[tuple[str, ...]] = set()
        for claim in reading.claims:
            slot = _slot(claim, group)
            if slot and slot not in seen:
                seen.add(slot)
                found.add(claim.id)
    return frozenset(found)


def main_group(readings: Sequence[Reading]) -> str:
    """The group of events that most of the articles' first claims tell of, "" where they tell of none."""
    counts: Counter[str] = Counter()
    for reading in readings:
        lead = {
            group
            for claim in reading.claims[:_LEAD_CLAIMS]
            for event in claim.about.events
            if event != "say"
            for group in groups_of(event)
        }
        counts.update(lead)
        counts.update(g for claim in reading.claims for g in groups_of(claim.about.event) if claim.about.event != "say")
    ranked = sorted(counts, key=lambda group: (-counts[group], group))
    return ranked[0] if ranked else ""


def _slot(claim: Claim, group: str) -> tuple[str, ...]:
    """Which question on the main event a claim answers, () for none."""
    if claim.modality != "done" or claim.polarity == "negative" or claim.kind not in _SETTINGS | _COUNTED:
        return ()
    if not any(group in groups_of(event) for event in claim.about.events):
        return ()
    if claim.kind in _SETTINGS:
        return (claim.kind,)
    return (claim.kind, claim.about.head, claim.about.event)
