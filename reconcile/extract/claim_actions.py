"""Claims of what was done: who did what to whom, in the clause's own words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from reconcile.extract.layers import Layers
from reconcile.extract.predicates import find_subject
from reconcile.extract.reporting import load_reporting
from reconcile.lexicon import load_lexicon
from reconcile.model import Claim, Entity, Kind

_MOST = 24
"""Actions of one article that are claimed, the weightiest: what matching costs grows with the square."""

_LONGEST = 14
"""Tokens of an action at most, from its verb on."""

_CONFIDENCE = 0.6
_MAIN = frozenset(["ROOT", "ccomp", "conj", "relcl", "advcl", "xcomp", "acl", "pcomp"])
_OBJECTS = frozenset(["dobj", "prt", "oprd", "xcomp", "acomp", "dative"])
_PASSIVE = frozenset(["nsubjpass"])
_NO_ACTORS = frozenset(["it", "there", "that", "this", "which", "what", "i", "you", "we"])


def action_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for each action of an article, of the weightiest where there are many.

    An action has an actor or a sufferer, and an event class, or a named party and an object.
    """
    for verb in _weightiest(layers):
        if (claim := _action_claim(layers, verb)) is not None:
            yield claim


def _weightiest(layers: Layers) -> Iterator[Token]:
    """The verbs of the actions that are claimed, in text order."""
    weighed = [(-weight, verb.i) for verb in _verbs(layers) if (weight := _weigh(layers, verb)) > 0]
    for i in sorted(i for _, i in sorted(weighed)[:_MOST]):
        yield layers.doc[i]


def _verbs(layers: Layers) -> Iterator[Token]:
    """The verbs that may tell an action: no auxiliaries, no words of speech, none under another that carries them."""
    tree, left_out = layers.tree, _no_actions()
    for i, lemma in enumerate(tree.lemmas):
        if tree.pos[i] != "VERB" or tree.deps[i] not in _MAIN or lemma in left_out:
            continue
        carried = tree.deps[i] == "xcomp" and tree.pos[tree.heads[i]] == "VERB" and tree.heads[i] < i
        if not carried or tree.lemmas[tree.heads[i]] in left_out:
            yield layers.doc[i]


@cache
def _no_actions() -> frozenset[str]:
    """Verbs that tell a report, a state or a feeling."""
    return load_reporting().speech | frozenset(load_lexicon("modality")["states"])


def _weigh(layers: Layers, verb: Token) -> int:
    """How much an action matters: its event class, its parties' names, what it is done to, and where it stands."""
    subject = find_subject(verb)
    if subject is None or subject.lower_ in _NO_ACTORS:
        return 0
    tree = layers.tree
    event = bool(layers.clauses.event_of(verb.i))
    named = _party(layers, subject) is not None
    objects = [child for child in tree.children[verb.i] if tree.deps[child] in _OBJECTS and child > verb.i]
    passive = any(tree.deps[child] in _PASSIVE for child in tree.children[verb.i])
    reached = any(tree.deps[child] in ("prep", "agent") for child in tree.children[verb.i])
    main = tree.deps[verb.i] in ("ROOT", "ccomp", "conj")
    if not (event or named) or not (objects or passive or reached or main):
        return 0
    aimed = any(layers.entity_at(layers.doc[child]) is not None for child in objects)
    return 2 * event + 2 * named + aimed + main


def _party(layers: Layers, subject: Token) -> Entity | None:
    return layers.person_of(subject) or layers.entity_at(subject)


def _action_claim(layers: Layers, verb: Token) -> Claim | None:
    tree, subject = layers.tree, find_subject(verb)
    span = tree.span(_first(layers, verb), _last(layers, verb))
    tokens = layers.tokens(span)
    if tokens is None or subject is None:
        return None
    party = _party(layers, subject)
    event = layers.clauses.event_of(verb.i)
    return layers.claim(
        Kind.ACTION,
        span,
        layers.text_value(tokens),
        confidence=_CONFIDENCE,
        slot=f"what {party_name(party) or tree.lowers[subject.i]} did" if not event else f"act: {event}",
        subject=party.key if party else None,
        actor=tree.lemmas[subject.i],
        predicate=tree.lemmas[verb.i],
        event=event,
        head=_head(layers, verb),
    )


def party_name(party: Entity | None) -> str:
    """The last part of a party's key, or nothing for none."""
    return party.key.partition(":")[2] if party is not None else ""


def _head(layers: Layers, verb: Token) -> str:
    """The lemma of what an action is done to, or ""."""
    tree = layers.tree
    for child in tree.children[verb.i]:
        if tree.deps[child] in ("dobj", "nsubjpass"):
            return tree.lemmas[child]
    return ""


def _first(layers: Layers, verb: Token) -> int:
    """Where an action's words begin: at the negation right before its verb, else at the verb."""
    tree = layers.tree
    negations = [child for child in tree.children[verb.i] if tree.deps[child] == "neg" and verb.i - 3 <= child < verb.i]
    return negations[0] if negations else verb.i


def _last(layers: Layers, verb: Token) -> int:
    """Where an action's words end: with its objects, particles and what depends on its infinitive, not with asides."""
    tree, last = layers.tree, verb.i
    limit = verb.i + _LONGEST
    for child in tree.children[verb.i]:
        if child < verb.i:
            continue
        right = tree.right[child]
        beside = tree.deps[child] in ("prep", "agent") and child == last + 1 and not _is_time(layers, child)
        if tree.deps[child] in _OBJECTS or beside:
            end = min(right, limit)
            last = max(last, _before_clause(layers, child, end))
    return last


def _is_time(layers: Layers, preposition: int) -> bool:
    """Whether a preposition only tells when ("on Monday")."""
    target = layers.tree.child(preposition, "pobj")
    return target is not None and layers.tree.entities[target] in ("DATE", "TIME")


def _before_clause(layers: Layers, first: int, last: int) -> int:
    """The end of a phrase without the relative clause or the comma that goes on from it."""
    tree = layers.tree
    for i in range(first + 1, last + 1):
        relative = tree.left[i] == i and tree.lowers[i] in ("who", "which", "that")
        if relative or tree.deps[i] == "punct":
            return i - 1
    return last
