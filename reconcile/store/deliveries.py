"""The outbox: messages stored with the night that they tell of, sent later, each once; and what was told to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, func, select, update

from reconcile.store.codec import pack, unpack
from reconcile.store.night_tables import delivery, told
from reconcile.store.tables import as_key
from reconcile.store.writes import chunks, insert_new

Fate = Literal["pending", "sending", "sent", "given_up", "uncertain"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a message tells of: a contradiction, or a fault of a source (then without all but the summary)."""

    what: str
    kind: Literal["contradiction", "fault", "recovered"]
    summary: str
    severity: str = ""
    change: str = ""
    before: str = ""
    story: str = ""
    sources: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What one recipient is told of one night; the id is made of both, so that it is sent once."""

    id: str
    date: str
    recipient: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message in the outbox, and what became of it."""

    message: Message
    status: Fate
    attempts: int
    made: datetime
    sent: datetime | None = None
    error: str = field(default="")


def enqueue(connection: Connection, messages: Sequence[Message], now: datetime) -> None:
    """Put messages into the outbox, and remember what they tell."""
    rows = [
        {
            "id": message.id,
            "date": message.date,
            "recipient": message.recipient,
            "status": "pending",
            "attempts": 0,
            "made": now,
            "error": "",
            "body": pack(message),
        }
        for message in messages
    ]
    insert_new(connection, delivery, rows)
    marks = {
        (as_key(message.recipient), as_key(what)): message.date
        for message in messages
        for what in (entry.what for entry in message.entries)
    }
    insert_new(connection, told, [{"recipient": to, "what": what, "date": day} for (to, what), day in marks.items()])


def told_of(connection: Connection, recipient: str, things: Iterable[str]) -> frozenset[str]:
    """Those of the things that a recipient was told of."""
    exact = {as_key(what): what for what in things}
    found: set[str] = set()
    for some in chunks(sorted(exact)):
        query = select(told.c.what).where(told.c.recipient == as_key(recipient), told.c.what.in_(some))
        found.update(exact[what] for what in connection.execute(query).scalars())
    return frozenset(found)


def list_deliveries(connection: Connection, statuses: Sequence[Fate], limit: int = 1000) -> tuple[Delivery, ...]:
    """The messages of some statuses, oldest first."""
    query = select(delivery).where(delivery.c.status.in_(statuses))
    rows = connection.execute(query.order_by(delivery.c.made, delivery.c.id).limit(limit)).mappings()
    return tuple(
        Delivery(
            unpack(Message, row["body"]),
            row["status"],
            row["attempts"],
            row["made"].replace(tzinfo=UTC),
            row["sent"].replace(tzinfo=UTC) if row["sent"] else None,
            row["error"],
        )
        for row in rows
    )


def mark(connection: Connection, id_: str, status: Fate, now: datetime, error: str = "") -> None:
    """Tell what becomes of a message; "sending" counts an attempt."""
    values: dict[str, object] = {"status": status, "error": error}
    if status == "sending":
        values["attempts"] = delivery.c.attempts + 1
    if status == "sent":
        values["sent"] = now
    connection.execute(update(delivery).where(delivery.c.id == id_).values(values))


def count_deliveries(connection: Connection) -> Mapping[str, int]:
    """How many messages there are of each status."""
    query = select(delivery.c.status, func.count()).group_by(delivery.c.status)
    return {row[0]: row[1] for row in connection.execute(query)}
