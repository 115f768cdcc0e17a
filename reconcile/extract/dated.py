"""Which event a time dates: the noun it stands with ("Sunday's shooting"), else what its clause tells took place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span

from reconcile.extract.clauses import Clauses
from reconcile.lexicon import load_lexicon

INCIDENT = "incident"
"""The class of an event that is only pointed at: "it happened", "Tuesday's events"."""

_CLIMB = 12
_LOOKED_THROUGH = 40
"""Words of a clause that are looked through for what it tells."""

_NOMINAL = ("NOUN", "PROPN")
_SUBJECTS = ("nsubj", "nsubjpass")
_TOLD = ("dobj", "attr", "acomp", "oprd", "nsubj", "nsubjpass")
_DESCRIBES = ("compound", "nmod", "amod")
_CLAUSES = ("relcl", "acl")
_APART = frozenset(["advcl", "ccomp", "csubj", "relcl", "parataxis", "conj", "nsubj", "nsubjpass"])
"""What is told below a verb of something else than itself: other clauses, and who acts."""
_WEAK = frozenset(["", "begin", "end", INCIDENT])
_BESIDE = ("displace", "join", "investigate")
"""Classes of what is done beside another event, where that is the object: "fled a shootout", "attended a meeting"."""
_UNTOLD = frozenset(["", "say", "begin", "end", "investigate", "treat", "serve", "spend", INCIDENT])
"""Classes that tell little of what a clause without a telling verb is about."""


@dataclass(frozen=True, slots=True)
class _Words:
    carriers: frozenset[str]
    responses: frozenset[str]
    standing: frozenset[str]
    offices: frozenset[str]


@cache
def _words() -> _Words:
    lists = load_lexicon("dated")
    return _Words(
        frozenset(lists["carriers"]),
        frozenset(lists["responses"]),
        frozenset(lists["standing"]),
        frozenset(load_lexicon("roles")["offices"]),
    )


@dataclass(frozen=True, slots=True)
class Dated:
    """The class of the event that a time dates, ``INCIDENT`` where it is only pointed at, or ""."""

    event: str
    of_noun: bool = False
    """Whether a noun beside the time tells the event: what its clause denies is then something else."""


def dated_event(clauses: Clauses, value: Span) -> Dated:
    """What the time at ``value`` dates."""
    tree, token = clauses.tree, value.root.i
    for _ in range(_CLIMB):
        if not value.start <= token < value.end:
            if tree.pos[token] in _NOMINAL and (event := _of_noun(clauses, token)):
                return Dated(event, of_noun=True)
            if _is_predicate(clauses, token):
                return Dated(_of_verb(clauses, token) or _nearest(clauses, token, value))
        if tree.heads[token] == token:
            break
        token = tree.heads[token]
    return Dated(_of_sentence_before(clauses, value) or _nearest(clauses, token, value))


def _is_predicate(clauses: Clauses, token: int) -> bool:
    tree = clauses.tree
    return tree.pos[token] == "VERB" or (tree.pos[token] == "AUX" and tree.deps[token] not in ("aux", "auxpass"))


def _of_noun(clauses: Clauses, noun: int) -> str:
    """The class of a noun; where it tells less than the noun before it does, that one's: "the shooting death"."""
    tree = clauses.tree
    event = clauses.event_of(noun)
    if event in ("", "die", "say", "charge", "investigate"):
        for child in tree.children[noun]:
            if tree.deps[child] in _DESCRIBES and (described := clauses.event_of(child)) not in _UNTOLD:
                return described
    if not event and tree.lemmas[noun] in _words().standing:
        return INCIDENT
    return event


def _of_verb(clauses: Clauses, verb: int) -> str:
    """What a verb tells took place; a verb that only carries an event tells its subject's or its object's."""
    tree, words = clauses.tree, _words()
    lemma = tree.lemmas[verb]
    if lemma in words.responses and (event := _answered(clauses, verb)):
        return event
    own = clauses.event_of(verb)
    if (own == "die" or lemma in words.carriers) and (event := _of_phrase(clauses, verb)):
        return event
    if own not in (*_WEAK, *_BESIDE) and lemma not in words.carriers:
        return own
    for child in tree.children[verb]:
        if tree.deps[child] not in _TOLD:
            continue
        if tree.deps[child] in _SUBJECTS and tree.is_relative(child) and tree.deps[verb] == "relcl":
            child = tree.heads[verb]
        if tree.pos[child] in (*_NOMINAL, "ADJ") and (event := _of_noun(clauses, child)) not in _WEAK:
            return event
    if tree.deps[verb] in _CLAUSES and (event := _of_noun(clauses, tree.heads[verb])) not in _WEAK:
        return event
    if lemma in words.carriers and _points_back(clauses, verb):
        return INCIDENT
    attribute = tree.child(verb, "attr")
    if not own and attribute is not None and tree.lemmas[attribute] in words.offices:
        return "serve"
    return own


def _points_back(clauses: Clauses, verb: int) -> bool:
    """Whether a verb's subject stands for an event told before."""
    tree = clauses.tree
    subject = tree.child(verb, *_SUBJECTS)
    return subject is not None and tree.lemmas[subject] in _words().standing and tree.lemmas[verb] != "be"


def _answered(clauses: Clauses, verb: int) -> str:
    """The event that somebody is called to, hears of or looks into: "responded to reports of a shooting"."""
    tree = clauses.tree
    for token in range(verb + 1, min(tree.right[verb], verb + _LOOKED_THROUGH) + 1):
        if tree.pos[token] in _NOMINAL and (event := clauses.event_of(token)) not in _UNTOLD:
            return event
        if _is_predicate(clauses, token) and tree.deps[token] not in ("acl", "relcl", "amod"):
            break
    return ""


def _of_phrase(clauses: Clauses, verb: int) -> str:
    """The event in which somebody died or something ended: "died in a shooting", "ended in tragedy"."""
    tree = clauses.tree
    for preposition in tree.below(verb, "prep"):
        if tree.lowers[preposition] in ("in", "during"):
            inner = tree.child(preposition, "pobj")
            if inner is not None and (event := _of_noun(clauses, inner)) not in _UNTOLD - {INCIDENT}:
                return event
    return ""


def _nearest(clauses: Clauses, predicate: int, value: Span) -> str:
    """The class of the word nearest to a value that tells of an event, in the clause of its predicate alone."""
    tree, middle = clauses.tree, value.root.i
    found: list[tuple[int, int]] = []
    stack, seen = [predicate], 0
    while stack and seen < _LOOKED_THROUGH:
        token = stack.pop()
        seen += 1
        if not value.start <= token < value.end and tree.deps[token] not in _DESCRIBES:
            found.append((abs(token - middle), token))
        stack.extend(child for child in tree.children[token] if tree.deps[child] not in _APART)
    for _, token in sorted(found):
        if (event := clauses.event_of(token)) not in _UNTOLD:
            return event
    return ""


def _of_sentence_before(clauses: Clauses, value: Span) -> str:
    """What the sentence before tells, where one without a verb only goes on in its line ("… 8 p.m." "Friday")."""
    tree = clauses.tree
    first, last = tree.sentence(value.root.i)
    if first == 0 or any(_is_predicate(clauses, i) for i in range(first, min(last, first + _LOOKED_THROUGH) + 1)):
        return ""
    if "\n" in tree.text[tree.ends[first - 1] : tree.starts[first]] or "\n" in tree.words[first - 1]:
        return ""
    root = first - 1
    for _ in range(_CLIMB):
        if tree.heads[root] == root:
            break
        root = tree.heads[root]
    return _of_verb(clauses, root) if _is_predicate(clauses, root) else ""
