"""The hash chain: each judgement's hash covers all it says and the hash before, so that a change shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64
"""What the first judgement has in place of the hash before."""


@dataclass(frozen=True, slots=True)
class Link:
    """A stored judgement as the chain sees it: its place, its hash, and its fields as JSON data."""

    sequence: int
    hash: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Audit:
    """What checking the chain came to; ``faults`` are sentences, none where it is whole. ``head`` is the last hash."""

    judgements: int
    head: str
    faults: tuple[str, ...]


def seal(fields: Mapping[str, Any]) -> str:
    """The hash of a judgement's fields as JSON data, its own hash left out."""
    said = {name: value for name, value in fields.items() if name != "hash"}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def verify(links: Iterable[Link], expected_head: str = "") -> Audit:
    """Check a chain from its first judgement; ``expected_head`` is a hash noted earlier that must occur in it.

    Only a noted hash can show that judgements were cut off the end.
    """
    faults: list[str] = []
    previous, count = START, 0
    seen = False
    for link in links:
        count += 1
        if link.sequence != count:
            faults.append(f"judgement {count} is missing: the next one stored is {link.sequence}")
            count = link.sequence
        if link.fields.get("sequence") != link.sequence or seal(link.fields) != link.hash:
            faults.append(f"judgement {link.sequence} was changed after it was made")
        elif link.fields.get("previous") != previous:
            faults.append(f"judgement {link.sequence} does not follow the one before it")
        previous = link.hash
        seen = seen or link.hash == expected_head
    if expected_head and not seen:
        faults.append(f"the noted hash {expected_head[:12]}… is not in the chain: judgements were cut off or replaced")
    return Audit(count, previous, tuple(faults))
