"""Who is who across the articles of a story: each article's people under one key a story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from reconcile.model import Entity, NameValue, Reading, Relation
from reconcile.normalize.names import compare_names

EntityRef = tuple[str, str]
"""``(article id, entity key within the article)``."""


def link_people(readings: Sequence[Reading]) -> Mapping[EntityRef, str]:
    """The story-wide key of every entity of every reading; entities that are not people keep their own key.

    People are joined where their names agree in every part that both give. Somebody named by surname alone joins
    only where one person of the story fits: after two Smiths, "Smith" stays apart.
    """
    keys: dict[EntityRef, str] = {}
    people: dict[str, list[tuple[EntityRef, NameValue]]] = defaultdict(list)
    for reading in readings:
        for entity in reading.entities:
            ref = (reading.article, entity.key)
            keys[ref] = entity.key
            if entity.type == "person" and isinstance(entity.name, NameValue):
                people[_block(entity)].append((ref, entity.name))
    for block in people.values():
        keys.update(_join(block))
    return keys


def _block(entity: Entity) -> str:
    """What two names of one person share: the surname's first two letters, or those of the only name."""
    name = entity.name
    surname = name.surname if isinstance(name, NameValue) and name.surname else entity.key.partition(":")[2]
    return surname.lower().lstrip("'’ ")[:2]


def _join(block: Sequence[tuple[EntityRef, NameValue]]) -> dict[EntityRef, str]:
    """Full names first, each to the first group whose every member agrees with it; then surnames alone."""
    groups: list[list[tuple[EntityRef, NameValue]]] = []
    ordered = sorted(block, key=lambda item: (not item[1].given, -len(item[1].full), item[1].full, item[0]))
    for ref, name in ordered:
        fitting = [group for group in groups if all(_agree(name, other) for _, other in group)]
        if fitting and (name.given or len(fitting) == 1):
            fitting[0].append((ref, name))
        else:
            groups.append([(ref, name)])
    return {ref: group[0][0][1] for group in groups for ref, _ in group}


def _agree(a: NameValue, b: NameValue) -> bool:
    return compare_names(a, b).relation in (Relation.EQUAL, Relation.FINER)
