"""Writing many rows at once, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")
Row = dict[str, Any]

_CHUNK = 500


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items in runs short enough for one IN list."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows whose primary key is not there yet."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def upsert(connection: Connection, table: Table, rows: Sequence[Row], replace: Sequence[str] | None = None) -> None:
    """Insert the rows; where one is there already with another ``body``, replace all of it.

    With ``replace``, only those columns, whatever the rest.
    """
    if not rows:
        return
    insert = _insert(connection, table)
    key = [column.name for column in table.primary_key.columns]
    names = replace if replace is not None else [name for name in table.c.keys() if name not in key]  # noqa: SIM118
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=key,
            set_={name: insert.excluded[name] for name in names},
            where=None if replace is not None else table.c.body != insert.excluded.body,
        ),
        rows,
    )


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
