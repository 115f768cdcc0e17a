"""Who is who across the articles of a story: each article's people under one key a story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from reconcile.model import Entity, NameValue, Reading, Relation
from reconcile.normalize.name_parts import fold
from reconcile.normalize.names import compare_names, is_near_name

EntityRef = tuple[str, str]
"""``(article id, entity key within the article)``."""

Member = tuple[EntityRef, NameValue]

_SHORTEST_GIVEN = 2
"""Given names of more letters than this can stand alone for a person."""


def link_people(readings: Sequence[Reading]) -> Mapping[EntityRef, str]:
    """The story-wide key of every entity of every reading; entities that are not people keep their own key.

    People are joined where their names agree in every part that both give. Somebody named by surname alone joins
    only where one person of the story fits: after two Smiths, "Smith" stays apart. A misspelt name is joined to the
    one it is near to, so that what is told of the person is compared, the spelling too. A given name alone ("his
    brother, Christoph") joins the one person of the story who bears it, where nobody bears it as a surname.
    """
    keys: dict[EntityRef, str] = {}
    people: dict[str, list[tuple[EntityRef, NameValue]]] = defaultdict(list)
    for reading in readings:
        for entity in reading.entities:
            ref = (reading.article, entity.key)
            keys[ref] = entity.key
            if entity.type == "person" and isinstance(entity.name, NameValue):
                people[_block(entity)].append((ref, entity.name))
    groups = [group for block in people.values() for group in _join(block)]
    for group in _merge_given(_merge_near(groups)):
        keys |= {ref: group[0][0][1] for ref, _ in group}
    return keys


def _block(entity: Entity) -> str:
    """What two spellings of one surname share: the first two letters of it, or of the only name."""
    name = entity.name
    surname = name.surname if isinstance(name, NameValue) and name.surname else entity.key.partition(":")[2]
    return surname.lower().lstrip("'’ ")[:2]


def _join(block: Sequence[Member]) -> list[list[Member]]:
    """Full names first, each to the first group whose every member agrees with it; then surnames alone."""
    groups: list[list[Member]] = []
    ordered = sorted(block, key=lambda item: (not item[1].given, -len(item[1].full), item[1].full, item[0]))
    for ref, name in ordered:
        fitting = [group for group in groups if all(_agree(name, other) for _, other in group)]
        if fitting and (name.given or len(fitting) == 1):
            fitting[0].append((ref, name))
        else:
            groups.append([(ref, name)])
    return groups


def _agree(a: NameValue, b: NameValue) -> bool:
    return compare_names(a, b).relation in (Relation.EQUAL, Relation.FINER)


def _merge_near(groups: Sequence[list[Member]]) -> list[list[Member]]:
    """Join people of different articles whose full names are one misspelt or swapped, where just one fits."""
    merged: list[list[Member]] = []
    by_initials: dict[frozenset[str], list[list[Member]]] = defaultdict(list)
    for group in groups:
        articles = {ref[0] for ref, _ in group}
        kindred = by_initials[_initials(group[0][1])]
        near = [
            other
            for other in kindred
            if not articles & {ref[0] for ref, _ in other}
            and any(is_near_name(name, known) for _, name in group for _, known in other)
        ]
        if len(near) == 1:
            near[0].extend(group)
            continue
        merged.append(list(group))
        kindred.append(merged[-1])
    return merged


def _merge_given(groups: Sequence[list[Member]]) -> list[list[Member]]:
    """Join people known by a given name alone to the one of other articles who bears it."""
    bearers: dict[str, list[list[Member]]] = defaultdict(list)
    surnames: set[str] = set()
    for group in groups:
        for word in {fold(name.given) for _, name in group if len(name.given) > _SHORTEST_GIVEN}:
            bearers[word].append(group)
        surnames |= {fold(name.surname) for _, name in group if name.given}
    merged: list[list[Member]] = []
    for group in groups:
        word = fold(group[0][1].surname)
        bearing = [] if any(name.given for _, name in group) or word in surnames else bearers[word]
        if len(bearing) == 1 and not {ref[0] for ref, _ in group} & {ref[0] for ref, _ in bearing[0]}:
            bearing[0].extend(group)
        else:
            merged.append(group)
    return merged


def _initials(name: NameValue) -> frozenset[str]:
    """The first letters of the given name and the surname, in no order."""
    return frozenset(part[:1].casefold() for part in (name.given, name.surname) if part)
