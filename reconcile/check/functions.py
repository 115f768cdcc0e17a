"""The functions that conditions may call besides CEL's own; each is total on any text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from cel_expr_python import cel

from reconcile.check import function_names as names
from reconcile.check import function_times as times
from reconcile.check import function_values as values
from reconcile.check.words import Words


@dataclass(frozen=True, slots=True)
class RuleFunction:
    """A documented function: its name, parameters with their types, result type, what it answers, and how.

    One that ``asks_words`` is called with the added words before its arguments.
    """

    name: str
    parameters: tuple[tuple[str, str], ...]
    result: str
    call: Callable[..., object]
    asks_words: bool = False

    @property
    def about(self) -> str:
        """What it answers, for the documentation."""
        text = " ".join((self.call.__doc__ or "").split()).rstrip(".")
        return text[:1].lower() + text[1:]

    @property
    def signature(self) -> str:
        """How it is called, such as ``weekday(day)``."""
        return f"{self.name}({', '.join(name for name, _ in self.parameters)})"


def _texts(*names_: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "string") for name in names_)


def _numbers(*names_: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "double") for name in names_)


_PAIR = _texts("first", "second")

FUNCTIONS: tuple[RuleFunction, ...] = (
    RuleFunction("within", _numbers("first", "second", "most"), "bool", values.within),
    RuleFunction("within_percent", _numbers("first", "second", "percent"), "bool", values.within_percent),
    RuleFunction("convert", (*_numbers("number"), *_texts("unit", "to")), "double", values.convert_number),
    RuleFunction("days_between", _PAIR, "double", times.days_between),
    RuleFunction("hours_between", _PAIR, "double", times.hours_between),
    RuleFunction("before", _PAIR, "bool", times.before),
    RuleFunction("weekday", _texts("day"), "string", times.weekday),
    RuleFunction("named_weekday", _texts("text"), "string", times.named_weekday),
    RuleFunction("year", _texts("day"), "double", times.year),
    RuleFunction("named_year", _texts("text"), "double", times.named_year),
    RuleFunction("same_person", _PAIR, "bool", names.same_person),
    RuleFunction("misspelt", _PAIR, "bool", names.misspelt),
    RuleFunction("named", _texts("speaker"), "bool", names.named),
    RuleFunction("hedged", _texts("text"), "bool", values.hedged),
    RuleFunction("tells_new_post", _texts("text"), "bool", values.tells_new_post),
    RuleFunction("tells_revision", _texts("text"), "bool", values.tells_revision),
    RuleFunction("tells_of_part", _texts("text"), "bool", values.tells_of_part),
    RuleFunction("has_words", _texts("text", "phrase"), "bool", values.has_words),
    RuleFunction("same_place", _PAIR, "bool", names.same_place),
    RuleFunction("lies_in", _texts("place", "container"), "bool", names.lies_in),
    RuleFunction("same_role", _PAIR, "bool", names.same_role),
    RuleFunction("exclusive_posts", _PAIR, "bool", names.exclusive_posts, asks_words=True),
    RuleFunction("exclusive_states", _PAIR, "bool", values.exclusive_states),
    RuleFunction("event_of", _texts("word"), "string", names.event_of, asks_words=True),
    RuleFunction("same_event", _PAIR, "bool", names.same_event, asks_words=True),
    RuleFunction("same_publisher", _PAIR, "bool", names.same_publisher, asks_words=True),
)


def declarations(words: Words) -> list[cel.FunctionDecl]:
    """The functions as CEL declares them, knowing these added words."""
    return [
        cel.FunctionDecl(
            function.name,
            [
                cel.Overload(
                    "_".join((function.name, *(type_ for _, type_ in function.parameters))),
                    cel.Type(function.result),
                    [cel.Type(type_) for _, type_ in function.parameters],
                    False,
                    partial(function.call, words) if function.asks_words else function.call,
                )
            ],
        )
        for function in FUNCTIONS
    ]
