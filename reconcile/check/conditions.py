"""Conditions in CEL: typed and checked when a rule is loaded, bounded in size and work, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cel_expr_python import cel

from reconcile.check.explain_errors import explain_errors
from reconcile.check.faults import suggest
from reconcile.check.functions import FUNCTIONS, declarations
from reconcile.check.variables import Variable, event_classes, group_variables, pair_variables
from reconcile.check.words import SHIPPED, Words

MAX_LENGTH = 1000
MAX_NESTING = 12
MAX_PATTERN = 200
# Raw strings, in which a backslash is a letter as any other, then the others.
STRING = re.compile(
    r'(?<!\w)(?:[bB]?[rR]|[rR][bB])(?:"""(?s:.*?)"""|"[^"\n]*"|' + r"'''(?s:.*?)'''|'[^'\n]*')|"
    r'"""(?:[^\\]|\\.)*?"""|' + r"'''(?:[^\\]|\\.)*?'''|" + r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'",
    re.DOTALL,
)
_MACRO = re.compile(r"\.\s*(all|exists|exists_one|existsOne|map|filter)\s*\($")
_MATCHES = re.compile(r"(?:\.\s*|(?<![\w.]))matches\s*\(")
_COMPARED = re.compile(r"([a-z_][\w.]*)\s*(?:==|!=)\s*([\"'])(.*?)\2")
_LISTED = re.compile(r"([a-z_][\w.]*)\s+in\s+\[([^\]]*)\]")
_QUOTED = re.compile(r"([\"'])(.*?)\1")


@dataclass(frozen=True, slots=True)
class ConditionFault:
    """What is wrong with an expression; line and column count from 1 within it."""

    line: int
    column: int
    message: str
    meant: str = ""


class ConditionError(Exception):
    """A condition could not be evaluated on these claims; the message says why."""


class Environment:
    """The variables and functions that some conditions know; ask ``pair_environment`` and ``group_environment``."""

    def __init__(self, variables: tuple[Variable, ...], owners: tuple[str, ...], words: Words) -> None:
        self.names = tuple(variable.name for variable in variables)
        self.owners = owners
        self.words = words
        self.closed = {variable.name: variable.values for variable in variables if variable.values}
        self.closed |= {name: event_classes() | {""} for name in self.names if name.endswith(".event")}
        self.flags = frozenset(variable.name for variable in variables if variable.type == "bool")
        declared = {variable.name: cel.Type(variable.type) for variable in variables}
        self.cel = cel.NewEnv(variables=declared, functions=declarations(words))

    def __reduce__(self) -> tuple[Any, ...]:
        # Another process builds its own: CEL's objects do not travel.
        return (group_environment, (self.owners, self.words)) if self.owners else (pair_environment, (self.words,))


@lru_cache(maxsize=20)
def pair_environment(words: Words = SHIPPED) -> Environment:
    """What conditions of same-slot rules know: claims ``a`` and ``b``, how they compare, and the added words."""
    return Environment(pair_variables(), (), words)


@lru_cache(maxsize=500)
def group_environment(names: tuple[str, ...], words: Words = SHIPPED) -> Environment:
    """What conditions over claims with these names know."""
    return Environment(group_variables(names), names, words)


@dataclass(frozen=True, slots=True)
class Condition:
    """One checked condition: ``names`` are the variables that it reads."""

    source: str
    names: tuple[str, ...]
    environment: Environment
    program: Any = field(compare=False, repr=False)

    def holds(self, values: Mapping[str, object]) -> bool:
        """Whether it holds for these values; raises ConditionError."""
        result = self.program.eval(data=values).value()
        if not isinstance(result, bool):
            raise ConditionError(f"{self.source!r} gave no answer: {result}")
        return result

    def __reduce__(self) -> tuple[Any, ...]:
        return compile_condition, (self.source, self.environment)


def check_condition(source: str, environment: Environment) -> tuple[ConditionFault, ...]:
    """Everything wrong with an expression: its size, its syntax, its names and its types; empty where it is good."""
    return _compile(source, environment)[1]


def compile_condition(source: str, environment: Environment) -> Condition:
    """One checked expression, ready to evaluate; raises ValueError for a faulty one."""
    program, faults = _compile(source, environment)
    if faults:
        raise ValueError(f"{source!r}: {faults[0].message}")
    return Condition(source, used_names((source,), environment), environment, program)


# Packs repeat conditions such as relation == "equal" many times over: each is compiled once.
@lru_cache(maxsize=10_000)
def _compile(source: str, environment: Environment) -> tuple[Any, tuple[ConditionFault, ...]]:
    if faults := _bounds(source):
        return None, faults
    try:
        program = environment.cel.compile(source)
        result = program.return_type().name()
    except (RuntimeError, ValueError) as error:
        names = [*environment.names, *(function.name for function in FUNCTIONS)]
        return None, tuple(ConditionFault(*found) for found in explain_errors(str(error), names, environment.closed))
    if faults := tuple(_patterns(source, environment)):
        return None, faults
    if result != "BOOL":
        fault = ConditionFault(1, 1, f"the condition gives {result.lower()}", "it must answer true or false")
        return None, (fault,)
    return program, tuple(_vocabulary(source, environment))


def used_names(sources: Iterable[str], environment: Environment) -> tuple[str, ...]:
    """The variables that expressions read, and perhaps some that they do not."""
    # A name inside a longer one is taken too: handing over one variable too many does no harm.
    text = " ".join(re.sub(r"\s*\.\s*", ".", source) for source in sources)
    return tuple(name for name in environment.names if name in text)


@lru_cache(maxsize=10_000)
def split_conjunction(source: str) -> tuple[str, ...]:
    """The parts that a condition joins by && outside all brackets, on one line each; a part may be the whole."""
    text = blank_strings(source)
    if "//" in text:
        return (source,)
    depth, start, parts = 0, 0, []
    for index, letter in enumerate(text):
        if letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
        elif depth == 0 and (letter == "?" or text.startswith("||", index)):
            return (source,)  # what is joined so need not hold
        elif depth == 0 and text.startswith("&&", index):
            parts.append(source[start:index])
            start = index + 2
    return tuple(" ".join(part.split()) for part in (*parts, source[start:]))


def blank_strings(source: str) -> str:
    """An expression with spaces for every text in it, quotes and all."""
    return STRING.sub(lambda found: " " * len(found[0]), source)


def _bounds(source: str) -> tuple[ConditionFault, ...]:
    """Refuse what could run long: size, depth, and loops within loops."""
    if len(source) > MAX_LENGTH:
        return (
            ConditionFault(
                1,
                1,
                f"the condition has {len(source):,} characters",
                f"{MAX_LENGTH:,} are allowed: split the rule in two",
            ),
        )
    if not source.strip():
        return (ConditionFault(1, 1, "the condition is empty", 'write "true" where it always holds'),)
    text = blank_strings(source)
    loops: list[bool] = []
    for index, letter in enumerate(text):
        if letter in "([{":
            opens_loop = letter == "(" and _MACRO.search(text, max(0, index - 30), index + 1) is not None
            if opens_loop and any(loops):
                return (
                    ConditionFault(
                        1, index + 1, "a loop within a loop", "one of all, exists, exists_one, map and filter at a time"
                    ),
                )
            loops.append(opens_loop)
            if len(loops) > MAX_NESTING:
                return (ConditionFault(1, index + 1, f"brackets nested more than {MAX_NESTING} deep"),)
        elif letter in ")]}" and loops:
            loops.pop()
    return ()


def _patterns(source: str, environment: Environment) -> Iterable[ConditionFault]:
    """Patterns that are none, or that an article would write: they must stand in the rule, and be good."""
    text = blank_strings(source)
    for call in _MATCHES.finditer(text):
        line = source.count("\n", 0, call.start()) + 1
        column = call.start() - source.rfind("\n", 0, call.start())
        literal = STRING.match(source, call.end() + len(source[call.end() :]) - len(source[call.end() :].lstrip()))
        if literal is None or text[literal.end() :].lstrip()[:1] != ")" or not call[0].startswith("."):
            meant = 'such as: a.text.matches("^[0-9]+$")'
            yield ConditionFault(line, column, "the pattern of matches must stand in quotes", meant)
        elif len(literal[0]) > MAX_PATTERN:
            yield ConditionFault(line, column, f"a pattern of {len(literal[0])} signs", f"{MAX_PATTERN} are allowed")
        else:
            tried = environment.cel.compile(f'"".matches({literal[0]})').eval(data={}).value()
            if not isinstance(tried, bool):
                yield ConditionFault(line, column, f"no pattern: {str(tried).rpartition('expression: ')[2]}")


def _vocabulary(source: str, environment: Environment) -> Iterable[ConditionFault]:
    """Words that a variable never takes: a misspelt one would make the rule silently dead."""
    closed = environment.closed
    compared = [(found[1], found[3], found.start(3)) for found in _COMPARED.finditer(source)]
    for listed in _LISTED.finditer(source):
        compared += [(listed[1], word[2], listed.start(2) + word.start(2)) for word in _QUOTED.finditer(listed[2])]
    for name, word, start in compared:
        if name in closed and word not in closed[name]:
            line = source.count("\n", 0, start) + 1
            column = start - source.rfind("\n", 0, start)
            yield ConditionFault(line, column, f'{name} is never "{word[:60]}"', suggest(word, closed[name] - {""}))
