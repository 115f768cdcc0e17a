"""Readings: the expensive part of a run, kept so that the same text is never read twice by the same extractor."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, select

from reconcile.model import Article, Published, Reading
from reconcile.store.articles import by_id
from reconcile.store.codec import CodecError, encode, pack_json, unpack
from reconcile.store.entities import file_entities
from reconcile.store.tables import as_json, claim
from reconcile.store.tables import reading as table
from reconcile.store.writes import Row, chunks, insert_new


def reading_key(article: Article, extractor: str) -> str:
    """The digest of everything that a reading depends on; where the article was found is no part of it."""
    parts = (article.id, article.sha256, article.source, article.title, article.language, extractor)
    said = [*parts, encode(article.published) if article.published else None]
    return sha256(json.dumps(said).encode("ascii")).hexdigest()


def cached_reading(connection: Connection, article: Article, extractor: str) -> Reading | None:
    """The stored reading of this article by this extractor, or None where it must be read."""
    body = connection.execute(select(table.c.body).where(table.c.key == reading_key(article, extractor))).scalar()
    if body is None:
        return None
    try:
        return unpack(Reading, body)
    except CodecError:
        # Written by a version with other fields: as good as none. The new reading takes its place.
        return None


def cached_readings(connection: Connection, articles: Iterable[Article], extractor: str) -> dict[str, Reading]:
    """The stored readings of these articles by this extractor, by article id; those that must be read are missing."""
    keys = {reading_key(article, extractor): article.id for article in articles}
    found: dict[str, Reading] = {}
    for some in chunks(list(keys)):
        for key, body in connection.execute(select(table.c.key, table.c.body).where(table.c.key.in_(some))):
            with suppress(CodecError):  # as in ``cached_reading``
                found[keys[key]] = unpack(Reading, body)
    return found


def inferred_dates(connection: Connection, articles: Sequence[Article], extractor: str) -> dict[str, Published]:
    """The dates that this extractor's readings infer for articles that state none, by article id."""
    dates: dict[str, Published] = {}
    for article in articles:
        same = (table.c.article_id == article.id, table.c.sha256 == article.sha256, table.c.extractor == extractor)
        for body in connection.execute(select(table.c.body).where(*same).order_by(table.c.key)).scalars():
            published = unpack(Reading, body).published
            if published is not None:
                dates[article.id] = published
    return dates


def save_readings(connection: Connection, readings: Sequence[Reading], articles: Sequence[Article]) -> None:
    """Store the readings, each with its claims as rows; the articles are those that were read, saved before.

    Raises ReconcileError where two of the articles share an id.
    """
    known = by_id(articles)
    fresh: dict[str, tuple[Row, list[Row]]] = {}
    for reading in readings:
        article = known[reading.article]
        key = reading_key(article, reading.extractor)
        data = encode(reading)
        row = {
            "key": key,
            "article_id": article.id,
            "sha256": article.sha256,
            "extractor": reading.extractor,
            "body": pack_json(data),
        }
        fresh[key] = row, [_claim_row(key, position, item) for position, item in enumerate(data["claims"])]
    for key in _drop_others(connection, fresh):
        del fresh[key]
    insert_new(connection, table, [row for row, _ in fresh.values()])
    insert_new(connection, claim, [row for _, claims in fresh.values() for row in claims])
    file_entities(connection, readings)


def _drop_others(connection: Connection, fresh: dict[str, tuple[Row, list[Row]]]) -> list[str]:
    """Delete what is stored otherwise under these keys; the keys of what is stored just so."""
    same: list[str] = []
    other: list[str] = []
    for keys in chunks(list(fresh)):
        for key, body in connection.execute(select(table.c.key, table.c.body).where(table.c.key.in_(keys))):
            (same if body == fresh[key][0]["body"] else other).append(key)
    for keys in chunks(other):
        connection.execute(delete(claim).where(claim.c.reading.in_(keys)))
        connection.execute(delete(table).where(table.c.key.in_(keys)))
    return same


def _claim_row(reading: str, position: int, data: dict[str, Any]) -> Row:
    about = data["about"]
    return {
        "reading": reading,
        "position": position,
        "id": data["id"],
        "article_id": data["article"],
        "value": as_json(data["value"]),
        "span_start": data["span"]["start"],
        "span_end": data["span"]["end"],
        "clause_start": data["clause"]["start"],
        "clause_end": data["clause"]["end"],
        **{name: data[name] for name in ("kind", "text", "quote", "speaker", "hedge", "polarity", "modality")},
        **{name: about[name] for name in ("slot", "subject", "head", "predicate", "event", "day", "place")},
        # A mean of ones may come out a hair above one; the exact number is in the reading's body.
        "confidence": round(data["confidence"], 6),
    }
