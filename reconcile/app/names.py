"""What somebody with a table of names asks: which of the people and organisations of our articles are these?"""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.normalize.name_parts import fold_words
from reconcile.normalize.names import same_name
from reconcile.store.entities import NamedEntity
from reconcile.store.store import Store

TYPES = ("person", "organisation")
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An entity whose name is like the one asked for; ``match`` where it is surely the only one."""

    entity: NamedEntity
    score: float
    match: bool
    why: str


def match_name(store: Store, name: str, type_: str | None = None, limit: int = 5) -> tuple[NameMatch, ...]:
    """The people and organisations that a name may be of, likeliest first."""
    scored = []
    for entity in store.review.find_entities(name, type_):
        same, score, why = same_name(entity.type, name, entity.name)
        if same or score >= _LEAST:
            scored.append((same, score, entity, why))
    scored.sort(key=lambda item: (not item[0], -item[1], -item[2].articles, item[2].id))
    sure = [item for item in scored if item[0]]
    alone = len(sure) == 1 or (len(sure) > 1 and sure[0][1] > sure[1][1])
    return tuple(
        NameMatch(entity, round(score, 4), same and alone and at == 0, why)
        for at, (same, score, entity, why) in enumerate(scored[:limit])
    )


def suggest_names(store: Store, prefix: str, limit: int = 10) -> tuple[NamedEntity, ...]:
    """The entities one of whose words begins so, most named first."""
    wanted = fold_words(prefix)
    found = [
        entity
        for entity in store.review.find_entities(prefix)
        if all(any(word.startswith(start) for word in fold_words(entity.name)) for start in wanted)
    ]
    return tuple(sorted(found, key=lambda one: (-one.articles, one.name))[:limit])


def show_entity(store: Store, id_: str) -> NamedEntity | None:
    """The entity of this id."""
    return next(iter(store.review.load_entities([id_])), None)
