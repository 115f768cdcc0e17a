"""Writing the report: whole files, nothing rewritten without need, trouble told."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reconcile.errors import ReconcileError
from reconcile.report.build import build_report
from reconcile.report.view import Report
from reconcile.report.write import require_writable, write_reports


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Each file's time of change and content."""
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}


def later(report: Report) -> Report:
    """The same report made by a later run."""
    day = timedelta(days=1)
    run = replace(report.run, id="another", started=report.run.started + day, finished=report.run.finished + day)
    return replace(report, run=run)


def test_three_files_and_nothing_else(report: Report, tmp_path: Path) -> None:
    """The folder is made and holds the three files, readable as other files are."""
    folder = tmp_path / "a" / "b"
    paths = write_reports(report, folder)
    assert [path.name for path in paths] == ["report.html", "report.md", "report.json"]
    assert sorted(state(folder)) == ["report.html", "report.json", "report.md"]
    (folder / "plain").touch()
    assert {path.stat().st_mode & 0o777 for path in paths} == {(folder / "plain").stat().st_mode & 0o777}


def test_the_same_findings_by_a_later_run_change_nothing(report: Report, tmp_path: Path) -> None:
    """A run's own id and times are no news."""
    write_reports(report, tmp_path)
    before = state(tmp_path)
    write_reports(later(report), tmp_path)
    assert state(tmp_path) == before


def test_another_finding_changes_all_three(report: Report, parts: dict[str, Any], tmp_path: Path) -> None:
    """Where the content changed, every file is of the new run."""
    write_reports(report, tmp_path)
    fewer = build_report(**{**parts, "findings": parts["findings"][1:]})
    write_reports(later(fewer), tmp_path)
    assert all(b"another" in content for _, content in state(tmp_path).values())


def test_a_damaged_file_is_written_anew(report: Report, tmp_path: Path) -> None:
    """A file that someone changed or removed is put right."""
    write_reports(report, tmp_path)
    (tmp_path / "report.md").write_text("changed", encoding="utf-8")
    (tmp_path / "report.json").write_text("{", encoding="utf-8")
    write_reports(report, tmp_path)
    assert b"changed" not in state(tmp_path)["report.md"][1]


def test_a_folder_that_cannot_be_made_is_named(report: Report, tmp_path: Path) -> None:
    """A file in the folder's place is one clear error with a cure."""
    (tmp_path / "file").touch()
    with pytest.raises(ReconcileError, match=r"cannot write the reports into .*file/out: .*--out"):
        write_reports(report, tmp_path / "file" / "out")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    """A folder without write permission is one clear error."""
    tmp_path.chmod(0o500)
    with pytest.raises(ReconcileError, match="cannot write the reports"):
        require_writable(tmp_path)


def test_a_failed_write_leaves_nothing_half_written(report: Report, tmp_path: Path) -> None:
    """Where a file cannot be replaced, no temporary file stays behind."""
    (tmp_path / "report.html").mkdir()
    (tmp_path / "report.html" / "kept").touch()
    with pytest.raises(ReconcileError):
        write_reports(report, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
