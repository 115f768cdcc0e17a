"""Getting the settings: read once at the door, with every fault named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsError

from reconcile.config.faults import Fault, environment_faults, read_file, validation_faults
from reconcile.config.settings import CONFIG_FILE, PREFIX, Settings
from reconcile.errors import ReconcileError


def load_settings(**flags: object) -> Settings:
    """The settings with flags that were given; raises ReconcileError with the first fault and how many there are."""
    settings, faults = check_settings(**flags)
    if settings is None or faults:
        first, more = faults[0], len(faults) - 1
        rest = f" ({more} more: `reconcile config check`)" if more else ""
        raise ReconcileError(f"{first.place}: {first.message}", f"{first.cure}{rest}")
    return settings


def check_settings(**flags: object) -> tuple[Settings | None, tuple[Fault, ...]]:
    """The settings, None where there are none to be had, and every fault of file, environment and flags."""
    given: dict[str, Any] = {name: value for name, value in flags.items() if value not in (None, ())}
    text, broken = read_file(Path(CONFIG_FILE))
    faults = [*environment_faults(os.environ)]
    if broken is not None:
        return None, (broken, *faults)
    try:
        return Settings(**given), tuple(faults)
    except ValidationError as error:
        return None, (*faults, *validation_faults(error, text, given))
    except SettingsError as error:
        names = [name for name in sorted(os.environ) if name.upper().startswith(PREFIX)]
        named = [name for name in names if f'"{name[len(PREFIX) :].partition("__")[0].lower()}"' in str(error)]
        place = (named or names or [PREFIX + "…"])[0]
        return None, (*faults, Fault(place, "is not the JSON that this setting takes", "see docs/configuration.md"))
