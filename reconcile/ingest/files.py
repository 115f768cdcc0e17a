"""Which files to read: those named, and all of known kinds in the folders named, links and loops kept out."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reconcile.errors import ReconcileError
from reconcile.ingest.formats import READERS
from reconcile.ingest.manifest import NAME
from reconcile.ingest.many import MANY
from reconcile.model import Problem
from reconcile.visible import shown

EXTENSIONS = (*READERS, *MANY)
_KINDS = f"give {', '.join(EXTENSIONS[:-1])} or {EXTENSIONS[-1]} files"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read; ``name`` is its path within ``folder``, with ``/`` between the parts."""

    path: Path
    folder: Path
    name: str


def kind_of(path: Path) -> str:
    """The ending that tells how a file is read, in lower case; "" for a file of no known kind."""
    name = path.name.lower()
    return max((ending for ending in EXTENSIONS if name.endswith(ending)), key=len, default="")


def find_files(paths: Sequence[Path]) -> tuple[tuple[InputFile, ...], tuple[Problem, ...]]:
    """The files to read, in the order named and sorted within folders, each once; raises ReconcileError for a path
    that is not there."""
    found: list[InputFile] = []
    problems: list[Problem] = []
    for path in paths:
        files, trouble = _find(path)
        found.extend(files)
        problems.extend(trouble)
    once = {os.path.realpath(file.path): file for file in reversed(found)}
    return tuple(file for file in found if once[os.path.realpath(file.path)] is file), tuple(problems)


def _find(path: Path) -> tuple[list[InputFile], list[Problem]]:
    """The files at one path that a user named."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise ReconcileError(
            f"cannot read {shown(path)}: {_reason(error)}", "name a file or a folder that is there"
        ) from None
    if stat.S_ISDIR(mode):
        return _walk(path)
    if not stat.S_ISREG(mode):
        return [], [Problem("ingest", shown(path), "is neither a file nor a folder", _KINDS)]
    if not kind_of(path) or path.name == NAME:
        return [], [
            Problem("ingest", shown(path), f"'{shown(path.suffix or path.name)}' is no kind of article file", _KINDS)
        ]
    return [InputFile(path, path.parent, path.name)], []


def _walk(root: Path) -> tuple[list[InputFile], list[Problem]]:
    """All article files under a folder, hidden ones left out."""
    found: list[InputFile] = []
    problems: list[Problem] = []
    real_root = os.path.realpath(root)
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            problems.append(
                Problem("ingest", shown(folder), f"cannot open the folder: {_reason(error)}", "allow reading it")
            )
            continue
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith(".") or entry.name == NAME:
                continue
            problem = _entry_problem(entry, path, real_root)
            if problem is not None:
                problems.append(problem)
            elif entry.is_dir():
                waiting.append(path)
            elif kind_of(path):
                found.append(InputFile(path, root, path.relative_to(root).as_posix()))
    found.sort(key=lambda file: file.name)
    if not found and not problems:
        problems.append(Problem("ingest", shown(root), "holds no articles", _KINDS))
    return found, problems


def _entry_problem(entry: os.DirEntry[str], path: Path, real_root: str) -> Problem | None:
    """Why something in a folder is not read: a link that leads away, or a pipe or device, which would wait for ever."""
    if entry.is_symlink():
        return _link_problem(path, real_root)
    if not entry.is_dir() and not entry.is_file() and kind_of(path):
        return Problem("ingest", shown(path), "is neither a file nor a folder", _KINDS)
    return None


def _link_problem(path: Path, real_root: str) -> Problem | None:
    """Why a link is not followed; None for a link to a file within the folder named."""
    try:
        mode = path.stat().st_mode
        inside = Path(os.path.realpath(path)).is_relative_to(real_root)
    except (OSError, RuntimeError):
        return Problem("ingest", shown(path), "is a link that leads nowhere or in a circle", "remove it or mend it")
    if stat.S_ISDIR(mode):
        return Problem("ingest", shown(path), "is a link to a folder and was not followed", "name that folder itself")
    if not stat.S_ISREG(mode):
        return Problem("ingest", shown(path), "is a link to neither a file nor a folder", _KINDS)
    if not inside:
        return Problem(
            "ingest", shown(path), "is a link out of the folder and was not followed", "name that file itself"
        )
    return None


def _reason(error: Exception) -> str:
    """The system's words for an error, without the path."""
    return getattr(error, "strerror", None) or str(error)
