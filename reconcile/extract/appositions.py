"""What an article says a person is: roles before and after the name, party, affiliation and home, with evidence."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import Literal

from reconcile.extract.lexicon_words import organisation_heads, role_nouns
from reconcile.extract.roles import (
    DETERMINERS,
    HYPHENS,
    LONGEST_PHRASE,
    POSSESSIVES,
    TAILS,
    Extent,
    is_modifier,
    is_role_word,
    read_qualifier,
    role_before,
)
from reconcile.extract.tokens import Tokens
from reconcile.lexicon import load_lexicon
from reconcile.model import Attribute, Span
from reconcile.normalize.places import street_words

_COMPLEMENTS = frozenset({"of", "for", "to", "at", "in", "on", "with"})
_COPULAS = frozenset(
    {"is", "was", "are", "were", "became", "becomes", "remains", "remained", "be", "been", "being", "'s", "’s"}
)
_OPENERS = frozenset({",", "--", "—", "–", "-", "("})
_AS_REACH = 14
_STATE = r"(?:[NSW]\. ?[A-Z][a-z]*\.?|[A-Z][\w.]*(?: [A-Z][a-z]+)?)"
PARTY = re.compile(
    rf"\s?(?:\(|, ?)((?:[RDI]|DFL|Rep|Dem|Ind|Lab|Con)\.?[-–]{_STATE})(?=[),;\s]|$)"
    r"|\s?\(([A-Z][a-z]{1,4}\.|[A-Z]\.[A-Z]\.)\)"
)


def find_attributes(text: str, tokens: Tokens, mentions: list[Extent]) -> dict[Extent, list[Attribute]]:
    """For each mention of a person (a token range) the roles, affiliation and home that stand beside it."""
    others = {i for mention in mentions for i in range(*mention)}
    found: dict[Extent, list[Attribute]] = {}
    shared: tuple[Extent, int] | None = None
    for mention in sorted(mentions):
        items: list[Attribute] = []
        before = role_before(tokens, mention[0])
        if before is None and shared and _continues(tokens, shared[1], mention[0]):
            before = shared[0]
        shared = (before, mention[1]) if before and _is_plural(tokens, before) else None
        if before:
            items.append(_role(tokens, before, mention))
            earlier = role_before(tokens, before[0]) if is_role_word(tokens, before[0] - 1) else None
            if earlier and not others.intersection(range(*earlier)):
                items.append(_role(tokens, earlier, mention))
        items.extend(_after(text, tokens, mention, others))
        items.extend(_as_role(tokens, mention, others))
        if items:
            found[mention] = items
    return found


def party_tokens(text: str, tokens: Tokens) -> set[int]:
    """The tokens of party labels ("R-Texas"), which are no names of their own."""
    found: set[int] = set()
    for match in PARTY.finditer(text):
        if match.group(1):
            found.update(range(bisect_left(tokens.start, match.start(1)), bisect_left(tokens.start, match.end(1))))
    return found


def _role(tokens: Tokens, extent: Extent, holder: Extent) -> Attribute:
    return Attribute(
        "role", tokens.words(*extent), tokens.span(*extent), read_qualifier(tokens, extent), tokens.span(*holder)
    )


def _is_plural(tokens: Tokens, extent: Extent) -> bool:
    last = extent[1] - 2 if tokens.text[extent[1] - 1] == "." else extent[1] - 1
    word = tokens.low[last].rstrip(".")
    return word.endswith("s") and word[:-1] in role_nouns() | {"sen", "rep", "gov", "sgt", "det"}


def _continues(tokens: Tokens, end: int, start: int) -> bool:
    """Whether two names stand in one list, with only commas, "and", homes and parties between them."""
    if start - end > 8:
        return False
    return all(
        tokens.low[i] in {",", "and", "&", "of", "(", ")", "-"} or tokens.pos[i] in {"PROPN", "PUNCT"}
        for i in range(end, start)
    )


# --- after the name -----------------------------------------------------------------------------


def _after(text: str, tokens: Tokens, mention: Extent, others: set[int]) -> list[Attribute]:
    """Party, home, apposition and copula after a name."""
    items: list[Attribute] = []
    at = mention[1]
    for _ in range(4):
        if at >= len(tokens):
            break
        party = PARTY.match(text, tokens.end[at - 1])
        if party:
            span = Span(*party.span(1 if party.group(1) else 2))
            items.append(_attribute("affiliation", text, span, tokens, mention))
            at = _token_after(tokens, at, party.end())
            continue
        if tokens.text[at] in {")", "]"}:
            at += 1
            continue
        step = _step(text, tokens, at, mention, others)
        if step is None:
            break
        attribute, at = step
        if attribute:
            items.append(attribute)
            items.extend(_second_role(tokens, attribute, mention, others))
    return items


def _as_role(tokens: Tokens, mention: Extent, others: set[int]) -> list[Attribute]:
    """The role in "as …" later in the sentence, where no other name stands between ("worked as a lawyer")."""
    for at in range(mention[1], min(len(tokens), mention[1] + _AS_REACH)):
        if tokens.sentence_start[at] or at in others:
            break
        if tokens.low[at] == "as":
            role = _noun_phrase(tokens, at + 1, others, mention, copula=True)
            return [role] if role else []
    return []


def _second_role(tokens: Tokens, first: Attribute, mention: Extent, others: set[int]) -> list[Attribute]:
    """The role joined to a role by "and" ("a lawyer and former judge")."""
    at = bisect_left(tokens.start, first.span.end)
    if first.kind != "role" or at + 1 >= len(tokens) or tokens.low[at] != "and":
        return []
    second = _noun_phrase(tokens, at + 1, others, mention, copula=False)
    return [second] if second else []


def _attribute(
    kind: Literal["role", "affiliation", "home"], text: str, span: Span, tokens: Tokens, holder: Extent
) -> Attribute:
    return Attribute(kind, span.of(text), span, "", tokens.span(*holder))


def _token_after(tokens: Tokens, at: int, offset: int) -> int:
    return max(at, bisect_left(tokens.start, offset))


def _step(text: str, tokens: Tokens, at: int, mention: Extent, others: set[int]) -> tuple[Attribute | None, int] | None:
    """One more thing said after a name at token ``at``, and where to go on; None at the end of such things."""
    word = tokens.low[at]
    if word in _COPULAS and word not in POSSESSIVES:
        return _ending(_noun_phrase(tokens, at + 1, others, mention, copula=True))
    if word == "of" and at + 1 < len(tokens) and tokens.capital[_skip_article(tokens, at + 1)]:
        return _home(text, tokens, at + 1, mention, others)
    if word == "who":
        return _relative(tokens, at, mention, others)
    if word not in _OPENERS or at + 2 >= len(tokens):
        return None
    after = at + 1
    if tokens.text[after].isdigit():
        return None, after + 1
    if tokens.low[after] == "of":
        return None, after
    if tokens.low[after] == "who":
        return _relative(tokens, after, mention, others)
    phrase = _noun_phrase(tokens, after, others, mention, copula=False)
    return (phrase, _token_after(tokens, after, phrase.span.end)) if phrase else None


@cache
def _appointing() -> frozenset[str]:
    """Participles that give somebody a post ("was appointed minister")."""
    return frozenset(load_lexicon("roles")["appointing"])


def _ending(attribute: Attribute | None) -> tuple[Attribute | None, int] | None:
    """A copula's role, after which nothing more is read."""
    return (attribute, 1 << 30) if attribute else None


def _skip_article(tokens: Tokens, at: int) -> int:
    return at + 1 if tokens.low[at] == "the" and at + 1 < len(tokens) else at


def _home(text: str, tokens: Tokens, at: int, mention: Extent, others: set[int]) -> tuple[Attribute, int] | None:
    """A home ("of Central Harlem") or, for an organisation, an affiliation ("of the Harbour Commission")."""
    start = _skip_article(tokens, at)
    end = start
    while end < len(tokens) and (
        tokens.capital[end] or (tokens.low[end] == "of" and end + 1 < len(tokens) and tokens.capital[end + 1])
    ):
        end += 1
    if any(i in others for i in range(start, end)):
        return None
    street = tokens.low[end - 1].rstrip(".") in street_words()
    organised = not street and any(
        tokens.entity[i] == "ORG" or tokens.low[i] in organisation_heads() for i in range(start, end)
    )
    kind: Literal["affiliation", "home"] = "affiliation" if organised else "home"
    return _attribute(kind, text, tokens.span(start, end), tokens, mention), end


def _relative(tokens: Tokens, at: int, mention: Extent, others: set[int]) -> tuple[Attribute | None, int] | None:
    """ "who is a lawyer", "who served as secretary of state"."""
    i = at + 1
    while i < min(len(tokens), at + 5) and (tokens.pos[i] in {"AUX", "ADV", "VERB"} or tokens.low[i] == "as"):
        i += 1
    if i == at + 1 or not (tokens.low[i - 1] in _COPULAS or tokens.low[i - 1] == "as"):
        return None
    return _ending(_noun_phrase(tokens, i, others, mention, copula=True))


def _noun_phrase(tokens: Tokens, at: int, others: set[int], mention: Extent, *, copula: bool) -> Attribute | None:
    """The role that a noun phrase at a token names, if its head is a role noun and it holds no other person's name."""
    size = len(tokens)
    while (
        at < size
        and (tokens.pos[at] == "ADV" or tokens.low[at] in {"not", "both", "also", "then", "now"})
        and not is_role_word(tokens, at)
    ):
        at += 1
    if copula and at + 1 < size and tokens.low[at] in _appointing():
        at += 2 if tokens.low[at + 1] in {"as", "to"} else 1
    start = at
    while start < size and tokens.low[start] in DETERMINERS:
        start += 1
    end, head = start, -1
    while end < size and end - start < LONGEST_PHRASE and (is_modifier(tokens, end) or is_role_word(tokens, end)):
        if end in others and not _possessive_name(tokens, end, others):
            return None
        head = end
        end += 1
    if head < start or tokens.low[head] in POSSESSIVES or not _is_role_head(tokens, start, head):
        return None
    if not copula and _is_clause_subject(tokens, end):
        return None
    end = _complement_end(tokens, end)
    return _role(tokens, (start, end), mention)


def _possessive_name(tokens: Tokens, i: int, others: set[int]) -> bool:
    """Whether a name at a token is only the possessor in a longer phrase ("President Ford's first adviser")."""
    while i < len(tokens) and i in others:
        i += 1
    return i < len(tokens) and tokens.text[i] in POSSESSIVES


def _is_role_head(tokens: Tokens, start: int, head: int) -> bool:
    """Whether the last word of a phrase names a role in the singular; a lone title before a name does not count."""
    at = head
    while at > start and tokens.low[at] in TAILS | HYPHENS and not is_role_word(tokens, at):
        at -= 1
    word = tokens.low[at].rstrip(".")
    if not is_role_word(tokens, at):
        return False
    return not (word.endswith("s") and word[:-1] in role_nouns())


def _is_clause_subject(tokens: Tokens, end: int) -> bool:
    """Whether what looks like an apposition goes on as a clause of its own ("…, spokesman said")."""
    return (
        end < len(tokens)
        and tokens.pos[end] in {"VERB", "AUX"}
        and tokens.low[end] not in {"based", "named", "called", "known", "representing"}
    )


def _complement_end(tokens: Tokens, end: int) -> int:
    """The end of "of the House Committee", "for the region" and the like after a role noun."""
    size = len(tokens)
    limit = min(size, end + LONGEST_PHRASE)
    while end < limit and tokens.low[end] in _COMPLEMENTS:
        at = end + 1
        while at < limit and (tokens.low[at] in DETERMINERS or is_modifier(tokens, at) or _joins_names(tokens, at)):
            at += 1
        if at == end + 1:
            break
        end = at
    return end


def _joins_names(tokens: Tokens, at: int) -> bool:
    """Whether "and" joins two capitalised words of one name ("Health and Human Services")."""
    both = 0 < at < len(tokens) - 1 and tokens.capital[at - 1] and tokens.capital[at + 1]
    return both and tokens.low[at] in {"and", "&"}
