"""What sources gave: articles, the memory of fetching, and what waits for the next night, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, select, update

from reconcile.model import Article, Problem
from reconcile.store.articles import SavedArticle, Status, in_series, save_articles
from reconcile.store.codec import CodecError, pack, unpack
from reconcile.store.night_tables import member, source_state, waiting
from reconcile.store.tables import as_key
from reconcile.store.writes import Row, chunks, upsert

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pending:
    """What batches of a source came to: how many articles, what went wrong, and what became of its pages."""

    new: int = 0
    revised: int = 0
    problems: tuple[Problem, ...] = ()
    fates: tuple[tuple[str, str], ...] = ()


def load_state(connection: Connection, source: str, type_: type[T]) -> T:
    """What is remembered of a source; the empty state where there is none, or none that this version can read."""
    query = select(source_state.c.body).where(source_state.c.source == as_key(source))
    body = connection.execute(query).scalar()
    try:
        return type_() if body is None else unpack(type_, body)
    except CodecError:
        # Written by a version with other fields: everything is fetched once more, and known texts are known.
        return type_()


def save_state(connection: Connection, source: str, state: object) -> None:
    """Keep what is remembered of a source; the nights it failed or was quiet are counted elsewhere."""
    row = {"source": as_key(source), "failed_nights": 0, "quiet_nights": 0, "body": pack(state)}
    upsert(connection, source_state, [row], replace=("body",))


def save_intake(
    connection: Connection,
    source: str,
    state: object,
    articles: Sequence[Article],
    now: datetime,
    told: Pending | None = None,
) -> tuple[SavedArticle, ...]:
    """Store a batch of a source with the memory that goes with it; what is not known as it is waits for the night.

    ``told`` holds the batch's problems and fates; what the batch came to is added to what is pending of the source.

    The answers are by what the nights know: a text that only another command stored is new.
    """
    articles = in_series(connection, articles)
    saved = save_articles(connection, articles, now)
    stands = _standing(connection, [article.id for article in articles])
    rows: list[Row] = []
    answers: list[SavedArticle] = []
    for one in saved:
        stood = stands.get(as_key(one.id))
        status = _status(one, stood["sha256"] if stood else None)
        answers.append(SavedArticle(one.id, one.sha256, one.revision, status))
        if status != "known":
            rows.append(_waiting_row(one.id, one.sha256, status, stood, now))
    upsert(connection, waiting, rows, replace=("sha256", "status", "was"))
    save_state(connection, source, state)
    before = load_pending(connection, source)
    told = told or Pending()
    sums = Pending(
        before.new + sum(answer.status == "new" for answer in answers),
        before.revised + sum(answer.status == "revised" for answer in answers),
        tuple(dict.fromkeys((*before.problems, *told.problems))),
        tuple(dict.fromkeys((*before.fates, *told.fates))),
    )
    connection.execute(update(source_state).where(source_state.c.source == as_key(source)).values(pending=pack(sums)))
    return tuple(answers)


def load_pending(connection: Connection, source: str) -> Pending:
    """What a source gave since the last night that asked it to the end."""
    query = select(source_state.c.pending).where(source_state.c.source == as_key(source))
    body = connection.execute(query).scalar()
    return Pending() if body is None else unpack(Pending, body)


def _status(saved: SavedArticle, stands: str | None) -> Status:
    if stands is None:
        return "new"
    if stands != saved.sha256:
        return "revised"
    return "described" if saved.status == "described" else "known"


def _waiting_row(id_: str, sha256: str, status: str, before: Row | None, now: datetime) -> Row:
    """What waits; an article that waits already stays what it is, in its newest text."""
    row: Row = {"article_id": as_key(id_), "sha256": sha256, "seen": now, "status": status}
    if before is None:
        return row | {"was": None}
    if "status" in before:
        return row | {"status": before["status"], "was": before["was"]}
    return row | {"was": before["sha256"]}


def _standing(connection: Connection, ids: Iterable[str]) -> dict[str, Row]:
    """The texts in which these articles stand: those that wait, and else those that the nights have taken in."""
    found: dict[str, Row] = {}
    for some in chunks(sorted({as_key(id_) for id_ in ids})):
        for row in connection.execute(
            select(member.c.article_id, member.c.sha256).where(member.c.article_id.in_(some))
        ):
            found[row.article_id] = {"sha256": row.sha256}
        columns = (waiting.c.article_id, waiting.c.sha256, waiting.c.status, waiting.c.was)
        for waits in connection.execute(select(*columns).where(waiting.c.article_id.in_(some))).mappings():
            found[waits["article_id"]] = {name: waits[name] for name in ("sha256", "status", "was")}
    return found
