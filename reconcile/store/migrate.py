"""Migrations: which version a database is of, bringing it to this program's, and whether the two have drifted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, CheckConstraint, Connection, Engine, inspect

from reconcile.errors import ReconcileError
from reconcile.resources import data_folder
from reconcile.store import night_tables, review_tables  # noqa: F401 -- put their tables into the metadata
from reconcile.store.engine import altering, connect, describe, parse_location, reading
from reconcile.store.tables import VERSION_TABLE, metadata


@dataclass(frozen=True, slots=True)
class MigrationStatus:
    """Which revision a database is at (None: empty), which one this program needs, and those in between, in order."""

    location: str
    current: str | None
    head: str
    pending: tuple[str, ...]


def status(location: str | Path) -> MigrationStatus:
    """How far a database is behind; makes nothing. Raises ReconcileError where it is newer or not ours."""
    url = parse_location(location)
    if is_missing(url):
        return _status(url, None)
    engine = connect(url)
    try:
        return _status(url, current_revision(engine))
    finally:
        engine.dispose()


def upgrade(location: str | Path) -> MigrationStatus:
    """Bring a database to this program's revision, making it where there is none; the status it was in before."""
    engine = connect(parse_location(location))
    try:
        return bring_to_head(engine)
    finally:
        engine.dispose()


def is_missing(url: URL) -> bool:
    """Whether the database is a file that is not there yet."""
    return url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists()


def bring_to_head(engine: Engine) -> MigrationStatus:
    """Run the pending migrations in one transaction; the status before. Raises ReconcileError as ``status`` does."""
    before = _status(engine.url, current_revision(engine))
    if before.pending:
        with altering(engine) as connection:
            command.upgrade(alembic_config(connection), "head")
    return before


def require_head(engine: Engine) -> None:
    """Raise ReconcileError unless the database is exactly of this program's revision."""
    found = _status(engine.url, current_revision(engine))
    if found.pending:
        raise ReconcileError(
            f"{found.location} is at revision {found.current or 'none'}, this program needs {found.head}",
            "run: reconcile db upgrade",
        )


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for migrations over this connection, in its transaction."""
    config = Config()
    # A per cent sign in the path of the installation would be read as interpolation.
    config.set_main_option("script_location", str(data_folder("db")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def current_revision(engine: Engine) -> str | None:
    """The revision a database is at, None where it is empty; raises ReconcileError where it is another program's."""
    with reading(engine) as connection:
        revision = _context(connection).get_current_revision()
        found = set(inspect(connection).get_table_names()) - {VERSION_TABLE}
        if revision is None and found:
            raise ReconcileError(
                f"{describe(engine.url)} holds another program's tables ({', '.join(sorted(found)[:3])})",
                "give reconcile a database of its own",
            )
    return revision


def check_drift(location: str | Path) -> list[str]:
    """The differences between a database and the tables that the program expects, a line each; empty: none."""
    engine = connect(parse_location(location))
    try:
        with reading(engine) as connection:
            differences = [str(difference) for difference in compare_metadata(_context(connection), metadata)]
            return differences + _check_differences(connection)
    finally:
        engine.dispose()


def _check_differences(connection: Connection) -> list[str]:
    """CHECK constraints that only one side has; Alembic compares everything but these."""
    lines = []
    for name, table in metadata.tables.items():
        if not inspect(connection).has_table(name):
            continue
        stored = {check["name"] for check in inspect(connection).get_check_constraints(name)}
        checks = [constraint for constraint in table.constraints if isinstance(constraint, CheckConstraint)]
        wanted = {str(check.name) for check in checks}
        lines += [f"{name}: the database lacks the check {check}" for check in sorted(wanted - stored)]
        lines += [f"{name}: the program lacks the check {check}" for check in sorted(map(str, stored - wanted))]
    return lines


def _context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})


def _status(url: URL, current: str | None) -> MigrationStatus:
    scripts = ScriptDirectory(str(data_folder("db")))
    known = [script.revision for script in scripts.walk_revisions()]
    head = known[0]
    if current is not None and current not in known:
        raise ReconcileError(
            f"{describe(url)} is at revision {current}, which this program does not know (its newest is {head})",
            "a newer reconcile wrote it: update this one, or use another database",
        )
    newer = known if current is None else known[: known.index(current)]
    return MigrationStatus(describe(url), current, head, tuple(reversed(newer)))
