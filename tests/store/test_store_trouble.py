"""Several programs at once, kills, damage and other trouble, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reconcile.errors import ReconcileError
from reconcile.store import tables
from reconcile.store.engine import connect, parse_location, writing
from reconcile.store.store import Store, open_store

Count = Callable[[], dict[str, int]]


def test_reader_sees_the_state_before_an_open_transaction(store: Store, location: str, make: Any) -> None:
    """While a writer is in its transaction, a reader reads the state before at once."""
    make.world("run-1", 1).save(store)
    engine = connect(parse_location(location))
    with writing(engine) as connection:
        connection.execute(sa.delete(tables.run_finding))
        assert len(store.findings_of("run-1")) == 1
    engine.dispose()
    assert store.findings_of("run-1") == ()


def test_two_writers_wait_for_each_other(store: Store, location: str, make: Any) -> None:
    """Several writers at once all succeed, and the rows are those of one."""
    world = make.world()
    failures: list[BaseException] = []

    def write() -> None:
        try:
            with open_store(location, upgrade=True) as own:
                world.save(own)
        except BaseException as error:
            failures.append(error)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert ([], world.findings) == (failures, store.findings_of("run-1"))


_KILLED_WRITER = """
import os, signal, sys
from sqlalchemy import Engine, event
from reconcile.model import Article, Fact, Finding, Run, Story
from reconcile.store.codec import decode
from reconcile.store.store import open_store
import json

data = json.load(sys.stdin)

def kill(connection, cursor, statement, *rest):
    if "INSERT INTO run_finding" in statement:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "after_cursor_execute", kill)
many = lambda name, type_: [decode(type_, item) for item in data[name]]
with open_store(sys.argv[1], upgrade=False) as store:
    store.save_run(decode(Run, data["run"]), many("stories", Story), many("facts", Fact),
                   many("findings", Finding), articles=many("articles", Article))
"""


def test_kill_in_a_transaction_leaves_the_state_before(
    store: Store, location: str, make: Any, count_rows: Count
) -> None:
    """A process killed before its commit leaves the state of before, and the same run can then be saved."""
    from reconcile.store.codec import encode

    make.world("run-1", 1).save(store)
    world = make.world("run-2", 2, ("other",))
    before = count_rows()
    names = ("stories", "facts", "findings", "articles")
    data = {name: [encode(item) for item in getattr(world, name)] for name in names} | {"run": encode(world.run)}
    done = subprocess.run(
        [sys.executable, "-c", _KILLED_WRITER, location],
        input=json.dumps(data),
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env=dict(os.environ),
    )
    assert (-signal.SIGKILL, before) == (done.returncode, count_rows())
    world.save(store)
    assert world.findings == store.findings_of("run-2")


def test_damaged_body_is_told(store: Store, location: str, make: Any) -> None:
    """A stored value that cannot be decoded is an error with a cure, not a stack trace of the codec."""
    make.world().save(store)
    engine = connect(parse_location(location))
    with writing(engine) as connection:
        connection.execute(sa.update(tables.finding).values(body=b"?"))
    engine.dispose()
    with pytest.raises(ReconcileError, match=r"a stored Finding cannot be read.*backup"):
        store.findings_of("run-1")


def test_wait_for_a_writer_ends_with_an_error(location: str, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that waited in vain is told that another is in its way."""
    monkeypatch.setattr("reconcile.store.engine._LOCK_WAIT_SECONDS", 1)
    with open_store(location, upgrade=True) as store:
        other = connect(parse_location(location))
        with writing(other), pytest.raises(ReconcileError, match=r"another process is writing to "):
            store.save_articles([make.article("north", "Text.")], now=make.now)
        other.dispose()


@pytest.mark.parametrize("location", ["postgresql"], indirect=True)
def test_connection_closed_by_the_server_is_renewed(store: Store, location: str, make: Any) -> None:
    """A store whose idle connections the server closed goes on over new ones."""
    make.world().save(store)
    engine = connect(parse_location(location))
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    engine.dispose()
    assert store.latest_run() is not None


def test_full_disk_is_told(tmp_path: Path, make: Any) -> None:
    """Where there is no room, the error says so."""
    path = tmp_path / "store.db"
    with open_store(path, upgrade=True) as store:
        make.world().save(store)

    def grow() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")
            connection.execute(sa.update(tables.article).values(body=b"x" * 10_000_000))

    engine = connect(parse_location(path))
    with pytest.raises(ReconcileError, match=r"no room left to write .*store\.db"):
        grow()
    engine.dispose()
