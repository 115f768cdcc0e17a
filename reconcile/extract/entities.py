"""Entities of an article: people, organisations, governments and places, with mentions and what is said of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from reconcile.extract.appositions import find_attributes, party_tokens
from reconcile.extract.locations import PlaceMention, local_names, read_addresses, read_places
from reconcile.extract.organisations import find_organisations, group_organisations
from reconcile.extract.people import find_people
from reconcile.extract.person_groups import Person, person_key
from reconcile.extract.sites import read_sites
from reconcile.extract.syntax import Tree
from reconcile.extract.tokens import Tokens, find_runs, read_tokens
from reconcile.lexicon import load_lexicon
from reconcile.model import Attribute, Entity, NameValue, Span
from reconcile.normalize.name_parts import fold
from reconcile.normalize.places import gazetteer, place_key, region_of


def find_entities(doc: Doc) -> tuple[Entity, ...]:
    """Every entity of a parsed text, in order of first mention; mentions are sorted and none is listed twice."""
    text, tokens = Tree.of(doc).text, read_tokens(doc)
    runs = find_runs(tokens)
    addresses = read_addresses(text, tokens)
    taken = {i for place in addresses for i in range(place.first, place.last)} | party_tokens(text, tokens)
    sites = read_sites(tokens, runs, taken)
    taken.update(i for site in sites for i in range(site.first, site.last))
    local = local_names(tokens, runs, addresses)
    people = find_people(tokens, runs, taken, _sure_places(), local)
    taken.update(i for person in people for mention in person.mentions for i in range(*mention))
    places = addresses + sites + read_places(tokens, taken, local)
    taken.update(i for place in places for i in range(place.first, place.last))
    region = _sole_region(places)
    governments = _find_governments(doc, tokens, places)
    taken.update(i for extent in governments for i in range(*extent))
    organisations = group_organisations(tokens, find_organisations(tokens, runs, taken), taken)
    taken.update(i for ranges in organisations.values() for extent in ranges for i in range(*extent))
    entities = [
        *_person_entities(doc, tokens, people),
        *_place_entities([_within(place, region) for place in places if (place.first, place.last) not in governments]),
        *_government_entities(tokens, governments),
        *_group_entities(tokens, taken),
        *(_organisation_entity(tokens, key, ranges) for key, ranges in organisations.items()),
    ]
    return tuple(sorted(entities, key=lambda entity: (entity.mentions[0], entity.key)))


@cache
def _sure_places() -> frozenset[str]:
    """Folded names that are places whatever the model says, unless a title precedes them."""
    doubtful = {fold(name) for name in load_lexicon("places")["also_people"]}
    return frozenset(gazetteer()) - doubtful


# --- people -------------------------------------------------------------------------------------


def _person_entities(doc: Doc, tokens: Tokens, people: list[Person]) -> list[Entity]:
    """One entity a person, with attributes; two of one key (father and son) are told apart by suffix."""
    attributes = find_attributes(
        Tree.of(doc).text, tokens, [mention for person in people for mention in person.mentions]
    )
    entities: list[Entity] = []
    seen: set[str] = set()
    for person in people:
        key = person_key(person)
        if key in seen:
            key = f"{key} {fold(person.name.suffix).rstrip('.') or len(seen)}"
        seen.add(key)
        said: list[Attribute] = [item for mention in person.mentions for item in attributes.get(mention, ())]
        spans = tuple(tokens.span(*mention) for mention in person.mentions)
        entities.append(Entity(key, "person", person.name, spans, tuple(sorted(said, key=lambda a: a.span))))
    return entities


# --- places and governments -----------------------------------------------------------------------


def _sole_region(places: list[PlaceMention]) -> tuple[str, ...]:
    """The one region with its country that (nearly) all located places of the article lie in; empty without one."""
    chains = [region_of(place.value) for place in places if place.value.level not in {"address", "site"}]
    regions = Counter(chain for chain in chains if len(chain) == 2)
    if not regions:
        return ()
    region, count = regions.most_common(1)[0]
    return region if count > 1 and count >= 0.8 * regions.total() else ()


def _within(place: PlaceMention, region: tuple[str, ...]) -> PlaceMention:
    """A place whose region is not told, presumed to lie in the article's one region."""
    value = place.value
    if not region or region_of(value) or value.level in {"area", "unknown", "country", "region"}:
        return place
    return replace(place, value=replace(value, presumed=region[0]))


def _place_entities(places: list[PlaceMention]) -> list[Entity]:
    """One entity a place; the mention with most containers gives the value."""
    groups: dict[str, list[PlaceMention]] = defaultdict(list)
    for place in places:
        groups[place_key(place.value)].append(place)
    entities = []
    for key, mentions in groups.items():
        value = max((mention.value for mention in mentions), key=lambda value: len(value.containers))
        entities.append(Entity(key, "place", value, tuple(sorted({mention.span for mention in mentions}))))
    return entities


@cache
def _seats() -> dict[str, str]:
    """Capitals and buildings that stand for a government, folded, with the country."""
    seats: dict[str, str] = {}
    for country, entry in load_lexicon("places")["countries"].items():
        for seat in (*entry.get("capitals", ()), *entry.get("buildings", ())):
            seats[fold(seat)] = country
    return seats


@cache
def _demonyms() -> dict[str, str]:
    """Folded demonyms, singular and plural, with the country."""
    table: dict[str, str] = {}
    for country, entry in load_lexicon("places")["countries"].items():
        for people in entry.get("people", ()):
            table.setdefault(fold(people), country)
            table.setdefault(fold(people) + "s", country)
    return table


def _find_governments(doc: Doc, tokens: Tokens, places: list[PlaceMention]) -> dict[tuple[int, int], str]:
    """Mentions that mean a state as an actor: demonyms, "the Kremlin", and countries or capitals that do something."""
    found: dict[tuple[int, int], str] = {}
    covered = {i for place in places for i in range(place.first, place.last)}
    for place in places:
        if place.last - place.first > 3 or not _acts(doc, place.last - 1):
            continue
        name = fold(place.value.name)
        if place.value.level == "country":
            found[place.first, place.last] = place.value.name
        elif name in _seats():
            found[place.first, place.last] = _seats()[name]
    demonyms, seats = _demonyms(), buildings()
    for i, low in enumerate(tokens.low):
        if i in covered or not tokens.text[i][0].isupper():
            continue
        word = fold(low)
        two = f"{word} {fold(tokens.low[i + 1])}" if i + 1 < len(tokens) else ""
        if two in seats or two in demonyms:
            found[i, i + 2] = seats.get(two) or demonyms[two]
        elif word in seats or word in demonyms:
            found[i, i + 1] = seats.get(word) or demonyms[word]
    return found


@cache
def buildings() -> dict[str, str]:
    """Buildings that stand for a government ("the White House"), folded, with the country."""
    countries = load_lexicon("places")["countries"]
    return {fold(name): country for country, entry in countries.items() for name in entry.get("buildings", ())}


def _acts(doc: Doc, i: int) -> bool:
    """Whether a place's name is used of an actor: subject, possessor, object, or party after "with" or "against"."""
    token = doc[i]
    while token.dep_ in {"compound", "conj", "nmod"} and token.head.i != token.i:
        token = token.head
    if token.dep_ in {"nsubj", "nsubjpass", "poss", "agent", "dobj", "dative"}:
        return True
    return token.dep_ == "pobj" and token.head.lower_ in {"by", "with", "against", "between"}


def _government_entities(tokens: Tokens, governments: dict[tuple[int, int], str]) -> list[Entity]:
    groups: dict[str, list[Span]] = defaultdict(list)
    for extent, country in governments.items():
        groups[country].append(tokens.span(*extent))
    return [
        Entity(f"government:{fold(country)}", "organisation", NameValue(country), tuple(sorted(spans)))
        for country, spans in groups.items()
    ]


def _group_entities(tokens: Tokens, taken: set[int]) -> list[Entity]:
    """Parties, faiths and peoples spoken of in the plural, with what narrows them ("House Democrats")."""
    groups: dict[str, list[Span]] = defaultdict(list)
    for i, low in enumerate(tokens.low):
        if tokens.entity[i] != "NORP" or not low.endswith("s") or i in taken or not tokens.text[i][0].isupper():
            continue
        first = i
        while first > 0 and tokens.pos[first - 1] in {"ADJ", "PROPN"} and first - 1 not in taken and i - first < 3:
            first -= 1
        groups[fold(tokens.words(first, i + 1))].append(tokens.span(first, i + 1))
    return [Entity(f"group:{name}", "group", NameValue(name), tuple(sorted(spans))) for name, spans in groups.items()]


def _organisation_entity(tokens: Tokens, key: str, ranges: list[tuple[int, int]]) -> Entity:
    """An organisation under its longest name."""
    name = max((tokens.words(*extent) for extent in ranges), key=len)
    return Entity(key, "organisation", NameValue(name), tuple(sorted(tokens.span(*extent) for extent in ranges)))
