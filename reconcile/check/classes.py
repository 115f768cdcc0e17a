"""What conditions can tell apart: the classes into which the values of their variables fall."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reconcile.check.conditions import STRING, Environment

_TOKEN = re.compile(
    rf"\s*((?:{STRING.pattern})|\d+\.\d*(?:[eE][-+]?\d+)?(?![\w.])|[A-Za-z_][\w.]*|&&|\|\||[=!<>]=|[^\s])", re.DOTALL
)
_NUMBER = re.compile(r"\d+\.\d*(?:[eE][-+]?\d+)?")
_TEXT = re.compile(r"\"[^\"\\\n]*\"|'[^'\\\n]*'")
_BEFORE = frozenset(("", "(", "&&", "||", "!", "?", ":"))
_AFTER = frozenset(("", ")", "&&", "||", "?", ":"))
_SAME = frozenset(("==", "!="))
_ORDER = frozenset(("<", "<=", ">", ">="))


@dataclass(slots=True)
class Classes:
    """How the values of variables fall into classes, so that those of one class get one answer.

    ``whole`` are told apart by every value; ``numbers`` and ``texts`` only by those that they are held against;
    ``ties`` are pairs of variables that are held against each other.
    """

    whole: tuple[str, ...] = ()
    numbers: dict[str, list[float]] = field(default_factory=dict)
    texts: dict[str, set[str]] = field(default_factory=dict)
    ties: list[tuple[str, str]] = field(default_factory=list)

    def of(self, values: Mapping[str, object]) -> tuple[object, ...]:
        """The class of some values; two of one class get one answer from every condition."""
        key: list[object] = [values[name] for name in self.whole]
        for name, bounds in self.numbers.items():
            number = values[name]
            assert isinstance(number, int | float)
            # What is no number is neither more nor less than anything.
            key.append(bisect_left(bounds, number) + bisect_right(bounds, number) if number == number else -1)
        for name, words in self.texts.items():
            text = values[name]
            key.append(text if text in words else None)
        for name, other in self.ties:
            left, right = values[name], values[other]
            key.append(0 if left == right else 1 if left < right else 2 if left > right else 3)  # type: ignore[operator]
        return tuple(key)


def classes_of(sources: Sequence[str], names: Sequence[str], environment: Environment) -> Classes | None:
    """The classes that conditions tell apart.

    None where there are too many: where conditions do more with a variable than hold it against another, or against
    numbers and texts that stand in them, unless its values are few.
    """
    few = environment.closed.keys() | environment.flags
    classes = Classes(tuple(name for name in names if name in few))
    for source in sources:
        tokens = ["", *(token[1] for token in _TOKEN.finditer(source)), "", "", ""]
        if any(word == "/" or word.startswith(".") or word.endswith(".") for word in tokens):
            return None  # a comment, a division, or a name in parts
        for index, token in enumerate(tokens):
            name = next((name for name in names if token == name or token.startswith(f"{name}.")), None)
            if name is None or name in few:
                continue
            if token != name or not _note_use(classes, tokens, index, names):
                return None
    for bounds in classes.numbers.values():
        bounds.sort()
    return classes


def _note_use(classes: Classes, tokens: Sequence[str], index: int, names: Sequence[str]) -> bool:
    """Note what the variable at a token is held against there; whether it is used in no other way."""
    name, sign = tokens[index], tokens[index + 1]
    if tokens[index - 1] in _SAME | _ORDER and tokens[index - 2] in names:
        return tokens[index - 3] in _BEFORE and sign in _AFTER  # noted with the variable before
    if tokens[index - 1] not in _BEFORE:
        return False
    if sign == "in":
        return _note_list(classes, tokens, index)
    negative = tokens[index + 2] == "-"
    held, after = tokens[index + 2 + negative], tokens[index + 3 + negative]
    if sign not in _SAME | _ORDER or after not in _AFTER:
        return False
    if _NUMBER.fullmatch(held):
        classes.numbers.setdefault(name, []).append(-float(held) if negative else float(held))
    elif held in names and not negative:
        classes.ties.append((name, held))
    elif sign in _SAME and _TEXT.fullmatch(held):
        classes.texts.setdefault(name, set()).add(held[1:-1])
    else:
        return False
    return True


def _note_list(classes: Classes, tokens: Sequence[str], index: int) -> bool:
    """Note the texts of a list that the variable at a token is looked up in."""
    if tokens[index + 2] != "[" or "]" not in tokens[index:]:
        return False
    end = tokens.index("]", index)
    words, commas = tokens[index + 3 : end : 2], tokens[index + 4 : end : 2]
    if tokens[end + 1] not in _AFTER or not set(commas) <= {","} or not all(map(_TEXT.fullmatch, words)):
        return False
    classes.texts.setdefault(tokens[index], set()).update(word[1:-1] for word in words)
    return True
