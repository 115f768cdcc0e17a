"""Names of people in parts: titles off, particles kept with the surname, scripts folded to plain letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from anyascii import anyascii

from reconcile.lexicon import load_lexicon
from reconcile.model import NameValue

_POSSESSIVE = re.compile(r"(?:['’]s?|['’]S)$")
_NICKNAME = re.compile(r"[\"“”„‘(]([^\"“”„’()]{1,30})[\"“”’)]")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['’‘`ʻʼ´]")


def fold(text: str) -> str:
    """Lowercase plain letters: accents off, other scripts transliterated; spaces single."""
    if text.isascii():
        return " ".join(text.split()).lower()
    return _SPACES.sub(" ", anyascii(unicodedata.normalize("NFKC", text))).strip().lower()


def fold_words(text: str) -> list[str]:
    """The folded words of a name; hyphens part words, apostrophes do not."""
    return [word for word in _NOT_WORD.split(_APOSTROPHES.sub("", fold(text))) if word]


@cache
def title_words() -> frozenset[str]:
    """Words that stand before a name as a title, without full stops."""
    titles = load_lexicon("titles")
    words = {*titles["courtesy"], *titles["offices"], *titles["ranks"]}
    return frozenset(fold(word) for word in words)


@cache
def suffix_words() -> frozenset[str]:
    """Words that stand after a name: generations, degrees, honours."""
    return frozenset(load_lexicon("titles")["suffixes"])


@cache
def particle_words() -> frozenset[str]:
    """Small words that belong to the surname after them."""
    return frozenset(load_lexicon("titles")["particles"])


def is_title(word: str) -> bool:
    """Whether a word, with or without its full stop, is a title before a name."""
    return fold(word).rstrip(".") in title_words()


def is_suffix(word: str) -> bool:
    """Whether a word, with or without full stops, stands after a name."""
    return fold(word).replace(".", "") in suffix_words()


def parse_name(text: str) -> NameValue:
    """A person's name in parts; "Surname, Given" is turned round and a lone word is a surname.

    A quoted nickname ('Joseph "Moe" Allen') is kept in ``middle`` in its quotes. Other scripts stay as they are in
    ``full``; the parts are in Latin letters.
    """
    plain = _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    nickname = _NICKNAME.search(plain)
    words, suffix = _split_words(_NICKNAME.sub(" ", plain) if nickname else plain)
    words = words or [plain]
    surname_at = _surname_start(words)
    given = words[0] if surname_at > 0 else ""
    middle = " ".join(words[1:surname_at])
    if nickname:
        middle = f'{middle} "{nickname.group(1).strip()}"'.strip()
    latin = [part if part.isascii() else _transliterate(part) for part in (given, middle, " ".join(words[surname_at:]))]
    full = " ".join([*words, suffix]).strip()
    return NameValue(full=full, given=latin[0], middle=latin[1], surname=latin[2], suffix=suffix)


def _transliterate(part: str) -> str:
    """Latin letters for another script; accented Latin letters stay."""
    if all("LATIN" in unicodedata.name(letter, "") for letter in part if letter.isalpha()):
        return part
    return _APOSTROPHES.sub("", anyascii(part)).strip().title()


def _split_words(text: str) -> tuple[list[str], str]:
    """The words of a name in natural order without titles and possessive, and its suffix."""
    text = _POSSESSIVE.sub("", text.strip(" ,;:")) if len(text) > 3 else text
    head, comma, tail = text.partition(",")
    if comma and tail.strip() and not is_suffix(tail.strip()):
        text = f"{tail} {head}"
    words = [word.strip(",;:") for word in text.split() if word.strip(",;:")]
    while len(words) > 1 and is_title(words[0]):
        words = words[1:]
    suffix = ""
    while len(words) > 1 and is_suffix(words[-1]):
        suffix = f"{words.pop()} {suffix}".strip()
    return words, suffix


def _surname_start(words: list[str]) -> int:
    """Where the surname starts: the last word with the particles before it."""
    at = len(words) - 1
    while at > 0 and _is_particle(words[at - 1]) and (at > 1 or words[0].islower()):
        at -= 1
    return at


def _is_particle(word: str) -> bool:
    """Whether a word of a name is a particle and not an initial."""
    return fold(word) in particle_words() and (len(word) > 1 or word.islower())


def name_key(name: NameValue) -> str:
    """``given surname`` in folded letters: what an entity of this person is filed under."""
    return " ".join([*fold_words(name.given), *fold_words(name.surname)])


@cache
def nickname_table() -> dict[str, frozenset[str]]:
    """For each given name, formal or short, the formal names that it may stand for (itself included)."""
    table: dict[str, set[str]] = {}
    for formal, shorts in load_lexicon("nicknames")["given"].items():
        table.setdefault(formal, set()).add(formal)
        for short in shorts:
            table.setdefault(short, {short}).add(formal)
    return {name: frozenset(formals) for name, formals in table.items()}


@cache
def given_names() -> frozenset[str]:
    """Folded given names of the lexicon, formal and short."""
    return frozenset(nickname_table()) | frozenset(load_lexicon("nicknames")["others"])


def same_given(left: str, right: str) -> bool:
    """Whether two folded given names may be one: equal, a short form, or the other's initial."""
    if left == right:
        return True
    if len(left) == 1 or len(right) == 1:
        return left[:1] == right[:1]
    table = nickname_table()
    return bool(table.get(left, frozenset({left})) & table.get(right, frozenset({right})))
