"""Claims as the values of a condition's variables: only those that the condition reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from reconcile.check.order import Order
from reconcile.check.scene import Scene
from reconcile.model import Claim, Comparison, NumberValue, TimeValue, Value
from reconcile.normalize.compare import compare_values
from reconcile.normalize.render import value_text

_FIELDS: dict[str, Callable[[Claim], object]] = {
    "kind": lambda c: str(c.kind),
    "text": lambda c: c.text,
    "value": lambda c: value_text(c.value),
    "low": lambda c: c.value.low if isinstance(c.value, NumberValue) else _length(c.value),
    "high": lambda c: c.value.high if isinstance(c.value, NumberValue) else _length(c.value),
    "bound": lambda c: c.value.bound if isinstance(c.value, NumberValue) else "",
    "unit": lambda c: (c.value.unit or "") if isinstance(c.value, NumberValue | TimeValue) else "",
    "granularity": lambda c: c.value.granularity if isinstance(c.value, TimeValue) else "",
    "slot": lambda c: c.about.slot,
    "subject": lambda c: c.about.subject or "",
    "head": lambda c: c.about.head,
    "predicate": lambda c: c.about.predicate,
    "actor": lambda c: c.about.actor,
    "event": lambda c: c.about.event,
    "day": lambda c: c.about.day,
    "place": lambda c: c.about.place,
    "speaker": lambda c: c.speaker or "",
    "hedge": lambda c: c.hedge or "",
    "asserted": lambda c: not c.speaker and not c.hedge,
    "polarity": lambda c: c.polarity,
    "modality": lambda c: c.modality,
    "confidence": lambda c: float(c.confidence),
    "quote": lambda c: c.quote,
    "events": lambda c: list(c.about.events or ((c.about.event,) if c.about.event else ())),
    "entities": lambda c: list(c.about.entities),
    "words": lambda c: list(c.about.words),
}


def _length(value: Value) -> float:
    """A duration's length in its unit; 0.0 for what has none."""
    return float(value.amount or 0.0) if isinstance(value, TimeValue) else 0.0


def claim_value(claim: Claim, field: str, scene: Scene) -> object:
    """One field of a claim, as ``CLAIM_FIELDS`` declares it."""
    return _AROUND[field](claim, scene) if field in _AROUND else _FIELDS[field](claim)


def _published(claim: Claim, scene: Scene) -> str:
    date = scene.date(claim)
    return date.iso if date else ""


# What only the claim's surroundings tell.
_AROUND: dict[str, Callable[[Claim, Scene], object]] = {
    "source": lambda c, scene: scene.source(c),
    "published": _published,
    "article_values": lambda c, scene: list(scene.values(c.article, c.kind)),
}


def claim_values(names: tuple[str, ...], claims: Mapping[str, Claim], scene: Scene) -> dict[str, object]:
    """The variables ``NAME.field`` and ``NAME.field.OTHER`` for claims by name."""
    values: dict[str, object] = {}
    for name, owner, field, other in _parts(names):
        if other:
            values[name] = _between(claims[owner], field, claims[other], scene)
        else:
            values[name] = claim_value(claims[owner], field, scene)
    return values


@lru_cache(maxsize=10_000)
def _parts(names: tuple[str, ...]) -> tuple[tuple[str, str, str, str], ...]:
    """Each name with its owner, its field, and the other group that it is about."""
    return tuple((name, *(*name.split("."), "")[:3]) for name in names)  # type: ignore[misc]


def _between(claim: Claim, field: str, other: Claim, scene: Scene) -> object:
    if field == "independent_of":
        return scene.independent(claim, other)
    return str(compare_values(claim.kind, claim.value, other.value).relation)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a rule's variables are gathered: from either claim by itself, from one in its surroundings, from the pair."""

    a: tuple[tuple[str, Callable[[Claim], object]], ...]
    b: tuple[tuple[str, Callable[[Claim], object]], ...]
    around: tuple[tuple[str, bool, str], ...]
    pair: tuple[str, ...]


@lru_cache(maxsize=10_000)
def _plan(names: tuple[str, ...]) -> _Plan:
    dotted = [(name, *name.split(".")) for name in names if "." in name]
    a, b = (
        tuple((name, _FIELDS[field]) for name, owner, field in dotted if owner == side and field in _FIELDS)
        for side in ("a", "b")
    )
    around = tuple((name, owner == "a", field) for name, owner, field in dotted if field in _AROUND)
    return _Plan(a, b, around, tuple(name for name in names if "." not in name))


def pair_values(
    names: tuple[str, ...], a: Claim, b: Claim, comparison: Comparison, score: float, scene: Scene, order: Order
) -> dict[str, object]:
    """The variables of a same-slot rule for two claims, the earlier published first, and their fact's order."""
    plan = _plan(names)
    values = {name: get(a) for name, get in plan.a}
    for name, get in plan.b:
        values[name] = get(b)
    for name, is_a, field in plan.around:
        values[name] = _AROUND[field](a if is_a else b, scene)
    for name in plan.pair:
        values[name] = _pair_value(name, a, b, comparison, score, scene, order)
    return values


def _pair_value(
    name: str, a: Claim, b: Claim, comparison: Comparison, score: float, scene: Scene, order: Order
) -> object:
    match name:
        case "relation":
            return comparison.relation.value
        case "score":
            return float(score)
        case "gap":
            return scene.gap(a, b)
        case "in_order":
            return order.holds(a, b)
        case "dated":
            return scene.date(a) is not None and scene.date(b) is not None
        case "same_source":
            return scene.source(a) == scene.source(b)
        case "same_article":
            return a.article == b.article
        case "independent":
            return scene.independent(a, b)
        case _:
            return (a.speaker or "").casefold() == (b.speaker or "").casefold()
