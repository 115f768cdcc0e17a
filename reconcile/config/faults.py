"""Faults of a configuration, all at once: each names the file or variable, the line and key, and the cure."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from reconcile.config.settings import CONFIG_FILE, NESTED, PREFIX, Settings
from reconcile.visible import mask_address, shown

_SEE = "see docs/configuration.md"
_TABLE = re.compile(r"\s*\[+\s*([\w.-]+)\s*\]+")

Location = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: ``place`` is a file with its line, a variable or a flag."""

    place: str
    message: str
    cure: str


def read_file(path: Path) -> tuple[str, Fault | None]:
    """The file's text, "" where there is none, and why it is no TOML."""
    try:
        text = path.read_bytes().decode("utf-8")
        tomllib.loads(text)
    except FileNotFoundError:
        return "", None
    except OSError as error:
        return "", Fault(CONFIG_FILE, error.strerror or str(error), "allow reading it, or move it away")
    except (ValueError, RecursionError) as error:
        return "", Fault(CONFIG_FILE, shown(error), "mend the file or move it away")
    return text, None


def environment_faults(environment: Mapping[str, str]) -> Iterator[Fault]:
    """Variables that look like settings and are none: a misspelt one would be passed over in silence."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for name in sorted(environment):
        head = name.upper().partition(NESTED)[0]
        if head.startswith(PREFIX) and head not in known:
            close = difflib.get_close_matches(head, known, n=1)
            cure = f"did you mean {close[0]}?" if close else f"use one of: {', '.join(known)}"
            yield Fault(shown(name), "there is no such setting", cure)


def validation_faults(error: ValidationError, text: str, given: Mapping[str, Any]) -> Iterator[Fault]:
    """Each fault of the values, with where the value came from."""
    for found in error.errors(include_url=False):
        loc = tuple(found["loc"])
        place = _place(loc, text, given)
        path = key_path(loc)
        if found["type"] == "extra_forbidden":
            names = list(_fields_at(loc[:-1]))
            close = difflib.get_close_matches(str(loc[-1]), names, n=1, cutoff=0.5)
            cure = f"did you mean {close[0]!r}?" if close else f"use one of: {', '.join(names)}"
            yield Fault(place, f"there is no setting {shown(path)!r}", cure)
        elif found["type"] == "missing":
            yield Fault(place, f"{path} is missing", f"add {loc[-1]} = …")
        else:
            message = mask_address(found["msg"].removeprefix("Value error, "))
            yield Fault(place, f"{path}: {shown(message, 400)}", _SEE)


def key_path(loc: Location) -> str:
    """A key as people name it, such as ``sources[2].time_zone``; the first source is 1."""
    words = ""
    for part in loc:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return words.removeprefix(".")


def _place(loc: Location, text: str, given: Mapping[str, Any]) -> str:
    """The flag, the variable, or the file and line that a value came from."""
    if loc and loc[0] in given:
        return f"--{str(loc[0]).replace('_', '-')}"
    named = [str(part) for part in loc if isinstance(part, str)]
    for size in range(len(named), 0, -1):
        variable = PREFIX + NESTED.join(named[:size]).upper()
        if any(name.upper() == variable for name in os.environ):
            return variable
    line = line_of(loc, text)
    return f"{CONFIG_FILE}:{line}" if line else CONFIG_FILE


def line_of(loc: Location, text: str) -> int:
    """The line, from 1, that a key stands in, its table's line where the key is missing, 0 where it is not found."""
    if not loc:
        return 0
    index = next((part for part in loc if isinstance(part, int)), 0)
    key = str(loc[-1]) if isinstance(loc[-1], str) else ""
    inside, met, table_line = len(loc) == 1, -1, 0
    for number, line in enumerate(text.splitlines(), 1):
        table = _TABLE.match(line)
        if table is not None:
            met += table[1] == str(loc[0])
            inside = table[1] == str(loc[0]) and met == index
            table_line = table_line or (number if inside else 0)
        elif inside and key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return table_line


def _fields_at(loc: Location) -> list[str]:
    """The names of the settings of the section at a place."""
    model: type[BaseModel] = Settings
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            annotation = model.model_fields[part].annotation
            inner = [annotation, *get_args(annotation)]
            model = next((item for item in inner if isinstance(item, type) and issubclass(item, BaseModel)), model)
    return list(model.model_fields)
