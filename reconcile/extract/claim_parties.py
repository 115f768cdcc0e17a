"""Claims of which body or group did something: "the committee subpoenaed two firms", "rejected by House Democrats"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reconcile.extract.claim_people import JOINT
from reconcile.extract.layers import Layers
from reconcile.extract.reporting import load_reporting
from reconcile.lexicon import load_lexicon
from reconcile.model import Claim, Entity, Kind, NameValue, Span

_MOST = 20
"""Parties of one article that are claimed, the first: what matching costs grows with the square."""

_CONFIDENCE = 0.6
_CLIMB = 5
_ANNOUNCING = frozenset({"announce", "declare", "disclose"})
_MODIFIERS = frozenset({"gop", "house", "senate", "congressional", "parliamentary"})


@dataclass(frozen=True, slots=True)
class _Party:
    """Who did something: the name, where it stands, and the class of event that it is told of."""

    name: NameValue
    span: Span
    event: str


def party_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for each body, party or group and each class of event that it takes part in, however it is told."""
    found: dict[tuple[str, str], _Party] = {}
    for name, span in (*_bodies(layers), *_office_holders(layers)):
        party = _party(layers, name, span)
        if party is not None:
            found.setdefault((name.full, party.event), party)
    for party in sorted(found.values(), key=lambda party: party.span)[:_MOST]:
        claim = layers.claim(
            Kind.PARTICIPANT,
            party.span,
            party.name,
            confidence=_CONFIDENCE,
            slot=f"party to {party.event}",
            subject=None,
        )
        if claim is not None:
            yield claim


def _bodies(layers: Layers) -> Iterator[tuple[NameValue, Span]]:
    """Every mention of a body or a group, without the words that only tell how many of the group."""
    for entity in layers.entities:
        if entity.type in ("organisation", "group") and isinstance(entity.name, NameValue):
            for mention in entity.mentions:
                yield _unquantified(layers, entity, mention)


def _unquantified(layers: Layers, entity: Entity, mention: Span) -> tuple[NameValue, Span]:
    """A group's name and mention without "many" or "other" before it, with the chamber that it sits in."""
    tokens = layers.tokens(mention)
    if entity.type != "group" or tokens is None or not isinstance(entity.name, NameValue):
        return entity.name if isinstance(entity.name, NameValue) else NameValue(""), mention
    first = next((t for t in tokens if t.lower_ not in _quantifiers()), tokens[-1])
    if first.i > 0 and layers.tree.lowers[first.i - 1] in _MODIFIERS:
        first = layers.doc[first.i - 1]
    span = Span(first.idx, mention.end)
    return NameValue(span.of(layers.article.text)), span


@cache
def _quantifiers() -> frozenset[str]:
    return frozenset(load_lexicon("count_parts")["some"])


def _office_holders(layers: Layers) -> Iterator[tuple[NameValue, Span]]:
    """Holders of an office told in the plural by their party or chamber: "Democratic senators"."""
    tree, text = layers.tree, layers.article.text
    for i, lemma in enumerate(tree.lemmas):
        if tree.tags[i] != "NNS" or lemma not in _offices():
            continue
        close = [c for c in tree.children[i] if i - 3 <= c < i and tree.deps[c] in ("amod", "compound", "nmod")]
        named = [c for c in close if tree.entities[c] == "NORP" or tree.lowers[c] in _MODIFIERS]
        if named:
            span = Span(tree.starts[min(named)], tree.ends[i])
            yield NameValue(span.of(text)), span


@cache
def _offices() -> frozenset[str]:
    return frozenset(load_lexicon("count_parts")["office_holders"])


def _party(layers: Layers, name: NameValue, span: Span) -> _Party | None:
    """What a body or a group does: the verb it is the subject, the agent or the partner of."""
    tree, tokens = layers.tree, layers.tokens(span)
    if tokens is None or not name.full:
        return None
    top = tokens.root.i
    for _ in range(_CLIMB):
        if tree.deps[top] != "conj" or tree.heads[top] == top:
            break
        top = tree.heads[top]
    verb = _governor(layers, top)
    if verb is None:
        return None
    event = layers.clauses.event_of(verb) or _event_done(layers, verb)
    if not event or event == "say" or tree.lemmas[verb] in _speech() - _ANNOUNCING:
        return None
    told_as_joint = event in JOINT and verb in (tree.heads[top], tree.heads[tree.heads[top]])
    return None if told_as_joint else _Party(name, span, event)


def _event_done(layers: Layers, verb: int) -> str:
    """The class of the event that a verb's object is: "issued subpoenas", "launched an attack"."""
    tree = layers.tree
    target = tree.child(verb, "dobj")
    return layers.clauses.event_of(target) if target is not None and tree.pos[target] == "NOUN" else ""


def _governor(layers: Layers, noun: int) -> int | None:
    """The verb that a noun is the subject, the agent or the partner of, or the event noun it is a partner to."""
    tree = layers.tree
    head = tree.heads[noun]
    if tree.deps[noun] == "nsubj":
        return head
    if tree.deps[noun] != "pobj":
        return None
    above, preposition = tree.heads[head], tree.lowers[head]
    if tree.deps[head] == "agent" or preposition == "by":
        return above if tree.pos[above] == "VERB" else None
    if preposition not in ("with", "between", "among", "from"):
        return None
    if tree.deps[above] == "relcl" and layers.clauses.event_of(tree.heads[above]):
        return tree.heads[above]
    return above if layers.clauses.event_of(above) else None


@cache
def _speech() -> frozenset[str]:
    return load_reporting().speech
