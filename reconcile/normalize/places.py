"""Places: names to values by the gazetteer, street words to one spelling, and how two places compare."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, Literal

from rapidfuzz.distance import OSA

from reconcile.lexicon import load_lexicon
from reconcile.model import Comparison, PlaceValue, Relation
from reconcile.normalize.addresses import compare_addresses, place_words, street_words
from reconcile.normalize.name_parts import fold

__all__ = [
    "Level",
    "compare_places",
    "containers_of",
    "far_apart",
    "gazetteer",
    "is_far",
    "look_up",
    "place_key",
    "place_words",
    "region_of",
    "street_words",
    "town_of_site",
]

Level = Literal["address", "site", "district", "city", "county", "region", "country", "area", "unknown"]


@cache
def gazetteer() -> dict[str, PlaceValue]:
    """Every name in the lexicon, folded and without "the", with the place that it names."""
    places = load_lexicon("places")
    table: dict[str, PlaceValue] = {}
    for level, within in _ORDER:
        entries = _capitals(places["countries"]) if level == "capitals" else places[level]
        for name, entry in entries.items():
            value = PlaceValue(name, _chain(places, entry.get(within)), _LEVELS[level])
            for form in (name, *entry.get("names", ()), *entry.get("short", ())):
                table.setdefault(_entry_key(form), value)
    for name in places["areas"]:
        table.setdefault(_entry_key(name), PlaceValue(name, (), "area"))
    return table


# A name of two places is the first of these: Washington the capital, Georgia the state.
_ORDER = (("capitals", "country"), ("regions", "country"), ("countries", "none"), ("districts", "in"), ("cities", "in"))
_LEVELS: dict[str, Level] = {
    "districts": "district",
    "cities": "city",
    "capitals": "city",
    "regions": "region",
    "countries": "country",
}


def _entry_key(form: str) -> str:
    folded = fold(form)
    return folded.removeprefix("the ")


def _capitals(countries: dict[str, Any]) -> dict[str, Any]:
    """Each capital as an entry of its own, with its country."""
    found: dict[str, Any] = {}
    for country, entry in countries.items():
        for number, capital in enumerate(entry.get("capitals", ())):
            first = entry["capitals"][0]
            name = first if number and _same_city(first, capital) else capital
            names = [*found.get(name, {}).get("names", []), capital]
            found[name] = {"country": country, "names": names}
    return found


def _same_city(first: str, other: str) -> bool:
    """Whether a second capital is the first one's other spelling (Kiev) or its short form (Delhi)."""
    return first[0] == other[0] or other in first


def _chain(places: dict[str, Any], container: str | None) -> tuple[str, ...]:
    """A container and what contains it, smallest first."""
    chain: list[str] = []
    while container and container not in chain:
        chain.append(container)
        entry = places["cities"].get(container) or places["regions"].get(container) or {}
        container = entry.get("in") or entry.get("country")
    return tuple(chain)


@cache
def container_names() -> dict[str, str]:
    """What may stand after "Town, ": regions, also by code and abbreviation, and countries; folded to plain names."""
    places = load_lexicon("places")
    table = {}
    for name, entry in (*places["countries"].items(), *places["regions"].items()):
        forms = (name, *entry.get("names", ()), *entry.get("short", ()), *([entry["code"]] if "code" in entry else []))
        table.update({_entry_key(form): name for form in forms})
    return table


def containers_of(name: str) -> tuple[str, ...]:
    """A region or country by any of its names, with what contains it, smallest first; empty when unknown."""
    plain = container_names().get(_entry_key(name))
    return _chain(load_lexicon("places"), plain)


@cache
def _near() -> dict[str, frozenset[str]]:
    """Each region of which the lexicon tells the neighbours, with them."""
    regions = load_lexicon("places")["regions"]
    return {name: frozenset(entry["near"]) for name, entry in regions.items() if "near" in entry}


def far_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two places lie far from each other, given their regions with their countries, or countries alone.

    Only where neighbours are known; a country is not far from its own regions.
    """
    if not one or not other or set(one) <= set(other) or set(other) <= set(one):
        return False
    known = [(_near()[chain[0]], beyond) for chain, beyond in ((one, other), (other, one)) if chain[0] in _near()]
    return bool(known) and all(
        neighbours.isdisjoint(beyond[:1] if one[-1] == other[-1] else beyond) for neighbours, beyond in known
    )


@lru_cache(maxsize=10_000)
def look_up(name: str) -> PlaceValue | None:
    """The place that the gazetteer has under a name, if it has one."""
    return gazetteer().get(_entry_key(name))


def town_of_site(name: str) -> str:
    """The region of the town that a hospital or the like is named after ("Akron General Hospital"), "" for none."""
    words = name.split()
    if fold(words[-1]) not in _NAMED_AFTER_TOWNS:
        return ""
    for size in (3, 2, 1):
        known = look_up(" ".join(words[:size])) if size < len(words) else None
        if known is not None and known.level == "city" and fold(known.name) not in _also_people():
            return known.containers[0]
    return ""


_NAMED_AFTER_TOWNS = frozenset({"hospital", "center", "centre", "airport", "infirmary"})


@cache
def _also_people() -> frozenset[str]:
    """Folded names of places that are as often people's."""
    return frozenset(map(fold, load_lexicon("places")["also_people"]))


def place_key(value: PlaceValue) -> str:
    """What a place's entity is filed under."""
    return "place:" + " ".join(place_words(value.name))


# --- comparing ----------------------------------------------------------------------------------

_VAGUE = frozenset(
    {"the", "in", "at", "of", "near", "on", "by", "and", "area", "neighborhood", "neighbourhood", "section", "city"}
)
_SITE_KINDS = frozenset(
    {"hospital", "medical", "center", "centre", "park", "playground", "bar", "nightclub", "club", "school"}
)


def compare_places(a: PlaceValue, b: PlaceValue) -> Comparison:
    """How two places compare: ``finer`` where one lies within the other, ``differs`` only for two of one level."""
    left, right = place_words(a.name), place_words(b.name)
    if left == right or (look_up(a.name) and look_up(a.name) == look_up(b.name)):
        return _compare_containers(a, b)
    if _contains(a, b) or _contains(b, a):
        inner, outer = (b, a) if _contains(a, b) else (a, b)
        return Comparison(Relation.FINER, f"{inner.name} is in {outer.name}")
    if "address" in (a.level, b.level) and a.level == b.level:
        return compare_addresses(a.name, b.name)
    if _apart(a, b):
        return Comparison(Relation.DIFFERS, f"places in different regions: {_describe(a)} and {_describe(b)}")
    if a.level == b.level and a.level != "unknown":
        return _compare_same_level(a, b, left, right)
    if _out_of_reach(a, b) or _out_of_reach(b, a):
        inner, outer = (a, b) if _out_of_reach(a, b) else (b, a)
        why = f"{inner.name} is told of in {inner.presumed}, far from {_describe(outer)}"
        return Comparison(Relation.DIFFERS, why)
    return Comparison(
        Relation.OVERLAPS, f"{a.name} and {b.name} are places of different kinds; one may lie in the other"
    )


def _compare_containers(a: PlaceValue, b: PlaceValue) -> Comparison:
    """Two places of one name: equal unless what contains them differs or only one says what does."""
    if a.containers == b.containers:
        return Comparison(Relation.EQUAL, "the same place")
    one, other = ([place_words(name) for name in value.containers] for value in (a, b))
    if not one or not other:
        return Comparison(Relation.EQUAL, "the same place; only one says where it lies")
    if all(name in other for name in one) or all(name in one for name in other):
        return Comparison(Relation.EQUAL, "the same place")
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if one and other and containers_of(" ".join(one[-1])) and containers_of(" ".join(other[-1])):
        return Comparison(Relation.DIFFERS, f"places of one name in {a.containers[0]} and in {b.containers[0]}")
    if not one or not other or bool(containers_of(" ".join(one[0]))) != bool(containers_of(" ".join(other[0]))):
        return Comparison(Relation.EQUAL, "the same place, set in a smaller and in a larger one")
    return Comparison(
        Relation.OVERLAPS, f"places of one name, said to lie in {a.containers[0]} and in {b.containers[0]}"
    )


def _contains(outer: PlaceValue, inner: PlaceValue) -> bool:
    """Whether a place is among what contains the other, as stated or by the gazetteer."""
    words = place_words(outer.name)
    known = look_up(inner.name)
    chain = (*inner.containers, *(known.containers if known and not inner.containers else ()))
    if inner.presumed and not region_of(inner):
        chain = (*chain, *containers_of(inner.presumed))
    if any(place_words(name) == words for name in chain):
        return True
    country = look_up(outer.name)
    return bool(country and any(look_up(name) == country for name in chain))


@lru_cache(maxsize=10_000)
def region_of(place: PlaceValue) -> tuple[str, ...]:
    """The region and the country that a place lies in or is, as far as known, smallest first."""
    known = look_up(place.name) if not place.containers else None
    chain = (place.name, *place.containers, *(known.containers if known else ()))
    return next((containers_of(name) for name in chain if containers_of(name)), ())


def _apart(a: PlaceValue, b: PlaceValue) -> bool:
    """Whether two places lie in two countries, or in two regions of one country."""
    left, right = region_of(a), region_of(b)
    if not left or not right or (left[-1] == right[-1] and min(len(left), len(right)) == 1):
        return False
    return left[-1] != right[-1] or left[0] != right[0]


def _out_of_reach(inner: PlaceValue, outer: PlaceValue) -> bool:
    """Whether a place cannot well lie in or near the other, by the region that it is told of in."""
    if not inner.presumed or region_of(inner) or outer.level in {"address", "site", "area", "unknown"}:
        return False
    return is_far(outer, containers_of(inner.presumed))


def is_far(place: PlaceValue, home: tuple[str, ...]) -> bool:
    """Whether a place lies far from a region; a town like Paris, which other countries have too, may be one at home."""
    region = region_of(place)
    abroad = bool(region and home) and region[-1] != home[-1]
    return far_apart(home, region) and not (abroad and fold(place.name) in _also_people())


def _describe(place: PlaceValue) -> str:
    return ", ".join((place.name, *place.containers[:1]))


def _compare_same_level(a: PlaceValue, b: PlaceValue, left: tuple[str, ...], right: tuple[str, ...]) -> Comparison:
    """Two sites, towns or regions of different names."""
    core_left, core_right = set(left) - _VAGUE, set(right) - _VAGUE
    if core_left == core_right:
        return Comparison(Relation.EQUAL, "the same place, worded differently")
    if core_left <= core_right or core_right <= core_left:
        return Comparison(Relation.FINER, f"one name gives more: {a.name} and {b.name}")
    rest_left, rest_right = core_left - _SITE_KINDS, core_right - _SITE_KINDS
    if rest_left and rest_left == rest_right:
        return Comparison(Relation.FINER, f"one site under two names: {a.name} and {b.name}")
    if len("".join(left)) > 11 and _nearly(left, right):
        return Comparison(Relation.FINER, f"one name, spelt in two ways: {a.name} and {b.name}")
    if core_left & core_right - _SITE_KINDS or _nearly(left, right):
        return Comparison(Relation.OVERLAPS, f"the names share words: {a.name} and {b.name}")
    proper = a.name[:1].isupper() and b.name[:1].isupper()
    uses = _uses(left), _uses(right)
    if not proper or (a.level == "site" and all(uses) and uses[0].isdisjoint(uses[1])):
        return Comparison(Relation.OVERLAPS, f"{a.name} and {b.name} may be one place in other words")
    return Comparison(Relation.DIFFERS, f"different places: {a.name} and {b.name}")


def _uses(words: tuple[str, ...]) -> frozenset[str]:
    """What a site is used for, by the words of its name."""
    return frozenset(use for use, heads in _heads_of_uses().items() if not heads.isdisjoint(words))


@cache
def _heads_of_uses() -> dict[str, frozenset[str]]:
    return {use: frozenset(heads) for use, heads in load_lexicon("places")["site_uses"].items()}


def _nearly(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names differ by a letter or two in all."""
    one, other = "".join(left), "".join(right)
    return OSA.distance(one, other, score_cutoff=2) <= min(2, max(len(one), len(other)) // 6)
