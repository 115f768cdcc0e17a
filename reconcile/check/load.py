"""Rule files read at the door: folders of YAML become one pack, and every fault of every file is told in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reconcile.check.faults import Fault, suggest
from reconcile.check.nodes import MAX_BYTES, Mapping, Node, Scalar, compose
from reconcile.check.read_header import read_header, read_switch
from reconcile.check.read_rule import read_rule
from reconcile.check.read_words import read_lexicons
from reconcile.check.reading import Reader
from reconcile.check.schema import FORMAT, Pack, Rule, Switch
from reconcile.check.words import SHIPPED, Words
from reconcile.resources import data_folder

MAX_FILES = 500
MAX_RULES = 2000
TOP_KEYS = ("format", "pack", "rules", "switches")
# Data that lies beside the rules in the same folder, with formats of its own.
_NOT_RULES = frozenset(("lexicons", "weights"))


@dataclass(frozen=True, slots=True)
class Contents:
    """The good rules and switches of a file or a folder, and its faults."""

    rules: list[Rule] = field(default_factory=list)
    switches: list[Switch] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def load_pack(folders: Sequence[Path]) -> tuple[Pack, tuple[Fault, ...]]:
    """The rules of stacked folders, a later one overriding by id, and every fault; good rules load beside bad ones.

    Later folders' rules are asked first; within a folder, by file name and line.
    """
    words, faults = _load_words(folders)
    layers: list[list[Rule]] = []
    switches: list[Switch] = []
    for folder in folders:
        found = _load_folder(folder, words)
        layers.append(found.rules)
        switches += found.switches
        faults += found.faults
    taken: set[str] = set()
    order: list[Rule] = []
    for rules in reversed(layers):
        order.extend(rule for rule in rules if rule.id not in taken)
        taken.update(rule.id for rule in rules)
    faults += _unknown(switches, order)
    return Pack(tuple(_switched(rule, switches) for rule in order), words), tuple(sorted(faults))


def _switched(rule: Rule, switches: Sequence[Switch]) -> Rule:
    """The rule with what switches say of where it is asked, each in turn."""
    reach = rule.reach
    for switch in switches:
        if switch.names(rule):
            reach = switch.change.over(reach)
    return replace(rule, reach=reach) if reach is not rule.reach else rule


def _unknown(switches: Sequence[Switch], rules: Sequence[Rule]) -> Iterator[Fault]:
    for switch in switches:
        if not any(switch.names(rule) for rule in rules):
            known = {rule.id if switch.what == "rule" else rule.pack.name for rule in rules}
            place = switch.place
            wrong = f'there is no {switch.what} "{switch.name[:60]}"'
            yield Fault(place.file, place.line, place.column, wrong, suggest(switch.name, known))


def _load_words(folders: Sequence[Path]) -> tuple[Words, list[Fault]]:
    """What the folders' lexicons add to the shipped ones, which the other parts read for themselves."""
    words, faults = SHIPPED, []
    for folder in folders:
        if folder.resolve() != data_folder("rules").resolve():
            added, wrong = read_lexicons(folder)
            words = words.joined(added) if added is not SHIPPED else words
            faults += wrong
    return words, faults


def _load_folder(folder: Path, words: Words) -> Contents:
    if not folder.is_dir():
        fault = Fault(str(folder), 1, 1, "there is no such folder of rules", "give a folder of .yaml files")
        return Contents(faults=[fault])
    files = sorted(path for path in folder.rglob("*") if _is_rule_file(path, folder))
    all_ = Contents()
    if len(files) > MAX_FILES:
        wrong = f"{len(files)} rule files"
        all_.faults.append(Fault(str(folder), 1, 1, wrong, f"{MAX_FILES} are read: merge some"))
    seen: dict[str, Rule] = {}
    for file in files[:MAX_FILES]:
        found = load_file(file, words)
        all_.faults.extend(found.faults)
        all_.switches.extend(found.switches)
        for rule in found.rules:
            first = seen.setdefault(rule.id, rule)
            if first is rule:
                all_.rules.append(rule)
            else:
                all_.faults.append(_twice(rule, first))
    return all_


def _twice(rule: Rule, first: Rule) -> Fault:
    wrong = f'the rule "{rule.id}" is defined twice in one folder'
    meant = f"the first stands in {first.place.file}:{first.place.line}"
    return Fault(rule.place.file, rule.place.line, rule.place.column, wrong, meant)


def _is_rule_file(path: Path, folder: Path) -> bool:
    inner = path.relative_to(folder).parts
    if path.suffix not in (".yaml", ".yml") or any(part.startswith(".") for part in inner):
        return False
    # A link could lead out of the folder: rules are read only from where the user pointed.
    return inner[0] not in _NOT_RULES and path.resolve().is_relative_to(folder.resolve()) and path.is_file()


def load_file(file: Path, words: Words = SHIPPED) -> Contents:
    """What stands in one file."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return Contents(faults=[Fault(str(file), 1, 1, f"cannot be read: {error.strerror}", "check its permissions")])
    return load_text(data, str(file), words)


def load_text(data: bytes, name: str, words: Words = SHIPPED) -> Contents:
    """What stands in one file's bytes; never raises, whatever the bytes are."""
    root, faults = compose(data, name)
    if root is None:
        return Contents(faults=[*faults] or [Fault(name, 1, 1, "the file is empty", "begin with: format: 1")])
    reader = Reader(name)
    needed = ("format",) if isinstance(root, Mapping) and "switches" in root.items else ("format", "rules")
    top = reader.mapping(root, "a rule file", needed, TOP_KEYS)
    _check_format(reader, top)
    header = read_header(reader, top.items.get("pack"), Path(name).stem)
    rules: list[Rule] = []
    for node in reader.sequence(top.items.get("rules"), "rules", at_most=MAX_RULES):
        known = len(reader.faults)
        rule = read_rule(reader, node, header, words)
        if rule is not None and len(reader.faults) == known:
            rules.append(rule)
    nodes = reader.sequence(top.items.get("switches"), "switches", at_most=MAX_RULES)
    switches = [switch for node in nodes if (switch := read_switch(reader, node)) is not None]
    return Contents(rules, switches, [*faults, *reader.faults])


def _check_format(reader: Reader, top: Mapping) -> None:
    node: Node | None = top.items.get("format")
    if node is not None and not (isinstance(node, Scalar) and node.text == str(FORMAT)):
        written = node.text[:40] if isinstance(node, Scalar) else "this"
        reader.fault(node, f"{written} is no format of rules", suggest(written, [str(FORMAT)]))
