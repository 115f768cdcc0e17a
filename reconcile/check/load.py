"""Rule files read at the door: folders of YAML become one pack, and every fault of every file is told in one go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reconcile.check.faults import Fault, suggest
from reconcile.check.nodes import MAX_BYTES, Mapping, Node, Scalar, compose
from reconcile.check.read_header import read_header
from reconcile.check.read_rule import read_rule
from reconcile.check.read_words import read_lexicons
from reconcile.check.reading import Reader
from reconcile.check.schema import FORMAT, Pack, Rule
from reconcile.check.words import SHIPPED, Words
from reconcile.resources import data_folder

MAX_FILES = 500
MAX_RULES = 2000
# Data that lies beside the rules in the same folder, with formats of its own.
_NOT_RULES = frozenset(("lexicons", "weights"))


def load_pack(folders: Sequence[Path]) -> tuple[Pack, tuple[Fault, ...]]:
    """The rules of stacked folders, a later one overriding by id, and every fault; good rules load beside bad ones.

    Later folders' rules are asked first; within a folder, by file name and line.
    """
    words, faults = _load_words(folders)
    layers: list[list[Rule]] = []
    for folder in folders:
        rules, wrong = _load_folder(folder, words)
        layers.append(rules)
        faults.extend(wrong)
    taken: set[str] = set()
    order: list[Rule] = []
    for rules in reversed(layers):
        order.extend(rule for rule in rules if rule.id not in taken)
        taken.update(rule.id for rule in rules)
    return Pack(tuple(order), words), tuple(sorted(faults))


def _load_words(folders: Sequence[Path]) -> tuple[Words, list[Fault]]:
    """What the folders' lexicons add to the shipped ones, which the other parts read for themselves."""
    words, faults = SHIPPED, []
    for folder in folders:
        if folder.resolve() != data_folder("rules").resolve():
            added, wrong = read_lexicons(folder)
            words = words.joined(added) if added is not SHIPPED else words
            faults += wrong
    return words, faults


def _load_folder(folder: Path, words: Words) -> tuple[list[Rule], list[Fault]]:
    if not folder.is_dir():
        return [], [Fault(str(folder), 1, 1, "there is no such folder of rules", "give a folder of .yaml files")]
    files = sorted(path for path in folder.rglob("*") if _is_rule_file(path, folder))
    faults = []
    if len(files) > MAX_FILES:
        faults.append(Fault(str(folder), 1, 1, f"{len(files)} rule files", f"{MAX_FILES} are read: merge some"))
    rules: list[Rule] = []
    seen: dict[str, Rule] = {}
    for file in files[:MAX_FILES]:
        found, wrong = load_file(file, words)
        faults.extend(wrong)
        for rule in found:
            if rule.id in seen:
                first = seen[rule.id].place
                faults.append(
                    Fault(
                        rule.place.file,
                        rule.place.line,
                        rule.place.column,
                        f'the rule "{rule.id}" is defined twice in one folder',
                        f"the first stands in {first.file}:{first.line}",
                    )
                )
            else:
                seen[rule.id] = rule
                rules.append(rule)
    return rules, faults


def _is_rule_file(path: Path, folder: Path) -> bool:
    inner = path.relative_to(folder).parts
    if path.suffix not in (".yaml", ".yml") or any(part.startswith(".") for part in inner):
        return False
    # A link could lead out of the folder: rules are read only from where the user pointed.
    return inner[0] not in _NOT_RULES and path.resolve().is_relative_to(folder.resolve()) and path.is_file()


def load_file(file: Path, words: Words = SHIPPED) -> tuple[list[Rule], list[Fault]]:
    """The good rules of one file, and its faults."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return [], [Fault(str(file), 1, 1, f"cannot be read: {error.strerror}", "check its permissions")]
    return load_text(data, str(file), words)


def load_text(data: bytes, name: str, words: Words = SHIPPED) -> tuple[list[Rule], list[Fault]]:
    """The good rules of one file's bytes, and its faults; never raises, whatever the bytes are."""
    root, faults = compose(data, name)
    if root is None:
        return [], [*faults] or [Fault(name, 1, 1, "the file is empty", "begin with: format: 1")]
    reader = Reader(name)
    top = reader.mapping(root, "a rule file", ("format", "rules"), ("pack",))
    _check_format(reader, top)
    header = read_header(reader, top.items.get("pack"), Path(name).stem)
    rules: list[Rule] = []
    for node in reader.sequence(top.items.get("rules"), "rules", at_most=MAX_RULES):
        known = len(reader.faults)
        rule = read_rule(reader, node, header, words)
        if rule is not None and len(reader.faults) == known:
            rules.append(rule)
    return rules, [*faults, *reader.faults]


def _check_format(reader: Reader, top: Mapping) -> None:
    node: Node | None = top.items.get("format")
    if node is not None and not (isinstance(node, Scalar) and node.text == str(FORMAT)):
        written = node.text[:40] if isinstance(node, Scalar) else "this"
        reader.fault(node, f"{written} is no format of rules", suggest(written, [str(FORMAT)]))
