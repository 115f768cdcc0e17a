"""Who is named in an article: mentions of people found by the model or by their surroundings, and grouped by person."""

from __future__ import annotations

import re
from collections.abc import Collection

from reconcile.extract.lexicon_words import organisation_heads, role_nouns
from reconcile.extract.person_groups import (
    SPEECH,
    Person,
    add_spouses,
    group_full_names,
    later_names,
    link_singles,
    trim,
)
from reconcile.extract.tokens import QUOTES, Tokens, names_aged
from reconcile.normalize.frequency import article_share
from reconcile.normalize.name_parts import fold, is_suffix, is_title, parse_name, particle_words

_AGE = re.compile(r"\d{1,3}$")


def find_people(
    tokens: Tokens,
    runs: list[tuple[int, int]],
    taken: Collection[int],
    places: frozenset[str],
    local: frozenset[str] = frozenset(),
) -> list[Person]:
    """The people of an article in order of first mention.

    ``taken`` are tokens that belong to addresses and datelines, ``places`` folded names that are places unless
    something says otherwise, ``local`` those that this article uses of a place. Each mention is a token range without
    title and possessive.
    """
    ranges = _named_ranges(tokens, runs, set(taken), places)
    people = group_full_names(tokens, [r for r in ranges if _is_full(tokens, r)])
    singles = [r for r in ranges if not _is_full(tokens, r)]
    used = {i for person in people for r in person.mentions for i in range(*r)} | set(taken)
    singles += later_names(tokens, runs, people, used | {i for r in singles for i in range(*r)}, places)
    surnames = {fold(person.name.surname) for person in people}
    known = surnames | {fold(person.name.given) for person in people}
    lower = {word for word, text in zip(tokens.low, tokens.text, strict=True) if text == word}
    singles = [r for r in singles if not (_is_local(tokens, r, local, surnames) or _is_word(tokens, r, lower, known))]
    singles = add_spouses(tokens, people, sorted(singles))
    link_singles(tokens, people, singles)
    for person in people:
        person.mentions.sort()
    return sorted(people, key=lambda person: person.mentions[0])


def _is_local(tokens: Tokens, name: tuple[int, int], local: frozenset[str], surnames: set[str]) -> bool:
    """Whether a lone name is a place of this article and no surname: no title before it and no verb of speech after."""
    word = fold(tokens.words(*name))
    before, after = name[0] - 1, name[1]
    said = after < len(tokens) and tokens.low[after] in SPEECH
    return word in local and word not in surnames and not said and not (before >= 0 and is_title(tokens.text[before]))


def _is_word(tokens: Tokens, name: tuple[int, int], lower: set[str], known: set[str]) -> bool:
    """Whether a lone name is a suffix, a family in the plural, or a word that the article also writes small."""
    words = tokens.low[name[0] : name[1]]
    if all(is_suffix(word) for word in words):
        return True
    word = fold(tokens.words(*name))
    if word in known:
        return False
    family = word.removesuffix("s") in known or word.removesuffix("es") in known
    return family or (len(words) == 1 and words[0] in lower)


def _named_ranges(
    tokens: Tokens, runs: list[tuple[int, int]], taken: set[int], places: frozenset[str]
) -> list[tuple[int, int]]:
    """Token ranges that name somebody, none overlapping, longest evidence first."""
    found: list[tuple[int, int]] = []
    for start, end in runs:
        for piece in _pieces(tokens, start, end, taken):
            found.extend(_judge_run(tokens, piece[0], piece[1], places))
    return sorted(found)


def _pieces(tokens: Tokens, start: int, end: int, taken: set[int]) -> list[tuple[int, int]]:
    """The parts of a run that no address has taken."""
    pieces, at = [], start
    for i in range(start, end + 1):
        if i == end or i in taken:
            if i > at:
                pieces.append((at, i))
            at = i + 1
    return pieces


def _judge_run(tokens: Tokens, start: int, end: int, places: frozenset[str]) -> list[tuple[int, int]]:
    """The names of people in one run of capitalised words: by title, by model, by age or by a role noun before."""
    titled = _after_titles(tokens, start, end)
    if titled is not None:
        name = trim(tokens, titled, end)
        return [name] if name and _could_name(tokens, name) else []
    found = []
    for first, last in _model_people(tokens, start, end):
        name = trim(tokens, *_widen(tokens, first, last, start, end))
        if name and _could_name(tokens, name) and not _is_place(tokens, name, places):
            found.append(name)
    if not found:
        name = trim(tokens, start, end)
        if name and _has_context(tokens, name) and _could_name(tokens, name) and not _is_place(tokens, name, places):
            found.append(name)
    return found


def _after_titles(tokens: Tokens, start: int, end: int) -> int | None:
    """Where the name starts after the last title in a run, if there is one and a word follows it."""
    place = None
    for i in range(start, min(end - 1, start + 8)):
        if is_title(tokens.text[i]) and not _same_organisation(tokens, i) and tokens.low[i + 1] not in _ROLE_TAILS:
            place = i + 1
            if tokens.text[i + 1] == "." and i + 2 < end:
                place = i + 2
    if start > 0 and is_title(tokens.text[start - 1]) and tokens.low[start - 1].endswith("."):
        place = place or start
    return place


_CALLED = frozenset({"identified", "named", "known", "identify", "identifies"})
_NOT_NAMES = frozenset(
    {"democratic", "republican", "police", "vice", "state", "attorney", "defense", "defence", "national"}
)
_ROLE_TAILS = frozenset({"of", "pro", "general", "elect", "emeritus", "-"})


def _same_organisation(tokens: Tokens, i: int) -> bool:
    """Whether a title word is inside an organisation's or place's name as the model sees it ("General Motors")."""
    inside = tokens.entity[i] in {"ORG", "FAC", "GPE", "LOC", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT"}
    return inside and tokens.entity[i + 1] == tokens.entity[i] and "." not in tokens.text[i]


def _model_people(tokens: Tokens, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches of a run that the model calls a person, initials and suffix included."""
    found, i = [], start
    while i < end:
        if tokens.entity[i] != "PERSON":
            i += 1
            continue
        first = i
        while i < end and tokens.entity[i] == "PERSON":
            i += 1
        while i < end and (is_suffix(tokens.text[i]) or tokens.text[i] in "-‐‑" or tokens.text[i - 1] in "-‐‑"):
            i += 1
        found.append((first, i))
    return found


def _widen(tokens: Tokens, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """A model's name with the unlabelled capitalised words of its run that stand against it on either side."""
    if first - 1 > start and tokens.text[first - 1] in QUOTES and tokens.capital[first - 2]:
        first -= 2
    while first > start and _is_plain_name(tokens, first - 1):
        first -= 1
    while last < end and (_is_plain_name(tokens, last) or _closes_nickname(tokens, last, end)):
        last += 1
    return first, last


def _closes_nickname(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a token belongs to a quoted nickname within a name or is the word after it ("Rob “Ace” Lunt")."""
    opened = range(max(0, i - 3), min(i + 1, end - 3))
    return any(tokens.text[k] in QUOTES and tokens.text[k + 2] in QUOTES for k in opened)


def _is_plain_name(tokens: Tokens, i: int) -> bool:
    """Whether a token is a capitalised word that the model leaves unlabelled and that no list knows."""
    word = tokens.low[i]
    known = is_title(word) or word in role_nouns() or fold(word) in organisation_heads() or word in _NOT_NAMES
    plain = tokens.capital[i] and not tokens.entity[i] and tokens.pos[i] == "PROPN"
    large = tokens.sentence_start[i] and not _is_rare(word)
    return plain and not known and not large and not tokens.text[i].isupper() and len(word) > 2


def _is_rare(word: str) -> bool:
    """Whether a word is in no list of the words of news: at the start of a sentence it is then a name."""
    return len(word) > 3 and article_share(word) <= article_share("")


def _could_name(tokens: Tokens, name: tuple[int, int]) -> bool:
    """Whether a range can be a person's name: no organisation's head word in it, no digit, not all particles."""
    words = [fold(tokens.text[i]) for i in range(*name)]
    if any(any(map(str.isdigit, word)) for word in words) or all(word in particle_words() for word in words):
        return False
    if words[-1] in organisation_heads() and (len(words) > 1 and tokens.entity[name[1] - 1] != "PERSON"):
        return False
    after = name[1]
    return not (after < len(tokens) and tokens.capital[after] and tokens.low[after] in organisation_heads())


def _is_place(tokens: Tokens, name: tuple[int, int], places: frozenset[str]) -> bool:
    return fold(tokens.words(*name)) in places


def _has_context(tokens: Tokens, name: tuple[int, int]) -> bool:
    """Whether what stands beside a run shows it to be a person: an age on either side, or a role noun right before."""
    start, end = name
    if names_aged(tokens, start, end):
        return True
    after = end
    if (
        end - start >= 2
        and after + 1 < len(tokens)
        and tokens.text[after] == ","
        and _AGE.match(tokens.text[after + 1])
    ):
        closing = tokens.text[after + 2] if after + 2 < len(tokens) else "."
        if closing in {",", ".", ")", ";", "and", "of"} and int(tokens.text[after + 1]) < 120:
            return True
    if end - start >= 2 and _precedes_age(tokens, end):
        return True
    before = start - 1
    if (
        before >= 0
        and tokens.low[before] == "as"
        and any(w in _CALLED for w in tokens.low[max(0, before - 5) : before])
    ):
        return True
    if before < 0 or tokens.joined(start) or tokens.entity[start] in {"ORG", "GPE", "NORP", "FAC", "LOC"}:
        return False
    return tokens.low[before] in role_nouns() and not tokens.low[before].endswith("s")


def _precedes_age(tokens: Tokens, end: int) -> bool:
    """Whether ", a 21-year-old" follows a name."""
    return (
        tokens.text[end : end + 1] == [","]
        and tokens.low[end + 1 : end + 2] in (["a"], ["an"])
        and ("old" in tokens.low[end + 3 : end + 7] and "year" in tokens.low[end + 3 : end + 6])
    )


def _is_full(tokens: Tokens, name: tuple[int, int]) -> bool:
    """Whether a range holds a given name and a surname."""
    return bool(parse_name(tokens.words(*name)).given)
