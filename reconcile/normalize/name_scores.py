"""How alike two names are, word by word: spelling, sound, initials, short forms, joined and scrambled words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from reconcile.normalize.name_parts import same_given

# Letters that transliterations into Latin write in several ways; a name that differs in these only is one name.
_TRANSLITERATIONS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"shch|sch(?=[aeiouy])(?!u)", "shch"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"oo|ou|w(?=[aeiou])", "u"),
        (r"w", "v"),
        (r"y|j(?![aou])", "i"),
        (r"ei|(?<=[^aeiou])ie|i+", "i"),
        (r"q|ck", "k"),
        (r"tz", "ts"),
        (r"(.)\1", r"\1"),
    )
)
# Spellings of one sound in different transliterations, applied in this order to folded words.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"shch|sch|tsch|tch|tsh|sh|sz|x(?=i)", "s"),
        (r"kh|gh|ck|q|c(?=[aoukrl]|$)|g(?=h)", "k"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dzh|dj|zh|j(?=[aou])", "j"),
        (r"ts|tz|z|c(?=[ei])", "s"),
        (r"oo|ou|ow|w(?=[aeiou]|$)", "u"),
        (r"y|j(?![aou])", "i"),
        (r"[aei]i|ie|ee|i+", "i"),
        (r"w", "v"),
        (r"ae|ä", "e"),
        (r"(.)\1", r"\1"),
    )
)
_VOWELS = re.compile(r"[aeiou]")
_LONGEST_WORD = 64
_SCRAMBLED = 0.85
_SHORT = 0.8
_FAR = 3


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A folded word in one spelling of its sounds, so that transliterations agree (Sergei, Sergey, Sergej)."""
    for pattern, plain in _SOUNDS:
        word = pattern.sub(plain, word)
    return word


@lru_cache(maxsize=10_000)
def transliteration(word: str) -> str:
    """A folded word in one of the ways that transliterations spell it (Zelenskyy, Zelensky, Zelenskiy)."""
    for pattern, plain in _TRANSLITERATIONS:
        word = pattern.sub(plain, word)
    return word


@lru_cache(maxsize=10_000)
def skeleton(word: str) -> str:
    """The consonants of a word's sound, with l and r as one."""
    return _VOWELS.sub("", sound(word)).replace("l", "r").replace("h", "").replace("p", "b")


@dataclass(frozen=True, slots=True)
class WordMatch:
    """How alike two words are, between 0 and 1, and why."""

    score: float
    why: str


def compare_words(left: str, right: str, *, other_script: bool = False) -> WordMatch:
    """How alike two folded words of names are; ``other_script`` forgives vowels lost in transliteration."""
    left, right = left[:_LONGEST_WORD], right[:_LONGEST_WORD]
    if left == right:
        return WordMatch(1.0, "equal")
    if not left or not right:
        return WordMatch(0.0, "no word")
    if min(len(left), len(right)) == 1:
        return WordMatch(0.9, "initial") if left[0] == right[0] else WordMatch(0.0, "other initial")
    if sound(left) == sound(right):
        return WordMatch(0.97, "same sound")
    if same_given(left, right):
        return WordMatch(0.92, "short form")
    longest = max(len(left), len(right))
    if other_script and min(len(left), len(right)) > 2 and skeleton(left) == skeleton(right):
        return WordMatch(0.85, "same consonants in another script")
    if longest >= 5 and sorted(left) == sorted(right):
        return WordMatch(_SCRAMBLED, "same letters in another order")
    if longest >= 4 and _differ_in_vowels_only(left, right):
        return WordMatch(0.85, "other vowels")
    edits = min(OSA.distance(left, right), OSA.distance(sound(left), sound(right)))
    score = 1 - edits / longest
    if skeleton(left) == skeleton(right) and left[0] == right[0]:
        score = min(0.9, score + 0.1)
    elif edits >= _FAR:
        return WordMatch(min(score, 0.4), "different")
    elif left[0] != right[0] and not _is_subsequence(*sorted((left, right), key=len)):
        score -= 0.15
    return WordMatch(max(0.0, score), "similar spelling")


def _differ_in_vowels_only(left: str, right: str) -> bool:
    """Whether two words of one length have other vowels in the same places, as transliterations do (Usama, Osama)."""
    if len(left) != len(right) or sum(a != b for a, b in zip(left, right, strict=True)) > len(left) // 4:
        return False
    return all(a == b or (a in "aeiou" and b in "aeiou") for a, b in zip(left, right, strict=True))


def _is_subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two names' words laid side by side: a score, what is left over on each side, and the matched pairs."""

    pairs: tuple[tuple[str, str, float], ...]
    left_over: tuple[str, ...]
    right_over: tuple[str, ...]

    @property
    def score(self) -> float:
        """The mean likeness of the matched words, long words counting more; 0 with no match."""
        total = sum(max(len(a), len(b)) for a, b, _ in self.pairs)
        return sum(score * max(len(a), len(b)) for a, b, score in self.pairs) / total if total else 0.0

    @property
    def worst(self) -> float:
        """The least likeness among matched words of four letters or more."""
        return min((score for a, b, score in self.pairs if max(len(a), len(b)) > 3), default=1.0)

    @property
    def short_mismatch(self) -> bool:
        """Whether two matched words of at most three letters are not spelt nor sounded alike."""
        return any(score < _SHORT for a, b, score in self.pairs if max(len(a), len(b)) <= 3)


_PAIRED = 0.4
_LONGEST = 24


def align(left: Sequence[str], right: Sequence[str], *, other_script: bool = False) -> Alignment:
    """Pair each word with its best partner, best pairs first; words cut or run together are rejoined before."""
    first, second = rejoin(list(left[:_LONGEST]), list(right[:_LONGEST]))
    scored = sorted(
        (
            (compare_words(a, b, other_script=other_script).score, -abs(i - j), -i, -j)
            for i, a in enumerate(first)
            for j, b in enumerate(second)
        ),
        reverse=True,
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs = []
    for score, _, i, j in scored:
        i, j = -i, -j
        if score < _PAIRED or i in used_left or j in used_right:
            continue
        used_left.add(i)
        used_right.add(j)
        pairs.append((first[i], second[j], score))
    return Alignment(
        tuple(pairs),
        tuple(word for i, word in enumerate(first) if i not in used_left),
        tuple(word for j, word in enumerate(second) if j not in used_right),
    )


def rejoin(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Both lists with words joined where neighbours on one side make up one word of the other (Good Will, Goodwill)."""
    return _join_towards(left, right), _join_towards(right, left)


def _join_towards(words: list[str], others: list[str]) -> list[str]:
    """Join neighbouring words that together are (nearly) one word of the other list."""
    targets = [other for other in others if len(other) > 3 and other not in words]
    joined, i = [], 0
    while i < len(words):
        size = next((n for n in (4, 3, 2) if i + n <= len(words) and _makes_one(words[i : i + n], targets)), 1)
        joined.append("".join(words[i : i + size]))
        i += size
    return joined


def _makes_one(parts: list[str], targets: list[str]) -> bool:
    whole = "".join(parts)
    return any(
        abs(len(whole) - len(target)) <= 1 and OSA.distance(whole, target) <= len(whole) // 8 for target in targets
    )
