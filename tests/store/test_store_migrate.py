"""Migrations on both databases: up, down, drift, and databases that are not ours."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations

from reconcile.errors import ReconcileError
from reconcile.model import Claim, Severity, Verdict
from reconcile.store import migrate, tables
from reconcile.store.engine import altering, connect, parse_location, writing
from reconcile.store.store import open_store


def test_upgrade_reports_what_was_pending_and_leaves_nothing(location: str) -> None:
    """After an upgrade from nothing the database is at the head."""
    before = migrate.upgrade(location)
    after = migrate.status(location)
    assert (None, before.head) == (before.current, before.pending[-1])
    assert (after.head, ()) == (after.current, after.pending)


def test_status_makes_no_file(tmp_path: Path) -> None:
    """Asking how far a missing database is behind does not make it."""
    found = migrate.status(tmp_path / "absent.db")
    assert (found.current, (tmp_path / "absent.db").exists()) == (None, False)


def test_migrated_database_has_not_drifted(location: str) -> None:
    """The migrations make exactly the tables that the program expects."""
    migrate.upgrade(location)
    assert migrate.check_drift(location) == []


def test_drift_is_found(location: str) -> None:
    """A column that only the database has is reported."""
    migrate.upgrade(location)
    with connect(parse_location(location)).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE story ADD COLUMN colour TEXT")
    assert ["colour" in line for line in migrate.check_drift(location)] == [True]


def test_missing_check_constraint_is_found(location: str) -> None:
    """A CHECK constraint that the migrations forgot is reported, though Alembic compares none."""
    engine = connect(parse_location(location))
    with engine.begin() as connection:
        tables.metadata.create_all(connection)
        connection.exec_driver_sql("DROP TABLE claim")
        connection.exec_driver_sql("CREATE TABLE claim (reading TEXT)")
    engine.dispose()
    assert "claim: the database lacks the check ck_claim_confidence" in migrate.check_drift(location)


def test_migrations_equal_the_metadata_constraint_by_constraint(location: str) -> None:
    """A database made by migrations and one made from the metadata show the same schema, CHECKs included."""
    migrate.upgrade(location)
    engine = connect(parse_location(location))
    with engine.connect() as connection:
        migrated = _schema(connection)
    with altering(engine) as connection:
        command.downgrade(migrate.alembic_config(connection), "base")
    with engine.begin() as connection:
        tables.metadata.create_all(connection)
    with engine.connect() as connection:
        assert _schema(connection) == migrated
    engine.dispose()


def _schema(connection: sa.Connection) -> dict[str, object]:
    inspector = sa.inspect(connection)
    return {
        name: [
            [(column["name"], repr(column["type"]), column["nullable"]) for column in inspector.get_columns(name)],
            inspector.get_pk_constraint(name),
            sorted(inspector.get_foreign_keys(name), key=str),
            sorted(inspector.get_indexes(name), key=str),
            sorted(inspector.get_check_constraints(name), key=str),
        ]
        for name in tables.metadata.tables
    }


def test_downgrade_leaves_no_table(location: str) -> None:
    """Down to the base and up again works, and down leaves only the version table."""
    migrate.upgrade(location)
    engine = connect(parse_location(location))
    with altering(engine) as connection:
        command.downgrade(migrate.alembic_config(connection), "base")
    with engine.connect() as connection:
        left = sa.inspect(connection).get_table_names()
    engine.dispose()
    assert left == [tables.VERSION_TABLE]
    migrate.upgrade(location)
    assert migrate.check_drift(location) == []


def test_referenced_table_can_be_altered_and_keys_hold_again(location: str, make: Any) -> None:
    """A migration may rebuild a table that others refer to without losing a row; foreign keys are enforced after."""
    world = make.world()
    with open_store(location, upgrade=True) as store:
        world.save(store)
    engine = connect(parse_location(location))
    with altering(engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("run", recreate="auto") as batch:
            batch.alter_column("inputs", existing_type=sa.Text(), nullable=True)
    with pytest.raises(ReconcileError, match="refuses"), writing(engine) as connection:
        connection.execute(sa.delete(tables.run))
    engine.dispose()
    with open_store(location, upgrade=False) as store:
        assert (world.run, world.findings) == (store.latest_run(), store.findings_of("run-1"))


def test_migration_that_orphans_rows_is_undone(location: str, make: Any) -> None:
    """A migration that leaves rows without what they refer to fails, and the rows stay."""
    with open_store(location, upgrade=True) as store:
        make.world().save(store)
    engine = connect(parse_location(location))
    with pytest.raises(ReconcileError, match=r"would lose rows|refuses"), altering(engine) as connection:
        connection.execute(sa.delete(tables.story))
    engine.dispose()
    with open_store(location, upgrade=False) as store:
        assert len(store.stories_of("run-1")) == 1


@pytest.mark.parametrize(
    ("name", "table", "values"),
    [
        ("ck_finding_verdict", tables.finding, [verdict.value for verdict in Verdict]),
        ("ck_finding_severity", tables.finding, [severity.value for severity in Severity]),
        ("ck_claim_polarity", tables.claim, ["positive", "negative"]),
        ("ck_claim_modality", tables.claim, ["done", "planned", "possible", "denied"]),
    ],
)
def test_checks_allow_what_the_model_allows(name: str, table: sa.Table, values: list[str]) -> None:
    """The CHECK lists name the values of the model's types, all of them and no others."""
    text = next(str(check.sqltext) for check in table.constraints if check.name == name)
    assert text.split(" IN ")[1] == "(" + ", ".join(repr(value) for value in values) + ")"


def test_claim_words_of_the_model_are_the_checked_ones() -> None:
    """The Literal types of the model's claim are those that the CHECK constraints were written for."""
    assert Claim.__annotations__["polarity"] == "Literal['positive', 'negative']"
    assert Claim.__annotations__["modality"] == "Literal['done', 'planned', 'possible', 'denied']"


def test_newer_database_is_refused_with_both_revisions(location: str) -> None:
    """A database of a newer program is refused by name, with its revision, ours and the cure."""
    head = migrate.upgrade(location).head
    with connect(parse_location(location)).begin() as connection:
        connection.exec_driver_sql(f"UPDATE {tables.VERSION_TABLE} SET version_num = '9999'")
    for upgrade in (True, False):
        with pytest.raises(ReconcileError) as caught:
            open_store(location, upgrade=upgrade)
        assert all(part in str(caught.value) for part in ("9999", head, "update this one"))
        assert Path(location).name in str(caught.value) or "postgresql://" in str(caught.value)


def test_database_behind_is_refused_without_upgrade(location: str) -> None:
    """Without upgrade, an empty database is refused and told how to make one."""
    connect(parse_location(location)).connect().close()
    with pytest.raises(ReconcileError, match="reconcile db upgrade"):
        open_store(location, upgrade=False)


def test_another_programs_database_is_refused(location: str) -> None:
    """A database with tables that are not ours is left alone."""
    with connect(parse_location(location)).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE recipe (id INTEGER)")
    with pytest.raises(ReconcileError, match="another program's tables \\(recipe\\)"):
        open_store(location, upgrade=True)


def test_missing_file_is_named(tmp_path: Path) -> None:
    """Without upgrade a missing file is an error that names it, and no file is made."""
    with pytest.raises(ReconcileError, match=r"no database at .*absent\.db"):
        open_store(tmp_path / "absent.db", upgrade=False)
    assert not (tmp_path / "absent.db").exists()


def test_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """A text file given as the database is refused and left as it was."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear editor, " * 500)
    with pytest.raises(ReconcileError, match=r"letter\.txt is not a SQLite database"):
        open_store(path, upgrade=True)
    assert path.read_text() == "Dear editor, " * 500


def test_missing_folder_is_named(tmp_path: Path) -> None:
    """A database in a folder that is not there is refused with the path and the cure."""
    with pytest.raises(ReconcileError, match=r"nowhere/store\.db cannot be opened.*folder exists"):
        open_store(tmp_path / "nowhere" / "store.db", upgrade=True)


@contextmanager
def _bound_by_file_modes() -> Iterator[None]:
    """Act as a user whom file modes bind, where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_read_only_folder_is_named(tmp_path: Path) -> None:
    """A database in a folder that may not be written is refused with the path and the cure."""
    migrate.upgrade(tmp_path / "warm.db")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        with (
            _bound_by_file_modes(),
            pytest.raises(ReconcileError, match=r"store\.db cannot be opened for writing.*you may write"),
        ):
            open_store(Path(folder) / "store.db", upgrade=True)


def test_read_only_database_is_named() -> None:
    """A database that may only be read is refused with the path and the cure."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        migrate.upgrade(path)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        with (
            _bound_by_file_modes(),
            pytest.raises(ReconcileError, match=r"store\.db cannot be opened for writing.*you may write"),
        ):
            open_store(path, upgrade=True)


def test_damaged_file_is_named(tmp_path: Path) -> None:
    """A database file that is damaged beyond its header is refused as damaged or as no database."""
    path = tmp_path / "store.db"
    migrate.upgrade(path)
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xff" * 3996
    path.write_bytes(data)
    with pytest.raises(ReconcileError, match=r"store\.db (is damaged|is not a SQLite)"):
        open_store(path, upgrade=True)
