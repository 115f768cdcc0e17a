"""Claims of who: names, leaders and participants."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Token

from reconcile.extract.clauses import event_lemmas
from reconcile.extract.layers import Layers
from reconcile.extract.predicates import find_subject
from reconcile.model import Claim, Entity, Kind, NameValue, Span

_NAMINGS = 3
"""Mentions of one person in full that are claimed."""

JOINT = frozenset({"meet", "talk", "join", "agree", "visit", "invite"})
"""Classes of events that have parties on both sides."""

_LEADING = frozenset({"lead", "head", "chair", "command", "run", "oversee", "captain"})
_LED_BY = frozenset({"lead", "head", "chair", "command", "captain"})


def name_claims(layers: Layers) -> Iterator[Claim]:
    """Claims for each named person: the fullest mention first and then those in full, described by role and clause."""
    for person in layers.entities:
        if person.type != "person" or not isinstance(person.name, NameValue):
            continue
        role = next((a.value for a in person.attributes if a.kind == "role"), "")
        if not person.name.given and not role:
            continue
        for mention in _full_mentions(layers, person):
            claim = layers.claim(
                Kind.PERSON_NAME,
                mention,
                person.name,
                confidence=0.9 if person.name.given else 0.6,
                slot=f"name of {role or 'person'}",
                subject=person.key,
                head=role.lower(),
            )
            if claim is not None:
                yield claim


def _full_mentions(layers: Layers, person: Entity) -> list[Span]:
    """The longest mention of a person, and the first others of more than one word."""
    longest = max(person.mentions, key=lambda span: (span.end - span.start, -span.start))
    others = (m for m in person.mentions if m != longest and " " in m.of(layers.article.text))
    return [longest, *islice(others, _NAMINGS - 1)]


def participant_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for each named party of a meeting, a talk, a visit or an agreement."""
    for token in layers.having(("VERB", "NOUN"), event_lemmas()):
        if (event := layers.clauses.event_of(token.i)) not in JOINT:
            continue
        for party in _parties(token):
            entity = layers.entity_at(party)
            if entity is not None and entity.type != "place":
                claim = _entity_claim(layers, Kind.PARTICIPANT, entity, party, f"party to {event}")
                if claim is not None:
                    yield claim


def _parties(event: Token) -> Iterator[Token]:
    """The subjects, objects and "with"/"between" objects of an event word, with their coordinates."""
    heads: list[Token] = []
    if event.pos_ == "VERB" and (subject := find_subject(event)) is not None:
        heads.append(subject)
    for child in event.children:
        if child.dep_ == "dobj":
            heads.append(child)
        elif child.dep_ == "prep" and child.lower_ in ("with", "between", "among"):
            heads.extend(c for c in child.children if c.dep_ == "pobj")
    for head in heads:
        yield head
        yield from head.conjuncts


def leader_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for each person said to lead, head or chair something, slotted by what is led."""
    for token in layers.having(("VERB",), _LEADING):
        for person, led in _leaders(layers, token):
            claim = _entity_claim(layers, Kind.LEADER, person, led[0], f"leader of {led[1]}", head=led[1])
            if claim is not None:
                yield claim


def _leaders(layers: Layers, verb: Token) -> Iterator[tuple[Entity, tuple[Token, str]]]:
    """``(person, (their token, what they lead))`` for one verb of leading, in active and passive voice."""
    if verb.lemma_ in _LED_BY:
        for agent in (c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")):
            for target in (c for c in agent.children if c.dep_ == "pobj"):
                person, led = layers.person_of(target), find_subject(verb)
                if person is not None and led is not None:
                    yield person, (target, _noun_phrase(led))
    leader = find_subject(verb)
    led = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if leader is not None and led is not None and (person := layers.person_of(leader)) is not None:
        yield person, (leader, _noun_phrase(led))


def _noun_phrase(head: Token) -> str:
    """A noun with its close modifiers, lower case, without articles and possessive marks."""
    close = [t for t in head.lefts if t.dep_ in ("compound", "amod", "poss", "nmod")]
    return " ".join(t.lemma_.lower() for t in (*close, head))


def _entity_claim(layers: Layers, kind: Kind, entity: Entity, token: Token, slot: str, head: str = "") -> Claim | None:
    """A claim whose value is an entity's name, at the mention that holds a token."""
    here = Span(token.idx, token.idx + len(token.text))
    mention = next((m for m in entity.mentions if m.overlaps(here)), here)
    return layers.claim(
        kind, mention, entity.name, confidence=0.75, slot=slot, subject=None, **({"head": head} if head else {})
    )
