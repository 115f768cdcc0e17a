"""Who is who in an article: full names grouped by person, and later surnames and given names linked to them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from reconcile.extract.lexicon_words import office_tails, role_nouns
from reconcile.extract.tokens import Tokens
from reconcile.model import NameValue
from reconcile.normalize.name_parts import fold, fold_words, given_names, is_title, name_key, parse_name, same_given

_POSSESSIVES = frozenset({"'s", "’s", "'", "’", "'S", "’S"})
SPEECH = frozenset(
    {"said", "says", "told", "added", "wrote", "testified", "recalled", "stated", "asked", "replied", "noted"}
)
_LOCATIVE = frozenset({"in", "near", "outside", "across"})
_MAX_NAME = 6
_SAME_SURNAME = 50


@dataclass(slots=True)
class Person:
    """One person of an article while mentions are gathered: the fullest name and the token ranges that name them."""

    name: NameValue
    mentions: list[tuple[int, int]] = field(default_factory=list)


def trim(tokens: Tokens, start: int, end: int, *, known: bool = False) -> tuple[int, int] | None:
    """The range without titles before the name and without possessive and stops after it.

    A lone word that names a role is no name, unless it is ``known`` to be a surname.
    """
    while start < end and (
        (is_title(tokens.text[start]) and end - start > 1) or not any(map(str.isalnum, tokens.text[start]))
    ):
        start += 1
    if start > 1 and end - start > 1 and tokens.low[start - 1] == "of" and tokens.low[start] in office_tails():
        start += 1
    while end > start and (tokens.text[end - 1] in _POSSESSIVES or not any(map(str.isalnum, tokens.text[end - 1]))):
        end -= 1
    roles = [is_title(tokens.text[i]) or tokens.low[i] in role_nouns() for i in range(start, end)]
    if all(roles) and not known:
        return None
    return (start, end) if 0 < end - start <= _MAX_NAME else None


def group_full_names(tokens: Tokens, ranges: list[tuple[int, int]]) -> list[Person]:
    """People by their full names; a shorter or nicknamed form joins the one person whom it fits."""
    people: list[Person] = []
    by_surname: dict[str, list[Person]] = defaultdict(list)
    for item in ranges:
        name = parse_name(tokens.words(*item))
        surname = fold(name.surname)
        fitting = [person for person in by_surname[surname][:_SAME_SURNAME] if fits(person.name, name)]
        if len(fitting) == 1:
            fitting[0].mentions.append(item)
            fitting[0].name = _fuller(fitting[0].name, name)
        else:
            person = Person(name, [item])
            people.append(person)
            by_surname[surname].append(person)
    return people


def fits(known: NameValue, name: NameValue) -> bool:
    """Whether two full names of one article with one surname can be one person's."""
    if known.suffix and name.suffix and fold(known.suffix).strip(".") != fold(name.suffix).strip("."):
        return False
    left, right = fold_words(known.given), fold_words(name.given)
    if not left or not right or same_given(left[0], right[0]):
        return _middles_agree(known, name)
    nicknames = _nicknames(known) | _nicknames(name)
    middles = {*fold_words(known.middle), *fold_words(name.middle)}
    return right[0] in nicknames or left[0] in nicknames or right[0] in middles or left[0] in middles


def _middles_agree(known: NameValue, name: NameValue) -> bool:
    left, right = fold_words(known.middle), fold_words(name.middle)
    return not (left and right) or left[0][:1] == right[0][:1] or bool(set(left) & set(right))


def _nicknames(name: NameValue) -> set[str]:
    return {word for part in re.findall(r'"([^"]+)"', name.middle) for word in fold_words(part)}


def _fuller(known: NameValue, name: NameValue) -> NameValue:
    """The name with more in it: longer given names beat initials and short forms."""
    return name if len(fold(name.full)) > len(fold(known.full)) else known


def later_names(
    tokens: Tokens, runs: list[tuple[int, int]], people: list[Person], used: set[int], places: frozenset[str]
) -> list[tuple[int, int]]:
    """Runs that nothing marked as a person but that are the surname or given name of one named in full."""
    known = {fold(person.name.surname) for person in people}
    given = {fold(person.name.given) for person in people if len(person.name.given) > 2}
    found = []
    for start, end in runs:
        trimmed = trim(tokens, start, end, known=True)
        if trimmed is None or any(i in used for i in range(*trimmed)):
            continue
        word = fold(tokens.words(*trimmed))
        if word not in known and (word not in given or tokens.entity[trimmed[0]] not in {"PERSON", ""}):
            continue
        if _stands_for_person(tokens, trimmed, word in places):
            found.append(trimmed)
    return found


def _stands_for_person(tokens: Tokens, name: tuple[int, int], is_place: bool) -> bool:
    """Whether a known surname is used of the person here and not of a place or thing of that name."""
    start, end = name
    before = tokens.low[start - 1] if start else ""
    after = tokens.low[end] if end < len(tokens) else ""
    if before in _LOCATIVE and tokens.entity[start] in {"GPE", "LOC", "FAC"}:
        return False
    return not is_place or after in SPEECH


def link_singles(tokens: Tokens, people: list[Person], singles: list[tuple[int, int]]) -> None:
    """Give lone surnames and given names to the one person they fit; the rest become people of their own."""
    by_surname: dict[str, list[Person]] = defaultdict(list)
    by_given: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_surname[fold(person.name.surname)].append(person)
        for word in {*fold_words(person.name.given), *_nicknames(person.name)}:
            by_given[word].append(person)
    alone: dict[str, Person] = {}
    for item in singles:
        words = fold(tokens.words(*item))
        titled = item[0] > 0 and is_title(tokens.text[item[0] - 1])
        fitting = by_surname.get(words) or ([] if titled else by_given.get(words, []))
        bearer = _bearer(fitting, item)
        if bearer:
            bearer.mentions.append(item)
        elif words in alone:
            alone[words].mentions.append(item)
        else:
            alone[words] = Person(parse_name(tokens.words(*item)), [item])
            people.append(alone[words])


def _bearer(fitting: list[Person], item: tuple[int, int]) -> Person | None:
    """Whose name a lone word is: the only fitting person's, or the only one's who was named before it."""
    if len(fitting) > 1:
        fitting = [person for person in fitting if person.mentions[0] < item]
    return fitting[0] if len(fitting) == 1 else None


def add_spouses(tokens: Tokens, people: list[Person], singles: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make "Ada" of "Ada and Ben Lowe" a person of that surname; returns the lone names that are left.

    The word must be a usual given name, or the article must speak of the family in the plural ("the Lowes").
    """
    starts = {mention[0]: person for person in people for mention in person.mentions if person.name.given}
    lows = set(tokens.low)
    left = []
    for item in singles:
        partner = starts.get(item[1] + 1) if tokens.low[item[1] : item[1] + 1] in (["and"], ["&"]) else None
        word = fold(tokens.words(*item))
        surname = partner.name.surname if partner else ""
        family = bool({surname.lower() + "s", surname.lower() + "es"} & lows) if partner else False
        if partner is None or not (family or word in given_names()):
            left.append(item)
            continue
        name = NameValue(f"{tokens.words(*item)} {surname}", tokens.words(*item), "", surname)
        known = next((p for p in people if name_key(p.name) == name_key(name)), None)
        if known:
            known.mentions.append(item)
        else:
            people.append(Person(name, [item]))
    return left


def person_key(person: Person) -> str:
    """The entity key of a person: ``person:given surname``."""
    return f"person:{name_key(person.name)}"
