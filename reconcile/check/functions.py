"""The functions that conditions may call besides CEL's own; each is total on any text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from cel_expr_python import cel
from rapidfuzz.distance.DamerauLevenshtein import normalized_similarity as alike

from reconcile.model import Relation
from reconcile.normalize.name_parts import fold
from reconcile.normalize.names import compare_names, parse_name
from reconcile.normalize.render import weekday_name

# How much of a given name or surname, and of both together, two spellings of one name share at least. Among the names
# of 45 news events these bounds held six pairs, and all six were misspelt.
_PART_ALIKE = 0.5
_NAME_ALIKE = 0.7
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class RuleFunction:
    """A documented function: its name, parameter and result types, what it answers, and how."""

    name: str
    parameters: tuple[str, ...]
    result: str
    about: str
    call: Callable[..., object]


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def weekday(day: str) -> str:
    """The English weekday of an ISO day; "" where the text does not begin with one."""
    parsed = _day(day)
    return weekday_name(parsed.isoweekday()) if parsed else ""


def named_weekday(text: str) -> str:
    """The first weekday that the words name ("Friday, June 2" names Friday); "" where they name none."""
    found = _named().search(text)
    return found[0].capitalize() if found else ""


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(weekday_name(number) for number in range(1, 8))
    return re.compile(rf"\b(?:{names})\b", re.IGNORECASE)


def days_between(first: str, second: str) -> float:
    """Whole days from one ISO day to the other, negative where the second is earlier; 0.0 where either is no day."""
    left, right = _day(first), _day(second)
    return float((right - left).days) if left and right else 0.0


def same_person(first: str, second: str) -> bool:
    """Whether two written names can be one person's: the same name, or one the longer form of the other."""
    if not first.strip() or not second.strip():
        return False
    return compare_names(parse_name(first), parse_name(second)).relation in (Relation.EQUAL, Relation.FINER)


def misspelt(first: str, second: str) -> bool:
    """Whether two full names look like one name spelt in two ways: nearly the same letters, or given name and surname
    swapped. Other forms of one name (initials, short forms, transliterations) are no misspelling."""
    left, right = parse_name(first), parse_name(second)
    parts = [fold(part) for part in (left.given, left.surname, right.given, right.surname)]
    if not all(parts) or compare_names(left, right).relation is not Relation.DIFFERS:
        return False
    given, surname, other_given, other_surname = parts
    if (given, surname) == (other_surname, other_given):
        return True
    each = (alike(given, other_given), alike(surname, other_surname))
    return min(each) >= _PART_ALIKE and alike(given + surname, other_given + other_surname) >= _NAME_ALIKE


FUNCTIONS: tuple[RuleFunction, ...] = (
    RuleFunction("weekday", ("string",), "string", weekday.__doc__ or "", weekday),
    RuleFunction("named_weekday", ("string",), "string", named_weekday.__doc__ or "", named_weekday),
    RuleFunction("days_between", ("string", "string"), "double", days_between.__doc__ or "", days_between),
    RuleFunction("same_person", ("string", "string"), "bool", same_person.__doc__ or "", same_person),
    RuleFunction("misspelt", ("string", "string"), "bool", misspelt.__doc__ or "", misspelt),
)


def declarations() -> list[cel.FunctionDecl]:
    """The functions as CEL declares them."""
    return [
        cel.FunctionDecl(
            function.name,
            [
                cel.Overload(
                    "_".join((function.name, *function.parameters)),
                    cel.Type(function.result),
                    [cel.Type(parameter) for parameter in function.parameters],
                    False,
                    function.call,
                )
            ],
        )
        for function in FUNCTIONS
    ]
