"""How two names compare: people part by part, organisations by core and legal form, and both as plain pairs."""

from __future__ import annotations

import re

from reconcile.model import Comparison, NameValue, Relation
from reconcile.normalize.name_parts import (
    fold,
    fold_words,
    given_names,
    is_title,
    name_key,
    parse_name,
    particle_words,
    same_given,
    suffix_words,
    title_words,
)
from reconcile.normalize.name_scores import Alignment, align, compare_words, transliteration
from reconcile.normalize.organisations import parse_organisation, same_organisation

__all__ = ["compare_names", "is_near_name", "name_key", "parse_name", "same_name"]

_THRESHOLD = 0.8
_WORST = 0.6
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "9": "g"})
_QUOTED = re.compile(r'"([^"]+)"')


# --- pairs of strings ---------------------------------------------------------------------------


def same_name(kind: str, left: str, right: str) -> tuple[bool, float, str]:
    """Whether two names are one person's or one organisation's: ``(same, score in 0..1, why)``.

    ``kind`` is "person" or "organisation"; raises ValueError for any other.
    """
    if kind == "organisation":
        return same_organisation(left, right)
    if kind != "person":
        raise ValueError(f"a name is a person's or an organisation's, not a {kind}'s")
    return _same_person(left, right)


def _same_person(left: str, right: str) -> tuple[bool, float, str]:
    first, second = person_words(left), person_words(right)
    if not first or not second:
        return False, 0.0, "a name without words"
    if _swapped(left, right, first, second):
        return False, 0.5, "given name and surname are the other way round, and both words are given names"
    whole = compare_words("".join(first), "".join(second))
    if "".join(first) == "".join(second) or (whole.why in {"same sound"} and min(len(first), len(second)) == 1):
        return True, 0.97, "the same letters, spaced differently"
    alignment = align(
        first, second, other_script=not (left.isascii() and right.isascii()) and _scripts_differ(left, right)
    )
    return _judge_person(alignment, first, second, _has_title(left) or _has_title(right))


def _scripts_differ(left: str, right: str) -> bool:
    """Whether one name is written in a script other than Latin."""
    return any(ord(letter) > 0x24F and letter.isalpha() for letter in left + right)


def _has_title(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and is_title(words[0])


def person_words(text: str) -> list[str]:
    """The folded words that tell a person: no titles, particles, suffixes or legal forms; digits read as letters."""
    head, comma, tail = text.partition(",")
    words = fold_words(f"{tail} {head}" if comma else text)
    words = [word if word.isdigit() else word.translate(_LEET) for word in words]
    kept = [word for word in words if word not in title_words() and not _is_particle(word)]
    kept = kept or words
    trimmed = [word for i, word in enumerate(kept) if not (i and (word in suffix_words() or word in _FORMS))]
    return list(dict.fromkeys(_merge_abd(trimmed)))


_FORMS = frozenset({"sa", "ag", "llc", "ltd", "inc", "gmbh", "plc", "corp"})


def _is_particle(word: str) -> bool:
    return len(word) > 1 and word in particle_words()


def _merge_abd(words: list[str]) -> list[str]:
    """Arabic "Abdul X" and "Abd al-X" under one spelling."""
    return ["abd" if word in {"abdul", "abdel", "abdal"} else word for word in words]


def _swapped(left: str, right: str, first: list[str], second: list[str]) -> bool:
    """Whether two two-word names are each other's mirror and either word could be the given name."""
    if "," in left + right or len(first) != 2 or first != second[::-1] or first == second:
        return False
    return all(word in given_names() for word in first)


def _judge_person(alignment: Alignment, first: list[str], second: list[str], titled: bool) -> tuple[bool, float, str]:
    score = round(alignment.score, 4)
    if not alignment.pairs:
        return False, 0.0, "no word in common"
    if alignment.left_over and alignment.right_over:
        over = " ".join((*alignment.left_over, *alignment.right_over))
        return False, min(0.6, score), f"no partner for: {over}"
    if alignment.worst < _WORST:
        a, b, _ = min((p for p in alignment.pairs if max(len(p[0]), len(p[1])) > 3), key=lambda pair: pair[2])
        return False, min(0.7, score), f"{a!r} and {b!r} differ"
    if alignment.short_mismatch:
        return False, min(0.7, score), "short words that are not alike"
    lone = min(len(first), len(second)) == 1 != max(len(first), len(second))
    if lone and not (titled or score == 1.0):
        return False, min(0.7, score), "only one word to compare"
    if all(min(len(a), len(b)) == 1 for a, b, _ in alignment.pairs):
        return False, 0.5, "only initials agree"
    if score < _THRESHOLD:
        return False, score, "the words are too far apart"
    return True, score, "every word of the shorter name has its partner"


# --- values -------------------------------------------------------------------------------------


def compare_names(a: NameValue, b: NameValue) -> Comparison:
    """How two names compare: ``finer`` where one has fewer or shorter parts, ``differs`` where a part cannot be one.

    Names with a given name or a single word are read as people's; the rest, with neither part, as organisations'.
    """
    if fold(a.full) == fold(b.full):
        return Comparison(Relation.EQUAL, "the same name")
    if not (a.surname and b.surname) or fold(a.surname) in _FORMS or fold(b.surname) in _FORMS:
        return _compare_organisations(a.full, b.full)
    if _is_swapped(a, b):
        return Comparison(Relation.DIFFERS, f"given name and surname are swapped: {a.full} and {b.full}")
    if _is_given_alone(a, b) or _is_given_alone(b, a):
        return Comparison(Relation.FINER, "one gives the given name only")
    surnames = _compare_part(a.surname, b.surname)
    if surnames is None:
        return Comparison(Relation.DIFFERS, f"different surnames: {a.surname} and {b.surname}")
    if a.suffix and b.suffix and fold(a.suffix).strip(".") != fold(b.suffix).strip("."):
        return Comparison(Relation.DIFFERS, f"different generations: {a.suffix} and {b.suffix}")
    return _compare_given(a, b, surnames)


def _is_given_alone(lone: NameValue, full: NameValue) -> bool:
    """Whether a name of one word is the other's given name, or short for it."""
    if fold_words(lone.given) or not fold_words(full.given) or fold(lone.surname) == fold(full.surname):
        return False
    word = "".join(fold_words(lone.surname))
    return len(word) > 1 and any(len(given) > 1 and same_given(word, given) for given in fold_words(full.given))


def _compare_given(a: NameValue, b: NameValue, surnames: Comparison) -> Comparison:
    if not fold_words(a.given) or not fold_words(b.given):
        return (
            surnames
            if surnames.relation is Relation.DIFFERS
            else Comparison(Relation.FINER, "one gives the surname only")
        )
    given = _compare_given_words(a, b)
    if surnames.relation is Relation.DIFFERS and given.relation is Relation.DIFFERS:
        near = "spelt differently" in given.why
        return surnames if near else Comparison(Relation.DIFFERS, f"different names: {a.full} and {b.full}")
    for part in (given, surnames):
        if part.relation is Relation.DIFFERS:
            return part
    if surnames.relation is Relation.FINER or given.relation is Relation.FINER:
        return given if given.relation is Relation.FINER else surnames
    middles = _compare_middles(a.middle, b.middle)
    if middles.relation is Relation.EQUAL and a.suffix != b.suffix:
        return Comparison(Relation.FINER, "one adds the generation")
    return middles


def is_near_name(a: NameValue, b: NameValue) -> bool:
    """Whether two people's full names may be one, misspelt or swapped: a reason to look, not a verdict."""
    if not (a.surname and b.surname and a.given and b.given):
        return False
    return _is_swapped(a, b) or (_same_person(a.full, b.full)[0] and _compare_part(a.surname, b.surname) is not None)


def _compare_part(left: str, right: str) -> Comparison | None:
    """How two surnames compare; None where they cannot be one."""
    one, other = fold_words(left), fold_words(right)
    if one == other or "".join(one) == "".join(other):
        return Comparison(Relation.EQUAL, "the same surname")
    plain_one = [word for word in one if word not in particle_words()] or one
    plain_other = [word for word in other if word not in particle_words()] or other
    if plain_one == plain_other or set(plain_one) < set(plain_other) or set(plain_other) < set(plain_one):
        return Comparison(Relation.FINER, f"one surname is part of the other: {left} and {right}")
    match = compare_words("".join(plain_one), "".join(plain_other))
    if transliteration("".join(plain_one)) == transliteration("".join(plain_other)):
        return Comparison(Relation.FINER, f"the same surname in another transliteration: {left} and {right}")
    if match.score >= 0.75 and match.why != "short form":
        return Comparison(Relation.DIFFERS, f"nearly the same surname, spelt differently: {left} and {right}")
    return None


def _compare_given_words(a: NameValue, b: NameValue) -> Comparison:
    left, right = fold_words(a.given), fold_words(b.given)
    if left == right:
        return Comparison(Relation.EQUAL, "the same given name")
    if "".join(left) == "".join(right):
        return Comparison(Relation.EQUAL, "the same given name, joined differently")
    others = {word for name in (a, b) for word in fold_words(name.middle)}
    if left[0] == right[0] or left[0] in others or right[0] in others:
        return Comparison(Relation.FINER, "one gives more of the given names")
    if min(len(left[0]), len(right[0])) == 1 and left[0][0] == right[0][0]:
        return Comparison(Relation.FINER, f"an initial: {a.given} and {b.given}")
    if any(same_given(one, other) for one in (left[0], *_middle_words(a)) for other in (right[0], *_middle_words(b))):
        return Comparison(Relation.FINER, f"a short form: {a.given} and {b.given}")
    match = compare_words("".join(left), "".join(right))
    if transliteration(left[0]) == transliteration(right[0]):
        return Comparison(Relation.FINER, f"the same given name in another transliteration: {a.given} and {b.given}")
    if match.score >= 0.7:
        return Comparison(Relation.DIFFERS, f"nearly the same given name, spelt differently: {a.given} and {b.given}")
    return Comparison(Relation.DIFFERS, f"different given names: {a.given} and {b.given}")


def _middle_words(name: NameValue) -> list[str]:
    """Middle names in full and quoted nicknames, which may be what another article calls the person."""
    return [word for word in fold_words(name.middle) if len(word) > 1]


def _compare_middles(left: str, right: str) -> Comparison:
    one, other = fold_words(left), fold_words(right)
    if one == other:
        return Comparison(Relation.EQUAL, "the same name")
    if not one or not other:
        return Comparison(Relation.FINER, "one adds a middle name")
    if one[0][0] == other[0][0]:
        return Comparison(Relation.FINER, "a middle name is shortened")
    return Comparison(Relation.OVERLAPS, f"different middle names: {left} and {right}")


def _is_swapped(a: NameValue, b: NameValue) -> bool:
    """Whether one name's given name is the other's surname and the reverse."""
    given, surname = fold_words(a.given), fold_words(a.surname)
    crossed = given == fold_words(b.surname) and surname == fold_words(b.given)
    return crossed and bool(given) and bool(surname) and given != surname


def _compare_organisations(left: str, right: str) -> Comparison:
    same, _, why = same_organisation(left, right)
    one, other = parse_organisation(left), parse_organisation(right)
    if same:
        relation = Relation.EQUAL if set(one.core) == set(other.core) and one.forms == other.forms else Relation.FINER
        return Comparison(relation, why)
    if set(one.core) < set(other.core) or set(other.core) < set(one.core):
        return Comparison(Relation.OVERLAPS, f"one name is part of the other: {why}")
    return Comparison(Relation.DIFFERS, why)
