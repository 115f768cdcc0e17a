"""Organisations in an article: the model's and those known by their last word, with acronyms joined to full names."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from reconcile.extract.lexicon_words import role_nouns
from reconcile.extract.tokens import Tokens
from reconcile.lexicon import load_lexicon
from reconcile.normalize.name_parts import fold, is_title

_STOPPED = re.compile(r"^(?:[A-Za-z]\.){2,}[A-Za-z]?\.?$")
_DEPARTMENT = re.compile(r"^(\w+) (department|ministry)$")
_LOCAL_FORCES = frozenset({"police", "fire", "sheriff", "sheriffs"})
_LABELS = frozenset({"ORG"})
_SKIPPED = frozenset({"of", "the", "and", "for", "&", "in", "on", "de", "to", "'s", "’s"})


@cache
def _bodies() -> dict[str, str]:
    """Every name of a well-known body, folded and without "the", with the name that it is filed under."""
    table: dict[str, str] = {}
    for body, names in load_lexicon("organisations")["bodies"].items():
        for name in (body, *names):
            table[organisation_words(name)] = organisation_words(body)
    return table


def organisation_words(name: str) -> str:
    """A name folded for comparing: no article, no stops in an acronym."""
    plain = fold(name).removeprefix("the ").strip()
    return plain.replace(".", "") if _STOPPED.match(plain) else plain


def is_body(name: str) -> bool:
    """Whether a name is that of a well-known body."""
    return organisation_words(name) in _bodies()


@cache
def organisation_words_at_end() -> frozenset[str]:
    """Small-letter words that end organisations' names and no place's."""
    heads = {word.lower() for word in load_lexicon("organisations")["heads"]}
    places = load_lexicon("places")
    sites = {word.split()[-1].lower() for kind in places["sites"].values() for word in kind}
    return frozenset(
        heads - sites - {word.lower() for word in places["streets"]} - {"county", "city", "state", "states"}
    )


def organisation_key(name: str) -> str:
    """What an organisation's entity is filed under; the State Department is the Department of State."""
    words = organisation_words(name)
    national = words.removeprefix("u.s. ")
    words = national if national in _bodies() or national.endswith(("court", "senate", "house")) else words
    words = _bodies().get(words, words)
    turned = _DEPARTMENT.match(words)
    if turned and turned.group(1) not in _LOCAL_FORCES:
        words = f"{turned.group(2)} of {turned.group(1)}"
    return f"organisation:{words}"


def find_organisations(tokens: Tokens, runs: list[tuple[int, int]], taken: set[int]) -> list[tuple[int, int]]:
    """Token ranges of organisations' names outside the tokens that people and places have taken."""
    found = [run for run in runs if _is_organisation_run(tokens, run) and not any(i in taken for i in range(*run))]
    taken = taken | {i for run in found for i in range(*run)}
    i, size = 0, len(tokens)
    while i < size:
        if i in taken or tokens.entity[i] not in _LABELS:
            i += 1
            continue
        start = i
        while i < size and tokens.entity[i] in _LABELS and i not in taken and "\n" not in tokens.text[i]:
            i += 1
        extent = _trim(tokens, start, i)
        if extent:
            found.append(extent)
        i = max(i, start + 1)
    return sorted(found)


def _is_organisation_run(tokens: Tokens, run: tuple[int, int]) -> bool:
    """Whether a run of capitalised words that the model misses or misreads ends in an organisation's word."""
    start, end = run
    if end - start < 2 or tokens.low[end - 1] not in organisation_words_at_end():
        return False
    return tokens.entity[end - 1] in {"", "GPE", "LOC", "FAC", "PERSON"} and not tokens.sentence_start[start]


def _trim(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    """The range without article and possessive, or nothing where it is only a title, a role or a common word."""
    while start < end and (tokens.low[start] in _SKIPPED or not any(map(str.isalnum, tokens.text[start]))):
        start += 1
    while end > start and (tokens.low[end - 1] in _SKIPPED or not any(map(str.isalnum, tokens.text[end - 1]))):
        end -= 1
    if start >= end or not any(tokens.text[i][:1].isupper() for i in range(start, end)):
        return None
    if end - start == 1:
        word = tokens.text[start]
        if tokens.low[end : end + 1] in (["secretary"], ["minister"]):
            return None
        if is_title(word) or tokens.low[start] in role_nouns() or tokens.low[start] in _COMMON:
            return None
    return start, end


_COMMON = frozenset(
    {"defense", "defence", "state", "department", "deputy", "court", "police", "city", "county", "committee"}
)


def group_organisations(
    tokens: Tokens, ranges: list[tuple[int, int]], taken: set[int]
) -> dict[str, list[tuple[int, int]]]:
    """Ranges by entity key; an acronym spelt by a full name's initials joins it, also where the model missed it."""
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    acronyms: dict[str, str] = {}
    for start, end in ranges:
        key = organisation_key(tokens.words(start, end))
        initials = "".join(tokens.text[i][0] for i in range(start, end) if tokens.text[i][:1].isupper())
        if end - start >= 2 and len(initials) >= 2:
            acronyms.setdefault(initials.lower(), key)
        groups[key].append((start, end))
    for key in list(groups):
        name = key.removeprefix("organisation:")
        full = acronyms.get(name)
        if full and full != key and name.isalpha():
            groups[full].extend(groups.pop(key))
    found = {i for extents in groups.values() for extent in extents for i in range(*extent)}
    for i, word in enumerate(tokens.text):
        if len(word) > 2 and word.isupper() and i not in found and i not in taken:
            full = acronyms.get(word.replace(".", "").lower())
            if full:
                groups[full].append((i, i + 1))
    return groups
