"""The settings in force, one row a value: its key, the value with secrets hidden, and where it comes from."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from reconcile.config.faults import Location, key_path, read_file
from reconcile.config.schema import masked
from reconcile.config.settings import CONFIG_FILE, NESTED, PREFIX, Settings


@dataclass(frozen=True, slots=True)
class Setting:
    """One value in force; ``origin`` is "default", the file, a variable or a flag."""

    key: str
    value: Any
    origin: str


def describe(settings: Settings, **flags: object) -> tuple[Setting, ...]:
    """Every value in force, in the order of the settings; what a source leaves to ``[fetch]`` is not repeated."""
    text, _ = read_file(Path(CONFIG_FILE))
    given = {name: value for name, value in flags.items() if value not in (None, ())}
    return tuple(_rows(settings, (), tomllib.loads(text), given))


def _rows(model: BaseModel, loc: Location, file: Any, given: Mapping[str, Any]) -> Iterator[Setting]:
    for name, field in type(model).model_fields.items():
        value, place = getattr(model, name), (*loc, name)
        stated = file.get(name) if isinstance(file, dict) else None
        if isinstance(value, BaseModel):
            yield from _rows(value, place, stated, given)
        elif isinstance(value, tuple) and value and all(isinstance(item, BaseModel) for item in value):
            parts = stated if isinstance(stated, list) else []
            for index, item in enumerate(value):
                yield from _rows(item, (*place, index), parts[index] if index < len(parts) else None, given)
        elif value is not None:
            plain = model.model_dump(mode="json", include={name})[name]
            yield Setting(key_path(place), masked(plain, tuple(field.metadata)), _origin(place, stated, given))


def _origin(loc: Location, stated: Any, given: Mapping[str, Any]) -> str:
    """Where the value at a place comes from, the strongest first."""
    if loc[0] in given:
        return f"--{str(loc[0]).replace('_', '-')}"
    named = [str(part) for part in loc if isinstance(part, str)]
    variables = {PREFIX + NESTED.join(named[:size]).upper() for size in range(1, len(named) + 1)}
    found = [name for name in sorted(os.environ) if name.upper() in variables and os.environ[name]]
    if found:
        return found[0]
    return CONFIG_FILE if stated is not None else "default"
