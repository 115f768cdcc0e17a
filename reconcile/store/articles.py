"""Articles and their revisions: a text that was seen once is never lost or written twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, or_, select, update

from reconcile.errors import ReconcileError
from reconcile.model import Article
from reconcile.store.codec import pack, unpack
from reconcile.store.tables import article as table
from reconcile.store.tables import as_key
from reconcile.store.writes import Row, chunks, insert_new

Status = Literal["new", "revised", "described", "known"]


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """What saving an article came to.

    ``revised`` is a new text of a known id or url, ``described`` a known text under another title, date or address.
    """

    id: str
    sha256: str
    revision: int
    status: Status


@dataclass(slots=True)
class _Shelf:
    """What is stored of the series that some articles belong to, by what they are looked up with."""

    bodies: dict[tuple[str, str], bytes] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)
    revisions: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Take in one row of the article table."""
        self.bodies[row["id"], row["sha256"]] = row["body"]
        # By id before by url: an outlet may move an article to an address that another one had.
        self.series.setdefault("id " + row["id"], row["series"])
        if row["url"] is not None:
            self.series.setdefault("url " + row["url"], row["series"])
        self.revisions.setdefault(row["series"], {}).setdefault(row["sha256"], row["revision"])

    def series_of(self, article: Article) -> str:
        """The series the article continues, or its own id where it starts one."""
        by_id = self.series.get("id " + as_key(article.id))
        by_url = self.series.get("url " + as_key(article.url)) if article.url else None
        return by_id or by_url or as_key(article.id)


def save_articles(connection: Connection, articles: Sequence[Article], now: datetime) -> tuple[SavedArticle, ...]:
    """Store the articles that are not known, and what is now said of those that are (title, date, url)."""
    shelf = _load_shelf(connection, articles)
    saved: list[SavedArticle] = []
    added: list[Row] = []
    for article in articles:
        key = (as_key(article.id), article.sha256)
        series = shelf.series_of(article)
        revisions = shelf.revisions.get(series, {})
        known = revisions.get(article.sha256)
        revision = known or max(revisions.values(), default=0) + 1
        row = _row(article, series, revision, now)
        status: Status = "revised" if revisions else "new"
        if known:
            status = "known"
        if key not in shelf.bodies:
            added.append(row)
        elif shelf.bodies[key] != row["body"]:
            _correct(connection, row)
            status = "described"
        shelf.add(row)
        saved.append(SavedArticle(article.id, article.sha256, revision, status))
    insert_new(connection, table, added)
    return tuple(saved)


def in_series(connection: Connection, articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles under the ids that their addresses were first seen with, so that two sources give one article."""
    shelf = _load_shelf(connection, articles)
    found = []
    for article in articles:
        series = shelf.series_of(article)
        found.append(article if series == as_key(article.id) else replace(article, id=series))
    return tuple(found)


def by_id(articles: Sequence[Article]) -> dict[str, Article]:
    """The articles by their ids; raises ReconcileError where two texts share one.

    Readings and findings name their article by id alone: what was read in one text must not be kept as of another.
    """
    found: dict[str, Article] = {}
    for article in articles:
        if found.setdefault(article.id, article).sha256 != article.sha256:
            raise ReconcileError(f"two texts share the id {article.id!r}", "give each article an id of its own")
    return found


def load_texts(connection: Connection, texts: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Article]:
    """The articles under these ids in these texts (by SHA-256); those that are not stored are missing."""
    wanted = {(as_key(id_), digest): id_ for id_, digest in texts}
    found: dict[tuple[str, str], Article] = {}
    for some in chunks(sorted(wanted)):
        here = (table.c.id.in_([id_ for id_, _ in some]), table.c.sha256.in_([digest for _, digest in some]))
        for row in connection.execute(select(table.c.id, table.c.sha256, table.c.body).where(*here)):
            if (row.id, row.sha256) in wanted:
                found[wanted[row.id, row.sha256], row.sha256] = unpack(Article, row.body)
    return found


def load_article(connection: Connection, id_: str, sha256: str) -> Article:
    """One revision; raises ReconcileError where it is not stored."""
    query = select(table.c.body).where(table.c.id == id_, table.c.sha256 == sha256)
    body = connection.execute(query).scalar()
    if body is None:
        raise ReconcileError(f"no article {id_!r} with the text {sha256[:12]}… is stored", "run reconcile on it first")
    return unpack(Article, body)


def _row(article: Article, series: str, revision: int, now: datetime) -> Row:
    return {
        "id": as_key(article.id),
        "sha256": article.sha256,
        "series": series,
        "revision": revision,
        "url": as_key(article.url) if article.url else None,
        "source": article.source,
        "title": article.title,
        "published": article.published.iso if article.published else None,
        "language": article.language,
        "first_seen": now,
        "body": pack(article),
    }


def _correct(connection: Connection, row: Row) -> None:
    """Replace what is said of a stored text; the text itself, its revision and when it was first seen stay."""
    said = {name: row[name] for name in ("url", "source", "title", "published", "language", "body")}
    connection.execute(update(table).where(table.c.id == row["id"], table.c.sha256 == row["sha256"]).values(said))


def _load_shelf(connection: Connection, articles: Sequence[Article]) -> _Shelf:
    touched: set[str] = set()
    for some in chunks(articles):
        urls = [article.url for article in some if article.url]
        query = select(table.c.series).where(or_(table.c.id.in_([item.id for item in some]), table.c.url.in_(urls)))
        touched.update(connection.execute(query).scalars())
    shelf = _Shelf()
    columns = (table.c.id, table.c.sha256, table.c.series, table.c.revision, table.c.url, table.c.body)
    for names in chunks(sorted(touched)):
        query = select(*columns).where(table.c.series.in_(names)).order_by(table.c.series, table.c.revision)
        for row in connection.execute(query).mappings():
            shelf.add(dict(row))
    return shelf
