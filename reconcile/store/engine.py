"""Connections: where the database is, how SQLite and PostgreSQL are opened, and what their errors mean to a user."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError

from reconcile.errors import ReconcileError
from reconcile.store.fence import check_fence

_LOCK_WAIT_SECONDS = 30
_WRITER_LOCK = 0x7265636F
"""The advisory lock that a writer holds on PostgreSQL; any number will do that other programs are unlikely to take."""

_WHERE = "give the path of a SQLite file, or postgresql://USER@HOST/DATABASE"
_OCCUPIED = ("another process is writing to {place}", "wait until it ends, then run again")
_SQLITE_TROUBLE = (
    (
        re.compile("not a database|encrypted"),
        "{place} is not a SQLite database",
        "name another file, or move this one away",
    ),
    (re.compile("malformed|corrupt"), "{place} is damaged", "put back a backup copy, or move it away and run again"),
    (
        re.compile("unable to open|readonly|read-only|disk I/O"),
        "{place} cannot be opened for writing",
        "check that its folder exists and that you may write to the folder and the file",
    ),
    (re.compile("locked|busy"), *_OCCUPIED),
    (re.compile("full"), "there is no room left to write {place}", "free some disk space, then run again"),
)
_POSTGRESQL_TROUBLE = (
    (re.compile("lock timeout"), *_OCCUPIED),
    (
        re.compile("connection"),
        "{place} cannot be reached ({reason})",
        "check that the server runs, and the address, database, user and password",
    ),
)


def parse_location(location: str | Path) -> URL:
    """A SQLite file's path, a ``sqlite:///`` address or a ``postgresql://`` address as a URL; raises ReconcileError."""
    text = str(location)
    if "://" not in text:
        return _file_url(text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # Not chained: the message of the cause quotes the address, password and all.
        raise ReconcileError("the address of the database cannot be read", _WHERE) from None
    scheme = url.drivername.partition("+")[0]
    if scheme == "sqlite":
        return _file_url(url.database or "")
    if scheme in ("postgresql", "postgres"):
        return _with_password_in_place(url.set(drivername="postgresql+psycopg"))
    raise ReconcileError(f"a database of the kind {url.drivername!r} is not supported", _WHERE)


def _file_url(path: str) -> URL:
    if path in ("", ":memory:"):
        raise ReconcileError("a SQLite database must be a file", _WHERE)
    return URL.create("sqlite", database=os.path.expanduser(path))


def _with_password_in_place(url: URL) -> URL:
    """The same address with a password from its query moved to where it is hidden whenever the URL is shown."""
    password = url.query.get("password")
    if not isinstance(password, str):
        return url
    return url.difference_update_query(["password"]).set(password=password)


def describe(url: URL) -> str:
    """The database for messages: the file's path, or the address without any password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    hidden = {name: "***" for name in url.query if "password" in name.lower()}
    shown = url.update_query_dict(hidden).set(drivername="postgresql")
    return shown.render_as_string(hide_password=True)


def connect(url: URL) -> Engine:
    """An engine for the database; nothing is opened yet. Raises ReconcileError where the driver is missing."""
    try:
        # Parameters are hidden because they are the words of articles, and may end in a log. A server may have
        # closed a connection that waited while articles were read: each is tried before it is used.
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=url.get_backend_name() == "postgresql")
    except ModuleNotFoundError as error:
        raise ReconcileError(
            "PostgreSQL needs a driver that is not installed", "install it with: pip install 'reconcile[postgres]'"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Take transactions out of the driver's hands, and set what SQLite sets per connection."""
    connection.isolation_level = None
    # In the WAL that the tables are made in, NORMAL may lose the last transactions to a power cut, but never corrupts;
    # a run is repeatable, so waiting for the disk at every commit buys nothing.
    for pragma in (
        f"busy_timeout = {_LOCK_WAIT_SECONDS * 1000}",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where writes will follow: a reader that turns writer midway could be refused."""
    options = connection.get_execution_options()
    if options.get("alters"):
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        # WAL lets readers read while one process writes. The file keeps it, so it is set when tables are made, and
        # never on a database that turns out to be another program's.
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database, whatever others write meanwhile."""
    with explain_errors(engine.url), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that holds the one writer's lock; all is kept at the end, or nothing."""
    with explain_errors(engine.url), engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_LOCK_WAIT_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
        check_fence(connection)
        yield connection


@contextmanager
def altering(engine: Engine) -> Iterator[Connection]:
    """As ``writing``, for changes to the tables themselves.

    SQLite alters a table by copying it and dropping the old one. With foreign keys enforced, that drop deletes what
    other rows refer to and fails, so they are checked once at the end instead.
    """
    try:
        with writing(engine.execution_options(alters=True)) as connection:
            yield connection
            if engine.dialect.name == "sqlite":
                _refuse_orphans(connection)
    finally:
        # The connection that was used would go on without foreign keys.
        engine.dispose()


def _refuse_orphans(connection: Connection) -> None:
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if orphan is not None:
        raise ReconcileError(
            f"{describe(connection.engine.url)} would lose rows that its table {orphan[0]!r} refers to",
            "the upgrade was undone; this is a fault of the program: report it",
        )


@contextmanager
def explain_errors(url: URL) -> Iterator[None]:
    """Turn the database's errors into ReconcileErrors that name the database and the cure."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _explained(error, url) from error


def _explained(error: SQLAlchemyError, url: URL) -> ReconcileError:
    place = describe(url)
    # Only the first line: PostgreSQL adds the whole row below it, and with it an article's text.
    lines = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()
    reason = _without_secrets(lines[0] if lines else type(error).__name__, url)
    if isinstance(error, IntegrityError):
        return ReconcileError(
            f"{place} refuses what it was given ({reason})", "this is a fault of the program: report it"
        )
    for sign, message, cure in _SQLITE_TROUBLE if url.get_backend_name() == "sqlite" else _POSTGRESQL_TROUBLE:
        if sign.search(reason):
            return ReconcileError(message.format(place=place, reason=reason), cure)
    return ReconcileError(f"{place} failed ({reason})", "check your rights to it and its own log, then run again")


def _without_secrets(text: str, url: URL) -> str:
    secrets = [str(value) for name, value in url.query.items() if "password" in name.lower()]
    for secret in filter(None, [str(url.password or ""), *secrets]):
        text = text.replace(secret, "***")
    return text
