"""Claims of when, how long, how many, how much, and how old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from spacy.tokens import Token

from reconcile.extract.aged import find_aged
from reconcile.extract.clauses import event_lemmas
from reconcile.extract.dated import dated_event
from reconcile.extract.layers import Layers
from reconcile.extract.since import since_year
from reconcile.extract.span_index import SpanIndex
from reconcile.model import Claim, Kind, NumberValue, QuantityMention, Span, TimeMention, TimeValue

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
_TOLLS = frozenset({"kill", "die", "injure", "shoot", "arrest"})


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
    event = dated_event(layers.clauses, tokens) if tokens is not None else ""
    if not event:
        return claim
    events = tuple(dict.fromkeys((event, *claim.about.events)))
    return replace(claim, about=replace(claim.about, event=event, events=events))


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
        if mention.value.category == "age":
            claim = _age_claim(layers, mention)
        else:
            claim = layers.claim(
                _COUNT_KINDS[mention.value.category],
                mention.span,
                mention.value,
                confidence=0.9 if mention.value.noun or mention.value.unit else 0.7,
                slot=f"number of {mention.value.noun or mention.value.unit or 'unnamed things'}",
                **({"head": mention.value.noun} if mention.value.noun else {}),
            )
        if claim is not None:
            yield replace(claim, confidence=_PART) if _is_part(layers, mention) else claim


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


def implied_count_claims(layers: Layers) -> Iterator[Claim]:
    """A count of one where a single person is told to be killed, wounded or arrested ("a father was killed")."""
    for token in layers.having(("VERB",), event_lemmas()):
        if (event := layers.clauses.event_of(token.i)) not in _TOLLS:
            continue
        victim = _single_victim(token, event)
        if victim is None:
            continue
        left = victim.left_edge
        span = Span(left.idx, victim.idx + len(victim.text))
        claim = layers.claim(
            Kind.COUNT,
            span,
            NumberValue(1, 1, noun="person", category="count"),
            confidence=0.55,
            slot=f"number of persons: {event}",
            head="person",
        )
        if claim is not None:
            yield claim


def _single_victim(verb: Token, event: str) -> Token | None:
    """The one person a verb happens to, where "a" or "an" says that it is one."""
    roles = ("nsubj",) if event == "die" else ("nsubjpass", "dobj")
    for child in verb.children:
        if child.dep_ not in roles or child.pos_ != "NOUN" or child.tag_ != "NN":
            continue
        if any(g.dep_ == "conj" for g in child.children):
            return None
        if any(g.lower_ in ("a", "an") and g.dep_ == "det" for g in child.children):
            return child
    return None
