"""The head of a rule file: the pack's name, owner and reason, and where its rules are asked."""

from __future__ import annotations

import re
from enum import StrEnum

from reconcile.check.faults import suggest
from reconcile.check.nodes import Mapping, Node, Scalar, Sequence
from reconcile.check.reach import EVERYWHERE, ReachChange, Where, known_topics
from reconcile.check.reading import Reader
from reconcile.check.schema import Header, Switch

REACH_KEYS = ("enabled", "applies_to", "except_for")
PACK_KEYS = ("name", "owner", "about", *REACH_KEYS)
WHERE_KEYS = ("sources", "topics", "stories")
PACK_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class State(StrEnum):
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
        read_reach(reader, pack).over(EVERYWHERE),
    )


def read_reach(reader: Reader, node: Mapping) -> ReachChange:
    """What a pack, a rule or a switch says of where rules are asked."""
    keys = node.items
    return ReachChange(
        reader.word(keys["enabled"], "enabled", State, State.ON) is State.ON if "enabled" in keys else None,
        read_where(reader, keys["applies_to"], "applies_to") if "applies_to" in keys else None,
        read_where(reader, keys["except_for"], "except_for") if "except_for" in keys else None,
    )


def read_switch(reader: Reader, node: Node) -> Switch | None:
    """One switch: a rule or a pack by name, and what is said of where it is asked."""
    keys = reader.mapping(node, "a switch", (), ("rule", "pack", *REACH_KEYS))
    named = [what for what in ("rule", "pack") if what in keys.items]
    if isinstance(node, Mapping) and (len(named) != 1 or len(keys.items) < 2):
        reader.fault(
            node, "a switch must name a rule or a pack and say what of it", "such as: {rule: ages, enabled: false}"
        )
    if len(named) != 1:
        return None
    name = keys.items[named[0]]
    return Switch(named[0], reader.text(name, named[0], limit=80), read_reach(reader, keys), reader.place(name))


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
