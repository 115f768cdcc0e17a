"""What an article tells of each person: to the roles and homes read with the name come ages and how they fare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reconcile.model import Attribute, Claim, Entity, Kind, NumberValue, PlaceValue, TextValue


def complete_profiles(
    entities: Sequence[Entity], claims: Sequence[Claim], standings: Iterable[tuple[str, Attribute]] = ()
) -> tuple[Entity, ...]:
    """The entities, people with their ages and statuses as further attributes, each with its evidence.

    ``standings`` are further attributes by entity key.
    """
    told: dict[str, list[Attribute]] = defaultdict(list)
    for key, standing in standings:
        told[key].append(standing)
    for claim in claims:
        attribute = _attribute_of(claim)
        if claim.about.subject and attribute is not None:
            told[claim.about.subject].append(attribute)
    return tuple(_completed(entity, told[entity.key]) if entity.key in told else entity for entity in entities)


def _completed(entity: Entity, told: Sequence[Attribute]) -> Entity:
    """The entity with what was told of it and not read with its name already."""
    known = {(a.kind, a.span) for a in entity.attributes}
    return replace(entity, attributes=(*entity.attributes, *(a for a in told if (a.kind, a.span) not in known)))


def _attribute_of(claim: Claim) -> Attribute | None:
    """What a claim tells of its subject, None for kinds that are no part of a profile."""
    if claim.kind is Kind.AGE and isinstance(claim.value, NumberValue):
        unit = "" if claim.value.unit == "year" else f" {claim.value.unit}s"
        return Attribute("age", f"{claim.value.low:g}{unit}", claim.span)
    if claim.kind is Kind.LOCATION and claim.about.slot == "home" and isinstance(claim.value, PlaceValue):
        return Attribute("home", claim.value.name, claim.span)
    if claim.kind is Kind.STATUS and isinstance(claim.value, TextValue) and claim.polarity == "positive":
        return Attribute("status", claim.value.text, claim.span)
    return None
