"""The layers of one article that claims are made from, with the look-ups between them."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reconcile.extract.attributions import DENIED
from reconcile.extract.clauses import Clause, Clauses
from reconcile.extract.predicates import find_subject
from reconcile.extract.span_index import SpanIndex
from reconcile.extract.syntax import Tree
from reconcile.model import (
    About,
    Article,
    Attribution,
    Claim,
    Entity,
    Excluded,
    Kind,
    Published,
    QuantityMention,
    Span,
    TextValue,
    TimeMention,
    Value,
)

_IMPERSONAL = frozenset({"it", "they"})
_PERSONAL = frozenset(["he", "she", "him", "her", "his", "hers", "who", "whom", "whose"])


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What one sentence tells whichever of its claims is asked about: entity keys, ISO day, place key."""

    entities: tuple[str, ...]
    day: str
    place: str


@dataclass(slots=True)
class Layers:
    """One parsed article with its times, quantities, entities and attributions."""

    article: Article
    doc: Doc
    published: Published | None
    times: tuple[TimeMention, ...]
    quantities: tuple[QuantityMention, ...]
    entities: tuple[Entity, ...]
    attributions: tuple[Attribution, ...]
    nested: tuple[Attribution, ...]
    """What is reported within a report."""
    excluded: tuple[Excluded, ...]
    clauses: Clauses = field(init=False)
    tree: Tree = field(init=False)
    _owners: dict[int, Entity] = field(init=False, default_factory=dict)
    _told: list[tuple[int, Attribution]] = field(init=False)
    """Of each stretch that somebody tells is so, the size of the whole content and the attribution."""
    _told_spans: SpanIndex = field(init=False)
    _times_spans: SpanIndex = field(init=False)
    _excluded_spans: SpanIndex = field(init=False)
    _sentences: dict[int, _Sentence] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index tokens by offset, entities by token, and what claims look up by span."""
        self.clauses = Clauses(self.doc)
        self.tree = Tree.of(self.doc)
        for entity in self.entities:
            for mention in entity.mentions:
                for i in self._range(mention):
                    self._owners.setdefault(i, entity)
        told = [a for a in (*self.attributions, *self.nested) if a.act == "assertion"]
        self._told = [(sum(p.end - p.start for p in a.content), a) for a in told for _ in a.content]
        self._told_spans = SpanIndex(part for a in told for part in a.content)
        self._times_spans = SpanIndex(mention.span for mention in self.times)
        self._excluded_spans = SpanIndex(part.span for part in self.excluded)

    def tokens(self, span: Span) -> Tokens | None:
        """The tokens that touch a span, or None where it holds none."""
        touched = self._range(span)
        return self.doc[touched.start : touched.stop] if touched else None

    def _range(self, span: Span) -> range:
        """The indices of the tokens that touch a span."""
        starts = self.tree.starts
        if span.end <= span.start or not starts:
            return range(0)
        return range(max(0, bisect_right(starts, span.start) - 1), bisect_right(starts, span.end - 1))

    def having(self, parts: Container[str], lemmas: Container[str]) -> Iterator[Token]:
        """The tokens of some parts of speech whose lemma in lower case is one of some, in order."""
        tree = self.tree
        for i, lemma in enumerate(tree.lemmas):
            if lemma in lemmas and tree.pos[i] in parts:
                yield self.doc[i]

    def is_body(self, span: Span) -> bool:
        """Whether a span lies in the article's body."""
        return not self._excluded_spans.overlapping(span)

    def entity_at(self, token: Token) -> Entity | None:
        """The entity that a token is a mention of."""
        return self._owners.get(token.i)

    def person_of(self, token: Token) -> Entity | None:
        """The person a noun or pronoun stands for: itself, its apposition, its name, or the last one named."""
        entity = self.entity_at(token)
        if entity is not None:
            return entity if entity.type == "person" else None
        for other in (*token.children, token.head):
            beside = other.dep_ in ("appos", "compound", "nmod") or token.dep_ == "appos"
            if beside and (named := self.entity_at(other)) is not None and named.type == "person":
                return named
        return self._antecedent(token) if token.lower_ in _PERSONAL else None

    def _antecedent(self, pronoun: Token) -> Entity | None:
        """The person last named before a pronoun, within its sentence or the two before."""
        crossed = 0
        for i in range(pronoun.i - 1, max(-1, pronoun.i - 120), -1):
            owner = self._owners.get(i)
            if owner is not None and owner.type == "person":
                return owner
            crossed += bool(self.doc[i].is_sent_start)
            if crossed > 2:
                return None
        return None

    def entities_in(self, tokens: Iterable[int]) -> tuple[str, ...]:
        """The keys of the entities named among some tokens, in order."""
        found = (self._owners.get(i) for i in tokens)
        return tuple(dict.fromkeys(entity.key for entity in found if entity is not None))

    def said_by(self, span: Span) -> Attribution | None:
        """The innermost attribution whose content holds a span, of those that tell what is so."""
        holding = (self._told[place] for place in self._told_spans.covering(span))
        innermost = min(holding, key=lambda sized: sized[0], default=None)
        return innermost[1] if innermost else None

    def about(self, clause: Clause, value: Tokens) -> About:
        """What a clause tells of the value in it."""
        subject = clause.subject
        person = self.person_of(subject) if subject is not None else None
        entity = self.entity_at(subject) if subject is not None else None
        owner = person or entity or self._reporter(clause)
        own = set(self.tree.lemmas[value.start : value.end])
        sentence = self._sentence(clause.sentence)
        return About(
            subject=owner.key if owner else None,
            entities=sentence.entities,
            actor=self.tree.lemmas[subject.i] if subject is not None else "",
            predicate=self.tree.lemmas[clause.predicate.i],
            event=clause.event,
            events=clause.events,
            head=clause.noun,
            day=sentence.day,
            place=sentence.place,
            words=tuple(word for word in clause.words if word not in own),
            around=clause.around,
        )

    def _reporter(self, clause: Clause) -> Entity | None:
        """Whom "it" or "they" stands for in what somebody says of themselves ("the firm said it would close")."""
        verb = clause.predicate
        if clause.subject is None or clause.subject.lower_ not in _IMPERSONAL or verb.dep_ not in ("ccomp", "xcomp"):
            return None
        reporter = find_subject(verb.head)
        return self.entity_at(reporter) if reporter is not None else None

    def _sentence(self, sentence: Tokens) -> _Sentence:
        """What a sentence tells, read once."""
        if (known := self._sentences.get(sentence.start)) is None:
            named = self.entities_in(range(sentence.start, sentence.end))
            told = _Sentence(named, self._day_of(sentence), self._place_of(sentence))
            known = self._sentences[sentence.start] = told
        return known

    def _day_of(self, sentence: Tokens) -> str:
        """The ISO day of the first dated expression in a sentence, or ""."""
        for place in self._times_spans.overlapping(Span(sentence.start_char, sentence.end_char)):
            value = self.times[place].value
            if value.start and value.type in ("DATE", "TIME"):
                return value.start.date().isoformat()
        return ""

    def _place_of(self, sentence: Tokens) -> str:
        """The key of the first place named in a sentence, or ""."""
        for i in range(sentence.start, sentence.end):
            entity = self._owners.get(i)
            if entity is not None and entity.type == "place":
                return entity.key
        return ""

    def claim(
        self, kind: Kind, span: Span, value: Value, *, confidence: float, slot: str, **changes: str | None
    ) -> Claim | None:
        """A claim for a value at a span with its clause as context; None outside the body.

        ``changes`` replace fields of the context (``subject``, ``head``) that the maker of the claim knows better.
        """
        tokens = self.tokens(span)
        if tokens is None or not self.is_body(span):
            return None
        clause = self.clauses.around(tokens)
        about = replace(self.about(clause, tokens), slot=slot, **changes)  # type: ignore[arg-type]
        text = self.article.text
        sentence = Span(clause.sentence.start_char, clause.sentence.end_char)
        quote_span = _trim(text, Span(min(sentence.start, span.start), max(sentence.end, span.end)))
        said = self.said_by(span)
        return Claim(
            id=claim_id(self.article.id, kind, span, about.subject, value),
            article=self.article.id,
            kind=kind,
            about=about,
            value=value,
            span=span,
            text=span.of(text),
            clause=quote_span,
            quote=quote_span.of(text),
            speaker=said.speaker if said else None,
            hedge=(said.hedge if said else None) or clause.hedge,
            polarity=clause.polarity,
            modality="denied" if said is not None and said.hedge == DENIED else clause.modality,
            confidence=round(confidence, 3),
        )

    def text_value(self, tokens: Tokens) -> TextValue:
        """The words of some tokens as a value, with their content lemmas."""
        tree = self.tree
        here = range(tokens.start, tokens.end)
        words = tuple(dict.fromkeys(tree.lemmas[i] for i in here if tree.content[i] or tree.numeral[i]))
        return TextValue(" ".join(tokens.text.split()), words)


def _trim(text: str, span: Span) -> Span:
    """The span without the white space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def claim_id(article: str, kind: Kind, span: Span, subject: str | None, value: Value) -> str:
    """A content-addressed id: the same claim read again has the same id."""
    key = f"{article}\x1f{kind}\x1f{span.start}\x1f{span.end}\x1f{subject}\x1f{value!r}"
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
