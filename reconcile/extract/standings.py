"""What somebody is in a case, as the text tells of a named person: killed, or accused of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from reconcile.extract.layers import Layers
from reconcile.extract.predicates import find_subject, is_negated
from reconcile.lexicon import load_lexicon
from reconcile.model import Attribute

_WAYS = ("undergone", "done", "nouns", "called", "where")


@dataclass(frozen=True, slots=True)
class _Words:
    """By way of telling and lemma: the standing that is told."""

    by_way: dict[str, dict[str, str]]
    all: frozenset[str]


@cache
def _words() -> _Words:
    standings = load_lexicon("standings")
    by_way = {way: {lemma: name for name, told in standings.items() for lemma in told[way]} for way in _WAYS}
    return _Words(by_way, frozenset(lemma for lemmas in by_way.values() for lemma in lemmas))


def find_standings(layers: Layers) -> Iterator[tuple[str, Attribute]]:
    """``(entity key, status)`` for each word that tells of a named person that he or she was killed or is accused."""
    words = _words()
    for token in layers.having(("VERB", "NOUN", "PROPN"), words.all):
        if token.pos_ == "VERB" and is_negated(token):
            continue
        for way, person in _told_of(token):
            standing = words.by_way[way].get(token.lemma_.lower())
            if standing is None or person.pos_ == "PRON":
                continue
            for named in (person, *person.conjuncts):
                owner = layers.person_of(named)
                if owner is not None:
                    yield owner.key, Attribute("status", standing, layers.tree.span(token.i, token.i))


def _told_of(token: Token) -> Iterator[tuple[str, Token]]:
    """Whom a verb or noun may tell of, each with the way it does."""
    if token.pos_ == "VERB":
        yield from _told_by_verb(token)
        return
    for child in token.children:
        if child.dep_ == "poss":
            yield "nouns", child
        if child.dep_ == "appos" or (child.dep_ == "compound" and child.ent_type_ == "PERSON"):
            yield "called", child
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (("nouns", target) for target in child.children if target.dep_ == "pobj")
    if token.dep_ in ("appos", "compound"):
        yield "called", token.head
    if token.dep_ == "pobj" and token.head.lower_ == "in" and token.head.head.lemma_ == "be":
        subject = find_subject(token.head.head)
        yield from (("where", subject),) if subject is not None else ()


def _told_by_verb(verb: Token) -> Iterator[tuple[str, Token]]:
    subject = _own_subject(verb)
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    yield from (("undergone", target) for target in objects)
    if subject is None:
        return
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
    participle = verb.dep_ == "acl" and verb.tag_ == "VBN" and not objects
    if passive or participle:
        yield "undergone", subject
    else:
        yield "done", subject


def _own_subject(verb: Token) -> Token | None:
    """The subject beside a verb, that of the verb it is joined to, or the noun it describes; none further off.

    What is joined to a verb of reporting may belong to what is reported: "she said he fell and died".
    """
    reports = any(child.dep_ == "ccomp" for child in verb.head.children)
    holder = verb.head if verb.dep_ == "conj" and not reports else verb
    for token in (verb, holder):
        own = next((child for child in token.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        if own is not None and own.pos_ != "PRON":
            return own
    return verb.head if verb.dep_ in ("acl", "relcl") else None
