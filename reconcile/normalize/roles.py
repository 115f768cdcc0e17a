"""Roles in one wording ("minister of defence" is "defence minister"), and how two roles compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

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
    words = [word.replace(".", "").rstrip("'") for word in _WORD.findall(plain)]
    return [spellings.get(word, word) for word in words]


def _turn(words: list[str]) -> list[str]:
    """ "secretary of defence" as "defence secretary"; only the first "of" or "for" is turned."""
    for link in ("of", "for", "to"):
        if link in words[1:-1]:
            at = words.index(link, 1)
            rest = [word for word in words[at + 1 :] if word not in _LINKS]
            return [*rest, *(word for word in words[:at] if word not in _LINKS)]
    return [word for word in words if word not in _LINKS]


def split_role(text: str) -> RoleParts:
    """A role's head, what narrows it, and whether it is former, acting or yet to come."""
    _, _, qualifiers, degrees = _lexicon()
    words = _words(text)
    time = next((qualifiers[w] for w in words if qualifiers.get(w) in {"former", "acting", "future"}), "")
    kept = [word for word in words if qualifiers.get(word) not in {"former", "acting", "future"}]
    turned = _turn(kept or words)
    head, start = _find_head(turned)
    narrowing = [word for i, word in enumerate(turned) if not start <= i < start + len(head.split()) or not head]
    name = _heads().get(head, head)
    return RoleParts(name, frozenset(_lone(word) for word in narrowing if word not in degrees), time)


def _find_head(words: list[str]) -> tuple[str, int]:
    """The longest role of the lexicon among the words, the last one first, and where it starts."""
    heads = _heads()
    for size in range(min(5, len(words)), 0, -1):
        for start in range(len(words) - size, -1, -1):
            wording = " ".join(words[start : start + size])
            if wording in heads:
                return wording, start
            single = _singular(words[start + size - 1])
            if single and " ".join([*words[start : start + size - 1], single]) in heads:
                words[start + size - 1] = single
                return " ".join(words[start : start + size]), start
    return (words[-1], len(words) - 1) if words else ("", 0)


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
    if left.time != right.time and (left.head == right.head or exclusive):
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


def _compare_times_held(a: TextValue, b: TextValue, left: RoleParts, right: RoleParts) -> Comparison:
    times = {left.time, right.time}
    if left.head != right.head:
        return Comparison(Relation.OVERLAPS, f"{a.text} and {b.text} are of different times")
    if times == {"former", ""} or times == {"acting", ""} or times == {"future", ""}:
        word = (left.time or right.time).replace("future", "elect or designate")
        return Comparison(Relation.OVERLAPS, f"the same role, but only one calls it {word}")
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
    countries = {fold(name) for name in load_lexicon("places")["countries"]}
    one, other = left & countries, right & countries
    return bool(one and other and not one & other)


def exclude_each_other(left: str, right: str) -> bool:
    """Whether two posts, in plain wording, are on one line of posts that one person does not hold together."""
    for line in load_lexicon("roles")["exclusive"]:
        plain = {_heads().get(_plain(role), _plain(role)) for role in line}
        if left in plain and right in plain:
            return left != right
    return False
