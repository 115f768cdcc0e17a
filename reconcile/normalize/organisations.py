"""Names of organisations: legal forms set apart, acronyms, numbers and spellings made one, and how two compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from reconcile.lexicon import load_lexicon
from reconcile.normalize.name_parts import fold, fold_words
from reconcile.normalize.name_scores import Alignment, align
from reconcile.normalize.places import gazetteer

_GLUED = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я]{2,}\b)")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_ALIASES = re.compile(r"\s*/\s*|\ba\.?k\.?a\.?\b", re.IGNORECASE)
_STOPPED = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b|\b(?:[a-z]\.){2,}", re.IGNORECASE)
_LINKS = frozenset({"the", "of", "and", "for", "in", "de", "et", "und", "y", "a", "an"})
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_PERCENT = re.compile(r"(\d)\s?%")


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation's name taken apart: core words, classes of its legal forms, and words that were in brackets."""

    core: tuple[str, ...]
    forms: frozenset[str]
    bracketed: tuple[str, ...]


@cache
def _legal_phrases() -> dict[tuple[str, ...], str]:
    """Every spelling of a legal form as words, with its class."""
    forms = load_lexicon("organisations")["legal_forms"]
    return {
        tuple(fold_words(phrase)): kind for kind, phrases in forms.items() for phrase in phrases if fold_words(phrase)
    }


@cache
def _legal_words() -> frozenset[str]:
    """Long words of legal forms, which are recognized with one letter wrong."""
    return frozenset(word for phrase in _legal_phrases() for word in phrase if len(word) > 6)


@cache
def _spellings() -> dict[str, str]:
    table: dict[str, str] = {}
    for plain, others in load_lexicon("organisations")["spellings"].items():
        for other in others:
            table["".join(fold_words(other)) or other] = plain
    return table


def parse_organisation(text: str) -> OrganisationName:
    """The parts of an organisation's name; where nothing but a legal form is left, that is its core."""
    text = _GLUED.sub(" ", text.replace("’s ", " ").replace("'s ", " "))
    text = _STOPPED.sub(lambda match: match.group().replace(".", "") + " ", text)
    text = _PERCENT.sub(r"\1 percent", text)
    bracketed = tuple(word for inside in _BRACKETS.findall(text) for word in fold_words(inside))
    words = [_mend(word) for word in fold_words(_BRACKETS.sub(" ", text))]
    core, forms = _take_forms(words)
    _, inner = _take_forms([_mend(word) for word in bracketed])
    return OrganisationName(tuple(_plain_words(core or words)), forms | inner, bracketed)


def _mend(word: str) -> str:
    """A long word of a legal form with one letter wrong, put right."""
    if len(word) < 6 or word in _legal_words():
        return word
    return next((legal for legal in sorted(_legal_words()) if OSA.distance(word, legal, score_cutoff=1) <= 1), word)


def _take_forms(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """The words without legal forms, and the forms' classes; the longest form is read first."""
    phrases = _legal_phrases()
    longest = max(len(phrase) for phrase in phrases)
    core: list[str] = []
    forms: set[str] = set()
    i = 0
    while i < len(words):
        size = next((n for n in range(min(longest, len(words) - i), 0, -1) if tuple(words[i : i + n]) in phrases), 0)
        if size:
            forms.add(phrases[tuple(words[i : i + size])])
            i += size
        else:
            core.append(words[i])
            i += 1
    return core, frozenset(forms)


@cache
def _numbers() -> dict[str, str]:
    """Number words, cardinal, ordinal and Roman, with their digits."""
    table = load_lexicon("organisations")["numbers"]
    return {word: str(number) for number, words in table.items() for word in words}


def _plain_words(words: list[str]) -> list[str]:
    """Core words in one spelling: numbers as digits, abbreviations in full, no articles and links."""
    plain: list[str] = []
    for word in words:
        word = _spellings().get(word, word)
        ordinal = _ORDINAL.match(word)
        if ordinal:
            word = ordinal.group(1)
        word = _numbers().get(word, word)
        if plain and _continues_number(plain[-1], word):
            plain[-1] = plain[-1][0] + word
        elif word not in _LINKS:
            plain.append(word)
    return plain or words


def _continues_number(tens: str, ones: str) -> bool:
    """Whether two numbers are one said in two words (forty four)."""
    return len(tens) == 2 and tens.isdecimal() and tens[1] == "0" and len(ones) == 1 and ones.isdecimal()


def same_organisation(left: str, right: str) -> tuple[bool, float, str]:
    """Whether two names are one organisation's: ``(same, score, why)``."""
    if fold(left) == fold(right):
        return True, 1.0, "the same name"
    best = (False, 0.0, "nothing to compare")
    for one in _split_aliases(left):
        for other in _split_aliases(right):
            best = max(
                best, _compare_forms(parse_organisation(one), parse_organisation(other)), key=lambda r: (r[0], r[1])
            )
    return best


def _split_aliases(text: str) -> list[str]:
    parts = [part for part in _ALIASES.split(text) if part and any(map(str.isalnum, part))]
    return parts or [text]


def _compare_forms(left: OrganisationName, right: OrganisationName) -> tuple[bool, float, str]:
    if not left.core or not right.core:
        return False, 0.0, "a name without words"
    if forms_conflict(left.forms, right.forms):
        return False, 0.3, f"different legal forms: {_join(left.forms)} and {_join(right.forms)}"
    if is_acronym(left.core, right.core) or is_acronym(right.core, left.core):
        return True, 0.9, "one is the other's acronym"
    return judge(align(left.core, right.core))


def _join(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))


_LIKE = ({"limited", "llc"}, {"joint stock", "open joint stock"}, {"joint stock", "closed joint stock"})


def forms_conflict(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of legal forms cannot be one company's; a form that only one name gives never conflicts."""
    weak = {"corporation"}
    first, second = left - weak, right - weak
    if not first or not second or first & second:
        return False
    return not any(a in like and b in like for like in _LIKE for a in first for b in second)


def is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name is the initials of another, with or without a country beside it."""
    words = [word for word in short if not _is_geographic(word)] or list(short)
    if len(words) != 1 or not 2 <= len(words[0]) <= 8 or len(long) < 2:
        return False
    return words[0] == "".join(word[0] for word in long)


def _is_geographic(word: str) -> bool:
    return word in gazetteer() or word in {"europe", "asia", "africa", "america", "usa", "uk", "eu"}


def judge(alignment: Alignment) -> tuple[bool, float, str]:
    """The verdict on two laid-out names: every core word must have its partner, places and a first number apart."""
    left = [word for word in alignment.left_over if not _may_lack(word)]
    right = [word for word in alignment.right_over if not _may_lack(word)]
    score = alignment.score
    if not alignment.pairs:
        return False, 0.0, "no word in common"
    elsewhere = [word for word in alignment.left_over if _is_geographic(word)]
    if elsewhere and any(_is_geographic(word) for word in alignment.right_over):
        return False, 0.5, "bodies of different places"
    if left or right:
        lacking = " ".join([*left, *right])
        shared = sum(len(a) for a, _, _ in alignment.pairs)
        total = shared + sum(map(len, (*left, *right)))
        return False, round(min(0.69, score * shared / total), 4), f"no partner for: {lacking}"
    bad = next(((a, b) for a, b, s in alignment.pairs if s < 0.72 or (len(a) < 4 and len(b) < 4 and s < 0.9)), None)
    if bad:
        return False, round(min(0.69, score), 4), f"{bad[0]!r} and {bad[1]!r} differ"
    return score >= 0.85, round(score, 4), "every word has its partner"


def _may_lack(word: str) -> bool:
    return word == "1" or _is_geographic(word)
