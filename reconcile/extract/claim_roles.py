"""Claims of what somebody is: offices and descriptions, told by a noun beside a name, by a noun alone, or by a verb."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from reconcile.extract.layers import Layers
from reconcile.extract.lexicon_words import role_nouns
from reconcile.extract.predicates import find_subject
from reconcile.lexicon import load_lexicon
from reconcile.model import Attribute, Claim, Entity, Kind, TextValue

_BEARING = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos", "conj", "agent"])
_CLOSE = frozenset(["compound", "amod", "nmod", "poss"])
_OF = frozenset(["of", "for", "at"])
_LONGEST = 12
"""Tokens of a description before its noun at most."""
_UNNAMED = 0.55
"""The confidence of a description that no name stands beside: it may be of anybody."""


def role_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for every office or description a person is given."""
    for person in layers.entities:
        if person.type != "person":
            continue
        for attribute in person.attributes:
            claim = _role_claim(layers, person, attribute) if attribute.kind == "role" else None
            if claim is not None:
                yield claim


def _role_claim(layers: Layers, person: Entity, role: Attribute) -> Claim | None:
    tokens = layers.tokens(role.span)
    if tokens is None:
        return None
    return layers.claim(
        Kind.ROLE,
        role.span,
        layers.text_value(tokens),
        confidence=0.9,
        slot=f"role{': ' + role.qualifier if role.qualifier else ''}",
        subject=person.key,
        head=tokens.root.lemma_.lower(),
    )


def unnamed_role_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for each description of somebody without a name beside it ("a security guard", "her granddaughter").

    One for each wording; "the former judge" is the person named before who is said to be one.
    """
    tree, told = layers.tree, {word for person in layers.entities for word in _role_places(layers, person)}
    holders = _holders(layers)
    seen: set[str] = set()
    for i, lemma in enumerate(tree.lemmas):
        if lemma not in _describing() or tree.pos[i] not in ("NOUN", "PROPN") or tree.deps[i] not in _BEARING:
            continue
        if i in told or tree.tags[i] in ("NNS", "NNPS") or layers.entity_at(layers.doc[i]) is not None:
            continue
        first = _phrase_start(layers, i)
        words = " ".join(tree.lowers[first : i + 1])
        if words in seen or not _describes(layers, first, i) or any(k in told for k in range(first, i)):
            continue
        seen.add(words)
        bearer = _bearer(layers, i, holders)
        span = tree.span(first, _phrase_end(layers, i))
        if (tokens := layers.tokens(span)) is None:
            continue
        claim = layers.claim(
            Kind.ROLE,
            span,
            layers.text_value(tokens),
            confidence=_UNNAMED,
            slot="role",
            subject=bearer.key if bearer else None,
            head=lemma,
        )
        if claim is not None:
            yield claim


@cache
def _describing() -> frozenset[str]:
    """Role nouns that tell something of who bears them; a "victim" or an "official" is anybody."""
    return role_nouns() - frozenset(load_lexicon("roles")["anybody"])


def _role_places(layers: Layers, person: Entity) -> Iterator[int]:
    """The tokens of what is said of a person beside the name, and of the name itself."""
    for span in (*(a.span for a in person.attributes if a.kind == "role"), *person.mentions):
        tokens = layers.tokens(span)
        yield from range(tokens.start, tokens.end) if tokens is not None else ()


def _holders(layers: Layers) -> dict[str, list[tuple[int, Entity]]]:
    """By the last word of each role: where it is told of whom, in text order."""
    found: dict[str, list[tuple[int, Entity]]] = {}
    for person in layers.entities:
        for told in person.attributes if person.type == "person" else ():
            tokens = layers.tokens(told.span) if told.kind == "role" else None
            if tokens is not None:
                found.setdefault(layers.tree.lemmas[tokens.root.i], []).append((tokens.start, person))
    return {word: sorted(places, key=lambda place: place[0]) for word, places in found.items()}


def _phrase_start(layers: Layers, noun: int) -> int:
    """The first of the close modifiers before a noun, none left out; its possessor counts, its article does not."""
    tree, first = layers.tree, noun
    while first > max(tree.left[noun], noun - _LONGEST):
        before = first - 1
        inside = tree.deps[before] in _CLOSE or tree.heads[before] != noun or tree.lowers[before] in "-‐‑"
        if tree.deps[before] in ("det", "nummod", "cc", "punct") and tree.lowers[before] not in "-‐‑":
            break
        if not inside:
            break
        first = before
    return first


def _phrase_end(layers: Layers, noun: int) -> int:
    """The last token of "of the committee" and the like right after a role noun, else the noun."""
    tree = layers.tree
    after = noun + 1
    if after < len(tree.lowers) and tree.lowers[after] in _OF and tree.heads[after] == noun:
        inner = tree.child(after, "pobj")
        if inner is not None and inner - noun <= 6:
            return inner
    return noun


def _describes(layers: Layers, first: int, noun: int) -> bool:
    """Whether a noun introduces or describes one person: with "a", a possessor, "the" and more, or as predicate."""
    tree = layers.tree
    if tree.lowers[tree.heads[noun]] == "as":
        return True
    determiners = {tree.lowers[c] for c in tree.children[noun] if tree.deps[c] in ("det", "poss")}
    possessed = any(tree.deps[c] == "poss" for c in tree.children[noun])
    if possessed or determiners & {"a", "an", "another"} or tree.deps[noun] in ("attr", "appos"):
        return True
    return "the" in determiners and first < noun


def _bearer(layers: Layers, noun: int, holders: dict[str, list[tuple[int, Entity]]]) -> Entity | None:
    """Who a description is of: the subject of its copula, what it stands beside, or who was said to be one before."""
    token = layers.doc[noun]
    held = token.head if token.dep_ == "attr" else token.head.head if token.head.lower_ == "as" else None
    if held is not None and (subject := find_subject(held)) is not None:
        return layers.person_of(subject)
    if (beside := layers.person_of(token)) is not None:
        return beside
    definite = any(child.lower_ == "the" for child in token.lefts)
    told = holders.get(layers.tree.lemmas[noun], []) if definite else []
    before = bisect_left(told, noun, key=lambda place: place[0])
    return told[before - 1][1] if before else None


def verb_role_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for what a verb says that somebody is ("who leads the division", "owns the mill")."""
    verbs = _verb_roles()
    for verb in layers.having(("VERB",), verbs):
        subject = find_subject(verb)
        person = layers.person_of(subject) if subject is not None else None
        led = next((child for child in verb.children if child.dep_ == "dobj"), None)
        if person is None or led is None or led.i < verb.i or led.pos_ not in ("NOUN", "PROPN"):
            continue
        span = layers.tree.span(verb.i, _object_end(layers, led))
        phrase = layers.tree.text[led.left_edge.idx : span.end]
        role = verbs[verb.lemma_.lower()]
        value = TextValue(f"{role} of {phrase}", _words(layers, led, role))
        claim = layers.claim(Kind.ROLE, span, value, confidence=0.65, slot="role", subject=person.key, head=role)
        if claim is not None:
            yield claim


@cache
def _verb_roles() -> dict[str, str]:
    """Verbs of holding a post, each with the noun for who does."""
    return dict(load_lexicon("roles")["verbs"])


def _object_end(layers: Layers, noun: Token) -> int:
    """The last token of a noun's own words and of what one preposition adds."""
    inner = _phrase_end(layers, noun.i)
    after = noun.i + 1
    tree = layers.tree
    if inner == noun.i and after < len(tree.lowers) and tree.lowers[after] == "on" and tree.heads[after] == noun.i:
        target = tree.child(after, "pobj")
        return target if target is not None and target - noun.i <= 6 else noun.i
    return inner


def _words(layers: Layers, led: Token, role: str) -> tuple[str, ...]:
    tree = layers.tree
    own = (tree.lemmas[i] for i in range(tree.left[led.i], led.i + 1) if tree.content[i])
    return tuple(dict.fromkeys((role, *own)))
