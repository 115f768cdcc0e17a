"""The whole database as JSON lines, and back: the same on SQLite and PostgreSQL, from this or an older revision."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from alembic import command
from sqlalchemy import JSON, Connection, Date, DateTime, Engine, LargeBinary, MetaData, Table, func, inspect, select

from reconcile.errors import ReconcileError
from reconcile.store.codec import pack_json
from reconcile.store.engine import altering, describe, reading
from reconcile.store.migrate import alembic_config, current_revision, require_head
from reconcile.store.tables import VERSION_TABLE, metadata
from reconcile.store.writes import Row, insert_new

FORMAT, VERSION = "reconcile-export", 1
_LEFT_OUT = ("lease",)
"""Who is at work is no part of what is kept."""
_BATCH = 2_000
_CURE = "name a file that `reconcile db export` or `reconcile db backup` wrote"


def export_lines(engine: Engine, now: datetime) -> Iterator[str]:
    """A line saying what follows, a line a row, and a line with their number; all of one moment, whoever writes."""
    require_head(engine)
    count = 0
    with reading(engine) as connection:
        revision = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar_one()  # noqa: S608
        head = {"format": FORMAT, "version": VERSION, "revision": revision, "made": now.isoformat()}
        yield json.dumps(head)
        for table in metadata.sorted_tables:
            if table.name in _LEFT_OUT:
                continue
            rows = connection.execution_options(yield_per=_BATCH).execute(select(table).order_by(*table.primary_key))
            for row in rows.mappings():
                count += 1
                yield json.dumps({"table": table.name, "row": {name: _as_json(value) for name, value in row.items()}})
    yield json.dumps({"end": True, "rows": count})


def import_lines(engine: Engine, lines: Iterable[str]) -> int:
    """Fill an empty database with exported lines, all or none; how many rows. Raises ReconcileError.

    It is made at the revision of the export; bring it to the head after.
    """
    numbered = enumerate(lines, 1)
    head = _parse(next(numbered, (1, "")))
    if head.get("format") != FORMAT or head.get("version") != VERSION:
        raise ReconcileError("this is no export of reconcile", _CURE)
    if current_revision(engine) is not None and _holds_rows(engine):
        raise ReconcileError(f"{describe(engine.url)} holds data already", "import into a new, empty database")
    with altering(engine) as connection:
        if current_revision_of(connection) is None:
            command.upgrade(alembic_config(connection), str(head.get("revision")))
        elif current_revision_of(connection) != head.get("revision"):
            raise ReconcileError(f"{describe(engine.url)} is of another revision", "import into a new database")
        return _fill(connection, numbered)


def current_revision_of(connection: Connection) -> str | None:
    """The revision that a connection's database is at."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()  # noqa: S608
    return str(found) if found is not None else None


def _holds_rows(engine: Engine) -> bool:
    with reading(engine) as connection:
        here = [table for table in metadata.sorted_tables if inspect(connection).has_table(table.name)]
        counts = (connection.execute(select(func.count()).select_from(table)).scalar_one() for table in here)
        return any(counts)


def _fill(connection: Connection, numbered: Iterable[tuple[int, str]]) -> int:
    found = MetaData()
    found.reflect(connection)
    waiting: list[Row] = []
    table: Table | None = None
    for item in numbered:
        line = _parse(item)
        if line.get("end"):
            _flush(connection, table, waiting)
            count = item[0] - 2  # but for the first line and this one
            if line.get("rows") != count:
                raise ReconcileError(f"the export says {line.get('rows')} rows and holds {count}", _CURE)
            return count
        name, row = line.get("table"), line.get("row")
        if not isinstance(row, dict) or name not in found.tables:
            raise ReconcileError(f"line {item[0]} is of no table of this program", _CURE)
        if (table is not None and table.name != name) or len(waiting) >= _BATCH:
            _flush(connection, table, waiting)
        table = found.tables[str(name)]
        waiting.append({key: _from_json(table, key, value) for key, value in row.items()})
    raise ReconcileError("the export is cut off before its end", "take another copy; nothing was imported")


def _flush(connection: Connection, table: Table | None, rows: list[Row]) -> None:
    if table is not None:
        insert_new(connection, table, rows)
    rows.clear()


def _parse(numbered: tuple[int, str]) -> dict[str, Any]:
    number, text = numbered
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        line = None
    if not isinstance(line, dict):
        raise ReconcileError(f"line {number} is no JSON object", _CURE)
    return line


def _as_json(value: Any) -> Any:
    """A column's value as JSON; packed bodies unpacked, so that other programs can read them."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        try:
            return {"json": json.loads(zlib.decompress(bytes(value)))}
        except (zlib.error, ValueError):
            return {"base64": base64.b64encode(bytes(value)).decode("ascii")}
    return value


def _from_json(table: Table, name: str, value: Any) -> Any:
    column = table.c.get(name)
    if column is None or value is None:
        return value
    if isinstance(column.type, DateTime):
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, LargeBinary) and not isinstance(column.type, JSON):
        return pack_json(value["json"]) if "json" in value else base64.b64decode(value["base64"])
    return value
