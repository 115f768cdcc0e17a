"""Claims of how somebody fares, and of how far a case has got."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from reconcile.extract.layers import Layers
from reconcile.extract.predicates import find_subject
from reconcile.extract.quantity_nouns import context_words
from reconcile.lexicon import load_lexicon
from reconcile.model import Claim, Kind, TextValue

_HYPHENS = frozenset("-‐‑")
_OF_THINGS_TOO = frozenset({"release", "discharge", "free", "missing", "miss", "stabilize"})
"""Lemmas that tell of names, guns and roads as well: a status only where a person is released or missing."""


@dataclass(frozen=True, slots=True)
class _Statuses:
    """What tells a status, each with its name: single lemmas, ``(modifier, noun)`` pairs, and phrases by last lemma."""

    single: dict[str, str]
    pairs: dict[tuple[str, str], str]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    unless: dict[str, str]
    lasts: frozenset[str]


@cache
def _statuses() -> _Statuses:
    lexicon = load_lexicon("statuses")
    single: dict[str, str] = {}
    pairs: dict[tuple[str, str], str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, forms in lexicon["forms"].items():
        for form in forms:
            words = tuple(form.replace("-", " ").split())
            if len(words) == 1:
                single[form] = name
            else:
                phrases.setdefault(words[-1], []).append((words, name))
            if len(form.split()) == 2:
                pairs[tuple(form.split())] = name
    longest = {last: tuple(sorted(found, key=lambda p: -len(p[0]))) for last, found in phrases.items()}
    return _Statuses(single, pairs, longest, lexicon["negated"], frozenset((*single, *longest)))


def _is_told_of_person(token: Token) -> bool:
    """Whether it happens to somebody: "he was released", "his release", not "a news release"."""
    if token.lemma_ == "miss" and (token.lower_ != "missing" or any(child.dep_ == "dobj" for child in token.children)):
        return False
    if token.pos_ == "NOUN":
        return any(child.dep_ == "poss" and _is_person(child) for child in token.children)
    objects = [child for child in token.children if child.dep_ in ("dobj", "nsubjpass")]
    if objects:
        return any(_is_person(child) for child in objects)
    if token.dep_ == "amod" or (token.pos_ == "VERB" and token.dep_ == "acl"):
        return _is_person(token.head)
    subject = find_subject(token)
    return subject is not None and _is_person(subject)


def _is_person(token: Token) -> bool:
    """Whether a noun or pronoun is a person or people."""
    named = token.ent_type_ == "PERSON" or (token.pos_ == "PROPN" and not token.ent_type_)
    return named or token.lemma_.lower() in _people() or token.pos_ == "NUM"


@cache
def _people() -> frozenset[str]:
    further = {"one", "other", "his", "her", "their", "hostage", "prisoner", "inmate"}
    return context_words("people") | context_words("person_pronouns") | further


def status_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for every word that tells whether somebody lives, how badly they are hurt, or whether they are held."""
    statuses = _statuses()
    for first, i, name in _told_statuses(layers, statuses):
        token = layers.doc[i]
        subject = find_subject(token)
        claim = layers.claim(
            Kind.STATUS,
            layers.tree.span(first, i),
            TextValue(name, (name,)),
            confidence=0.75,
            slot=f"status of {subject.lemma_.lower() if subject is not None else 'somebody'}",
        )
        if claim is not None and claim.polarity == "negative" and (other := statuses.unless.get(name)) is not None:
            claim = replace(claim, value=TextValue(other, (other,)), polarity="positive")
        if claim is not None:
            yield claim


def _told_statuses(layers: Layers, statuses: _Statuses) -> list[tuple[int, int, str]]:
    """First token, last token and name of each status, those left out that lie within a longer one."""
    tree = layers.tree
    found: list[tuple[int, int, str]] = []
    for i, lemma in enumerate(tree.lemmas):
        if lemma not in statuses.lasts and tree.lowers[i] not in statuses.lasts:
            continue
        first, name = _status_at(layers, statuses, i)
        while name and found and first <= found[-1][0]:
            found.pop()
        if name and not (lemma in _OF_THINGS_TOO and not _is_told_of_person(layers.doc[i])):
            found.append((first, i, name))
    return found


def _status_at(layers: Layers, statuses: _Statuses, i: int) -> tuple[int, str]:
    """The first token and the name of the status whose words end at a token, or an empty name."""
    tree, lemma = layers.tree, layers.tree.lemmas[i]
    for words, name in statuses.phrases.get(lemma, statuses.phrases.get(tree.lowers[i], ())):
        if (first := _phrase_start(layers, words, i)) is not None:
            return first, name
    for child in tree.children[i]:
        if child < i and (pair := statuses.pairs.get((tree.lowers[child], lemma))) is not None:
            return child, pair
    return i, statuses.single.get(lemma, "")


def _phrase_start(layers: Layers, words: tuple[str, ...], last: int) -> int | None:
    """Where a phrase that ends at a token starts, hyphens passed over; None where the words before differ."""
    tree, at = layers.tree, last
    for word in reversed(words[:-1]):
        at -= 1
        while at > 0 and tree.lowers[at] in _HYPHENS:
            at -= 1
        if at < 0 or word not in (tree.lemmas[at], tree.lowers[at]):
            return None
    return at
