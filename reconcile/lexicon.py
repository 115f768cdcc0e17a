"""Word lists that an editor can extend: ``rules/lexicons/NAME.yaml``, read once and never changed."""

from functools import cache
from typing import Any

import yaml

from reconcile.resources import data_folder


@cache
def load_lexicon(name: str) -> dict[str, Any]:
    """The lexicon ``name`` as a mapping; callers must not change it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (data_folder("rules") / "lexicons" / f"{name}.yaml").open(encoding="utf-8") as file:
        data = yaml.load(file, Loader=loader)  # noqa: S506 -- a safe loader in either case
    if not isinstance(data, dict):
        raise ValueError(f"rules/lexicons/{name}.yaml must be a mapping")
    return data
