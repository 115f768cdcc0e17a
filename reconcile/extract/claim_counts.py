"""Claims of how many: counts with what becomes of those counted, counts of one that "a man" implies, and sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from reconcile.extract.clauses import event_lemmas
from reconcile.extract.count_parts import counted_as, find_part, missiles
from reconcile.extract.layers import Layers
from reconcile.lexicon import load_lexicon
from reconcile.model import Claim, Kind, NumberValue, QuantityMention, Span

_TOLLS = frozenset({"kill", "die", "injure", "shoot", "arrest"})
_TOLL_NOUNS = frozenset({"death", "killing", "murder", "slaying", "shooting", "wounding", "arrest"})
_INDEFINITE = frozenset({"a", "an", "another"})
_LONGEST_SUM = 6
"""Groups that are added up at most."""


def told_of_part(layers: Layers, claim: Claim, counted: int) -> Claim:
    """A count with the slot and the event of what becomes of those counted, where its sentence tells that."""
    about = claim.about
    head = about.head.lower()
    part = find_part(layers.clauses, counted, head)
    if part is None:
        return claim
    event = part.event or about.event
    events = tuple(dict.fromkeys((event, *about.events)))
    return replace(
        claim, about=replace(about, slot=f"number of {counted_as(head)}: {part.name}", event=event, events=events)
    )


def counted_token(layers: Layers, mention: QuantityMention) -> int:
    """The token that stands for what is counted: the noun above the number, else the number itself."""
    tree, number = layers.tree, layers.tokens(mention.span)
    noun = layers.tokens(mention.noun_span) if mention.noun_span else None
    if number is None:
        return 0
    top = number.root.i
    return noun.root.i if noun is not None and tree.left[noun.root.i] <= top <= tree.right[noun.root.i] else top


def sex_beside(layers: Layers, mention: QuantityMention) -> str:
    """ "Female" of "four male and three female victims", "" where nothing follows the number that tells a sex."""
    tokens = layers.tokens(mention.span)
    after = tokens.end if tokens is not None else 0
    word = layers.tree.lowers[after] if 0 < after < len(layers.tree.lowers) else ""
    return word if word in _sexes() else ""


@cache
def _sexes() -> frozenset[str]:
    return frozenset(word for words in load_lexicon("slot_words")["sexes"].values() for word in words)


def implied_count_claims(layers: Layers) -> Iterator[Claim]:
    """A count of one where a single person is told to be killed, wounded or arrested ("a father was killed")."""
    for token in layers.having(("VERB", "NOUN"), event_lemmas()):
        if (event := layers.clauses.event_of(token.i)) not in _TOLLS:
            continue
        victim = _single_victim(token, event) if token.pos_ == "VERB" else _single_of(token)
        if victim is None:
            continue
        span = Span(victim.left_edge.idx, victim.idx + len(victim.text))
        claim = layers.claim(
            Kind.COUNT,
            span,
            NumberValue(1, 1, noun="person", category="count"),
            confidence=0.55,
            slot=f"number of persons: {event}",
            head="person",
        )
        if claim is not None:
            yield told_of_part(layers, claim, victim.i)


def _single_victim(verb: Token, event: str) -> Token | None:
    """The one person a verb happens to, where "a" or "an" says that it is one."""
    roles = ("nsubj",) if event == "die" else ("nsubjpass", "dobj")
    return next((child for child in verb.children if child.dep_ in roles and _is_single(child)), None)


def _single_of(noun: Token) -> Token | None:
    """The one person after "the death of" and the like."""
    if noun.lemma_.lower() not in _TOLL_NOUNS:
        return None
    targets = (target for child in noun.children if child.lower_ == "of" for target in child.children)
    return next((target for target in targets if target.dep_ == "pobj" and _is_single(target)), None)


def _is_single(noun: Token) -> bool:
    """Whether a noun, or "17-year-old", stands for one person who is told of for the first time, alone."""
    person = noun.tag_ == "NN" or (noun.lower_ == "old" and noun.pos_ in ("ADJ", "NOUN"))
    if not person or noun.lemma_.lower() in missiles():
        return False
    joined = any(child.dep_ == "conj" for child in noun.children)
    return not joined and any(child.dep_ == "det" and child.lower_ in ("a", "an") for child in noun.children)


def sum_claims(layers: Layers) -> Iterator[Claim]:
    """The sum of counts of people that are joined: "two men and two women" are four."""
    numbers = {counted_token(layers, m): m for m in layers.quantities if m.value.category == "count" and m.value.noun}
    seen: set[int] = set()
    for i in numbers:
        group = sorted((layers.doc[i], *layers.doc[i].conjuncts)[: _LONGEST_SUM + 1])
        amounts = [_amount(numbers.get(noun.i), noun) for noun in group]
        first, last = group[0], group[-1]
        if not 1 < len(group) <= _LONGEST_SUM or not all(amounts) or first.i in seen:
            continue
        seen.add(first.i)
        start = min(first.left_edge.idx, *(m.span.start for n in group if (m := numbers.get(n.i))))
        claim = layers.claim(
            Kind.COUNT,
            Span(start, last.idx + len(last.text)),
            NumberValue(sum(amounts), sum(amounts), noun="person", category="count"),
            confidence=0.6,
            slot="number of people",
            head="person",
        )
        if claim is not None:
            yield told_of_part(layers, claim, first.i)


def _amount(mention: QuantityMention | None, noun: Token) -> float:
    """How many people one of several joined nouns tells of; 0 where that is not told."""
    if counted_as(noun.lemma_.lower()) not in ("people", "women"):
        return 0
    if mention is not None:
        value = mention.value
        return value.low if value.low == value.high and value.bound == "=" else 0
    return float(noun.tag_ == "NN" and any(c.dep_ == "det" and c.lower_ in _INDEFINITE for c in noun.children))
