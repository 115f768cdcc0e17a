"""The people and organisations that articles name: kept as they are read, found by the words of a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import Connection, func, select

from reconcile.model import Entity, NameValue, Reading
from reconcile.normalize.name_parts import fold_words
from reconcile.store.review_tables import entity as table
from reconcile.store.review_tables import entity_article, entity_part
from reconcile.store.tables import as_key
from reconcile.store.writes import Row, chunks, insert_new

_TYPES = ("person", "organisation")
_PART = 3
"""Letters of a word by which a name is found: misspellings are mostly further on."""
_CANDIDATES = 400
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """A person or an organisation, and how many articles name it so."""

    id: str
    type: str
    name: str
    articles: int


def file_entities(connection: Connection, readings: Iterable[Reading]) -> None:
    """Keep the names that readings hold; what is known already stays as it is."""
    names: dict[str, Row] = {}
    parts: set[tuple[str, str]] = set()
    told: set[tuple[str, str]] = set()
    for reading in readings:
        for item, name in _named(reading.entities):
            words = fold_words(name)
            id_ = blake2b("\x1f".join([item.type, *words]).encode(), digest_size=10).hexdigest()
            names.setdefault(id_, {"id": id_, "type": item.type, "name": name})
            parts.update((word[:_PART], id_) for word in words)
            told.add((id_, as_key(reading.article)))
    insert_new(connection, table, list(names.values()))
    insert_new(connection, entity_part, [{"part": part, "entity_id": id_} for part, id_ in sorted(parts)])
    insert_new(connection, entity_article, [{"entity_id": id_, "article_id": a} for id_, a in sorted(told)])


def _named(entities: Iterable[Entity]) -> Iterator[tuple[Entity, str]]:
    for item in entities:
        name = item.name.full if isinstance(item.name, NameValue) else item.name.name
        if item.type in _TYPES and name.strip() and len(name) <= _LONGEST_NAME and fold_words(name):
            yield item, name


def find_entities(connection: Connection, name: str, type_: str | None = None) -> tuple[NamedEntity, ...]:
    """Those that share the beginning of a word with a name, most such words first; by type if one is given."""
    parts = sorted({word[:_PART] for word in fold_words(name[:_LONGEST_NAME])})[:20]
    shared: Counter[str] = Counter()
    query = select(entity_part.c.entity_id).where(entity_part.c.part.in_(parts))
    if type_ is not None:
        query = query.join(table).where(table.c.type == type_)
    shared.update(connection.execute(query).scalars())
    best = sorted(shared, key=lambda id_: (-shared[id_], id_))[:_CANDIDATES]
    return load_entities(connection, best)


def load_entities(connection: Connection, ids: Sequence[str]) -> tuple[NamedEntity, ...]:
    """Those with these ids, by name; unknown ids are left out."""
    found: list[NamedEntity] = []
    for some in chunks(sorted(set(ids))):
        counted = select(entity_article.c.entity_id, func.count()).where(entity_article.c.entity_id.in_(some))
        counts = {row[0]: row[1] for row in connection.execute(counted.group_by(entity_article.c.entity_id))}
        for row in connection.execute(select(table).where(table.c.id.in_(some))):
            found.append(NamedEntity(row.id, row.type, row.name, counts.get(row.id, 0)))
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))
