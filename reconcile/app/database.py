"""What a user does with the database: bring it up to date, copy it, put a copy back, forget what is old."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

from reconcile.errors import ReconcileError
from reconcile.store.copies import copy_database, export_database, import_database, prune_database, restore_copy
from reconcile.store.migrate import MigrationStatus, status, upgrade

_SQLITE, _GZIP = b"SQLite format 3\x00", b"\x1f\x8b"


def upgrade_database(db: str) -> MigrationStatus:
    """Make or migrate the database; the status before."""
    return upgrade(db)


def database_status(db: str) -> MigrationStatus:
    """How far the database is behind this program; makes nothing."""
    return status(db)


def backup(db: str, file: Path, now: datetime) -> None:
    """Write a copy of the database, whoever writes to it meanwhile: SQLite's own format, or gzipped JSON lines.

    Raises ReconcileError. The copy takes its name only when it is whole.
    """
    if _is_sqlite(db):
        copy_database(db, file)
    else:
        with _written_whole(file, compressed=True) as out:
            out.writelines(f"{line}\n" for line in export_database(db, now))


def restore(db: str, file: Path) -> MigrationStatus:
    """Put a copy back into a database that is not there or empty, and bring it up to date; its status then.

    A copy of either kind of database goes into either. Raises ReconcileError.
    """
    try:
        with file.open("rb") as copy:
            mark = copy.read(len(_SQLITE))
    except OSError as error:
        raise ReconcileError(f"cannot read {file}: {error.strerror}", "name a copy") from None
    if mark != _SQLITE:
        import_from(db, file)
    elif _is_sqlite(db):
        restore_copy(file, db)
        upgrade(db)
    else:
        import_database(db, export_database(str(file), datetime.min))
    return status(db)


def export_to(db: str, file: Path | None, now: datetime) -> Iterator[str]:
    """The whole database as JSON lines; written to ``file`` where there is one, and then there are no lines."""
    if file is None:
        yield from export_database(db, now)
        return
    with _written_whole(file, compressed=file.suffix == ".gz") as out:
        out.writelines(f"{line}\n" for line in export_database(db, now))


def import_from(db: str, file: Path) -> int:
    """Fill a new or empty database with an export; how many rows. Raises ReconcileError."""
    try:
        with file.open("rb") as raw:
            packed = raw.read(2) == _GZIP
        with gzip.open(file, "rt", encoding="utf-8") if packed else file.open(encoding="utf-8") as lines:
            return import_database(db, lines)
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError):
        raise ReconcileError(f"{file} is damaged or cut off", "take another copy; nothing was imported") from None
    except OSError as error:
        raise ReconcileError(f"cannot read {file}: {error.strerror}", "name an export") from None


def prune(db: str, days: int, now: datetime, *, dry_run: bool) -> Mapping[str, int]:
    """Delete what is older than so many days and no longer needed; judgements and what they rest on stay."""
    return prune_database(db, now - timedelta(days=days), dry_run=dry_run)


def _is_sqlite(db: str) -> bool:
    return "://" not in db or db.startswith("sqlite")


@contextmanager
def _written_whole(file: Path, *, compressed: bool) -> Iterator[TextIO]:
    """A text file that takes its name when it is whole; only its owner may read it, for it holds accounts."""
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.unlink(missing_ok=True)
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with gzip.open(beside, "wt", encoding="utf-8") if compressed else beside.open("w", encoding="utf-8") as out:
            yield out
        os.replace(beside, file)
    except OSError as error:
        raise ReconcileError(f"cannot write {file}: {error.strerror}", "check its folder and the room there") from None
    finally:
        beside.unlink(missing_ok=True)
