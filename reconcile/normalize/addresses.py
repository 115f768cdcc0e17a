"""Street addresses and crossings: their words in one spelling, and how two of them compare."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from reconcile.lexicon import load_lexicon
from reconcile.model import Comparison, Relation
from reconcile.normalize.name_parts import fold

_WORDS = re.compile(r"[a-z0-9&]+(?:\.[a-z0-9]+)*")
_APOSTROPHES = re.compile(r"['’‘`]")
_INITIALS = re.compile(r"[a-z](?:\.[a-z])+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)|(?<=\d)-(?=\d{1,4}\b)")
"""What stands inside one number: "5,000 block", and the hyphen of a house's ("22-04 Linden Avenue")."""
_ARTICLES = frozenset({"the", "a", "an"})
_JOINERS = frozenset({"and", "&", "near", "by", "at", "of", "in", "west", "east", "north", "south"})
_LOOSE = frozenset({"near", "by", "off"})
_SHORT = 5
"""Names of up to so many letters are other names where a letter differs ("Main", "Marin")."""
_SIDES = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})


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


@lru_cache(maxsize=10_000)
def place_words(name: str) -> tuple[str, ...]:
    """The folded words of a place's name in one spelling: "W. Main St." gives west, main, street."""
    found = _WORDS.findall(_THOUSANDS.sub("", _APOSTROPHES.sub("", fold(name))).replace(",", " "))
    words = [word.replace(".", "") if _INITIALS.fullmatch(word) else word for word in found]
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    spellings = _street_spellings()
    out = []
    for number, word in enumerate(words):
        saint = word == "st" and number + 1 < len(words) and words[number + 1] not in {"and", "near", "by", "at", "in"}
        out.append("saint" if saint and (number == 0 or words[number - 1] in _JOINERS) else spellings.get(word, word))
    return tuple("and" if word == "&" else word for word in out)


# --- comparing ----------------------------------------------------------------------------------


def compare_addresses(left_name: str, right_name: str) -> Comparison:
    """Two addresses: by street names, then by house or block number."""
    left, right = place_words(left_name), place_words(right_name)
    one, other = _streets(left), _streets(right)
    if one and other and not _share_street(one, other):
        if _number(left) == _number(right) and _spelt_alike(one, other):
            return Comparison(Relation.FINER, f"one street, spelt in two ways: {left_name} and {right_name}")
        clash = _other_kind(one, other)
        why = f"{clash}: {left_name} and {right_name}" if clash else f"different streets: {left_name} and {right_name}"
        return Comparison(Relation.DIFFERS, why)
    if len(one) == len(other) == 2 and not _same_crossing(one, other):
        if _LOOSE & set(left) and _LOOSE & set(right):
            return Comparison(Relation.OVERLAPS, f"near two crossings of one street: {left_name} and {right_name}")
        return Comparison(Relation.DIFFERS, f"different crossings: {left_name} and {right_name}")
    numbers = _number(left), _number(right)
    if _is_beside(left, one, other, numbers[1]) or _is_beside(right, other, one, numbers[0]):
        return Comparison(Relation.DIFFERS, f"on one street and on the other near it: {left_name} and {right_name}")
    if all(numbers) and numbers[0] != numbers[1]:
        if _in_block(*numbers):
            return Comparison(Relation.FINER, f"one house of the block: {left_name} and {right_name}")
        return Comparison(Relation.DIFFERS, f"different numbers: {left_name} and {right_name}")
    if _same_crossing(one, other) and bool(numbers[0]) == bool(numbers[1]):
        return Comparison(Relation.EQUAL, "the same address")
    return Comparison(Relation.FINER, f"one address is more exact: {left_name} and {right_name}")


def _is_beside(
    words: tuple[str, ...], one: list[tuple[str, ...]], other: list[tuple[str, ...]], number: tuple[int, bool] | None
) -> bool:
    """Whether an address lies on a street near another, and the other one has its number on that other street."""
    near = len(one) == 2 and bool(_LOOSE & set(words)) and len(other) == 1 and number is not None
    return near and not _same_street(one[0], other[0])


def _number(words: tuple[str, ...]) -> tuple[int, bool] | None:
    """The house number of an address, and whether it means a block."""
    if not words or not words[0].isdigit() or len(words) < 2:
        return None
    return int(words[0][:9]), words[1] == "block"


def _in_block(a: tuple[int, bool] | None, b: tuple[int, bool] | None) -> bool:
    if a is None or b is None or a[1] == b[1]:
        return False
    block, house = (a[0], b[0]) if a[1] else (b[0], a[0])
    return block <= house < block + 100


def _streets(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The street names of an address, each as words without its number."""
    kept = list(words)
    if kept and kept[0].isdigit():
        kept = kept[3:] if kept[1:3] == ["block", "of"] else kept[1:]
    streets: list[tuple[str, ...]] = []
    part: list[str] = []
    for word in [*kept, "and"]:
        if word in {"and", "near", "at", "by", "off"}:
            if part:
                streets.append(tuple(part))
            part = []
        else:
            part.append(word.removesuffix("s") if word.removesuffix("s") in street_words() else word)
    return streets


def _stem(street: tuple[str, ...]) -> tuple[str, ...]:
    """A street's name without its kind and direction."""
    return tuple(word for word in street if word not in street_words() and word not in _SIDES) or street


def _same_street(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two street names can be one street: same stem, and no two kinds or directions against each other."""
    if _stem(a) != _stem(b):
        return False
    told = ((set(a) & words, set(b) & words) for words in (street_words(), _SIDES))
    return all(one <= other or other <= one for one, other in told)


def _share_street(one: list[tuple[str, ...]], other: list[tuple[str, ...]]) -> bool:
    return any(_same_street(a, b) for a in one for b in other)


def _spelt_alike(one: list[tuple[str, ...]], other: list[tuple[str, ...]]) -> bool:
    """Whether two single streets of one kind differ by a letter of a long name ("Philip Drive", "Phillip Drive")."""
    if len(one) != 1 or len(other) != 1:
        return False
    kinds = ([word for word in street if word in street_words() | _SIDES] for street in (one[0], other[0]))
    stems = ["".join(_stem(street)) for street in (one[0], other[0])]
    long = min(map(len, stems)) > _SHORT and all(map(str.isalpha, stems))
    return long and len({*map(tuple, kinds)}) == 1 and OSA.distance(*stems, score_cutoff=1) == 1


def _same_crossing(one: list[tuple[str, ...]], other: list[tuple[str, ...]]) -> bool:
    """Whether every street of each address is in the other; the kind may be left out or given once for both."""
    return all(any(_same_street(a, b) for b in other) for a in one) and all(
        any(_same_street(a, b) for a in one) for b in other
    )


def _other_kind(one: list[tuple[str, ...]], other: list[tuple[str, ...]]) -> str:
    """A word on two streets of one stem and another kind ("Partridge Drive" and "Partridge Lane")."""
    if any(_stem(a) == _stem(b) for a in one for b in other):
        return "one name but different kinds of street or directions"
    return ""


def is_near_address(left_name: str, right_name: str) -> bool:
    """Whether two addresses share a street's name but not all else: a reason to look, not a verdict."""
    one, other = _streets(place_words(left_name)), _streets(place_words(right_name))
    return any(_stem(a) == _stem(b) for a in one for b in other)


def is_one_street(left_name: str, right_name: str) -> bool:
    """Whether two addresses set something on streets of one name and side, of whatever kind or number."""
    one, other = (_set_on(place_words(name)) for name in (left_name, right_name))
    return any(_stem(a) == _stem(b) and not _on_two_sides(a, b) for a in one for b in other)


def _on_two_sides(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two streets each have a direction, and not the same."""
    one, other = set(a) & _SIDES, set(b) & _SIDES
    return bool(one and other) and one != other


def _set_on(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The streets that an address lies on: both of a corner, but not the one that it is only near."""
    streets = _streets(words)
    return streets[:1] if _LOOSE & set(words) else streets
