"""Claims of what somebody is accused of, and of how they fare."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from reconcile.extract.layers import Layers
from reconcile.extract.predicates import find_subject
from reconcile.extract.quantity_nouns import context_words
from reconcile.lexicon import load_lexicon
from reconcile.model import Claim, Kind, Span, TextValue

_CHARGING = {"charge": ("with",), "accuse": ("of",), "convict": ("of",), "indict": ("on", "for"), "acquit": ("of",)}
_COUNTS = frozenset({"charge", "count", "suspicion", "allegation"})
_OF_THINGS_TOO = frozenset({"release", "discharge", "free", "missing", "miss", "stabilize"})
"""Lemmas that tell of names, guns and roads as well: a status only where a person is released or missing."""
_ACCUSING = _COUNTS | set(_CHARGING)


def charge_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for every offence that somebody is charged with, convicted of, or pleads to."""
    seen: set[int] = set()
    for token in layers.having(("VERB", "NOUN"), _ACCUSING):
        for offence in _offences(token):
            if offence.i in seen:
                continue
            seen.add(offence.i)
            span = Span(offence.left_edge.idx, _phrase_end(offence))
            tokens = layers.tokens(span)
            if tokens is None or len(tokens) > 25:
                continue
            claim = layers.claim(Kind.CHARGE, span, layers.text_value(tokens), confidence=0.8, slot="charge")
            if claim is not None:
                yield claim


def _offences(token: Token) -> Iterator[Token]:
    """The heads of the offences that one word introduces."""
    prepositions = _CHARGING.get(token.lemma_.lower(), ()) if token.pos_ == "VERB" else ()
    counting = token.pos_ == "NOUN" and token.lemma_.lower() in _COUNTS
    for child in token.children:
        if child.dep_ == "prep" and (child.lower_ in prepositions or (counting and child.lower_ == "of")):
            for target in child.children:
                if target.dep_ in ("pobj", "pcomp") and target.lemma_.lower() not in _COUNTS:
                    yield target
        elif counting and child.dep_ == "compound" and token.lemma_ == "charge":
            yield child


def _phrase_end(head: Token) -> int:
    """Where an offence ends: its own words, without relative clauses and what follows them."""
    last = head
    for token in head.subtree:
        if token.dep_ in ("relcl", "advcl", "punct") and token.i > head.i:
            break
        last = token
    return last.idx + len(last.text)


@cache
def _statuses() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Single words and ``(modifier, noun)`` pairs that tell a status, with its name."""
    single: dict[str, str] = {}
    pairs: dict[tuple[str, str], str] = {}
    for name, forms in load_lexicon("statuses").items():
        for form in forms:
            first, _, second = str(form).partition(" ")
            if second:
                pairs[first, second] = name
            else:
                single[first] = name
    return single, pairs


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
    single, pairs = _statuses()
    lemmas = {*single, *(noun for _, noun in pairs)}
    for i, lemma in enumerate(layers.tree.lemmas):
        if lemma not in lemmas:
            continue
        token = layers.doc[i]
        name, first = single.get(lemma, ""), token
        for child in token.lefts:
            if (pair := pairs.get((child.lower_, lemma))) is not None:
                name, first = pair, child
        if not name or (lemma in _OF_THINGS_TOO and not _is_told_of_person(token)):
            continue
        span = Span(first.idx, token.idx + len(token.text))
        subject = find_subject(token)
        claim = layers.claim(
            Kind.STATUS,
            span,
            TextValue(name, (name,)),
            confidence=0.75,
            slot=f"status of {subject.lemma_.lower() if subject is not None else 'somebody'}",
        )
        if claim is not None:
            yield claim
