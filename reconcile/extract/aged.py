"""Whose age an age is: the name it stands beside, else the noun and the person that grammar gives it to."""

from __future__ import annotations

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from reconcile.extract.layers import Layers
from reconcile.model import Entity

_STEPS = 5
_REACH = 6
"""How many words may stand between an age and the name after it: "16-year-old high school student Jane Roe"."""
_ARTICLES = frozenset({"a", "an", "the"})
_AGE_WORDS = frozenset({"age", "aged", "ages"})
_BETWEEN = frozenset({"ADJ", "NOUN", "PROPN", "PUNCT", "PART", "NUM"})
_APART = frozenset({"conj", "pobj", "dobj", "poss", "iobj"})
"""How a noun of its own hangs on another that is not the one described."""


def find_aged(layers: Layers, age: Tokens) -> tuple[Entity | None, str]:
    """Whose age some tokens tell: the person, where named, and the describing noun.

    A name that the age stands beside decides: "Jane Roe, 37," and "37-year-old Jane Roe". One that is no known
    person's leaves the age without a person, rather than with the last one named.
    """
    if _opens(age):
        named, noun, settled = _named_after(layers, age)
        if not settled:
            named, _, settled = _set_beside(layers, age)
    else:
        named, noun, settled = _named_before(layers, age)
    if settled:
        return named, noun
    return _by_grammar(layers, age)


def _opens(age: Tokens) -> bool:
    """Whether the age stands before what it describes ("16-year-old", "37 year old")."""
    return age[-1].lower_.endswith(("old", "olds"))


def _named_after(layers: Layers, age: Tokens) -> tuple[Entity | None, str, bool]:
    """The person whose name follows an attributive age, the noun between, and whether that settles it."""
    noun, doc, comma = "", layers.doc, False
    for i in range(age.end, min(age.end + _REACH, len(doc))):
        token = doc[i]
        owner = layers.entity_at(token)
        if owner is not None and owner.type == "person":
            return (owner, noun, True) if not comma or _is_set_off(layers, i, owner) else (None, noun, False)
        if token.pos_ not in _BETWEEN or token.is_sent_start or token.text in (";", ".", ":", "("):
            break
        if token.text == ",":
            comma = True
        if _names_somebody(token) and not comma and not _is_region(owner):
            return None, noun, True
        if token.pos_ == "NOUN":
            noun = token.lemma_.lower()
    return None, noun, False


def _set_beside(layers: Layers, age: Tokens) -> tuple[Entity | None, str, bool]:
    """The person named before ", an 18-year-old student"; a name that is nobody's settles it too."""
    doc, comma = layers.doc, age.start - 2
    if comma < 1 or doc[comma + 1].lower_ not in _ARTICLES or doc[comma].text != ",":
        return None, "", False
    return _owner_of_name(layers, comma - 1)


def _names_somebody(token: Token) -> bool:
    """Whether a word is part of a name: tagged so, or written large within its sentence."""
    return token.pos_ == "PROPN" or (token.text[0].isupper() and not token.is_sent_start and not token.text.isupper())


def _is_region(owner: Entity | None) -> bool:
    """Whether a proper noun is a place's or a people's: "23-year-old Torvale man"; other names may be somebody's."""
    return owner is not None and owner.type in ("place", "group")


def _is_set_off(layers: Layers, i: int, owner: Entity) -> bool:
    """Whether a name after a comma is an apposition, closed by punctuation: not "a 9-year-old boy, Jane Roe said"."""
    doc = layers.doc
    while i < len(doc) and layers.entity_at(doc[i]) is owner:
        i += 1
    return i >= len(doc) or doc[i].text in (",", ".", ";", ")", "—", "–", ":")


def _named_before(layers: Layers, age: Tokens) -> tuple[Entity | None, str, bool]:
    """The person named right before ", 68," or ", age 68"; a name that is nobody's settles it too."""
    doc, i = layers.doc, age.start - 1
    while i > 0 and doc[i].lower_ in _AGE_WORDS:
        i -= 1
    if i < 1 or doc[i].text not in (",", "("):
        return None, "", False
    return _owner_of_name(layers, i - 1)


def _owner_of_name(layers: Layers, i: int) -> tuple[Entity | None, str, bool]:
    """Whose name ends at a token or at the stop after it; settled where it is a name at all."""
    doc = layers.doc
    name = doc[i] if doc[i].text != "." or i < 1 else doc[i - 1]
    owner = layers.entity_at(name)
    if owner is not None and owner.type == "person":
        return owner, "", True
    return None, "", name.pos_ == "PROPN" and not _is_region(owner)


def _by_grammar(layers: Layers, age: Tokens) -> tuple[Entity | None, str]:
    """The person that the age's heads lead to, and the first noun on the way."""
    token, noun = age.root, ""
    for _ in range(_STEPS):
        if token.pos_ == "NOUN" and not noun and not (age.start <= token.i < age.end):
            noun = token.lemma_.lower()
        person = layers.person_of(token)
        if person is not None:
            return person, noun
        if token.dep_ in ("attr", "acomp", "ROOT") or token.pos_ in ("VERB", "AUX"):
            verb = token if token.pos_ in ("VERB", "AUX") else token.head
            subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
            copula = verb.lemma_ == "be" or token.pos_ not in ("VERB", "AUX")
            return (layers.person_of(subject) if subject is not None and copula else None), noun
        if token.head.i == token.i or (token.dep_ in _APART and _is_own(token, age)):
            break
        token = token.head
    return None, noun


def _is_own(token: Token, age: Tokens) -> bool:
    """Whether a word stands for somebody of its own: a noun, or an age used as one ("Moss and a 25-year-old")."""
    return token.pos_ == "NOUN" or _opens(age)
