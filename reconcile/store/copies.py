"""Copies of the whole database: by SQLite's own means, or as JSON lines; and pruning, as whole operations."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from reconcile.errors import ReconcileError
from reconcile.store import prune as pruning
from reconcile.store import transfer
from reconcile.store.engine import connect, describe, parse_location, writing
from reconcile.store.migrate import bring_to_head, is_missing, require_head


def export_database(db: str, now: datetime) -> Iterator[str]:
    """The whole database as JSON lines, of one moment, whoever writes meanwhile; raises ReconcileError."""
    url = parse_location(db)
    if is_missing(url):
        raise ReconcileError(f"there is no database at {describe(url)}", "check --db")
    engine = connect(url)
    try:
        yield from transfer.export_lines(engine, now)
    finally:
        engine.dispose()


def import_database(db: str, lines: Iterable[str]) -> int:
    """Fill a new or empty database with exported lines and bring it to this program's revision; how many rows."""
    engine = connect(parse_location(db))
    try:
        count = transfer.import_lines(engine, lines)
        bring_to_head(engine)
        return count
    finally:
        engine.dispose()


def copy_database(db: str, target: Path) -> None:
    """Copy a SQLite database while it is in use, and look the copy over before it takes its name."""
    url = parse_location(db)
    if is_missing(url):
        raise ReconcileError(f"there is no database at {describe(url)}", "check --db")
    engine = connect(url)
    try:
        require_head(engine)
    finally:
        engine.dispose()
    _copy(Path(str(url.database)), target)


def restore_copy(copy: Path, db: str) -> None:
    """Put a copy in the place of a SQLite database that is not there."""
    url = parse_location(db)
    place = Path(str(url.database))
    if place.exists():
        raise ReconcileError(f"{place} is there already", "move it away first, or restore into another with --db")
    _copy(copy, place)


def prune_database(db: str, before: datetime, *, dry_run: bool) -> Mapping[str, int]:
    """Delete what is older than ``before`` and no longer needed; how many rows of each table."""
    url = parse_location(db)
    if is_missing(url):
        raise ReconcileError(f"there is no database at {describe(url)}", "check --db")
    engine = connect(url)
    try:
        require_head(engine)
        with writing(engine) as connection:
            gone = pruning.prune(connection, before, dry_run=dry_run)
        if gone and not dry_run:
            _give_back_room(engine.url.database if engine.dialect.name == "sqlite" else None)
    finally:
        engine.dispose()
    return gone


def _give_back_room(file: str | None) -> None:
    """SQLite keeps the room of deleted rows until it is told to write the file anew; PostgreSQL sees to it itself."""
    if file is not None:
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("VACUUM")


def _copy(source: Path, target: Path) -> None:
    beside = target.with_name(f".{target.name}.part")
    beside.unlink(missing_ok=True)

    def work() -> None:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(_make(beside)) as new:
            old.backup(new, pages=2_000)
            found = new.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise ReconcileError(f"{source} is damaged ({found})", "use an older copy")
        os.replace(beside, target)

    _explained(work, source, target)


def _make(file: Path) -> sqlite3.Connection:
    """A new database file that only its owner may read: it holds accounts."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return sqlite3.connect(file)


def _explained(work: Callable[[], None], source: Path, target: Path) -> None:
    try:
        work()
    except sqlite3.DatabaseError as error:
        raise ReconcileError(f"{source} cannot be copied to {target} ({error})", "check both, and the room") from None
    except OSError as error:
        raise ReconcileError(f"{target} cannot be written: {error.strerror}", "check the folder and its room") from None
