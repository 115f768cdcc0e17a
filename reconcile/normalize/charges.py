"""How two charges compare: by their words, and by the classes of crime that they name."""

from __future__ import annotations

import re
from functools import cache

from reconcile.lexicon import load_lexicon
from reconcile.model import Comparison, Relation, TextValue
from reconcile.normalize.texts import compare_texts

_DEGREE = re.compile(r"\b(first|second|third|1st|2nd|3rd)[ -]degree\b")
_DEGREES = {"1st": "first", "2nd": "second", "3rd": "third"}
_DEED = re.compile(r"\s(?:for|in|over|after|on|against|from)\s")
"""What follows tells the deed or the day, not the crime: "robbery in the death of a clerk"."""
_LONGEST = 400


def compare_charges(a: TextValue, b: TextValue) -> Comparison:
    """How two charges compare; ``differs`` where they name crimes of classes that one deed is not charged under."""
    plain = compare_texts(a, b)
    if plain.relation in (Relation.EQUAL, Relation.DIFFERS):
        return plain
    left, right = crime_classes(a.text), crime_classes(b.text)
    if left and right and not left & right:
        if any(left & line and right & line for line in _together()):
            return Comparison(Relation.OVERLAPS, f"{_list(left)} and {_list(right)} may be two charges for one deed")
        return Comparison(Relation.DIFFERS, f"one is a charge of {_list(left)}, the other of {_list(right)}")
    if _grades_differ(a.text, b.text):
        return Comparison(Relation.OVERLAPS, "the same class of crime in two grades")
    return plain


@cache
def crime_classes(text: str) -> frozenset[str]:
    """The classes of crime that a charge names, by the lexicon of crimes; empty where it names none."""
    named = _DEED.split(text[:_LONGEST].casefold(), maxsplit=1)[0]
    return frozenset(_classes()[found.group()] for found in _crimes().finditer(named))


def _grades_differ(left: str, right: str) -> bool:
    """Whether one is murder and the other manslaughter, or two degrees of one crime."""
    one, other = _grades(left), _grades(right)
    return any(one[line] and other[line] and not one[line] & other[line] for line in range(len(one)))


def _grades(text: str) -> list[frozenset[str]]:
    """For each line of grades, those that a charge names."""
    folded = _DEGREE.sub(lambda found: f"{_DEGREES.get(found[1], found[1])}-degree", text[:_LONGEST].casefold())
    return [frozenset(grade for grade in line if grade in folded) for line in load_lexicon("crimes")["grades"]]


def _list(classes: frozenset[str]) -> str:
    return " and ".join(sorted(classes))


@cache
def _classes() -> dict[str, str]:
    return {phrase: name for name, phrases in load_lexicon("crimes")["classes"].items() for phrase in phrases}


@cache
def _crimes() -> re.Pattern[str]:
    phrases = sorted(_classes(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")


@cache
def _together() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line) for line in load_lexicon("crimes")["together"])
