"""The head of a rule file: the pack's name, owner and reason, and where its rules are asked."""

from __future__ import annotations

import re
from enum import StrEnum

from reconcile.check.faults import suggest
from reconcile.check.nodes import Mapping, Node, Scalar, Sequence
from reconcile.check.reach import EVERYWHERE, Reach, Where, known_topics
from reconcile.check.reading import Reader
from reconcile.check.schema import Header

REACH_KEYS = ("enabled", "applies_to", "except_for")
PACK_KEYS = ("name", "owner", "about", *REACH_KEYS)
WHERE_KEYS = ("sources", "topics", "stories")
PACK_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Switch(StrEnum):
    """Whether something is on."""

    ON = "true"
    OFF = "false"


def read_header(reader: Reader, node: Node | None, file_name: str) -> Header:
    """The header at a node; a file without one is a pack by the file's name."""
    if node is None:
        return Header(file_name)
    pack = reader.mapping(node, "pack", ("name",), PACK_KEYS[1:])
    name = reader.text(pack.items.get("name"), "name", limit=80)
    if name and not PACK_NAME.fullmatch(name):
        reader.fault(
            pack.items["name"], f'"{name[:60]}" cannot name a pack', "small letters, digits and single hyphens"
        )
    return Header(
        name or file_name,
        reader.text(pack.items.get("owner"), "owner", limit=80),
        reader.text(pack.items.get("about"), "about"),
        read_reach(reader, pack, EVERYWHERE),
    )


def read_reach(reader: Reader, node: Mapping, default: Reach) -> Reach:
    """Where the rules of a pack, or one rule, are asked; what a rule says takes the place of what its pack says."""
    keys = node.items
    usual = Switch.ON if default.on else Switch.OFF
    return Reach(
        on=reader.word(keys.get("enabled"), "enabled", Switch, usual) is Switch.ON,
        only=read_where(reader, keys["applies_to"], "applies_to") if "applies_to" in keys else default.only,
        never=(read_where(reader, keys["except_for"], "except_for"),) if "except_for" in keys else default.never,
    )


def read_where(reader: Reader, node: Node, what: str) -> Where:
    """Some outlets, topics and stories."""
    keys = reader.mapping(node, what, (), WHERE_KEYS)
    if isinstance(node, Mapping) and not node.items:
        reader.fault(node, f"{what} is empty", f"give one of {', '.join(WHERE_KEYS)}")
    topics = keys.items.get("topics")
    for item in topics.items if isinstance(topics, Sequence) else [topics]:
        if isinstance(item, Scalar) and item.text not in known_topics():
            reader.fault(item, f'there is no topic "{item.text[:60]}"', suggest(item.text, known_topics()))
    sources, topics_, stories = (
        reader.texts(keys.items[key], key) if key in keys.items else frozenset[str]() for key in WHERE_KEYS
    )
    return Where(sources, topics_, stories)
