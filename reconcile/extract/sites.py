"""Named sites: hospitals, schools, parks, bars and the like, by the word that ends or follows their name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from reconcile.extract.locations import COUNTY, PlaceMention, clean, stated_container, with_container
from reconcile.extract.tokens import Tokens, names_aged
from reconcile.lexicon import load_lexicon
from reconcile.model import PlaceValue
from reconcile.normalize.name_parts import fold, is_title
from reconcile.normalize.places import Level, look_up

_LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "inside", "to", "from", "into", "across", "around", "behind", "off", "of"}
)
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
    "lounge": "site",
    "pub": "site",
    "tavern": "site",
    "cafe": "site",
    "neighborhood": "district",
    "neighbourhood": "district",
    "section": "district",
    "area": "area",
}


def read_sites(tokens: Tokens, runs: list[tuple[int, int]], taken: set[int]) -> list[PlaceMention]:
    """Named sites: capitalised runs that end in a site's word, or that one follows ("the Lantern nightclub")."""
    found = list(_shared_sites(tokens, runs, taken))
    taken = taken | {i for site in found for i in range(site.first, site.last)}
    for start, end in runs:
        if any(i in taken for i in range(start, end)) or _is_person(tokens, start, end):
            continue
        if look_up(tokens.words(start, end)) is not None:
            continue  # a town or district like "Palm Beach" is read by name
        extent = _site_extent(tokens, start, end)
        if extent:
            first, last, level = extent
            value = PlaceValue(clean(tokens.words(first, last)), stated_container(tokens, last), level)
            if (
                level == "site"
                and tokens.low[last - 1] in _site_heads()["town"]
                and tokens.low[last : last + 1] == [","]
            ):
                town = with_container(tokens, first, last, PlaceValue(value.name, (), "city"))
                if town.value.containers:
                    found.append(town)
                    continue
            found.append(PlaceMention(tokens.span(first, last), first, last, value))
    return found


def _shared_sites(tokens: Tokens, runs: list[tuple[int, int]], taken: set[int]) -> Iterator[PlaceMention]:
    """Two sites under one word ("Alder and Birch County hospitals"), each under its name with that word."""
    words = load_lexicon("places")["shared_sites"]
    for (start, end), (next_start, next_end) in pairwise(runs):
        word = words.get(tokens.low[next_end]) if next_end < len(tokens) else None
        joined = end + 1 == next_start and tokens.low[end] in {"and", "or"}
        if word is None or not joined or any(i in taken for i in range(start, next_end)):
            continue
        for first, last in ((start, end), (next_start, next_end)):
            value = PlaceValue(f"{clean(tokens.words(first, last))} {word}", (), "site")
            yield PlaceMention(tokens.span(first, last), first, last, value)


def _is_person(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a run is a person's name: after an age, or after a title ("Lt. Kenny Park") as the model sees it too."""
    if names_aged(tokens, start, end):
        return True
    if tokens.entity[end - 1] != "PERSON":
        return False
    return any(is_title(tokens.text[i]) for i in range(max(0, start - 1), end - 1) if tokens.text[i] != ".")


def _site_extent(tokens: Tokens, start: int, end: int) -> tuple[int, int, Level] | None:
    """The tokens of a site's name in or around a run, and its level."""
    last = tokens.low[end - 1]
    heads = _site_heads()
    before = tokens.low[start - 1] if start else ""
    if end - start >= 2 and last in COUNTY:
        return start, end, "county"
    if end - start >= 2 and (last in heads["place"] or (last in heads["organisation"] and _is_locative(tokens, start))):
        return start, _of_tail(tokens, end), "site"
    if last in heads["place"] and start >= 3 and before in {"'s", "’s"} and tokens.capital[start - 2]:
        return _possessive_start(tokens, start - 2), end, "site"
    if _is_called(tokens, start):
        return start, end, "site"
    kind = _KIND_AFTER.get(tokens.low[end]) if end < len(tokens) else None
    if kind and before == "the" and tokens.entity[start] not in {"NORP", "PERSON"}:
        tail = 2 if tokens.low[end] == "apartment" and end + 1 < len(tokens) and tokens.low[end + 1] == "complex" else 1
        return start, end + tail, "site" if kind == "site" else "district" if kind == "district" else "area"
    return None


def _is_called(tokens: Tokens, start: int) -> bool:
    """Whether a run names the site told before it ("a bar called The Lantern")."""
    verb = start - 2 if start and tokens.low[start - 1] == "the" else start - 1
    return verb >= 1 and tokens.low[verb] in {"called", "named"} and _KIND_AFTER.get(tokens.low[verb - 1]) == "site"


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
def _site_heads() -> dict[str, frozenset[str]]:
    sites = load_lexicon("places")["sites"]
    return {kind: frozenset(fold(word).split()[-1] for word in words) for kind, words in sites.items()}
