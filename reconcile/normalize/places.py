"""Places: names to values by the gazetteer, street words to one spelling, and how two places compare."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

from reconcile.lexicon import load_lexicon
from reconcile.model import PlaceValue
from reconcile.normalize.names import fold

Level = Literal["address", "site", "district", "city", "county", "region", "country", "area", "unknown"]
_WORDS = re.compile(r"[a-z0-9&]+(?:\.[a-z0-9]+)*")
_APOSTROPHES = re.compile(r"['’‘`]")
_ARTICLES = frozenset({"the", "a", "an"})


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


def look_up(name: str) -> PlaceValue | None:
    """The place that the gazetteer has under a name, if it has one."""
    return gazetteer().get(_entry_key(name))


@cache
def _street_spellings() -> dict[str, str]:
    """Short street words and directions, folded, with the long form."""
    places = load_lexicon("places")
    table = {}
    for long, shorts in (*places["streets"].items(), *places["directions"].items()):
        table.update({fold(short): fold(long) for short in shorts})
    return table


@cache
def street_words() -> frozenset[str]:
    """The long forms of street words, folded."""
    return frozenset(fold(word) for word in load_lexicon("places")["streets"])


def place_words(name: str) -> tuple[str, ...]:
    """The folded words of a place's name in one spelling: "W. Main St." gives west, main, street."""
    words = _WORDS.findall(_APOSTROPHES.sub("", fold(name)).replace(",", " "))
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    spellings = _street_spellings()
    out = []
    for number, word in enumerate(words):
        saint = word == "st" and number + 1 < len(words) and words[number + 1] not in {"and", "near", "by", "at", "in"}
        out.append("saint" if saint and (number == 0 or words[number - 1] in _JOINERS) else spellings.get(word, word))
    return tuple("and" if word == "&" else word for word in out)


_JOINERS = frozenset({"and", "&", "near", "by", "at", "of", "in", "west", "east", "north", "south"})


def place_key(value: PlaceValue) -> str:
    """What a place's entity is filed under."""
    return "place:" + " ".join(place_words(value.name))
