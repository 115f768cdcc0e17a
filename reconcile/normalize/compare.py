"""Comparing two values of one kind: the one door to the comparers."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from reconcile.model import Comparison, Kind, NameValue, NumberValue, PlaceValue, Relation, TextValue, TimeValue, Value
from reconcile.normalize.charges import compare_charges
from reconcile.normalize.compare_numbers import compare_numbers
from reconcile.normalize.compare_times import compare_times
from reconcile.normalize.names import compare_names
from reconcile.normalize.parties import compare_parties
from reconcile.normalize.places import compare_places
from reconcile.normalize.quotations import compare_quotations
from reconcile.normalize.roles import compare_roles, role_clues
from reconcile.normalize.texts import compare_texts, text_clues


@lru_cache(maxsize=20_000)
def compare_values(kind: Kind, a: Value, b: Value) -> Comparison:
    """How two values of claims of one kind compare, with the reason in words.

    Values of different types never contradict each other: they ``overlap``, with the reason.
    """
    match a, b:
        case TimeValue(), TimeValue():
            return compare_times(a, b)
        case NumberValue(), NumberValue():
            return compare_numbers(a, b)
        case NameValue(), NameValue() if kind is Kind.PARTICIPANT:
            return compare_parties(a, b)
        case NameValue(), NameValue():
            return compare_names(a, b)
        case PlaceValue(), PlaceValue():
            return compare_places(a, b)
        case TextValue(), TextValue() if kind is Kind.ROLE:
            return compare_roles(a, b)
        case TextValue(), TextValue() if kind is Kind.CHARGE:
            return compare_charges(a, b)
        case TextValue(), TextValue() if kind is Kind.QUOTATION:
            return compare_quotations(a, b)
        case TextValue(), TextValue():
            return compare_texts(a, b)
        case _:
            return Comparison(Relation.OVERLAPS, "the values are of different types and cannot be compared")


def clues_of(kind: Kind, value: Value) -> frozenset[Hashable] | None:
    """Marks of which two values share one wherever they are ``equal`` or one is ``finer``; None where none are known.

    To look for shared marks costs far less than to compare.
    """
    if not isinstance(value, TextValue) or kind is Kind.QUOTATION:
        return None
    return role_clues(value) if kind is Kind.ROLE else text_clues(value)
