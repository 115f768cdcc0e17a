"""The clause around a value: its verb, the event it tells of, its subject, its words, and whether it happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Literal

from spacy.tokens import Doc, Span, Token

from reconcile.lexicon import load_lexicon

Modality = Literal["done", "planned", "possible", "denied"]

_NESTED = frozenset({"ccomp", "advcl", "relcl", "parataxis", "acl", "csubj"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_POSSIBLE = frozenset({"may", "might", "could", "can"})
_PLANNED = frozenset({"will", "would", "shall", "'ll", "should", "wo", "'d"})
_INTENT = frozenset(
    [
        "plan",
        "schedule",
        "expect",
        "intend",
        "hope",
        "set",
        "prepare",
        "aim",
        "slate",
        "due",
        "propose",
        "promise",
        "vow",
        "threaten",
        "urge",
    ]
)
_VALUES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL"})
_LIGHT = frozenset(["be", "have", "do", "get", "make", "take", "go", "say", "tell"])
_CLIMB_LIMIT = 40
_COORDINATES = 40
"""Words joined to one that are looked at: enough for real prose, constant for hostile text, as are the other limits."""
_CHILDREN = 200


@cache
def event_words() -> Mapping[tuple[str, str], str]:
    """``(part of speech, lemma) -> event class`` from the lexicon."""
    parts = {"verbs": "VERB", "nouns": "NOUN", "adjectives": "ADJ"}
    return {
        (parts[part], word): name
        for name, lists in load_lexicon("events").items()
        for part, words in lists.items()
        for word in words
    }


def event_of(token: Token) -> str:
    """The event class a token tells of, or ""."""
    part, lemma = "VERB" if token.pos_ == "AUX" else token.pos_, token.lemma_.lower()
    words = event_words()
    if part == "VERB":
        for child in token.children:
            if child.dep_ in ("prt", "advmod", "dobj") and (name := words.get((part, f"{lemma} {child.lower_}"))):
                return name
    return words.get((part, lemma), "")


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause that governs a value."""

    predicate: Token
    event: str
    events: tuple[str, ...]
    """Every class of event told beside it: by coordinated verbs ("shot and killed") and by the clause's nouns."""
    noun: str
    """The event noun the value hangs on ("the shooting on Monday"), else the nearest noun above it, or ""."""
    subject: Token | None
    polarity: Literal["positive", "negative"]
    modality: Modality
    words: tuple[str, ...]
    around: tuple[str, ...]
    sentence: Span


@dataclass(slots=True)
class Clauses:
    """Finds clauses in one document, each predicate looked at once."""

    doc: Doc
    _words: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _around: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _near: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _steps: dict[int, tuple[str, list[Token]]] = field(default_factory=dict)
    _sentences: dict[int, Span] = field(default_factory=dict)

    def sentence_of(self, token: Token) -> Span:
        """The sentence a token stands in."""
        if not self._sentences:
            for sentence in self.doc.sents:
                for other in sentence:
                    self._sentences[other.i] = sentence
        return self._sentences[token.i]

    def around(self, value: Span) -> Clause:
        """The clause that governs the words of ``value``."""
        event_noun, noun, predicate = self._climb(value)
        event = event_of(predicate)
        if event_noun is not None and (event in ("", "say", "begin", "end") or predicate.lemma_ in _LIGHT):
            event = event_of(event_noun)
        elif not event:
            event = self._event_below(predicate)
        sentence = self.sentence_of(predicate)
        inner = self._content(predicate)
        return Clause(
            predicate,
            event,
            self._events(predicate, event),
            named.lemma_.lower() if (named := event_noun or noun) is not None else "",
            find_subject(predicate),
            "negative" if is_negated(predicate) else "positive",
            modality_of(predicate),
            inner,
            self._sentence_words(sentence, frozenset(inner)),
            sentence,
        )

    @staticmethod
    def _climb(value: Span) -> tuple[Token | None, Token | None, Token]:
        """The nearest event noun, noun and verb above a value; the sentence's root where there is no verb."""
        token, event_noun, noun = value.root, None, None
        for _ in range(_CLIMB_LIMIT):
            inside = value.start <= token.i < value.end
            if token.pos_ in ("NOUN", "PROPN") and not inside:
                noun = noun or token
                event_noun = event_noun or (token if event_of(token) else None)
            verb = token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass"))
            if verb and not inside:
                return event_noun, noun, token
            if token.head.i == token.i:
                break
            token = token.head
        return event_noun, noun, token

    @staticmethod
    def _event_below(predicate: Token) -> str:
        """The event class of a predicate's own complements ("left five people dead", "is a meeting")."""
        for child in predicate.children:
            if child.dep_ in ("attr", "acomp", "oprd", "dobj", "nsubj", "nsubjpass") and (name := event_of(child)):
                return name
        return ""

    def _events(self, predicate: Token, event: str) -> tuple[str, ...]:
        """The classes of a predicate's coordinates and of the nouns right below it, with its own first."""
        if predicate.i not in self._near:
            beside = [predicate, *_coordinates(predicate)]
            children = (child for verb in beside for child in islice(verb.children, _CHILDREN))
            near = [child for child in children if child.dep_ in ("nsubj", "nsubjpass", "dobj")]
            self._near[predicate.i] = tuple(dict.fromkeys(event_of(token) for token in (*beside, *near)))
        return tuple(dict.fromkeys(name for name in (event, *self._near[predicate.i]) if name))

    def _content(self, predicate: Token) -> tuple[str, ...]:
        """Content lemmas below a predicate, its nested clauses left out."""
        if (known := self._words.get(predicate.i)) is not None:
            return known
        words: list[str] = []
        stack, seen = [predicate], 0
        while stack and seen < 200:
            token = stack.pop()
            seen += 1
            word, below = self._step_down(token)
            if word:
                words.append(word)
            stack.extend(below)
        self._words[predicate.i] = tuple(dict.fromkeys(words))
        return self._words[predicate.i]

    def _step_down(self, token: Token) -> tuple[str, list[Token]]:
        """A token's content lemma, or "", and its children in the same clause; clauses that share it look once."""
        if (known := self._steps.get(token.i)) is None:
            below = [
                child
                for child in islice(token.children, _CHILDREN)
                if not (child.dep_ in _NESTED or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")))
            ]
            known = self._steps[token.i] = (token.lemma_.lower() if is_content(token) else "", below)
        return known

    def _sentence_words(self, sentence: Span, inner: frozenset[str]) -> tuple[str, ...]:
        if sentence.start not in self._around:
            self._around[sentence.start] = tuple(
                dict.fromkeys(token.lemma_.lower() for token in sentence[:200] if is_content(token))
            )
        return tuple(word for word in self._around[sentence.start] if word not in inner)


def _coordinates(token: Token) -> list[Token]:
    """The words joined to one, first to last, as ``Token.conjuncts`` has them; but of a long list its start only."""
    first = token
    for _ in range(_CLIMB_LIMIT):
        if first.dep_ != "conj" or first.head.i == first.i:
            break
        first = first.head
    found = [first]
    for word in found:
        if len(found) > _COORDINATES:
            break
        found.extend(child for child in islice(word.rights, _CHILDREN) if child.dep_ == "conj")
    return [word for word in found if word.i != token.i]


def is_content(token: Token) -> bool:
    """Whether a token carries meaning of its own for matching."""
    return (
        token.pos_ in _CONTENT
        and not token.is_stop
        and not token.like_num
        and token.ent_type_ not in _VALUES
        and len(token.text) > 1
    )


def find_subject(predicate: Token) -> Token | None:
    """The grammatical subject of a verb, looked for through coordination and control."""
    token = predicate
    for _ in range(6):
        for child in token.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                return child
        if token.dep_ == "relcl" or (token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN")):
            return token.head
        if token.dep_ not in ("conj", "xcomp", "advcl", "ccomp") or token.head.i == token.i:
            return None
        token = token.head
    return None


def is_negated(predicate: Token) -> bool:
    """Whether a verb is negated, by "not" or by a "no" on its subject or object."""
    for child in predicate.children:
        if child.dep_ == "neg":
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and any(
            grand.lower_ in ("no", "neither") and grand.dep_ in ("det", "neg", "preconj") for grand in child.children
        ):
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in ("nobody", "none", "neither"):
            return True
    return False


def modality_of(predicate: Token) -> Modality:
    """Whether what a verb tells is done, planned, or only possible."""
    token = predicate
    for _ in range(4):
        for child in token.children:
            if child.dep_ in ("aux", "auxpass"):
                if child.lower_ in _POSSIBLE:
                    return "possible"
                if child.lower_ in _PLANNED:
                    return "planned"
        head = token.head
        if token.dep_ == "xcomp" and head.i != token.i:
            if head.lemma_ in _INTENT:
                return "planned"
            token = head
            continue
        break
    if predicate.lemma_ in ("schedule", "plan", "expect", "slate") and predicate.tag_ in ("VBN", "VBD"):
        return "planned"
    return "done"
