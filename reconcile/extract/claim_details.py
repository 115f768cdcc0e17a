"""Claims of what else is told: by what weapon, where on the body, out of what cause, and what an organisation is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from reconcile.extract.layers import Layers
from reconcile.lexicon import load_lexicon
from reconcile.model import Claim, Kind

_CONFIDENCE = 0.55
_IN_BODY = frozenset(["in", "to", "on", "through"])
_LONGEST = 12
_HYPHENS = frozenset("-‐‑")
_AT = frozenset(["at", "during", "after", "for", "in", "outside"])


def detail_claims(layers: Layers) -> Iterator[Claim]:
    """Claims of weapons, vehicles, occasions, parts of the body hit, causes, and of what organisations are."""
    found = (*_things(layers), *_wounds(layers), *_causes(layers), *_descriptions(layers))
    for first, last, slot, head in found:
        span = layers.tree.span(first, last)
        if (tokens := layers.tokens(span)) is None:
            continue
        claim = layers.claim(Kind.OTHER, span, layers.text_value(tokens), confidence=_CONFIDENCE, slot=slot, head=head)
        if claim is not None:
            yield claim


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load_lexicon("details")[kind])


def _things(layers: Layers) -> Iterator[tuple[int, int, str, str]]:
    """The first mention of each wording of a weapon, of a vehicle that is described, and of an occasion."""
    tree, seen = layers.tree, set[str]()
    for i, lemma in enumerate(tree.lemmas):
        kind = _kinds().get(lemma, "")
        if not kind or tree.pos[i] not in ("NOUN", "PROPN") or tree.deps[i] == "compound":
            continue
        first = _described_from(layers, i)
        wording = " ".join(tree.lowers[first : i + 1])
        told = kind == "weapon" or (kind == "vehicle" and first < i) or (kind == "occasion" and _is_set_at(layers, i))
        if told and wording not in seen:
            seen.add(wording)
            yield first, i, kind, kind


@cache
def _kinds() -> dict[str, str]:
    """Words for things, each with what it is one of."""
    kinds = {"weapon": "weapons", "vehicle": "vehicles", "occasion": "occasions"}
    return {word: kind for kind, words in kinds.items() for word in _words(words)}


def _is_set_at(layers: Layers, noun: int) -> bool:
    """Whether something happens at a noun ("during a wake")."""
    tree = layers.tree
    return tree.deps[noun] == "pobj" and tree.lowers[tree.heads[noun]] in _AT


def _wounds(layers: Layers) -> Iterator[tuple[int, int, str, str]]:
    """The parts of the body after "in the" and the like, where somebody is hit."""
    tree = layers.tree
    for i, lemma in enumerate(tree.lemmas):
        if lemma not in _words("body") or tree.deps[i] not in ("pobj", "conj"):
            continue
        noun = tree.heads[i] if tree.deps[i] == "conj" else i
        preposition = tree.heads[noun]
        if tree.lowers[preposition] not in _IN_BODY or tree.lemmas[noun] not in _words("body"):
            continue
        above = tree.heads[preposition]
        if layers.clauses.event_of(above) in ("shoot", "injure", "attack", "kill") or tree.lemmas[above] in _words(
            "hits"
        ):
            yield _described_from(layers, i), i, "where on the body", "body"


def _causes(layers: Layers) -> Iterator[tuple[int, int, str, str]]:
    """What something came out of: the phrase after "stemmed from", "because of", "in a dispute over"."""
    tree = layers.tree
    for i, lemma in enumerate(tree.lemmas):
        target = None
        if lemma in _words("causing") and tree.pos[i] == "VERB":
            via = next((c for c in tree.children[i] if c > i and tree.lowers[c] in ("from", "by", "over", "to")), None)
            target = tree.child(via, "pobj", "pcomp") if via is not None else None
        elif lemma == "die":
            of = next((c for c in tree.children[i] if tree.lowers[c] in ("of", "from")), None)
            target = tree.child(of, "pobj") if of is not None else None
        elif lemma == "related" and i > 1 and tree.lowers[i - 1] in _HYPHENS:
            yield i - 2, i, "cause", "cause"
        elif lemma in _words("quarrels") and tree.deps[i] in ("pobj", "dobj", "attr", "nsubj", "nsubjpass"):
            target = i
        if target is not None:
            first = _described_from(layers, target)
            yield first, max(target, _of_end(layers, target)), "cause", "cause"


def _descriptions(layers: Layers) -> Iterator[tuple[int, int, str, str]]:
    """The apposition or predicate that tells what an organisation is ("Tidewatch, a marine research group")."""
    tree = layers.tree
    for i, dep in enumerate(tree.deps):
        if dep not in ("appos", "attr") or tree.pos[i] != "NOUN":
            continue
        holder = tree.heads[i]
        if dep == "attr":
            subject = tree.child(holder, "nsubj")
            if subject is None or tree.lemmas[holder] != "be":
                continue
            holder = subject
        owner = layers.entity_at(layers.doc[holder])
        if owner is not None and owner.type == "organisation" and not owner.key.startswith("government:"):
            slot = f"what {owner.key.partition(':')[2]} is"
            yield _described_from(layers, i), _of_end(layers, i), slot, tree.lemmas[i]


def _described_from(layers: Layers, noun: int) -> int:
    """The first word of a noun's phrase after its article."""
    tree, first = layers.tree, max(layers.tree.left[noun], noun - _LONGEST)
    while first < noun and tree.deps[first] in ("det", "cc", "punct", "prep"):
        first += 1
    return first


def _of_end(layers: Layers, noun: int) -> int:
    """The end of "of …", "over …" or "with …" right after a noun, else the noun."""
    tree, after = layers.tree, noun + 1
    if (
        after < len(tree.lowers)
        and tree.heads[after] == noun
        and tree.lowers[after] in ("of", "over", "with", "for", "inside", "in")
    ):
        inner = tree.child(after, "pobj")
        return inner if inner is not None and inner - noun <= _LONGEST else noun
    return noun
