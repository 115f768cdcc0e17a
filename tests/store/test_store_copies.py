"""Copies of the whole database, exports, and pruning, on SQLite and on PostgreSQL."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reconcile.app.database import backup, export_to, import_from, prune, restore
from reconcile.errors import ReconcileError
from reconcile.store.engine import connect, parse_location, writing
from reconcile.store.migrate import check_drift, status
from reconcile.store.review_tables import judgement, review_case
from reconcile.store.store import open_store

NOW = datetime(2024, 3, 7, tzinfo=UTC)
Count = Callable[[], dict[str, int]]


@pytest.fixture
def filled(location: str, make: Any) -> str:
    """A database with one run in it."""
    with open_store(location, upgrade=True) as store:
        make.world().save(store)
    return location


def rows(db: str) -> list[str]:
    """Every row of a database as an export has it."""
    return sorted(json.dumps(json.loads(line), sort_keys=True) for line in list(export_to(db, None, NOW))[1:])


def test_export_goes_into_a_database_of_either_kind(filled: str, tmp_path: Path) -> None:
    """What was exported and imported is exported the same again, and the tables are this program's."""
    copy = tmp_path / "copy.jsonl.gz"
    assert list(export_to(filled, copy, NOW)) == []
    fresh = str(tmp_path / "fresh.db")
    import_from(fresh, copy)
    assert (rows(filled), []) == (rows(fresh), check_drift(fresh))


def test_sqlite_copy_goes_into_either_kind(lone: str, location: str) -> None:
    """A SQLite file is restored into an empty database of the tested kind: this is how a desk moves to PostgreSQL."""
    restore(location, Path(lone))
    assert rows(lone) == rows(location)


def test_export_can_be_read_by_other_programs(filled: str) -> None:
    """A line is a JSON object with its table and a row, packed values unpacked."""
    lines = [json.loads(line) for line in export_to(filled, None, NOW)]
    article = next(line["row"] for line in lines if line.get("table") == "article")
    assert article["body"]["json"]["text"].startswith("The quake in Larvik")
    assert (lines[0]["format"], lines[0]["revision"]) == ("reconcile-export", status(filled).head)
    assert lines[-1] == {"end": True, "rows": len(lines) - 2}


def test_import_into_a_database_with_data_is_refused(filled: str, tmp_path: Path) -> None:
    """Nothing is mixed: a database that holds rows is left alone."""
    copy = tmp_path / "copy.jsonl"
    list(export_to(filled, copy, NOW))
    before = rows(filled)
    with pytest.raises(ReconcileError, match="holds data already"):
        import_from(filled, copy)
    assert before == rows(filled)


@pytest.mark.parametrize("damage", ["cut", "bytes", "text", "number"])
def test_damaged_export_imports_nothing(lone: str, tmp_path: Path, damage: str) -> None:
    """An export that is cut off, broken, of another program or short of a row is refused whole."""
    lines = list(export_to(lone, None, NOW))
    copy, fresh = tmp_path / "copy.jsonl.gz", str(tmp_path / "fresh.db")
    if damage == "cut":
        lines.pop()
    elif damage == "number":
        del lines[3]
    packed = gzip.compress("\n".join(lines).encode())
    copy.write_bytes(b"{}\n" if damage == "text" else packed[:-200] if damage == "bytes" else packed)
    with pytest.raises(ReconcileError):
        import_from(fresh, copy)
    with open_store(fresh, upgrade=True) as store:
        assert store.latest_run() is None


@pytest.fixture
def lone(tmp_path: Path, make: Any) -> str:
    """A SQLite database with one run in it."""
    path = str(tmp_path / "lone.db")
    with open_store(path, upgrade=True) as store:
        make.world().save(store)
    return path


def test_backup_while_somebody_writes(filled: str, tmp_path: Path, make: Any) -> None:
    """A copy made while a run is open can be restored, and holds the state of before or after."""
    copy = tmp_path / "copy"
    with open_store(filled, upgrade=False) as store:
        backup(filled, copy, NOW)
        make.world("run-2", 2).save(store)
    fresh = str(tmp_path / "fresh.db")
    assert restore(fresh, copy).pending == ()
    with open_store(fresh, upgrade=False) as store:
        assert [run.id for run in store.list_runs(5)] == ["run-1"]
    assert copy.stat().st_mode & 0o077 == 0


def test_restore_over_a_database_is_refused(lone: str, tmp_path: Path) -> None:
    """A database that is there is never overwritten."""
    backup(lone, tmp_path / "copy.db", NOW)
    with pytest.raises(ReconcileError, match="is there already"):
        restore(lone, tmp_path / "copy.db")


def test_prune_forgets_what_is_old(filled: str, count_rows: Count) -> None:
    """Years later, a story nobody touched is gone with all that was its own, and a dry run told the same."""
    later = NOW + timedelta(days=800)
    would = prune(filled, 365, later, dry_run=True)
    before = count_rows()
    assert would == prune(filled, 365, later, dry_run=False)
    assert {"article": 2, "reading": 2, "story": 1, "finding": 1, "run": 1}.items() <= would.items()
    left = {name: count for name, count in count_rows().items() if count}
    assert before["article"] == 2
    assert left == {}


def test_prune_keeps_what_is_young(filled: str, count_rows: Count) -> None:
    """What a run within the days had to do with stays."""
    before = count_rows()
    assert prune(filled, 365, NOW, dry_run=False) == {}
    assert before == count_rows()


def test_prune_keeps_what_a_later_run_found_again(filled: str, make: Any) -> None:
    """A story that a young run compared stays whole; the old run's lists go."""
    with open_store(filled, upgrade=False) as store:
        world = make.world("run-2", 2)
        young = replace(world.run, started=NOW + timedelta(days=700), finished=NOW + timedelta(days=700))
        replace(world, run=young).save(store)
    gone = prune(filled, 365, NOW + timedelta(days=800), dry_run=False)
    assert "finding" not in gone
    with open_store(filled, upgrade=False) as store:
        assert len(store.findings_of("run-2")) == 1
        assert store.find_finding(world.findings[0].id).articles == world.articles


def test_prune_keeps_what_was_judged_and_its_evidence(filled: str, count_rows: Count) -> None:
    """However old, a judged finding stays with its story, texts and readings."""
    engine = connect(parse_location(filled))
    with writing(engine) as connection:
        case = connection.execute(sa.select(review_case.c.id)).scalars().first()
        row = {"sequence": 1, "id": "j", "case_id": case, "act": "decide", "account": "ann", "at": NOW}
        connection.execute(sa.insert(judgement).values(row | {"batch": "", "hash": "0" * 64, "body": b""}))
    engine.dispose()
    before = count_rows()
    assert prune(filled, 365, NOW + timedelta(days=9000), dry_run=False) == {}
    assert before == count_rows()
