"""The clause around a value: its verb, the event it tells of, its subject, its words, and whether it happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Span, Token

from reconcile.extract.predicates import Modality, find_subject, hearsay_above, hedge_beside, is_negated, modality_of
from reconcile.extract.syntax import Tree
from reconcile.lexicon import load_lexicon

_NESTED = frozenset({"ccomp", "advcl", "relcl", "parataxis", "acl", "csubj"})
_LIGHT = frozenset(["be", "have", "do", "get", "make", "take", "go", "say", "tell"])
_COMPLEMENTS = frozenset(["attr", "acomp", "oprd", "dobj", "nsubj", "nsubjpass"])
_BESIDE = frozenset(["prt", "advmod", "dobj", "prep", "nsubjpass"])
"""Where the second word of a verb's entry in the lexicon stands: "step down", "open fire", "shots were fired"."""

_CLIMB_LIMIT = 40
_COORDINATES = 40
"""Words joined to one that are looked at: enough for real prose, constant for hostile text."""


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


@cache
def event_lemmas() -> frozenset[str]:
    """The first words of all event words, whatever their part of speech."""
    return frozenset(lemma.split()[0] for _, lemma in event_words())


def event_of(token: Token) -> str:
    """The event class a token tells of, or ""."""
    part, lemma = "VERB" if token.pos_ == "AUX" else token.pos_, token.lemma_.lower()
    words = event_words()
    if part == "VERB":
        for child in token.children:
            if child.dep_ in _BESIDE and (name := words.get((part, f"{lemma} {child.lower_}"))):
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
    hedge: str | None
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
    _steps: dict[int, tuple[str, list[int]]] = field(default_factory=dict)
    _verbs: dict[int, tuple[Token | None, bool, Modality, str | None]] = field(default_factory=dict)
    _sentences: dict[int, Span] = field(default_factory=dict)
    _classes: dict[int, str] = field(default_factory=dict)
    tree: Tree = field(init=False)

    def __post_init__(self) -> None:
        """Take the parse as lists."""
        self.tree = Tree.of(self.doc)

    def sentence_of(self, token: Token) -> Span:
        """The sentence a token stands in."""
        first, last = self.tree.sentence(token.i)
        if (known := self._sentences.get(first)) is None:
            known = self._sentences[first] = self.doc[first : last + 1]
        return known

    def event_of(self, i: int) -> str:
        """The event class that the token at an index tells of, or ""."""
        if (known := self._classes.get(i)) is None:
            known = self._classes[i] = event_of(self.doc[i]) if self._may_tell(i) else ""
        return known

    def _may_tell(self, i: int) -> bool:
        """Whether a token's lemma is in the lexicon at all, alone or with a word after it; most are not."""
        return self.tree.lemmas[i] in event_lemmas()

    def around(self, value: Span) -> Clause:
        """The clause that governs the words of ``value``."""
        event_noun, noun, predicate = self._climb(value)
        event = self.event_of(predicate.i)
        if event_noun is not None and (event in ("", "say", "begin", "end") or predicate.lemma_ in _LIGHT):
            event = self.event_of(event_noun.i)
        elif not event:
            event = self._event_below(predicate)
        sentence = self.sentence_of(predicate)
        inner = self._content(predicate.i)
        subject, negated, modality, hearsay = self._verb(predicate)
        return Clause(
            predicate,
            event,
            self._events(predicate, event),
            self.tree.lemmas[named.i] if (named := event_noun or noun) is not None else "",
            subject,
            "negative" if negated else "positive",
            modality,
            hedge_beside(self.tree, predicate.i, value.root.i) or hearsay,
            inner,
            self._sentence_words(sentence, frozenset(inner)),
            sentence,
        )

    def _verb(self, predicate: Token) -> tuple[Token | None, bool, Modality, str | None]:
        """A predicate's subject, whether it is negated, its modality, and the hearsay above it, looked at once."""
        if (known := self._verbs.get(predicate.i)) is None:
            known = find_subject(predicate), is_negated(predicate), modality_of(predicate), hearsay_above(predicate)
            self._verbs[predicate.i] = known
        return known

    def _climb(self, value: Span) -> tuple[Token | None, Token | None, Token]:
        """The nearest event noun, noun and verb above a value; the sentence's root where there is no verb."""
        token, event_noun, noun = value.root, None, None
        for _ in range(_CLIMB_LIMIT):
            inside = value.start <= token.i < value.end
            if token.pos_ in ("NOUN", "PROPN") and not inside:
                noun = noun or token
                event_noun = event_noun or (token if self.event_of(token.i) else None)
            verb = token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass"))
            if verb and not inside:
                return event_noun, noun, token
            if token.head.i == token.i:
                break
            token = token.head
        return event_noun, noun, token

    def _event_below(self, predicate: Token) -> str:
        """The event class of a predicate's own complements ("left five people dead", "is a meeting")."""
        for child in self.tree.children[predicate.i]:
            if self.tree.deps[child] in _COMPLEMENTS and (name := self.event_of(child)):
                return name
        return ""

    def _events(self, predicate: Token, event: str) -> tuple[str, ...]:
        """The classes of a predicate's coordinates and of the nouns right below it, with its own first."""
        if predicate.i not in self._near:
            tree = self.tree
            beside = [predicate.i, *_coordinates(tree, predicate.i)]
            children = (child for verb in beside for child in tree.children[verb])
            near = [child for child in children if tree.deps[child] in ("nsubj", "nsubjpass", "dobj")]
            self._near[predicate.i] = tuple(dict.fromkeys(map(self.event_of, (*beside, *near))))
        return tuple(dict.fromkeys(name for name in (event, *self._near[predicate.i]) if name))

    def _content(self, predicate: int) -> tuple[str, ...]:
        """Content lemmas below a predicate, its nested clauses left out."""
        if (known := self._words.get(predicate)) is not None:
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
        self._words[predicate] = tuple(dict.fromkeys(words))
        return self._words[predicate]

    def _step_down(self, token: int) -> tuple[str, list[int]]:
        """A token's content lemma, or "", and its children in the same clause; clauses that share it look once."""
        if (known := self._steps.get(token)) is None:
            tree = self.tree
            below = [
                child
                for child in tree.children[token]
                if not (
                    tree.deps[child] in _NESTED or (tree.deps[child] == "conj" and tree.pos[child] in ("VERB", "AUX"))
                )
            ]
            known = self._steps[token] = (tree.lemmas[token] if tree.content[token] else "", below)
        return known

    def _sentence_words(self, sentence: Span, inner: frozenset[str]) -> tuple[str, ...]:
        if sentence.start not in self._around:
            tree, first = self.tree, sentence.start
            self._around[first] = tuple(
                dict.fromkeys(tree.lemmas[i] for i in range(first, min(sentence.end, first + 200)) if tree.content[i])
            )
        return tuple(word for word in self._around[sentence.start] if word not in inner)


def _coordinates(tree: Tree, token: int) -> list[int]:
    """The words joined to one, first to last, as ``Token.conjuncts`` has them; but of a long list its start only."""
    first = token
    for _ in range(_CLIMB_LIMIT):
        if tree.deps[first] != "conj" or tree.heads[first] == first:
            break
        first = tree.heads[first]
    found = [first]
    for word in found:
        if len(found) > _COORDINATES:
            break
        found.extend(child for child in tree.children[word] if child > word and tree.deps[child] == "conj")
    return [word for word in found if word != token]
