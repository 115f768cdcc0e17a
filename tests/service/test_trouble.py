"""Kills, a full disk, and a database that goes away: the end is that of an undisturbed night."""

from __future__ import annotations

import importlib.util
import os
import random
import resource
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reconcile.errors import ReconcileError
from reconcile.extract.document import load_pipeline
from reconcile.extract.reader import read
from reconcile.model import Article, Reading
from reconcile.service.nightly import Hands, run_nightly
from reconcile.store.engine import parse_location


@pytest.fixture(scope="module")
def kills() -> Any:
    """The script that kills nights."""
    path = Path(__file__).parents[2] / "benchmarks" / "kill_nights.py"
    spec = importlib.util.spec_from_file_location("kill_nights", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["kill_nights"] = module
    spec.loader.exec_module(module)
    load_pipeline()
    return module


def test_killed_nights_end_as_undisturbed_ones(kills: Any, location: str, tmp_path: Path) -> None:
    """Nights killed at random moments and run again leave the rows and reports of nights that were not."""
    wanted, seconds = kills.undisturbed(tmp_path, location)
    chance, steps, count = random.Random(7), Counter[str](), 0
    while count < 1:
        found, here = kills.disturbed(tmp_path, location, seconds, chance, steps)
        count += here
        assert kills.differences(wanted, found) == []


def test_full_disk_ends_a_night_that_then_goes_on(kills: Any, tmp_path: Path) -> None:
    """Where no file may grow further, the run fails; with room again it comes to the undisturbed end."""
    wanted, _ = kills.undisturbed(tmp_path, "sqlite")
    folder, place = kills.fresh_desk(tmp_path, "desk", "sqlite")
    kills.put_articles(folder / "inbox", 0)
    codes = []
    for kilobytes in (1, 400, 640):
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))
            code = 7
            try:
                kills.run_night(folder, place, 0)
                code = 0
            except ReconcileError:
                code = 2
            finally:
                os._exit(code)
        codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    assert codes[0] == 2
    assert set(codes) <= {0, 2}
    for night in range(kills.NIGHTS):
        kills.put_articles(folder / "inbox", night)
        kills.in_fork(folder, place, night, None)
    assert kills.differences(wanted, kills.state_of(folder, place)) == []


def test_database_that_drops_every_connection(postgres_server: sa.URL, location: str, desk: Any) -> None:
    """A PostgreSQL that is restarted while articles are read costs nothing but new connections."""
    if "://" not in location:
        pytest.skip("SQLite has no server")
    desk.put("herald", desk.flood("Herald", 312))
    desk.put("courier", desk.flood("Courier", 318))

    def cut_off(article: Article) -> Reading:
        url = parse_location(location)
        with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        return read(article)

    result = run_nightly(desk.settings, hands=Hands(clock=lambda: desk.first, read_one=cut_off))
    assert (result.night.done, result.read_now, result.losses) == (True, 2, ())
