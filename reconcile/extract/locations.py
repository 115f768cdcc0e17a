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
_LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "inside", "to", "from", "into", "across", "around", "behind", "off", "of"}
)
_LONGEST = 4
_COUNTY = frozenset({"county", "parish", "township", "borough"})
_KIND_AFTER = {
    "nightclub": "site",
    "club": "site",
    "restaurant": "site",
    "bar": "site",
    "hotel": "site",
    "motel": "site",
    "hospital": "site",
    "apartments": "site",
    "apartment": "site",
    "school": "site",
    "church": "site",
    "mosque": "site",
    "store": "site",
    "airport": "site",
    "prison": "site",
    "jail": "site",
    "park": "site",
    "playground": "site",
    "neighborhood": "district",
    "neighbourhood": "district",
    "section": "district",
    "area": "area",
}


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
        words = _clean(address.span.of(text))
        level: Level = "district" if words.endswith(("Ward", "Precinct")) else "address"
        found.append(PlaceMention(address.span, first, last, PlaceValue(words, _stated_container(tokens, last), level)))
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


def _clean(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _stated_container(tokens: Tokens, after: int) -> tuple[str, ...]:
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
def _site_heads() -> dict[str, frozenset[str]]:
    sites = load_lexicon("places")["sites"]
    return {kind: frozenset(fold(word).split()[-1] for word in words) for kind, words in sites.items()}


def read_sites(tokens: Tokens, runs: list[tuple[int, int]], taken: set[int]) -> list[PlaceMention]:
    """Named sites: capitalised runs that end in a site's word, or that one follows ("the Lantern nightclub")."""
    found = []
    for start, end in runs:
        if any(i in taken for i in range(start, end)) or _is_titled(tokens, start, end):
            continue
        extent = _site_extent(tokens, start, end)
        if extent:
            first, last, level = extent
            value = PlaceValue(_clean(tokens.words(first, last)), _stated_container(tokens, last), level)
            if (
                level == "site"
                and tokens.low[last - 1] in _site_heads()["town"]
                and tokens.low[last : last + 1] == [","]
            ):
                town = _with_container(tokens, first, last, PlaceValue(value.name, (), "city"))
                if town.value.containers:
                    found.append(town)
                    continue
            found.append(PlaceMention(tokens.span(first, last), first, last, value))
    return found


def _is_titled(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a run is a person's name after a title ("Lt. Kenny Park"), as the model sees it too."""
    if tokens.entity[end - 1] != "PERSON":
        return False
    return any(is_title(tokens.text[i]) for i in range(max(0, start - 1), end - 1) if tokens.text[i] != ".")


def _site_extent(tokens: Tokens, start: int, end: int) -> tuple[int, int, Level] | None:
    """The tokens of a site's name in or around a run, and its level."""
    last = tokens.low[end - 1]
    heads = _site_heads()
    before = tokens.low[start - 1] if start else ""
    if end - start >= 2 and last in _COUNTY:
        return start, end, "county"
    if end - start >= 2 and (last in heads["place"] or (last in heads["organisation"] and _is_locative(tokens, start))):
        return start, _of_tail(tokens, end), "site"
    if last in heads["place"] and start >= 3 and before in {"'s", "’s"} and tokens.capital[start - 2]:
        return _possessive_start(tokens, start - 2), end, "site"
    kind = _KIND_AFTER.get(tokens.low[end]) if end < len(tokens) else None
    if kind and before == "the" and tokens.entity[start] not in {"NORP", "PERSON"}:
        tail = 2 if tokens.low[end] == "apartment" and end + 1 < len(tokens) and tokens.low[end + 1] == "complex" else 1
        return start, end + tail, "site" if kind == "site" else "district" if kind == "district" else "area"
    return None


def _is_locative(tokens: Tokens, start: int) -> bool:
    before = start - 1
    if before >= 0 and tokens.low[before] == "the":
        before -= 1
    return before >= 0 and tokens.low[before] in _LOCATIVE and tokens.low[before] != "of"


def _of_tail(tokens: Tokens, end: int) -> int:
    """The end of a name that goes on with "of God" or "at Town"."""
    if end + 1 < len(tokens) and tokens.low[end] == "of" and tokens.capital[end + 1]:
        end += 2
        while end < len(tokens) and tokens.capital[end]:
            end += 1
    return end


def _possessive_start(tokens: Tokens, at: int) -> int:
    while at > 0 and tokens.capital[at - 1] and not tokens.joined(at):
        at -= 1
    return at


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
            return _with_container(tokens, i, i + length, known)
    if tokens.entity[i] in _PLACE_LABELS and tokens.capital[i]:
        end = i + 1
        while end < len(tokens) and tokens.entity[end] in _PLACE_LABELS and end not in taken and _inside(tokens, end):
            end += 1
        while end - 1 > i and not tokens.capital[end - 1]:
            end -= 1
        if _is_body(tokens, i, end):
            return None
        level: Level = "city" if tokens.entity[i] == "GPE" else "area" if tokens.entity[i] == "LOC" else "site"
        level = "county" if tokens.low[end - 1] in _COUNTY else level
        return _with_container(tokens, i, end, PlaceValue(_clean(tokens.words(i, end)), (), level))
    if tokens.entity[i] in {"PERSON", ""} and fold(tokens.text[i]) in local and _is_alone(tokens, i):
        return _with_container(tokens, i, i + 1, PlaceValue(tokens.text[i], (), "city"))
    return None


def _is_alone(tokens: Tokens, i: int) -> bool:
    """Whether a capitalised word has no other beside it."""
    after = i + 1 < len(tokens) and tokens.capital[i + 1] and not tokens.joined(i + 1)
    return tokens.capital[i] and not after and not (i > 0 and tokens.capital[i - 1])


def _is_body(tokens: Tokens, start: int, end: int) -> bool:
    """Whether what the model calls a place is an organisation by its last word or by name ("the United Nations")."""
    last = tokens.low[end - 1]
    return is_body(tokens.words(start, end)) or (end - start > 1 and last in organisation_words_at_end())


def local_names(tokens: Tokens, places: list[PlaceMention]) -> frozenset[str]:
    """Folded single words that this article uses of a place: in datelines, and where the model says so."""
    names = {fold(place.value.name) for place in places if place.value.level != "address"}
    for i in range(1, len(tokens)):
        if not tokens.capital[i] or tokens.low[i - 1] not in {"in", "of", "near", "outside"}:
            continue
        whole = not (i + 1 < len(tokens) and tokens.capital[i + 1] and not tokens.joined(i + 1))
        model = tokens.entity[i] == "GPE" or (tokens.low[i - 1] == "in" and tokens.entity[i] == "PERSON")
        if whole and model:
            names.add(fold(tokens.text[i]))
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


def _with_container(tokens: Tokens, start: int, end: int, value: PlaceValue) -> PlaceMention:
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
