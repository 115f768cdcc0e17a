"""Ordered conditions asked as one; what none of them can tell apart is asked about only once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reconcile.check.classes import Classes, classes_of
from reconcile.check.conditions import ConditionError, Environment, used_names

# Conditions that together open no more than this are sure to compile as one.
_SURE_DEPTH = 60
_REMEMBERED = 4096


@dataclass(slots=True)
class Decision:
    """Ordered checked conditions as one program: ``names`` are the variables that it reads."""

    where: str
    whens: tuple[str, ...]
    names: tuple[str, ...]
    environment: Environment
    _program: Any = field(default=None, compare=False, repr=False)
    _classes: Classes | None = field(default=None, compare=False, repr=False)
    _answers: dict[tuple[object, ...], int] = field(default_factory=dict, compare=False, repr=False)

    def first(self, values: Mapping[str, object]) -> int:
        """The index of the first condition that holds, -1 where none does; raises ConditionError."""
        if self._program is None:
            # Most rules of a large pack never meet a claim: each condition was checked when it was loaded.
            self._program = _compile_chain(self.where, self.whens, self.environment)
            self._classes = classes_of((self.where, *self.whens), self.names, self.environment)
        if self._classes is None:
            return self._ask(values)
        key = self._classes.of(values)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._ask(values)
            if len(self._answers) < _REMEMBERED:
                self._answers[key] = answer
        return answer

    def _ask(self, values: Mapping[str, object]) -> int:
        result = self._program.eval(data=values).value()
        if not isinstance(result, int) or not -1 <= result < len(self.whens):
            raise ConditionError(f"the conditions gave no answer: {result}")
        return result

    def __reduce__(self) -> tuple[Any, ...]:
        return compile_decision, (self.where, self.whens, self.environment)


def compile_decision(where: str, whens: tuple[str, ...], environment: Environment) -> Decision:
    """Checked expressions as one program that gives the index of the first that holds, if ``where`` does.

    Raises ValueError where they are too deep together.
    """
    decision = Decision(where, whens, used_names((where, *whens), environment), environment)
    if sum(map(_depth, whens)) + len(whens) > _SURE_DEPTH:
        try:
            _compile_chain(where, whens, environment)
        except ConditionError as error:
            raise ValueError(str(error)) from error
    return decision


def _depth(source: str) -> int:
    """How deep an expression may nest at most: every sign that opens something."""
    return sum(map(source.count, "([{!-?"))


def _compile_chain(where: str, whens: tuple[str, ...], environment: Environment) -> Any:
    # A line break ends a comment that an expression may close with; the brackets keep each a whole.
    chain = "".join(f"({when}\n) ? {index} : " for index, when in enumerate(whens)) + "-1"
    try:
        return environment.cel.compile(f"({where}\n) ? ({chain}) : -1" if where else chain)
    except RuntimeError as error:
        raise ConditionError("the conditions are too deep together") from error
