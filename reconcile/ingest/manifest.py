"""A folder's manifest.yaml: what is known of each file beside its text."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from reconcile.ingest.decode import UndecodableError, decode_bytes
from reconcile.ingest.limits import RECORD_BYTES
from reconcile.ingest.metadata import KEYS, Metadata, read_metadata
from reconcile.ingest.yaml_fields import BadYamlError, compose_mapping, fields_of, pairs_of
from reconcile.model import Problem
from reconcile.visible import shown

NAME = "manifest.yaml"
# A manifest of another folder would name thousands of files that are not here.
_MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says of the files of its folder, by their path within it, with ``/`` between the parts."""

    entries: Mapping[str, Metadata] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_manifest(folder: Path) -> Manifest:
    """The folder's manifest, empty where there is none; every mistake in it is a Problem, and the rest counts."""
    path = folder / NAME
    where = shown(path)
    try:
        if not path.is_file():
            return Manifest()
        if not path.resolve().is_relative_to(folder.resolve()):
            return Manifest(problems=(_problem(where, "is a link out of the folder and was not read", "copy it here"),))
        with path.open("rb") as file:
            data = file.read(RECORD_BYTES + 1)
        if len(data) > RECORD_BYTES:
            raise UndecodableError("it is larger than 8 MB")
        root = compose_mapping(decode_bytes(data).text)
    except BadYamlError as error:
        cure = "write a mapping of file names to fields, each on its own line"
        return Manifest(
            problems=(Problem("ingest", f"{where}:{error.line}", f"cannot read the manifest: {error}", cure),)
        )
    except (OSError, UndecodableError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        problem = Problem("ingest", where, f"cannot read the manifest: {reason}", "make it a readable UTF-8 text file")
        return Manifest(problems=(problem,))
    return _read_entries(root, folder, where)


def _read_entries(root: yaml.MappingNode, folder: Path, where: str) -> Manifest:
    """Each file's fields."""
    entries: dict[str, Metadata] = {}
    problems: list[Problem] = []
    missing = 0
    for name, node, line in pairs_of(root):
        place = f"{where}:{line}"
        if name in entries:
            problems.append(
                _problem(place, f"'{shown(name)}' is described twice; the first counts", "keep one entry a file")
            )
        elif not _is_file_of(folder, name):
            missing += 1
            if missing <= _MOST_LISTED:
                problems.append(_missing(place, name, folder))
        elif not isinstance(node, yaml.MappingNode):
            problems.append(_problem(place, f"'{shown(name)}' has no fields", f"give it some of {', '.join(KEYS)}"))
        else:
            metadata, found = _read_entry(node, place)
            entries[name] = metadata
            problems.extend(found)
    if missing > _MOST_LISTED:
        message = f"{missing - _MOST_LISTED} more entries name no file in this folder"
        problems.append(_problem(where, message, "correct the names or remove the entries"))
    return Manifest(entries, tuple(problems))


def _read_entry(node: yaml.MappingNode, where: str) -> tuple[Metadata, list[Problem]]:
    """One file's metadata; unknown keys are Problems that name the likely one."""
    fields = fields_of(node)
    problems = []
    for key, (_, line) in fields.items():
        if key not in KEYS:
            close = difflib.get_close_matches(key, KEYS, n=1)
            cure = f"did you mean '{close[0]}'?" if close else f"the keys are {', '.join(KEYS)}"
            place = f"{where.rsplit(':', 1)[0]}:{line}"
            problems.append(_problem(place, f"unknown key '{shown(key, 40)}'", cure))
    metadata, found = read_metadata({key: value for key, (value, _) in fields.items()}, where)
    return metadata, [*problems, *found]


def _is_file_of(folder: Path, name: str) -> bool:
    """Whether the name is that of a file within the folder."""
    if not name or name.startswith("/") or ".." in name.split("/") or "\0" in name:
        return False
    try:
        return (folder / name).is_file()
    except OSError:
        return False


def _missing(where: str, name: str, folder: Path) -> Problem:
    """An entry for a file that is not there, with the likely one."""
    close = difflib.get_close_matches(name, sorted(path.name for path in folder.iterdir()), n=1)
    cure = f"did you mean '{shown(close[0])}'?" if close else "correct the name or remove the entry"
    return _problem(where, f"'{shown(name)}' is not a file in this folder", cure)


def _problem(where: str, message: str, cure: str) -> Problem:
    """A Problem of this stage."""
    return Problem("ingest", where, message, cure)
