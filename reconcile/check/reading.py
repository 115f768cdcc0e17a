"""Typed access to the nodes of a rule file: every fault is noted with its place, and reading goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from collections.abc import Mapping as Table
from enum import StrEnum
from functools import cache
from typing import TypeVar

from reconcile.check.conditions import Environment, check_condition
from reconcile.check.faults import Fault, suggest
from reconcile.check.messages import check_message
from reconcile.check.nodes import Mapping, Node, Scalar, Sequence
from reconcile.check.schema import Place

Word = TypeVar("Word", bound=StrEnum)


@cache
def _members(words: type[StrEnum]) -> frozenset[str]:
    """The words of a closed set as texts."""
    return frozenset(str(word) for word in words)


class Reader:
    """Reads one file's nodes; ``faults`` holds all that was wrong so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def place(self, node: Node) -> Place:
        """Where a node stands."""
        return Place(self.file, node.line, node.column)

    def fault(self, node: Node, message: str, meant: str = "") -> None:
        """Note a fault at a node."""
        self.faults.append(Fault(self.file, node.line, node.column, message, meant))

    def mapping(self, node: Node | None, what: str, required: Collection[str], optional: Collection[str]) -> Mapping:
        """The mapping with only these keys; a missing or unknown key is a fault, and what is not there stays away."""
        if not isinstance(node, Mapping):
            if node is not None:
                self.fault(node, f"{what} must be keys with values", f"needed: {', '.join(sorted(required))}")
            return Mapping(getattr(node, "line", 1), getattr(node, "column", 1))
        for key, written in node.keys.items():
            if key not in required and key not in optional:
                self.fault(written, f'{what} has no key "{key[:60]}"', suggest(key, {*required, *optional}))
        missing = [key for key in required if key not in node.items]
        if missing:
            self.fault(node, f"{what} lacks {', '.join(missing)}")
        return node

    def sequence(self, node: Node | None, what: str, at_least: int = 1, at_most: int = 1000) -> list[Node]:
        """The items of a list of allowed length."""
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self.fault(node, f"{what} must be a list", "begin each item with a dash")
            return []
        if not at_least <= len(node.items) <= at_most:
            self.fault(node, f"{what} has {len(node.items)} items", f"between {at_least} and {at_most} are needed")
        return node.items[:at_most]

    def text(self, node: Node | None, what: str, limit: int = 2000) -> str:
        """One text, its ends stripped; empty is a fault."""
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.fault(node, f"{what} must be a text", "a text that begins with a brace or a bracket stands in quotes")
            return ""
        if not node.text.strip() or (node.plain and node.text in ("null", "~")):
            self.fault(node, f"{what} is empty")
        elif len(node.text) > limit:
            self.fault(node, f"{what} has {len(node.text):,} characters", f"{limit:,} are allowed")
        return node.text.strip()

    def texts(self, node: Node | None, what: str) -> frozenset[str]:
        """A list of texts, or one text for a list of one."""
        if isinstance(node, Scalar):
            return frozenset((self.text(node, what),))
        return frozenset(self.text(item, what) for item in self.sequence(node, what))

    def word(self, node: Node | None, what: str, words: type[Word], default: Word) -> Word:
        """One of a closed set of words."""
        if node is None:
            return default
        text = self.text(node, what)
        known = _members(words)
        if text in known:
            return words(text)
        if text:
            self.fault(node, f'{what} is never "{text[:60]}"', suggest(text, known))
        return default

    def words(self, node: Node | None, what: str, words: type[Word]) -> Iterator[Word]:
        """A list of such words, or one; the wrong ones are left out."""
        items = [node] if isinstance(node, Scalar) else self.sequence(node, what)
        known = _members(words)
        for item in items:
            if (text := self.text(item, what)) in known:
                yield words(text)
            elif text:
                self.fault(item, f'{what} is never "{text[:60]}"', suggest(text, known))

    def number(self, node: Node | None, what: str, low: float, high: float, default: float) -> float:
        """A number between two bounds."""
        if node is None:
            return default
        try:
            value = float(self.text(node, what))
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            self.fault(node, f"{what} must be a number from {low:g} to {high:g}")
            return default
        return value

    def condition(self, node: Node | None, what: str, environment: Environment) -> str | None:
        """A checked CEL expression as text; None where it is missing or wrong."""
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.fault(node, f"{what} must be a condition", "write it as one text, in quotes")
            return None
        faults = check_condition(node.text, environment)
        for wrong in faults:
            inside = node.column + wrong.column - (1 if node.plain else 0)
            # Quotes shift a one-line condition by one; a folded one keeps only the place where it begins.
            column = inside if wrong.line == 1 and "\n" not in node.text else node.column
            self.faults.append(Fault(self.file, node.line, column, f"{what}: {wrong.message}", wrong.meant))
        return None if faults else node.text

    def message(self, node: Node | None, what: str, known: Table[str, str]) -> str:
        """A checked message template."""
        text = self.text(node, what)
        if node is not None and text:
            for wrong, meant in check_message(text, known):
                self.fault(node, wrong, meant)
        return text
