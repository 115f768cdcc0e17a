"""Claims of where: each place that a clause sets its event in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from reconcile.extract.entities import buildings
from reconcile.extract.layers import Layers
from reconcile.extract.quantity_nouns import context_words
from reconcile.extract.syntax import Tree
from reconcile.lexicon import load_lexicon
from reconcile.model import Claim, Kind, PlaceValue, Span
from reconcile.normalize.name_parts import fold

_LOCATIVE = frozenset(
    [
        "in",
        "at",
        "on",
        "near",
        "outside",
        "inside",
        "within",
        "around",
        "across",
        "throughout",
        "along",
        "off",
        "between",
        "from",
        "to",
        "into",
        "of",
        "toward",
        "towards",
        "over",
        "behind",
        "beside",
        "by",
        "through",
    ]
)
_FILED = 0.4
"""The confidence of a dateline: where a report was filed is seldom where it happened."""
_HOME = 0.5
"""The confidence of somebody's home town as a place: what happened seldom happened there."""
_SCENE = 0.65
"""The confidence of a place that no preposition sets a scene at; an address that somebody lives at may be one."""
_AWAY = 0.4
"""The confidence of a place that something is only so far from."""
_SEEN = 0.5
"""The confidence of a place that somebody goes to or leaves, where what is told happened before or after."""
_SIDES = frozenset(["front", "outside", "inside"])
_DISTRICTS = frozenset(["neighborhood", "neighbourhood", "area", "section", "district", "side", "suburb"])
_DATELINE_TOKENS = 12
_REACH = 4
_NOUNS = ("building", "open", "vehicle", "gathering")
_ALONG = frozenset(["along", "across", "under", "beneath", "above"])
_STAGES = frozenset(["ORG", "WORK_OF_ART", "PRODUCT"])
_MARKS = "\"“”„'‘’`.,"
_SETTING = frozenset(["in", "at", "on", "near", "outside", "inside", "behind", "into"])


def place_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for every mention of a place that stands where something is, happens, comes from or goes to."""
    for place in layers.entities:
        if place.type != "place" or not isinstance(place.name, PlaceValue):
            continue
        for mention in place.mentions:
            claim = _place_claim(layers, place.name, mention)
            if claim is not None:
                yield claim


@cache
def place_nouns() -> frozenset[str]:
    """The common nouns that tell where something happens."""
    return frozenset(noun for kind in _NOUNS for noun in load_lexicon("place_nouns")[kind])


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load_lexicon("place_nouns")[kind])


def common_place_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for every place told by a common noun alone ("at the scene", "in a parked car", "to a hospital")."""
    tree, nouns = layers.tree, place_nouns()
    for i, lemma in enumerate(tree.lemmas):
        if lemma not in nouns:
            continue
        setting = _setting_of(tree, i)
        token = layers.doc[i]
        if not setting or layers.entity_at(token) is not None:
            continue
        phrase = _close_phrase(token)
        span = Span(phrase[0].idx, token.idx + len(token.text))
        value = _common_place(layers, phrase)
        if value is None:
            continue
        confidence = _SEEN if setting == "visited" else 0.6
        claim = layers.claim(Kind.LOCATION, span, value, confidence=confidence, slot=f"where ({setting})")
        if claim is not None:
            yield claim


def _setting_of(tree: Tree, noun: int) -> str:
    """The preposition that sets something at a noun, "visited" for what somebody goes to or leaves; "" for neither."""
    above = tree.heads[noun]
    if tree.deps[noun] == "dobj":
        return "visited" if tree.lemmas[above] in _words("presence") else ""
    if tree.deps[noun] != "pobj":
        return ""
    if tree.lowers[above] == "of" and tree.lowers[tree.heads[above]] in _SIDES:
        return "in front of" if tree.lowers[tree.heads[above]] == "front" else tree.lowers[tree.heads[above]]
    return tree.lowers[above] if _sets(tree, above, noun) else ""


def _common_place(layers: Layers, phrase: list[Token]) -> PlaceValue | None:
    """A place by its common noun, in the town named before it ("a Lyon hospital"); None for a named district."""
    named = next((at for at in range(len(phrase) - 2, -1, -1) if _is_place(layers, phrase[at])), None)
    if named is None:
        return PlaceValue(" ".join(t.lower_ for t in phrase if t.dep_ != "det"))
    if phrase[-1].lemma_.lower() in _DISTRICTS:
        return None
    entity = layers.entity_at(phrase[named])
    assert entity is not None, "it is a place"
    place = entity.name
    assert isinstance(place, PlaceValue), "places have places' names"
    return PlaceValue(" ".join(t.lower_ for t in phrase[named + 1 :]), (place.name, *place.containers))


def _is_place(layers: Layers, token: Token) -> bool:
    entity = layers.entity_at(token)
    return entity is not None and entity.type == "place"


def _sets(tree: Tree, preposition: int, noun: int) -> bool:
    """Whether a preposition sets something at a noun: "in" and the like always, "to" where somebody goes there."""
    word = tree.lowers[preposition]
    if word in _SETTING or word in _ALONG:
        return True
    return word == "to" and tree.lemmas[tree.heads[preposition]] in _words("motion") and tree.lemmas[noun] in _targets()


@cache
def _targets() -> frozenset[str]:
    words = load_lexicon("place_nouns")
    return frozenset((*words["building"], *words["open"]))


def seat_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for a government's building where something happens in it ("at the White House")."""
    for entity in layers.entities:
        if not entity.key.startswith("government:"):
            continue
        for mention in entity.mentions:
            tokens = layers.tokens(mention)
            name = mention.of(layers.article.text)
            if tokens is None or fold(name) not in buildings() or find_preposition(tokens) not in _SETTING | {"from"}:
                continue
            value = PlaceValue(name, (), "site")
            claim = layers.claim(
                Kind.LOCATION, mention, value, confidence=0.6, slot=f"where ({find_preposition(tokens)})"
            )
            if claim is not None:
                yield claim


def stage_claims(layers: Layers) -> Iterator[Claim]:
    """A claim for the programme, outlet or craft that something is said or seen on ("on the Morning Show")."""
    tree = layers.tree
    for i, word in enumerate(tree.lowers):
        if word != "on" or tree.deps[i] != "prep" or (stage := tree.child(i, "pobj")) is None:
            continue
        if tree.entities[stage] not in _STAGES or _is_place(layers, layers.doc[stage]):
            continue
        first = stage
        while first - 1 > i and tree.left[stage] <= first - 1 and tree.deps[first - 1] != "det":
            first -= 1
        span = tree.span(first, stage)
        value = PlaceValue(" ".join(span.of(tree.text).split()).strip(_MARKS), (), "site")
        claim = layers.claim(Kind.LOCATION, span, value, confidence=0.5, slot="where (on)") if value.name else None
        if claim is not None:
            yield claim


def _close_phrase(noun: Token) -> list[Token]:
    """A noun with the words before it that belong to it, none left out in between."""
    first = noun.i
    while first > noun.left_edge.i and noun.doc[first - 1].head.i == noun.i:
        first -= 1
    return list(noun.doc[first : noun.i + 1])


def _place_claim(layers: Layers, value: PlaceValue, mention: Span) -> Claim | None:
    tokens = layers.tokens(mention)
    if tokens is None:
        return None
    preposition = find_preposition(tokens) or _preposition_before(tokens)
    if not preposition and value.level != "address" and tokens.root.dep_ in ("nsubj", "nsubjpass", "dobj", "poss"):
        present = tokens.root.dep_ == "dobj" and tokens.root.head.lemma_.lower() in _words("presence")
        if not present:
            return None  # a place that acts or owns is a party, not a setting
    if value.level == "country" and (preposition not in _SETTING or _describes(tokens)):
        return None  # "from France", "on the French outpost": a side, seldom a scene
    if is_dateline(layers, tokens):
        return layers.claim(Kind.LOCATION, mention, value, confidence=_FILED, slot="where (filed)")
    if (resident := _resident(layers, tokens, preposition)) is not None:
        person = layers.person_of(resident)
        return layers.claim(
            Kind.LOCATION,
            mention,
            value,
            confidence=_HOME if value.level not in ("address", "site") else _SCENE,
            slot="home",
            subject=person.key if person else None,
            head=resident.lemma_.lower(),
        )
    if preposition in ("of", "from") and _measures(_above(tokens)):
        return layers.claim(Kind.LOCATION, mention, value, confidence=_AWAY, slot="where (away from)")
    firm = preposition in ("in", "at", "on", "near", "outside", "inside")
    return layers.claim(
        Kind.LOCATION,
        mention,
        value,
        confidence=0.85 if firm else _SCENE,
        slot=f"where ({preposition or 'named'})",
    )


def _describes(tokens: Tokens) -> bool:
    """Whether a place stands before a noun that it describes, rather than in which something is."""
    return tokens.root.dep_ in ("compound", "nmod", "amod") and tokens.root.head.i > tokens.root.i


def _resident(layers: Layers, tokens: Tokens, preposition: str) -> Token | None:
    """Whose home a place is: "a Port Ellis man", "Brunn, 44, of Port Ellis", "a woman from Port Ellis"; else None."""
    if not preposition:
        root = tokens.root
        return root.head if _describes(tokens) and root.head.lemma_.lower() in _people() else None
    if preposition not in ("of", "from"):
        return None
    above = _above(tokens)
    if above.pos_ == "NUM" and above.head.pos_ == "PROPN":
        above = above.head
    if above.lemma_.lower() in _people():
        return above
    entity = layers.entity_at(above)
    return above if entity is not None and entity.type == "person" else None


@cache
def _people() -> frozenset[str]:
    return context_words("people") - {"officer", "suspect", "victim", "gunman", "shooter"}


def _above(tokens: Tokens) -> Token:
    """The word that a place's preposition hangs on."""
    token = tokens.root
    for _ in range(_REACH):
        if token.dep_ in ("pobj", "pcomp"):
            return token.head.head
        token = token.head
    return token


def _measures(token: Token) -> bool:
    """Whether a word tells how far or which way from a place something lies ("30 miles east of")."""
    return token.lemma_.lower() in _words("distance")


def is_dateline(layers: Layers, tokens: Tokens) -> bool:
    """Whether a place stands where a report says it was filed: a short sentence of its own, without a verb."""
    sentence = layers.clauses.sentence_of(tokens[0])
    short = len(sentence) <= _DATELINE_TOKENS
    return short and not any(token.pos_ in ("VERB", "AUX") for token in sentence)


def _preposition_before(tokens: Tokens) -> str:
    """The preposition right before a place's words, where the parse leads elsewhere, or ""."""
    if tokens.start == 0 or tokens[0].is_sent_start:
        return ""
    before = tokens.doc[tokens.start - 1]
    return before.lower_ if before.pos_ == "ADP" and before.lower_ in _LOCATIVE else ""


def find_preposition(tokens: Tokens) -> str:
    """The preposition that a place's words hang on, or ""."""
    token = tokens.root
    for _ in range(_REACH):
        if token.dep_ in ("pobj", "pcomp"):
            word = token.head.lower_
            return word if word in _LOCATIVE else ""
        if token.dep_ not in ("conj", "appos", "compound", "nmod", "nummod") or token.head.i == token.i:
            return ""
        token = token.head
    return ""
