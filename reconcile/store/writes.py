"""Writing many rows at once, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY

T = TypeVar("T")
Row = dict[str, Any]

_CHUNK = 500
_FEW = 20
"""Fewer rows than this are sent to PostgreSQL one by one."""
_MANY = 5_000
"""Rows in one statement for PostgreSQL: enough that its fixed cost does not count, few enough to hold twice."""


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items in runs short enough for one IN list."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows whose primary key is not there yet; all have the same columns."""
    for insert, some in _inserts(connection, table, rows):
        connection.execute(insert.on_conflict_do_nothing(), some)


def upsert(connection: Connection, table: Table, rows: Sequence[Row], replace: Sequence[str] | None = None) -> None:
    """Insert the rows; where one is there already with another ``body``, replace all of it.

    With ``replace``, only those columns, whatever the rest. Of rows with one key the last counts.
    """
    key = [column.name for column in table.primary_key.columns]
    names = replace if replace is not None else [name for name in table.c.keys() if name not in key]  # noqa: SIM118
    last = {tuple(row[name] for name in key): row for row in rows}
    for insert, some in _inserts(connection, table, list(last.values())):
        connection.execute(
            insert.on_conflict_do_update(
                index_elements=key,
                set_={name: insert.excluded[name] for name in names},
                where=None if replace is not None else table.c.body != insert.excluded.body,
            ),
            some,
        )


def _inserts(
    connection: Connection, table: Table, rows: Sequence[Row]
) -> Iterator[tuple[sqlite.Insert | postgresql.Insert, Any]]:
    """Statements that insert the rows, with their parameters."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        yield sqlite.insert(table), rows
    elif len(rows) < _FEW:
        yield postgresql.insert(table), rows
    else:
        insert = _insert_columns(table, tuple(rows[0]))
        for start in range(0, len(rows), _MANY):
            some = rows[start : start + _MANY]
            yield insert, {f"all_{name}": [row[name] for row in some] for name in rows[0]}


def _insert_columns(table: Table, names: Sequence[str]) -> postgresql.Insert:
    """One statement for any number of rows: PostgreSQL takes each column as an array and unfolds them side by side."""
    arrays = [bindparam(f"all_{name}", type_=ARRAY(table.c[name].type)) for name in names]
    unfolded = func.unnest(*arrays).table_valued(*names).render_derived()
    return postgresql.insert(table).from_select(list(names), select(*(unfolded.c[name] for name in names)))
