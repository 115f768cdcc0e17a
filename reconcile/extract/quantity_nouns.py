"""What a number counts: its head noun in the parse, through "of" chains and ellipsis."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from reconcile.lexicon import load_lexicon

_NOUNS = frozenset({"NOUN", "PROPN"})
_NUMERIC_DEPS = frozenset(
    {"nummod", "compound", "quantmod", "amod", "nmod", "poss", "det", "advmod", "npadvmod", "punct", "predet"}
)
_LONGEST_CLIMB = 6
_PERCENT = frozenset({"%", "percent", "cent"})
_WINDOW = 12
_SENTENCE = 60


@cache
def context_words(name: str) -> frozenset[str]:
    """A word list of the lexicon of quantity contexts."""
    return frozenset(load_lexicon("quantity_contexts")[name])


def children_near(token: Token, *, left: int = _WINDOW, right: int = _WINDOW) -> list[Token]:
    """The token's children within a window: a list of thousands under one head must not cost thousands a number."""
    doc = token.doc
    return [other for other in doc[max(0, token.i - left) : token.i + right + 1] if other.head == token != other]


def start_of_sentence(token: Token) -> int:
    """The character offset where the token's sentence begins, or a point a window of words before."""
    for other in reversed(token.doc[max(0, token.i - _SENTENCE) : token.i + 1]):
        if other.is_sent_start:
            return other.idx
    return token.doc[max(0, token.i - _SENTENCE)].idx


def counted_noun(number: DocSpan) -> Token | None:
    """The head noun that the number's tokens count, or None where they stand alone."""
    top = number_head(number)
    return _modified_noun(number, top) or _noun_after_of(top) or _nearest_noun(number)


def number_head(number: DocSpan) -> Token:
    """The token of the number that the rest of the sentence hangs on: the last whose head lies outside."""
    outside = [token for token in number if not number.start <= token.head.i < number.end or token.head == token]
    numeric = [token for token in outside if token.pos_ in {"NUM", "NOUN", "ADJ", "PROPN", "DET"}]
    return (numeric or outside or [number[-1]])[-1]


def _modified_noun(number: DocSpan, top: Token) -> Token | None:
    """The noun to the right that the number modifies, up through compounds ("three course meal")."""
    head = top
    for _ in range(_LONGEST_CLIMB):
        if head.dep_ not in _NUMERIC_DEPS or head.head == head:
            break
        head = head.head
        if head.i >= number.end and head.pos_ in _NOUNS and head.lower_ not in _PERCENT:
            while head.dep_ == "compound" and head.head.pos_ in _NOUNS and 0 < head.head.i - head.i <= 2:
                head = head.head
            return head
    return None


def _noun_after_of(top: Token) -> Token | None:
    """ "two of the victims", "hundreds of people": the noun behind the number's own "of"."""
    for child in children_near(top, left=0):
        if child.lower_ == "of" or (child.dep_ == "prep" and child.lower_ == "among"):
            return next(
                (noun for noun in children_near(child, left=0) if noun.dep_ == "pobj" and noun.pos_ in _NOUNS), None
            )
    return None


def _nearest_noun(number: DocSpan) -> Token | None:
    """The end of the noun phrase straight after the number, for numbers the parse hung elsewhere."""
    doc, found = number.doc, None
    for index in range(number.end, min(number.end + 5, len(doc))):
        token = doc[index]
        if token.is_sent_start or token.pos_ not in {"ADJ", "NOUN", "PROPN"}:
            break
        if token.pos_ in _NOUNS:
            found = token
    if found is None or found.tag_ == "NN" or (found.pos_ == "PROPN" and not found.text.endswith("s")):
        return None
    return found


def totalled_noun(top: Token) -> str:
    """The noun of a bare number that a total stands at: "the death toll rose to 12" counts deaths."""
    if top.dep_ not in {"pobj", "attr", "dobj", "appos", "npadvmod"}:
        return ""
    governor = top.head
    for _ in range(3):
        for noun in (governor, *(x for x in children_near(governor) if x.dep_ in {"nsubj", "nsubjpass", "dobj"})):
            lemma = noun.lemma_.lower()
            if lemma in context_words("tolls"):
                return "death"
            if lemma in context_words("totals") and noun.pos_ == "NOUN":
                counted = _noun_after_of(noun)
                return noun_lemma(counted) if counted is not None and counted != top else ""
        if governor.pos_ in {"VERB", "AUX"} or governor.head == governor:
            break
        governor = governor.head
    return ""


def is_gathering(top: Token) -> bool:
    """Whether a bare number tells how many people a noun before its "of" gathers: "a crowd of 5,000"."""
    preposition = top.head
    return (
        top.dep_ == "pobj"
        and preposition.lower_ == "of"
        and preposition.head.lemma_.lower() in context_words("gatherings")
    )


def person_after(number: DocSpan) -> Token | None:
    """The noun for a person in the phrase straight after the number ("6-month-old baby shot")."""
    doc = number.doc
    for index in range(number.end, min(number.end + 4, len(doc))):
        token = doc[index]
        if token.is_sent_start or token.pos_ not in {"ADJ", "NOUN", "PROPN"}:
            return None
        if token.pos_ == "NOUN" and token.lemma_.lower() in context_words("people"):
            return token
    return None


def noun_lemma(noun: Token) -> str:
    """The lemma of the counted noun in lower case; a proper noun's singular keeps its capital ("Democrat")."""
    if noun.pos_ == "PROPN":
        plural = noun.tag_ == "NNPS" and noun.text.endswith("s") and len(noun.text) > 3
        return noun.text[:-1] if plural else noun.text
    return noun.lemma_.lower()


def noun_phrase(noun: Token, number: DocSpan) -> str:
    """The noun with its adjectives and compounds as lemmas: "heart transplants" is "heart transplant"."""
    parts = [token for token in noun.doc[max(number.end, noun.left_edge.i) : noun.i] if _is_modifier(token, noun)]
    words = [noun_lemma(token) if token.pos_ in _NOUNS else token.lemma_ for token in parts]
    superlative = any(token.tag_ == "JJS" for token in parts)
    return " ".join([*words, noun_lemma(noun), *(_field_of(noun) if superlative else [])])


def _field_of(noun: Token) -> list[str]:
    """Where a superlative holds: "the oldest parks in America" gives America."""
    preposition = next((x for x in children_near(noun, left=0) if x.lower_ == "in"), None)
    places = children_near(preposition, left=0) if preposition is not None else []
    return [noun_lemma(place) for place in places if place.dep_ == "pobj"][:1]


def _is_modifier(token: Token, noun: Token) -> bool:
    if token.pos_ not in {"ADJ", "NOUN", "PROPN"} or token.is_punct:
        return False
    head = token
    for _ in range(_LONGEST_CLIMB):
        if head == noun:
            return True
        if head.dep_ not in {"amod", "compound", "conj", "nmod"}:
            return False
        head = head.head
    return False
