"""Who is named in an article: mentions of people found by the model or by their surroundings, and grouped by person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache

from reconcile.extract.tokens import Tokens
from reconcile.lexicon import load_lexicon
from reconcile.model import NameValue
from reconcile.normalize.name_parts import (
    fold,
    fold_words,
    is_suffix,
    is_title,
    name_key,
    parse_name,
    particle_words,
    same_given,
)

_POSSESSIVES = frozenset({"'s", "’s", "'", "’", "'S", "’S"})
_AGE = re.compile(r"\d{1,3}$")
_SPEECH = frozenset(
    {"said", "says", "told", "added", "wrote", "testified", "recalled", "stated", "asked", "replied", "noted"}
)
_LOCATIVE = frozenset({"in", "near", "outside", "across"})
_MAX_NAME = 6


@dataclass(slots=True)
class Person:
    """One person of an article while mentions are gathered: the fullest name and the token ranges that name them."""

    name: NameValue
    mentions: list[tuple[int, int]] = field(default_factory=list)


@cache
def organisation_heads() -> frozenset[str]:
    """Folded words that end an organisation's or a site's name and no person's."""
    places = load_lexicon("places")
    words = set(load_lexicon("organisations")["heads"])
    words.update(word.split()[-1] for kind in places["sites"].values() for word in kind)
    words.update(places["streets"])
    return frozenset(fold(word) for word in words)


@cache
def role_nouns() -> frozenset[str]:
    """Every single-word noun that names a role, in the singular and the plural."""
    nouns: set[str] = set()
    for kind in ("offices", "politics", "public", "work", "faith", "life", "crime"):
        for role in load_lexicon("roles")[kind]:
            words = fold(role).split()
            last = words[0] if "of" in words else words[-1]
            nouns.update((last, last + "s", last[:-3] + "men" if last.endswith("man") else last + "s"))
    titles = load_lexicon("titles")
    nouns.update(word for kind in ("offices", "ranks") for word in titles[kind] if " " not in word)
    return frozenset(nouns)


def find_people(
    tokens: Tokens, runs: list[tuple[int, int]], taken: Collection[int], places: frozenset[str]
) -> list[Person]:
    """The people of an article in order of first mention.

    ``taken`` are tokens that belong to addresses and datelines, ``places`` folded names that are places unless
    something says otherwise. Each mention is a token range without title and possessive.
    """
    ranges = _named_ranges(tokens, runs, set(taken), places)
    people = _group_full_names(tokens, [r for r in ranges if _is_full(tokens, r)])
    singles = [r for r in ranges if not _is_full(tokens, r)]
    used = {i for person in people for r in person.mentions for i in range(*r)} | set(taken)
    singles += _later_names(tokens, runs, people, used | {i for r in singles for i in range(*r)}, places)
    _link_singles(tokens, people, sorted(singles))
    for person in people:
        person.mentions.sort()
    return sorted(people, key=lambda person: person.mentions[0])


def _named_ranges(
    tokens: Tokens, runs: list[tuple[int, int]], taken: set[int], places: frozenset[str]
) -> list[tuple[int, int]]:
    """Token ranges that name somebody, none overlapping, longest evidence first."""
    found: list[tuple[int, int]] = []
    for start, end in runs:
        for piece in _pieces(tokens, start, end, taken):
            found.extend(_judge_run(tokens, piece[0], piece[1], places))
    return sorted(found)


def _pieces(tokens: Tokens, start: int, end: int, taken: set[int]) -> list[tuple[int, int]]:
    """The parts of a run that no address has taken."""
    pieces, at = [], start
    for i in range(start, end + 1):
        if i == end or i in taken:
            if i > at:
                pieces.append((at, i))
            at = i + 1
    return pieces


def _judge_run(tokens: Tokens, start: int, end: int, places: frozenset[str]) -> list[tuple[int, int]]:
    """The names of people in one run of capitalised words: by title, by model, by age or by a role noun before."""
    titled = _after_titles(tokens, start, end)
    if titled is not None:
        name = _trim(tokens, titled, end)
        return [name] if name and _could_name(tokens, name) else []
    found = []
    for first, last in _model_people(tokens, start, end):
        name = _trim(tokens, first, last)
        if name and _could_name(tokens, name) and not _is_place(tokens, name, places):
            found.append(name)
    if not found:
        name = _trim(tokens, start, end)
        if name and _has_context(tokens, name) and _could_name(tokens, name) and not _is_place(tokens, name, places):
            found.append(name)
    return found


def _after_titles(tokens: Tokens, start: int, end: int) -> int | None:
    """Where the name starts after the last title in a run, if there is one and a word follows it."""
    place = None
    for i in range(start, min(end - 1, start + 8)):
        if is_title(tokens.text[i]) and not _same_organisation(tokens, i) and tokens.low[i + 1] not in _ROLE_TAILS:
            place = i + 1
            if tokens.text[i + 1] == "." and i + 2 < end:
                place = i + 2
    if start > 0 and is_title(tokens.text[start - 1]) and tokens.low[start - 1].endswith("."):
        place = place or start
    return place


_CALLED = frozenset({"identified", "named", "known", "identify", "identifies"})
_ROLE_TAILS = frozenset({"of", "pro", "general", "elect", "emeritus", "-"})


def _same_organisation(tokens: Tokens, i: int) -> bool:
    """Whether a title word is inside an organisation's or place's name as the model sees it ("General Motors")."""
    inside = tokens.entity[i] in {"ORG", "FAC", "GPE", "LOC", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT"}
    return inside and tokens.entity[i + 1] == tokens.entity[i] and "." not in tokens.text[i]


def _model_people(tokens: Tokens, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches of a run that the model calls a person, initials and suffix included."""
    found, i = [], start
    while i < end:
        if tokens.entity[i] != "PERSON":
            i += 1
            continue
        first = i
        while i < end and tokens.entity[i] == "PERSON":
            i += 1
        while i < end and (is_suffix(tokens.text[i]) or tokens.text[i] in "-‐‑" or tokens.text[i - 1] in "-‐‑"):
            i += 1
        found.append((first, i))
    return found


def _trim(tokens: Tokens, start: int, end: int, *, known: bool = False) -> tuple[int, int] | None:
    """The range without titles before the name and without possessive and stops after it.

    A lone word that names a role is no name, unless it is ``known`` to be a surname.
    """
    while start < end and (
        (is_title(tokens.text[start]) and end - start > 1) or not any(map(str.isalnum, tokens.text[start]))
    ):
        start += 1
    while end > start and (tokens.text[end - 1] in _POSSESSIVES or not any(map(str.isalnum, tokens.text[end - 1]))):
        end -= 1
    roles = [is_title(tokens.text[i]) or tokens.low[i] in role_nouns() for i in range(start, end)]
    if all(roles) and not known:
        return None
    return (start, end) if 0 < end - start <= _MAX_NAME else None


def _could_name(tokens: Tokens, name: tuple[int, int]) -> bool:
    """Whether a range can be a person's name: no organisation's head word in it, no digit, not all particles."""
    words = [fold(tokens.text[i]) for i in range(*name)]
    if any(any(map(str.isdigit, word)) for word in words) or all(word in particle_words() for word in words):
        return False
    if words[-1] in organisation_heads() and (len(words) > 1 and tokens.entity[name[1] - 1] != "PERSON"):
        return False
    after = name[1]
    return not (after < len(tokens) and tokens.capital[after] and tokens.low[after] in organisation_heads())


def _is_place(tokens: Tokens, name: tuple[int, int], places: frozenset[str]) -> bool:
    return fold(tokens.words(*name)) in places


def _has_context(tokens: Tokens, name: tuple[int, int]) -> bool:
    """Whether what stands beside a run shows it to be a person: an age after it, or a role noun right before."""
    start, end = name
    after = end
    if (
        end - start >= 2
        and after + 1 < len(tokens)
        and tokens.text[after] == ","
        and _AGE.match(tokens.text[after + 1])
    ):
        closing = tokens.text[after + 2] if after + 2 < len(tokens) else "."
        if closing in {",", ".", ")", ";", "and", "of"} and int(tokens.text[after + 1]) < 120:
            return True
    before = start - 1
    if (
        before >= 0
        and tokens.low[before] == "as"
        and any(w in _CALLED for w in tokens.low[max(0, before - 5) : before])
    ):
        return True
    if before < 0 or tokens.joined(start) or tokens.entity[start] in {"ORG", "GPE", "NORP", "FAC", "LOC"}:
        return False
    return tokens.low[before] in role_nouns() and not tokens.low[before].endswith("s")


def _is_full(tokens: Tokens, name: tuple[int, int]) -> bool:
    """Whether a range holds a given name and a surname."""
    return bool(parse_name(tokens.words(*name)).given)


# --- grouping -----------------------------------------------------------------------------------


def _group_full_names(tokens: Tokens, ranges: list[tuple[int, int]]) -> list[Person]:
    """People by their full names; a shorter or nicknamed form joins the one person whom it fits."""
    people: list[Person] = []
    by_surname: dict[str, list[Person]] = defaultdict(list)
    for item in ranges:
        name = parse_name(tokens.words(*item))
        surname = fold(name.surname)
        fitting = [person for person in by_surname[surname] if fits(person.name, name)]
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


def _later_names(
    tokens: Tokens, runs: list[tuple[int, int]], people: list[Person], used: set[int], places: frozenset[str]
) -> list[tuple[int, int]]:
    """Runs that nothing marked as a person but that are the surname or given name of one named in full."""
    known = {fold(person.name.surname) for person in people}
    given = {fold(person.name.given) for person in people if len(person.name.given) > 2}
    found = []
    for start, end in runs:
        trimmed = _trim(tokens, start, end, known=True)
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
    return not is_place or after in _SPEECH


def _link_singles(tokens: Tokens, people: list[Person], singles: list[tuple[int, int]]) -> None:
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
        if len(fitting) == 1:
            fitting[0].mentions.append(item)
        elif words in alone:
            alone[words].mentions.append(item)
        else:
            alone[words] = Person(parse_name(tokens.words(*item)), [item])
            people.append(alone[words])


def person_key(person: Person) -> str:
    """The entity key of a person: ``person:given surname``."""
    return f"person:{name_key(person.name)}"
