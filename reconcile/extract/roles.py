"""Role phrases: the words that name a role, the phrase before a name, and whether the role is held now."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from reconcile.extract.lexicon_words import role_nouns
from reconcile.extract.tokens import Tokens
from reconcile.lexicon import load_lexicon
from reconcile.normalize.name_parts import is_title

Extent = tuple[int, int]
Qualifier = Literal["", "former", "acting", "future", "deputy"]

MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
HYPHENS = frozenset({"-", "‐", "‑", "/"})
DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "their", "its", "our", "my", "your", "another", "this", "that", "one"}
)
TAILS = frozenset({"general", "pro", "tem", "tempore", "elect", "emeritus", "designate"})
_NOT_MODIFIERS = frozenset(
    {"year", "years", "day", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
LONGEST_PHRASE = 12


@cache
def _titles() -> frozenset[str]:
    titles = load_lexicon("titles")
    return frozenset(title for kind in ("offices", "ranks") for title in titles[kind])


def is_role_word(tokens: Tokens, i: int) -> bool:
    """Whether a token names a role: a role noun, or a title of office or rank, with or without its stop."""
    word = tokens.low[i].rstrip(".")
    if tokens.pos[i] in {"VERB", "ADV", "ADP"} and not tokens.capital[i]:
        return False
    return word in role_nouns() or word in _titles()


# --- before the name ----------------------------------------------------------------------------


def role_before(tokens: Tokens, name_start: int) -> Extent | None:
    """The role phrase that ends right before a name, or before a comma before it; None where there is none."""
    end = _before_age(tokens, name_start)
    if end > 1 and tokens.text[end - 1] == "." and _is_short_title(tokens, end - 2):
        return _modifiers_before(tokens, end - 2), end
    comma = end > 1 and tokens.text[end - 1] == ","
    if comma:
        end -= 1
    while end > 0 and tokens.text[end - 1] in {'"', "“", "("}:
        end -= 1
    head = _head_before(tokens, end, comma)
    if head is None:
        return None
    start = _modifiers_before(tokens, head)
    determined = start > 0 and tokens.low[start - 1] in DETERMINERS
    if comma and not (determined or _has_possessive(tokens, start, head)):
        return None
    return start, end


def _before_age(tokens: Tokens, end: int) -> int:
    """The end of what stands before "21-year-old" where that stands before a name."""
    words = tokens.low[max(0, end - 5) : end]
    return end - 5 if len(words) == 5 and words[1:] == ["-", "year", "-", "old"] else end


def _is_short_title(tokens: Tokens, i: int) -> bool:
    """Whether a token is a title that takes a full stop ("Lt", "Sgt"), with the stop against it."""
    return is_title(tokens.text[i]) and tokens.capital[i] and len(tokens.text[i]) < 6 and tokens.joined(i + 1)


def _has_possessive(tokens: Tokens, start: int, end: int) -> bool:
    return any(tokens.text[i] in POSSESSIVES for i in range(start, end))


def _head_before(tokens: Tokens, end: int, comma: bool) -> int | None:
    """The role noun that heads the words before ``end``: the last word, or one with "of …" after it."""
    if end <= 0 or "\n" in tokens.text[end - 1]:
        return None
    at = end - 1
    while (
        at > 0
        and tokens.low[at] in TAILS | HYPHENS
        and not (tokens.low[at] == "general" and not _after_role(tokens, at))
    ):
        at -= 1
    if is_role_word(tokens, at):
        return at
    for i in range(end - 1, max(-1, end - 8), -1):
        if tokens.low[i] in {"of", "for"} and i > 0:
            return i - 1 if is_role_word(tokens, i - 1) and (comma or tokens.text[i - 1][0].isupper()) else None
        if tokens.pos[i] not in MODIFIERS | {"DET", "CCONJ"}:
            return None
    return None


def _after_role(tokens: Tokens, at: int) -> bool:
    return at > 0 and tokens.low[at - 1] in {
        "attorney",
        "solicitor",
        "surgeon",
        "secretary",
        "director",
        "-",
        "inspector",
    }


def _modifiers_before(tokens: Tokens, head: int) -> int:
    """Where the phrase of a role noun starts: nouns, adjectives, possessives and demonyms before it."""
    start = head
    title = tokens.text[head][0].isupper()
    while start > 0 and head - start < LONGEST_PHRASE and is_modifier(tokens, start - 1):
        if title and not _narrows_title(tokens, start - 1):
            break
        start -= 1
    while start < head and (tokens.text[start] in POSSESSIVES | HYPHENS or tokens.low[start] in {"year", "old"}):
        start += 1
    return start


def _narrows_title(tokens: Tokens, i: int) -> bool:
    """Whether a word before a capitalised title belongs to it: small words only from a short list ("police Lt.")."""
    word = tokens.text[i]
    return not word[0].islower() or word in POSSESSIVES or word in title_modifiers()


@cache
def title_modifiers() -> frozenset[str]:
    """Words in small letters that narrow a capitalised title."""
    roles = load_lexicon("roles")
    qualifiers = {word for words in roles["qualifiers"].values() for word in words}
    return frozenset({*roles["title_modifiers"], *roles["degrees"], *qualifiers})


def is_modifier(tokens: Tokens, i: int) -> bool:
    """Whether a token can stand before a role noun in its phrase."""
    word = tokens.low[i]
    if tokens.text[i] in POSSESSIVES:
        return True
    if tokens.text[i] in HYPHENS:
        return tokens.joined(i) and i + 1 < len(tokens) and tokens.joined(i + 1)
    if word in {"former", "acting", "then", "now", "deputy", "retired", "outgoing", "incoming", "longtime"}:
        return True
    if word == "year" and i + 1 < len(tokens) and tokens.text[i + 1] in HYPHENS:
        return True
    if tokens.pos[i] == "VERB" and i > 0 and tokens.low[i - 1] in DETERMINERS and word.endswith(("ed", "ing")):
        return True
    if tokens.pos[i] == "NUM" and (":" in word or (word.isdigit() and not _is_age(tokens, i))):
        return False
    return tokens.pos[i] in MODIFIERS and word not in _NOT_MODIFIERS and "\n" not in tokens.text[i]


def _is_age(tokens: Tokens, i: int) -> bool:
    """Whether a number starts "21-year-old" or follows "No."."""
    hyphen = i + 1 < len(tokens) and tokens.text[i + 1] in HYPHENS
    return hyphen or (i > 0 and tokens.low[i - 1] == "no.")


@cache
def _qualifier_words() -> dict[str, Qualifier]:
    return {word: kind for kind, words in load_lexicon("roles")["qualifiers"].items() for word in words}


def read_qualifier(tokens: Tokens, extent: Extent) -> Qualifier:
    """Whether a role is former, acting, future or a deputy's, by the first such word in or right before its phrase."""
    words = _qualifier_words()
    for i in range(max(0, extent[0] - 1), extent[1]):
        for part in re.split(r"[-‑]", tokens.low[i]):
            kind = words.get(part)
            if kind and not (part in {"vice", "past", "late", "assistant"} and i >= extent[0]):
                return kind
    return ""
