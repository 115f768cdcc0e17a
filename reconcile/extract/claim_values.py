"""Claims of when, how long, how many, how much, and how old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from reconcile.extract.aged import find_aged
from reconcile.extract.claim_counts import counted_token, sex_beside, told_of_part
from reconcile.extract.dated import dated_event
from reconcile.extract.layers import Layers
from reconcile.extract.since import since_year
from reconcile.extract.span_index import SpanIndex
from reconcile.model import Claim, Kind, Published, QuantityMention, TimeMention, TimeValue, Value

_VAGUE = frozenset({"PAST_REF", "PRESENT_REF", "FUTURE_REF", ""})
_COUNT_KINDS = {
    "count": Kind.COUNT,
    "amount": Kind.AMOUNT,
    "percent": Kind.PERCENT,
    "ordinal": Kind.ORDINAL,
    "vote": Kind.VOTE,
    "measure": Kind.COUNT,
}
_DAY_NAMED = 0.75
"""A clock time read with less confidence names no day: its day is only assumed."""

_PART = 0.5
"""The confidence of a number that counts a part: it answers another question than the whole's."""
_DEFINITE = frozenset(["the", "these", "those", "them", "us", "his", "her", "their", "its", "our", "your", "my"])


def time_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for every date, clock time and duration that has a value."""
    for mention in layers.times:
        if mention.value.timex in _VAGUE or mention.value.type == "SET":
            continue
        claim = layers.claim(
            time_kind(mention),
            mention.span,
            mention.value,
            confidence=mention.value.confidence,
            slot="when",
        )
        if claim is not None:
            yield _dating(layers, claim)
        for day in (day_value(mention.value), since_year(layers, mention)):
            dated = layers.claim(Kind.DATE, mention.span, day, confidence=day.confidence, slot="when") if day else None
            if dated is not None:
                yield _dating(layers, dated)


def _dating(layers: Layers, claim: Claim) -> Claim:
    """The claim with the event that its time dates in place of its clause's."""
    tokens = layers.tokens(claim.span)
    dated = dated_event(layers.clauses, tokens) if tokens is not None else None
    if dated is None or not dated.event:
        return claim
    events = tuple(dict.fromkeys((dated.event, *claim.about.events)))
    about = replace(claim.about, event=dated.event, events=events)
    if not dated.of_noun:
        return replace(claim, about=about)
    over = _is_over(claim.value, layers.published) and claim.modality in ("planned", "possible")
    return replace(claim, about=about, polarity="positive", modality="done" if over else claim.modality)


def _is_over(value: Value, published: Published | None) -> bool:
    """Whether a time lies no later than the day an article appeared on."""
    ends = value.end if isinstance(value, TimeValue) else None
    return ends is not None and published is not None and ends <= published.moment() + timedelta(days=1)


def day_value(value: TimeValue) -> TimeValue | None:
    """The day of a clock time that names it ("4 a.m. Sunday"), None for other values."""
    if value.type != "TIME" or value.granularity not in ("hour", "minute", "second") or value.start is None:
        return None
    if not value.timex[:4].isdigit() or value.confidence < _DAY_NAMED:
        return None
    start = value.start.replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(
        value,
        type="DATE",
        timex=start.date().isoformat(),
        granularity="day",
        start=start,
        end=start + timedelta(days=1),
        modifier=None,
        alternatives=(),
    )


def time_kind(mention: TimeMention) -> Kind:
    """``time`` where the hour is told, ``duration`` for lengths, else ``date``."""
    if mention.value.type == "DURATION":
        return Kind.DURATION
    if mention.value.type == "TIME" and mention.value.granularity in ("hour", "minute", "second"):
        return Kind.TIME
    return Kind.DATE


def quantity_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for every number that counts or measures something, and for every age."""
    lengths = SpanIndex(mention.span for mention in layers.times if mention.value.type == "DURATION")
    for mention in layers.quantities:
        if mention.value.category != "age" and lengths.overlapping(mention.span):
            continue
        claim = _age_claim(layers, mention) if mention.value.category == "age" else _number_claim(layers, mention)
        if claim is not None:
            yield replace(claim, confidence=_PART) if _is_part(layers, mention) else claim


def _number_claim(layers: Layers, mention: QuantityMention) -> Claim | None:
    value = mention.value
    head = (value.category == "count" and sex_beside(layers, mention)) or value.noun
    claim = layers.claim(
        _COUNT_KINDS[value.category],
        mention.span,
        value,
        confidence=0.9 if value.noun or value.unit else 0.7,
        slot=f"number of {head or value.unit or 'unnamed things'}",
        **({"head": head} if head else {}),
    )
    if claim is None or value.category != "count" or not value.noun:
        return claim
    return told_of_part(layers, claim, counted_token(layers, mention))


def _is_part(layers: Layers, mention: QuantityMention) -> bool:
    """Whether a number counts a part of what is known otherwise ("one of the victims", "two of them")."""
    tokens = layers.tokens(mention.span)
    if tokens is None:
        return False
    return any(
        child.lower_ == "of"
        and any(g.lower_ in _DEFINITE or any(d.lower_ in _DEFINITE for d in g.children) for g in child.children)
        for child in tokens.root.children
    )


def _age_claim(layers: Layers, mention: QuantityMention) -> Claim | None:
    tokens = layers.tokens(mention.span)
    if tokens is None:
        return None
    person, noun = find_aged(layers, tokens)
    return layers.claim(
        Kind.AGE,
        mention.span,
        mention.value,
        confidence=0.95 if person or noun else 0.6,
        slot="age",
        subject=person.key if person else None,
        head=noun,
    )
