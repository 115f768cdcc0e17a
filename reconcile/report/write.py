"""A report's three files: written whole or not at all, and only where they would say something new."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reconcile.errors import ReconcileError
from reconcile.report.html import render_html
from reconcile.report.json_report import render_json
from reconcile.report.markdown import render_markdown
from reconcile.report.view import Report

RENDERERS: dict[str, Callable[[Report], str]] = {
    "report.html": render_html,
    "report.md": render_markdown,
    "report.json": render_json,
}


def write_reports(report: Report, folder: Path) -> tuple[Path, ...]:
    """Write report.html, report.md and report.json into the folder and return their paths.

    Files that already say the same, but for the run's own id and times, are left as they are. Raises ReconcileError
    where the folder cannot be written.
    """
    require_writable(folder)
    paths = tuple(folder / name for name in RENDERERS)
    if _says_the_same(report, folder):
        return paths
    try:
        for path in paths:
            _write_whole(path, RENDERERS[path.name](report))
    except OSError as error:
        raise _refusal(folder, error) from None
    return paths


def require_writable(folder: Path) -> None:
    """Make the folder where it is missing and try to write in it; raises ReconcileError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _refusal(folder, error) from None


def _refusal(folder: Path, error: OSError) -> ReconcileError:
    reason = error.strerror or type(error).__name__
    return ReconcileError(f"cannot write the reports into {folder}: {reason}", "name another folder with --out")


def _says_the_same(report: Report, folder: Path) -> bool:
    """Whether the three files are what this report would be under the id and times of the run that wrote them."""
    try:
        run = json.loads((folder / "report.json").read_text("utf-8"))["run"]
        times = (datetime.fromisoformat(run[key]) for key in ("started", "finished"))
        started, finished = times
        earlier = replace(report, run=replace(report.run, id=str(run["id"]), started=started, finished=finished))
        return all((folder / name).read_text("utf-8") == render(earlier) for name, render in RENDERERS.items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _write_whole(path: Path, text: str) -> None:
    """Write beside the file and move into its place, so that a reader never sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that only the owner may read; a report is to be shared as the user's other files are.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
