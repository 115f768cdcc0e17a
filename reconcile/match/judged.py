"""What reviewers decided about claims, taken into account: misread ones put right, facts joined or kept apart.

Judgements remember claims by outlet, value and words, so they hold however often an article is read again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from reconcile.match.evidence import evidence_of, same_words
from reconcile.match.nodes import Node
from reconcile.model import (
    Act,
    Article,
    Claim,
    Correction,
    Decision,
    Evidence,
    Feature,
    Judgement,
    Kind,
    Link,
    Reading,
    Span,
)

Key = tuple[Kind, str, str]
_WHY = Feature("judged", 1.0, "a reviewer held both to answer one question")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a piece of evidence stands: in which ruling, in which of its groups."""

    ruling: int
    group: int
    quote: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The decisions that bear on matching, by the claims they are about; later ones count more."""

    places: Mapping[Key, tuple[_Place, ...]] = field(default_factory=dict)
    same: tuple[bool, ...] = ()
    corrections: Mapping[Key, tuple[Correction, ...]] = field(default_factory=dict)

    @staticmethod
    def of(judgements: Iterable[Judgement]) -> Judged:
        """Of judgements that were not undone, oldest first."""
        places: dict[Key, list[_Place]] = defaultdict(list)
        corrections: dict[Key, list[Correction]] = defaultdict(list)
        same: list[bool] = []
        for item in judgements:
            if item.act is not Act.DECIDE:
                continue
            for correction in item.corrections:
                corrections[_key(correction.evidence)].append(correction)
            if item.decision in (Decision.SAME_FACT, Decision.NOT_SAME_FACT) and item.groups:
                for group, members in enumerate(item.groups):
                    for evidence in members:
                        places[_key(evidence)].append(_Place(len(same), group, evidence.quote))
                same.append(item.decision is Decision.SAME_FACT)
        return Judged(
            {key: tuple(found) for key, found in places.items()},
            tuple(same),
            {key: tuple(found) for key, found in corrections.items()},
        )

    def correct(self, reading: Reading, article: Article) -> Reading:
        """The reading with misread claims put right or left out."""
        if not self.corrections:
            return reading
        claims = []
        for claim in reading.claims:
            correction = self._correction_of(claim, article.source)
            if correction is None:
                claims.append(claim)
            elif correction.value is not None:
                claims.append(_put_right(claim, correction, article.text))
        return replace(reading, claims=tuple(claims))

    def _correction_of(self, claim: Claim, source: str) -> Correction | None:
        """The latest correction of just this claim."""
        evidence = evidence_of(claim, source)
        for correction in reversed(self.corrections.get(_key(evidence), ())):
            told = correction.evidence
            if told.text == evidence.text and same_words(told.quote, evidence.quote):
                return correction
        return None

    def rule(self, nodes: Sequence[Node], articles: Mapping[str, Article]) -> Rulings:
        """What is decided of the nodes of one story."""
        tags: dict[Node, dict[int, set[int]]] = {}
        for node in nodes if self.same else ():
            groups: dict[int, set[int]] = defaultdict(set)
            for view in node.views:
                evidence = evidence_of(view.claim, articles[node.article].source)
                for place in self.places.get(_key(evidence), ()):
                    if same_words(place.quote, evidence.quote):
                        groups[place.ruling].add(place.group)
            if groups:
                tags[node] = groups
        return Rulings(tags, self.same)


NOTHING = Judged()
"""No decision at all."""


class Rulings:
    """Which nodes of a story belong together or apart, by the latest decision that names both."""

    def __init__(self, tags: Mapping[Node, Mapping[int, set[int]]], same: Sequence[bool]) -> None:
        """``tags`` gives each node's groups by ruling, ``same`` what each ruling says of its groups."""
        self._tags, self._same = tags, same

    def allow(self, one: Sequence[Node], other: Sequence[Node]) -> bool:
        """Whether nobody decided that a node of the one is about another fact than a node of the other."""
        if not self._tags:
            return True
        return not any(self._verdict(a, b) is False for a in one for b in other)

    def together(self, nodes: Sequence[Node]) -> Iterator[tuple[Node, Node, Link]]:
        """The pairs that were decided to be about one fact, each with the link that says so."""
        tagged = [node for node in nodes if node in self._tags]
        for a, b in combinations(tagged, 2):
            if self._verdict(a, b):
                yield a, b, Link(a.views[0].claim.id, b.views[0].claim.id, 1.0, (_WHY,))

    def _verdict(self, a: Node, b: Node) -> bool | None:
        """True for one fact, False for two, None where no decision names both."""
        ours, theirs = self._tags.get(a, {}), self._tags.get(b, {})
        for ruling in sorted(ours.keys() & theirs.keys(), reverse=True):
            if self._same[ruling]:
                return True
            if not ours[ruling] & theirs[ruling]:
                return False
        return None


def _key(evidence: Evidence) -> Key:
    return (evidence.kind, evidence.source.casefold(), evidence.value)


def _put_right(claim: Claim, correction: Correction, text: str) -> Claim:
    """The claim with the right value, and the right words where they are found near the wrong ones."""
    assert correction.value is not None
    span = _find(correction.text, claim, text) or claim.span
    digest = hashlib.blake2b(repr((claim.id, span, correction.value)).encode("utf-8", "replace"), digest_size=8)
    return replace(claim, id=digest.hexdigest(), value=correction.value, span=span, text=span.of(text), confidence=1.0)


def _find(words: str, claim: Claim, text: str) -> Span | None:
    """The place of the words that is nearest to the claim's, None where they stand nowhere."""
    if not words:
        return None
    starts = []
    start = text.find(words)
    while start >= 0:
        starts.append(start)
        start = text.find(words, start + 1)
    if not starts:
        return None
    nearest = min(starts, key=lambda at: (abs(at - claim.span.start), at))
    return Span(nearest, nearest + len(words))
