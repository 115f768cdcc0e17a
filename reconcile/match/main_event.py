"""What each article tells of the story's main event: its day, hour and place, and its counts, each told first.

Outlets word the main event differently ("was shot", "the shooting happened", "opened fire"), so that the clauses share
few words; that both stand first for it in their articles is evidence of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from reconcile.match.beside import is_of_another_event
from reconcile.match.event_groups import INCIDENT, act_of, groups_of
from reconcile.match.value_keys import day_of, value_key
from reconcile.model import Claim, Kind, Reading

_PLACED_OR_COUNTED = frozenset({Kind.LOCATION, Kind.COUNT, Kind.AMOUNT, Kind.PERCENT, Kind.VOTE, Kind.DURATION})
_TIMES = frozenset({Kind.DATE, Kind.TIME})
_LEAD_CLAIMS = 15
_VALUES = 2
"""An article may date its main event in two ways, one of them wrong or finer; more are of several events."""


def find_main_claims(readings: Sequence[Reading]) -> frozenset[str]:
    """The ids of the claims that tell of the main event first, each in its article."""
    group, times = main_group(readings), find_main_times(readings)
    found: set[str] = set()
    for reading in readings:
        seen: set[tuple[str, ...]] = set()
        for claim in reading.claims:
            slot = ((claim.kind,) if claim.id in times else ()) if claim.kind in _TIMES else _slot(claim, group)
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
    if claim.modality != "done" or claim.polarity == "negative" or claim.kind not in _PLACED_OR_COUNTED:
        return ()
    if not any(group in groups_of(event) for event in claim.about.events):
        return ()
    if claim.kind is Kind.LOCATION:
        return (claim.kind,)
    return (claim.kind, claim.about.head, claim.about.event)


def find_main_times(readings: Sequence[Reading]) -> frozenset[str]:
    """The ids of all days and hours told of the main event, wherever they stand in their articles."""
    act = main_act(readings)
    found: set[str] = set()
    for reading in readings:
        told: dict[tuple[Kind, str], list[str]] = defaultdict(list)
        for claim in reading.claims:
            if claim.kind in _TIMES and _is_of_act(claim, act) and not is_of_another_event(claim):
                told[claim.kind, day_of(claim.value) or value_key(claim.value)].append(claim.id)
        for kind in _TIMES:
            found.update(_sole_value([ids for (of, _), ids in told.items() if of is kind]))
    return frozenset(found)


def _is_of_act(claim: Claim, act: str) -> bool:
    event = claim.about.event
    return event != "" and (event == INCIDENT or act_of(event) == act) and claim.modality == "done"


def _sole_value(told: Sequence[Sequence[str]]) -> Sequence[str]:
    """The claims of an article's days or hours of the main act, by value: of many values those of the one told most.

    An article with many that are told alike lists several events of one kind.
    """
    if len(told) <= _VALUES:
        return [id_ for ids in told for id_ in ids]
    first, second = sorted(told, key=len, reverse=True)[:2]
    return first if len(first) > len(second) else ()


def main_act(readings: Sequence[Reading]) -> str:
    """The act that most articles' leads tell of, and most of their times date; "" where there is none."""
    shares: defaultdict[str, float] = defaultdict(float)
    for reading in readings:
        lead = {act_of(claim.about.event) for claim in reading.claims[:_LEAD_CLAIMS]}
        dated = [act_of(claim.about.event) for claim in reading.claims if claim.kind in _TIMES]
        for act in lead:
            shares[act] += 1.0
        for act in dated:
            shares[act] += 1.0 / len(dated)
    ranked = sorted((act for act in shares if act not in ("", "say")), key=lambda act: (-shares[act], act))
    return ranked[0] if ranked else ""
