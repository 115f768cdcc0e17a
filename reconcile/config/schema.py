"""What the sections of the configuration share: strictness, marks for secrets, and how secrets are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ConfigDict

from reconcile.visible import mask_address

STRICT = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
"""The model_config of a section: unknown keys are faults, and the text under a field describes it to users."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How a value may be shown: not at all, or as an address without its password and tokens."""

    as_: Literal["secret", "address"]


SECRET = Shown("secret")
"""Annotated[str, SECRET]: never shown."""

MASKED_URL = Shown("address")
"""Annotated[str, MASKED_URL]: shown without passwords and tokens."""


def masked(value: Any, marks: tuple[Any, ...]) -> Any:
    """The value as it may be shown, by the marks on its field; lists item by item."""
    if isinstance(value, (list, tuple)):
        return [masked(item, marks) for item in value]
    if SECRET in marks:
        return "***" if value else value
    return mask_address(value) if isinstance(value, str) else value
