"""Places in an article: addresses, sites, and names of the gazetteer or of the model, each with what contains it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from reconcile.extract.addresses import find_addresses, find_datelines
from reconcile.extract.lexicon_words import role_nouns
from reconcile.extract.organisations import is_body, organisation_words_at_end
from reconcile.extract.tokens import Tokens
from reconcile.lexicon import load_lexicon
from reconcile.model import PlaceValue, Span
from reconcile.normalize.name_parts import fold, is_title
from reconcile.normalize.places import Level, containers_of, gazetteer, look_up

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LONGEST = 4
_PARTED = frozenset({"region", "country", "district"})
COUNTY = frozenset({"county", "parish", "township", "borough"})
# What a town's name stands before: "the Alder police", "an Alder man", "Alder High School".
_OF_TOWNS = frozenset({"man", "woman", "resident", "residents", "police", "officers", "firefighters", "teen", "native"})
_TOWN_BODY = re.compile(r"(.{3,40}?) (?:Police|Fire|High School|Middle School|City Council|City Hall|Public Schools)\b")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place where it stands: characters, the tokens ``[first, last)`` that it covers, and what it names."""

    span: Span
    first: int
    last: int
    value: PlaceValue


def read_addresses(text: str, tokens: Tokens) -> list[PlaceMention]:
    """Addresses and datelines, which are read before people since their words look like names."""
    found = []
    for address in find_addresses(text):
        first, last = _token_range(tokens, address.span)
        words = clean(address.span.of(text))
        level: Level = "district" if words.endswith(("Ward", "Precinct")) else "address"
        found.append(PlaceMention(address.span, first, last, PlaceValue(words, stated_container(tokens, last), level)))
    for span, container in find_datelines(text):
        first, last = _token_range(tokens, span)
        if not container and any(
            tokens.pos[i] not in {"PROPN", "PUNCT"} and not look_up(span.of(text)) for i in range(first, last)
        ):
            continue
        name = span.of(text)
        known = look_up(name)
        chain = containers_of(container) or (known.containers if known else ())
        plain = known.name if known and not container else name.title() if name.isupper() else name
        found.append(PlaceMention(span, first, last, PlaceValue(plain, chain, known.level if known else "city")))
    return found


def _token_range(tokens: Tokens, span: Span) -> tuple[int, int]:
    """The tokens that a character span touches; binary search, since tokens are in order."""
    return bisect_right(tokens.end, span.start), bisect_left(tokens.start, span.end)


def clean(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def stated_container(tokens: Tokens, after: int) -> tuple[str, ...]:
    """What is said to contain a place right after it (", Idaho", "in Fairfield"); empty when nothing is."""
    if after + 1 >= len(tokens) or tokens.low[after] not in {",", "in", "("}:
        return ()
    return _place_at(tokens, after + 1, city_too=True)


def _place_at(tokens: Tokens, at: int, city_too: bool) -> tuple[str, ...]:
    """The containing place whose name starts at a token, smallest first."""
    for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
        if not tokens.text[at][:1].isupper():
            return ()
        name = tokens.words(at, at + size)
        chain = containers_of(name)
        if chain and not (len(name) == 2 and not name.isupper()):
            return chain
        known = look_up(name) if city_too else None
        if known:
            return (known.name, *known.containers)
    if city_too and tokens.entity[at] == "GPE":
        end = at + 1
        while end < len(tokens) and tokens.entity[end] == "GPE" and tokens.capital[end]:
            end += 1
        if end < len(tokens) and tokens.pos[end] in {"VERB", "AUX"}:
            return ()
        further = (
            _place_at(tokens, end + 1, city_too=False) if end + 1 < len(tokens) and tokens.text[end] == "," else ()
        )
        return (tokens.words(at, end), *further)
    return ()


@cache
def _first_words() -> dict[str, int]:
    """The first word of every gazetteer name with the number of words of the longest name that it starts."""
    longest: dict[str, int] = {}
    for name in gazetteer():
        words = name.split()
        longest[words[0]] = max(longest.get(words[0], 1), len(words) + name.count("-") * 2)
    return longest


def read_places(tokens: Tokens, taken: set[int], local: frozenset[str]) -> list[PlaceMention]:
    """Gazetteer names and what the model calls a place, outside the tokens already taken."""
    found: list[PlaceMention] = []
    i, size = 0, len(tokens)
    while i < size:
        mention = None if i in taken or not tokens.text[i][:1].isupper() else _read_place(tokens, i, taken, local)
        if mention is None:
            i += 1
        else:
            found.append(mention)
            i = mention.last
    return found


def _read_place(tokens: Tokens, i: int, taken: set[int], local: frozenset[str]) -> PlaceMention | None:
    longest = _first_words().get(fold(tokens.text[i]), 0)
    for length in range(min(longest, len(tokens) - i), 0, -1):
        name = tokens.words(i, i + length)
        known = look_up(name)
        if known and not any(k in taken for k in range(i, i + length)) and _stands_alone(tokens, i, i + length):
            return with_container(tokens, i, i + length, known)
    if tokens.entity[i] in _PLACE_LABELS and tokens.capital[i]:
        end = i + 1
        while end < len(tokens) and tokens.entity[end] in _PLACE_LABELS and end not in taken and _inside(tokens, end):
            end += 1
        while end - 1 > i and not tokens.capital[end - 1]:
            end -= 1
        if _is_body(tokens, i, end) or _is_no_place(tokens, i, end):
            return None
        level: Level = "city" if tokens.entity[i] == "GPE" else "area" if tokens.entity[i] == "LOC" else "site"
        level = "county" if tokens.low[end - 1] in COUNTY else level
        whole = look_up(tokens.words(i + 1, end)) if tokens.low[i] in _parts() else None
        chain = (whole.name, *whole.containers) if whole and whole.level in _PARTED else ()
        return with_container(tokens, i, end, PlaceValue(clean(tokens.words(i, end)), chain, level))
    if tokens.entity[i] in {"PERSON", ""} and fold(tokens.text[i]) in local and _is_alone(tokens, i):
        return with_container(tokens, i, i + 1, PlaceValue(tokens.text[i], (), "city"))
    return None


def _is_alone(tokens: Tokens, i: int) -> bool:
    """Whether a capitalised word has no other beside it."""
    after = i + 1 < len(tokens) and tokens.capital[i + 1] and not tokens.joined(i + 1)
    return tokens.capital[i] and not after and not (i > 0 and tokens.capital[i - 1])


def _is_body(tokens: Tokens, start: int, end: int) -> bool:
    """Whether what the model calls a place is an organisation by its last word or by name ("the United Nations")."""
    last = tokens.low[end - 1]
    return is_body(tokens.words(start, end)) or last in organisation_words_at_end()


def _is_no_place(tokens: Tokens, start: int, end: int) -> bool:
    """Whether what only the model calls a place is a compound ("U.S.-led"), a person, a car or a common word."""
    after = tokens.low[end] if end < len(tokens) else ""
    makes = {fold(tokens.text[i]) for i in range(max(0, start - 1), end)} & _makes()
    if after in _of_persons() or makes or _is_compound(tokens.text[start]):
        return True
    if after and after in "-‐‑" and end + 1 < len(tokens) and tokens.joined(end) and tokens.joined(end + 1):
        return tokens.low[end + 1] == tokens.text[end + 1] or tokens.entity[end + 1] in _PLACE_LABELS
    return end - start == 1 and tokens.low[start] in _common_words()


def _is_compound(word: str) -> bool:
    """Whether a word joins a country with something else ("U.S.-led", "Canada-Mexico")."""
    first, hyphen, rest = word.partition("-")
    if not hyphen or not rest:
        return False
    known = look_up(first)
    return rest.islower() or (known is not None and known.level == "country")


@cache
def _parts() -> frozenset[str]:
    """Words that mean a part of the region named after them ("Upper", "Northern")."""
    return frozenset(map(str.lower, load_lexicon("places")["parts"]))


@cache
def _of_persons() -> frozenset[str]:
    """Words that follow a person's name, not a place's ("the Holm administration")."""
    return frozenset(load_lexicon("places")["of_persons"])


@cache
def _makes() -> frozenset[str]:
    return frozenset(fold(make) for make in load_lexicon("places")["makes"])


@cache
def _common_words() -> frozenset[str]:
    """Words that no place is called by alone: roles, streets, and what sites and organisations end in."""
    places = load_lexicon("places")
    sites = (word.split()[-1] for kind in places["sites"].values() for word in kind)
    streets = (form for long, shorts in places["streets"].items() for form in (long, *shorts))
    return (
        frozenset(map(str.lower, (*sites, *streets, *places["no_places"]))) | organisation_words_at_end() | role_nouns()
    )


def local_names(tokens: Tokens, runs: list[tuple[int, int]], places: list[PlaceMention]) -> frozenset[str]:
    """Folded names that this article uses of a place: in datelines, and where the model or the words around say so."""
    names = {fold(place.value.name) for place in places if place.value.level != "address"}
    for start, end in runs:
        name = tokens.words(start, end)
        before = tokens.low[start - 1] if start else ""
        after = tokens.low[end] if end < len(tokens) else ""
        marked = tokens.entity[start] == "GPE" and before in {"in", "of", "near", "outside"}
        if marked or (before == "in" and tokens.entity[start] == "PERSON" and end - start == 1) or after in _OF_TOWNS:
            names.add(fold(name))
        town = _TOWN_BODY.match(name)
        if town:
            names.add(fold(town.group(1)))
    return frozenset(names)


def _inside(tokens: Tokens, end: int) -> bool:
    return tokens.capital[end] or (tokens.text[end] in "-‐" and tokens.joined(end))


def _stands_alone(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a gazetteer name is no part of a longer name ("Paris Hilton", "Washington Post")."""
    entity = tokens.entity[start]
    inside_longer = entity in {"PERSON", "ORG", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT"}
    after = end < len(tokens) and tokens.capital[end] and not tokens.joined(end)
    before = start > 0 and tokens.capital[start - 1] and tokens.entity[start - 1] == entity
    if inside_longer and (before or (after and tokens.entity[end] == entity)):
        return False
    return not (entity == "" and after and tokens.entity[end] == "" and not _is_office(tokens.low[end]))


def _is_office(word: str) -> bool:
    """Whether a word after a place's name starts the title of an office there ("Ohio Gov.", "Ukraine President")."""
    return is_title(word) or word.rstrip(".") in role_nouns() or look_up(word) is not None


def with_container(tokens: Tokens, start: int, end: int, value: PlaceValue) -> PlaceMention:
    """The mention, widened over ", Idaho" where a region or country follows after a comma."""
    last = end
    chain: tuple[str, ...] = ()
    if value.level not in {"country", "region"} and end + 1 < len(tokens) and tokens.text[end] == ",":
        chain = _place_at(tokens, end + 1, city_too=False)
        if chain:
            last = _container_end(tokens, end + 1, chain[0])
    if chain and chain != value.containers:
        value = PlaceValue(tokens.words(start, end), chain, "city" if value.level == "unknown" else value.level)
    return PlaceMention(tokens.span(start, last), start, last, value)


def _container_end(tokens: Tokens, at: int, name: str) -> int:
    for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
        if containers_of(tokens.words(at, at + size))[:1] == (name,):
            return at + size
    return at
