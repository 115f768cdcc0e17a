"""The lexicons of a user's folder, read at the door: what they add to the shipped roles, events and publishers."""

from __future__ import annotations

from pathlib import Path

from reconcile.check.faults import Fault, suggest
from reconcile.check.nodes import MAX_BYTES, Mapping, Node, compose
from reconcile.check.reading import Reader
from reconcile.check.words import SHIPPED, Words, head_of, outlet_key

FOLDER = "lexicons"
LEXICONS = ("roles", "events", "publishers")
"""The lexicons that a folder may extend, in files of these names."""
_MAX_WORDS = 5000


def read_lexicons(folder: Path) -> tuple[Words, list[Fault]]:
    """What the lexicons of a rules folder add, and their faults."""
    words, faults = SHIPPED, []
    inside = folder / FOLDER
    for file in sorted(inside.iterdir()) if inside.is_dir() else ():
        if file.suffix not in (".yaml", ".yml") or file.name.startswith("."):
            continue
        if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
            continue
        added, wrong = _read_file(file)
        words = words.joined(added) if added is not SHIPPED else words
        faults += wrong
    return words, faults


def _read_file(file: Path) -> tuple[Words, list[Fault]]:
    name = str(file)
    if file.stem not in LEXICONS:
        meant = suggest(file.stem, LEXICONS)
        return SHIPPED, [Fault(name, 1, 1, f'a folder\'s lexicons have no "{file.stem[:60]}"', meant)]
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return SHIPPED, [Fault(name, 1, 1, f"cannot be read: {error.strerror}", "check its permissions")]
    return read_lexicon(data, file.stem, name)


def read_lexicon(data: bytes, lexicon: str, name: str) -> tuple[Words, list[Fault]]:
    """What one file's bytes add to a lexicon of ``LEXICONS``, and its faults; never raises, whatever the bytes are."""
    root, faults = compose(data, name)
    if root is None:
        return SHIPPED, [*faults] or [Fault(name, 1, 1, "the file is empty", "remove it, or add words")]
    reader = Reader(name)
    words = {"roles": _read_roles, "events": _read_events, "publishers": _read_publishers}[lexicon](reader, root)
    return words, [*faults, *reader.faults]


def _read_roles(reader: Reader, root: Node) -> Words:
    keys = reader.mapping(root, "the lexicon of roles", (), ("exclusive", "together"))
    exclusive, together = (
        tuple(_read_posts(reader, line) for line in reader.sequence(keys.items.get(key), key, at_most=_MAX_WORDS))
        for key in ("exclusive", "together")
    )
    return Words(exclusive=exclusive, together=together)


def _read_posts(reader: Reader, line: Node) -> frozenset[str]:
    posts = [reader.text(post, "a post", limit=120) for post in reader.sequence(line, "a line of posts", at_least=2)]
    return frozenset(head_of(post) for post in posts if post)


def _read_events(reader: Reader, root: Node) -> Words:
    if not isinstance(root, Mapping):
        reader.fault(root, "the lexicon of events must be classes with words", "such as: kill: {verbs: [slay]}")
        return SHIPPED
    events = {}
    for name, lists in root.items.items():
        keys = reader.mapping(lists, f"the class {name[:60]}", (), ("verbs", "nouns"))
        for key in ("verbs", "nouns"):
            for item in reader.sequence(keys.items.get(key), key, at_most=_MAX_WORDS):
                events[" ".join(reader.text(item, "a word", limit=80).casefold().split())] = name
    return Words(events=events)


def _read_publishers(reader: Reader, root: Node) -> Words:
    keys = reader.mapping(root, "the lexicon of publishers", ("families",), ())
    families = {}
    for item in reader.sequence(keys.items.get("families"), "families", at_most=_MAX_WORDS):
        family = reader.mapping(item, "a family", ("name",), ("names", "domains"))
        name = reader.text(family.items.get("name"), "name", limit=120)
        for key in ("names", "domains"):
            for outlet in reader.sequence(family.items.get(key), key, at_most=_MAX_WORDS):
                families[outlet_key(reader.text(outlet, "an outlet", limit=120))] = name
    return Words(families=families)
