"""Functions of conditions on people, places, posts, events and publishers."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance.DamerauLevenshtein import normalized_similarity as alike

from reconcile.check.short_values import read_value
from reconcile.check.words import Words
from reconcile.model import Kind, NameValue, PlaceValue, Relation, TextValue
from reconcile.normalize.name_parts import fold
from reconcile.normalize.names import compare_names, parse_name
from reconcile.normalize.places import compare_places, containers_of, place_words
from reconcile.normalize.roles import compare_roles

# How much of a given name or surname, and of both together, two spellings of one name share at least. Among the names
# of 45 news events these bounds held six pairs, and all six were misspelt.
_PART_ALIKE = 0.5
_NAME_ALIKE = 0.7
_ALIKE = frozenset((Relation.EQUAL, Relation.FINER))


# A story's names are held against each other again and again.
@lru_cache(maxsize=4096)
def _parse(name: str) -> NameValue:
    return parse_name(name)


@lru_cache(maxsize=4096)
def _folded(name: NameValue) -> tuple[str, str]:
    return fold(name.given), fold(name.surname)


def same_person(first: str, second: str) -> bool:
    """Whether two written names, or two claims' `subject`s, can be one person's: the same name, or one the longer form
    of the other."""
    left, right = first.removeprefix("person:"), second.removeprefix("person:")
    if not left.strip() or not right.strip():
        return False
    return compare_names(_parse(left), _parse(right)).relation in _ALIKE


def misspelt(first: str, second: str) -> bool:
    """Whether two full names look like one name spelt in two ways: nearly the same letters, or given name and surname
    swapped; other forms of one name (initials, short forms, transliterations) are no misspelling."""
    left, right = _parse(first), _parse(second)
    given, surname, other_given, other_surname = parts = (*_folded(left), *_folded(right))
    if not all(parts):
        return False
    swapped = (given, surname) == (other_surname, other_given)
    if not swapped and (
        alike(given + surname, other_given + other_surname) < _NAME_ALIKE
        or min(alike(given, other_given), alike(surname, other_surname)) < _PART_ALIKE
    ):
        return False
    return compare_names(left, right).relation is Relation.DIFFERS


def named(speaker: str) -> bool:
    """Whether a speaker is given by name ("Jane Roe", "the Interior Ministry") and not only by a common noun
    ("officials", "a witness"); no for the outlet itself."""
    return any(word[:1].isupper() for word in speaker.split())


def _place(text: str) -> PlaceValue | None:
    if not text.strip():
        return None
    value = read_value(Kind.LOCATION, text)
    return value if isinstance(value, PlaceValue) else None


def same_place(first: str, second: str) -> bool:
    """Whether two places can be one: the same, or one inside the other."""
    left, right = _place(first), _place(second)
    return left is not None and right is not None and compare_places(left, right).relation in _ALIKE


def lies_in(place: str, container: str) -> bool:
    """Whether the first place is known to lie inside the second: `lies_in("Lyon", "France")`."""
    inner, outer = _place(place), _place(container)
    if inner is None or outer is None:
        return False
    around = {*inner.containers, *containers_of(inner.name)}
    return place_words(outer.name) in {place_words(name) for name in around}


def same_role(first: str, second: str) -> bool:
    """Whether two roles can be one: the same, or one says more than the other."""
    if not first.strip() or not second.strip():
        return False
    return compare_roles(TextValue(first), TextValue(second)).relation in _ALIKE


def exclusive_posts(words: Words, first: str, second: str) -> bool:
    """Whether one person does not hold these two posts at one time, by the lexicon of roles and your own."""
    return words.excludes(first, second)


def event_of(words: Words, word: str) -> str:
    """The class of event that a verb or noun tells of ("wound" gives `injure`), by the lexicon of events and your own;
    empty where there is none."""
    return words.event(word)


def same_event(words: Words, first: str, second: str) -> bool:
    """Whether two verbs or nouns tell of one class of event: `same_event(a.predicate, b.predicate)`."""
    event = words.event(first)
    return bool(event) and event == words.event(second)


def same_publisher(words: Words, first: str, second: str) -> bool:
    """Whether two outlets are one publisher or of one family, by the lexicon of publishers and your own."""
    return bool(first and second) and words.publisher(first) == words.publisher(second)
