"""YAML text into a tree of nodes that remember line and column; hostile or ambiguous YAML is refused as faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from reconcile.check.faults import Fault

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
_NODES = frozenset((yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent))
_ENDS = frozenset((yaml.SequenceEndEvent, yaml.MappingEndEvent))
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Scalar:
    """A word or text as written; ``plain`` tells that it stood without quotes."""

    text: str
    line: int
    column: int
    plain: bool = True


@dataclass(slots=True)
class Sequence:
    """A list of nodes in their order."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys with their nodes, in their order; keys are texts."""

    line: int
    column: int
    items: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


class _RefusedError(Exception):
    """The text cannot be read on: carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class _Composer:
    """Builds the tree from parser events with its own stack, so that no depth of nesting can exhaust Python's."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.root: Node | None = None
        self._stack: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []

    def take(self, event: Any) -> None:
        """Take the parser's next event; raises _RefusedError where reading on makes no sense."""
        type_ = type(event)
        if type_ in _NODES:
            self._take_node(event, type_)
        elif type_ in _ENDS:
            self._stack.pop()
            self._keys.pop()
        elif type_ is yaml.AliasEvent:
            self._refuse(event, "aliases (*name) are not allowed", "write the value out")
        elif type_ is yaml.DocumentStartEvent and self.root is not None:
            self._refuse(event, "a second document in one file", "put it in a file of its own")

    def _take_node(self, event: Any, type_: type) -> None:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if event.anchor is not None:
            self._refuse(event, "anchors (&name) are not allowed", "write the value out")
        if event.tag is not None:
            self._refuse(event, f"the tag {event.tag[:40]} is not allowed", "write plain text, lists and keys")
        if type_ is yaml.ScalarEvent:
            self._attach(Scalar(event.value, line, column, not event.style), event)
            return
        node = Sequence(line, column) if type_ is yaml.SequenceStartEvent else Mapping(line, column)
        self._attach(node, event)
        if len(self._stack) >= MAX_DEPTH:
            self._refuse(event, f"nested more than {MAX_DEPTH} deep", "a rule needs six levels at most")
        self._stack.append(node)
        self._keys.append(None)

    def _attach(self, node: Node, event: Any) -> None:
        if not self._stack:
            self.root = node
            return
        parent = self._stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            if not isinstance(node, Scalar):
                self._refuse(event, "a key must be a word", "a list or a mapping cannot name anything")
            self._keys[-1] = node  # type: ignore[assignment]
            return
        self._keys[-1] = None
        if key.text in parent.items:
            first = parent.keys[key.text].line
            self.faults.append(
                Fault(
                    self.file,
                    key.line,
                    key.column,
                    f'the key "{key.text[:60]}" stands here twice',
                    f"the first is in line {first}",
                )
            )
            return
        parent.items[key.text] = node
        parent.keys[key.text] = key

    def _refuse(self, event: Any, message: str, meant: str) -> None:
        raise _RefusedError(Fault(self.file, *_place(event), message, meant))


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _meant(wrong: str) -> str:
    """What was probably meant where the YAML parser gave up."""
    if "tab" in wrong or "cannot start any token" in wrong:
        return "indent with spaces"
    if "expected" in wrong or "not allowed" in wrong:
        return "the same depth for the keys of one thing; a text with braces, colons or quotes stands in quotes"
    return ""


def compose(data: bytes, file: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """The tree of one YAML document, None where it is empty or cannot be read; never raises on any bytes."""
    if len(data) > MAX_BYTES:
        return None, (Fault(file, 1, 1, f"the file is larger than {MAX_BYTES:,} bytes", "split it by subject"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (Fault(file, line, 1, "not UTF-8 text", "save the file as UTF-8"),)
    composer = _Composer(file)
    try:
        loader = _LOADER(text)
        while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
            composer.take(event)
    except _RefusedError as refused:
        return None, (*composer.faults, refused.fault)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        wrong = str(error.problem or error.context)
        return None, (*composer.faults, Fault(file, line, column, f"not YAML: {wrong}", _meant(wrong)))
    except yaml.YAMLError as error:
        return None, (*composer.faults, Fault(file, 1, 1, f"not YAML: {str(error).splitlines()[0][:120]}"))
    return composer.root, tuple(composer.faults)
