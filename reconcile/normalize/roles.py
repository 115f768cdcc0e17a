"""Roles in one wording ("minister of defence" is "defence minister"), and how two roles compare."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache, lru_cache

from reconcile.lexicon import load_lexicon
from reconcile.model import Comparison, Relation, TextValue
from reconcile.normalize.name_parts import fold

_WORD = re.compile(r"[a-z](?:\.[a-z])+\.?|[a-z]+(?:['’](?!s\b)[a-z]+)?|\d+")
_POSSESSIVE = re.compile(r"['’]s?\b")
_LINKS = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "for",
        "to",
        "in",
        "at",
        "on",
        "and",
        "his",
        "her",
        "their",
        "its",
        "with",
        "from",
        "who",
        "is",
    }
)
_LONGEST = 400
_LONGEST_HEAD = 5
"""Words of the longest role of the lexicon."""


_TURNED = frozenset({"of", "for", "to", "at", "in", "on", "with", "from"})


@dataclass(frozen=True, slots=True)
class RoleParts:
    """A role taken apart: its head in one wording, the words that narrow it, and whether it is held now."""

    head: str
    narrowing: frozenset[str]
    time: str


def parse_role(text: str) -> TextValue:
    """A role as a value: the words as said, and its content words in one spelling."""
    parts = split_role(text)
    return TextValue(text, tuple(dict.fromkeys((*parts.head.split(), *sorted(parts.narrowing)))))


@cache
def _lexicon() -> tuple[dict[str, str], dict[str, str], dict[str, str], frozenset[str]]:
    """Spellings, synonyms by wording, qualifiers by word, and words of degree."""
    roles = load_lexicon("roles")
    spellings = {fold(old).replace(".", ""): fold(new).replace(".", "") for old, new in roles["spellings"].items()}
    synonyms = {wording: group[0] for group in roles["synonyms"] for wording in group}
    titles = load_lexicon("titles")
    for kind in ("offices", "ranks"):
        for short, full in titles[kind].items():
            synonyms.setdefault(short, synonyms.get(full, full))
    qualifiers = {word: kind for kind, words in roles["qualifiers"].items() for word in words}
    return spellings, synonyms, qualifiers, frozenset(roles["degrees"])


@cache
def _heads() -> dict[str, str]:
    """Every role of the lexicon in its plain wording, with the wording that it is compared under."""
    roles = load_lexicon("roles")
    _, synonyms, _, _ = _lexicon()
    table: dict[str, str] = {}
    for kind in ("offices", "politics", "public", "work", "faith", "life", "crime"):
        for role in roles[kind]:
            table[_plain(role)] = synonyms.get(role, role)
    for wording, first in synonyms.items():
        table[_plain(wording)] = _plain(first)
    return {wording: _plain(first) for wording, first in table.items()}


def _plain(text: str) -> str:
    """A role's words folded, in one spelling, with "X of Y" turned to "Y X"."""
    return " ".join(_turn(_words(text)))


def _words(text: str) -> list[str]:
    """Folded words in one spelling; acronyms without stops, possessives without their mark."""
    spellings = _lexicon()[0]
    plain = _POSSESSIVE.sub("", fold(text[:_LONGEST]).replace("-", " ").replace("’", "'"))
    plain = _bodies().sub(lambda match: _short_names()[match.group()], plain)
    words = [word.replace(".", "").rstrip("'") for word in _WORD.findall(plain)]
    return [spellings.get(word, word) for word in words]


@cache
def _short_names() -> dict[str, str]:
    """Well-known bodies of two words or more, folded, with their acronym."""
    bodies = load_lexicon("organisations")["bodies"]
    return {
        fold(body): fold(names[0]) for body, names in bodies.items() if names and names[0].isupper() and " " in body
    }


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(_short_names(), key=len, reverse=True))) + r")\b")


def _turn(words: list[str], is_role: Callable[[list[str]], object] = lambda words: False) -> list[str]:
    """What follows the first "of", "for", "at" … put before the noun it narrows ("secretary of defence").

    Words that ``is_role`` knows as one role stay together: "chief executive of Brennan" is "Brennan chief executive".
    """
    at = next((i for i, word in enumerate(words) if 0 < i < len(words) - 1 and word in _TURNED), 0)
    if not at:
        return [word for word in words if word not in _LINKS]
    rest = [word for word in words[at + 1 :] if word not in _LINKS]
    head = next((start for start in range(max(0, at - _LONGEST_HEAD), at - 1) if is_role(words[start:at])), at - 1)
    return [*(word for word in words[:head] if word not in _LINKS), *rest, *words[head:at]]


@lru_cache(maxsize=4_000)
def split_role(text: str) -> RoleParts:
    """A role's head, what narrows it, and whether it is former, acting or yet to come.

    A deputy's role has its own head ("deputy attorney general"), and so has each minister's and secretary's. The
    president of a college or a union is no head of state.
    """
    _, _, qualifiers, degrees = _lexicon()
    words = _words(text)
    time = next((qualifiers[w] for w in words if qualifiers.get(w) in {"former", "acting", "future"}), "")
    kept = [word for word in words if qualifiers.get(word) not in {"former", "acting", "future"}]
    turned = _turn(kept or words, _known_head)
    head, start = _find_head(turned)
    before, after = turned[:start], turned[start + len(head.split()) :]
    name = _heads().get(head, head)
    if before and before[-1] in {"deputy", "assistant", "vice", "under"}:
        name = f"{before.pop()} {name}"
    if name in {"secretary", "minister"} and before and _lone(before[-1]) == before[-1]:
        name = f"{before.pop()} {name}"
    if name == "president" and any(_lone(word) == word and word not in degrees for word in (*before, *after)):
        name = "body president"
    return RoleParts(name, frozenset(_lone(word) for word in (*before, *after) if word not in degrees), time)


def _find_head(words: list[str]) -> tuple[str, int]:
    """The longest role of the lexicon that ends the words, else the last one among them, and where it starts."""
    for end in range(len(words), 0, -1):
        for size in range(min(_LONGEST_HEAD, end), 0, -1):
            found = _known_head(words[end - size : end])
            if found:
                words[end - size : end] = found.split()
                return found, end - size
    return (words[-1], len(words) - 1) if words else ("", 0)


def _known_head(words: list[str]) -> str:
    """The words as a role of the lexicon, in the singular; "" where they are none."""
    wording, single = " ".join(words), " ".join([*words[:-1], _singular(words[-1])])
    return next((form for form in (wording, single) if form in _heads()), "")


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") and len(word) > 3 else ""


@cache
def _peoples() -> dict[str, str]:
    """Demonyms and short names with the country, so that "Ukrainian" and "of Ukraine" narrow a role alike."""
    table: dict[str, str] = {}
    countries = load_lexicon("places")["countries"]
    for country, entry in countries.items():
        for word in (
            *entry.get("people", ()),
            *entry.get("names", ()),
            *entry.get("capitals", ()),
            *entry.get("buildings", ()),
        ):
            table.setdefault(fold(word).replace(".", ""), fold(country))
    return table


def _lone(word: str) -> str:
    return _peoples().get(word, word)


def compare_roles(a: TextValue, b: TextValue) -> Comparison:
    """How two roles of one person compare; ``differs`` only for posts or countries that exclude each other."""
    left, right = split_role(a.text), split_role(b.text)
    if not left.head or not right.head:
        return Comparison(Relation.OVERLAPS, "one of them names no role")
    exclusive = left.head != right.head and exclude_each_other(left.head, right.head)
    other_times = left.time != right.time
    if other_times and (left.head == right.head or (exclusive and "acting" not in (left.time, right.time))):
        return _compare_times_held(a, b, left, right)
    if exclusive:
        return Comparison(
            Relation.DIFFERS, f"{left.head} and {right.head} are posts that one person does not hold together"
        )
    if left.head == right.head:
        return _compare_narrowing(a, b, left, right)
    one, other = {*left.head.split(), *left.narrowing}, {*right.head.split(), *right.narrowing}
    if one <= other or other <= one:
        return Comparison(Relation.FINER, f"one role says more: {a.text} and {b.text}")
    return Comparison(Relation.OVERLAPS, f"{a.text} and {b.text} may be held by one person")


def role_clues(value: TextValue) -> frozenset[Hashable]:
    """What two roles share something of if they are one: the words of their heads and what narrows them."""
    role = split_role(value.text)
    return frozenset((*role.head.split(), *role.narrowing))


def _compare_times_held(a: TextValue, b: TextValue, left: RoleParts, right: RoleParts) -> Comparison:
    """Two roles of different times: one role under one qualifier only is finer, other posts may follow each other."""
    if left.head != right.head:
        return Comparison(Relation.OVERLAPS, f"{a.text} and {b.text} are of different times")
    if "" in {left.time, right.time}:
        word = (left.time or right.time).replace("future", "elect or designate")
        return Comparison(Relation.FINER, f"the same role, but only one calls it {word}")
    return Comparison(Relation.DIFFERS, f"the same role at different times: {a.text} and {b.text}")


def _compare_narrowing(a: TextValue, b: TextValue, left: RoleParts, right: RoleParts) -> Comparison:
    if left.narrowing == right.narrowing:
        return Comparison(Relation.EQUAL, "the same role")
    if left.narrowing < right.narrowing or right.narrowing < left.narrowing:
        return Comparison(Relation.FINER, f"one role says more: {a.text} and {b.text}")
    clash = _other_country(left.narrowing, right.narrowing)
    if clash:
        return Comparison(Relation.DIFFERS, f"the same role of different countries: {a.text} and {b.text}")
    return Comparison(Relation.OVERLAPS, f"the same kind of role, narrowed differently: {a.text} and {b.text}")


def _other_country(left: frozenset[str], right: frozenset[str]) -> bool:
    one, other = left & _countries(), right & _countries()
    return bool(one and other and not one & other)


@cache
def _countries() -> frozenset[str]:
    return frozenset(fold(name) for name in load_lexicon("places")["countries"])


def exclude_each_other(left: str, right: str) -> bool:
    """Whether two posts, in plain wording, are on one line of posts that one person does not hold together."""
    if left == right:
        return False
    if any(left in line and right in line for line in _lines("exclusive")):
        return True
    if (
        not (_is_post(left) and _is_post(right))
        or set(left.split()) < set(right.split())
        or set(right.split()) < set(left.split())
    ):
        return left.startswith("deputy ") != right.startswith("deputy ") and left.split()[-2:] == right.split()[-2:]
    return not any(left in line and right in line for line in _lines("together"))


@cache
def _lines(name: str) -> tuple[frozenset[str], ...]:
    """The lines of a list of the lexicon, each post in its plain wording."""
    return tuple(
        frozenset(_heads().get(_plain(role), _plain(role)) for role in line) for line in load_lexicon("roles")[name]
    )


@cache
def _posts() -> frozenset[str]:
    return frozenset(_heads().get(_plain(role), _plain(role)) for role in load_lexicon("roles")["posts"])


def _is_post(head: str) -> bool:
    """Whether a role fills a working life; every minister's and secretary's does."""
    plain = head.removeprefix("deputy ").removeprefix("assistant ")
    return plain in _posts() or (" " in plain and plain.endswith((" minister", " secretary")))
