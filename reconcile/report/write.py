"""A report's files: written whole or not at all, and only where they would say something new."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reconcile.errors import ReconcileError
from reconcile.report.formats import DEFAULT_FORMATS, Format, choose_formats
from reconcile.report.view import Report


def write_reports(report: Report, folder: Path, formats: Sequence[str] = DEFAULT_FORMATS) -> tuple[Path, ...]:
    """Write the report into the folder, a file a format, and return the paths.

    Files that already say the same, but for the run's own id and times, are left as they are. Raises ReconcileError
    where the folder cannot be written, for an unknown format, and for one whose package is missing.
    """
    chosen = choose_formats(formats)
    require_writable(folder)
    paths = tuple(folder / one.file for one in chosen)
    if _says_the_same(report, folder, chosen):
        return paths
    contents = [one.content(report) for one in chosen]  # all of them before any file is touched
    try:
        for path, content in zip(paths, contents, strict=True):
            write_whole(path, content)
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


def _says_the_same(report: Report, folder: Path, formats: Sequence[Format]) -> bool:
    """Whether the files are what this report would be under the id and times of the run that wrote report.json."""
    try:
        run = json.loads((folder / "report.json").read_text("utf-8"))["run"]
        times = (datetime.fromisoformat(run[key]) for key in ("started", "finished"))
        started, finished = times
        earlier = replace(report, run=replace(report.run, id=str(run["id"]), started=started, finished=finished))
        return all((folder / one.file).read_bytes() == one.content(earlier) for one in formats)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the file and move into its place, so that a reader never sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
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
