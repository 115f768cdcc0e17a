"""Same-slot rules on one fact: a verdict for every pair of outlets, and from them the fact's verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from reconcile.check.activation import pair_values
from reconcile.check.conditions import ConditionError
from reconcile.check.failures import Failures
from reconcile.check.order import Order
from reconcile.check.scene import Scene
from reconcile.check.schema import Outcome, SameSlotRule
from reconcile.match.value_keys import day_of
from reconcile.model import Claim, Comparison, Fact, Kind, Link, Verdict
from reconcile.normalize.compare import compare_values
from reconcile.normalize.render import value_text

# The strongest verdict on any pair of outlets is the fact's.
STRENGTH: dict[Verdict, int] = {
    Verdict.SINGLE: 0,
    Verdict.AGREEMENT: 1,
    Verdict.PRECISION: 2,
    Verdict.UNDECIDED: 3,
    Verdict.ATTRIBUTION: 4,
    Verdict.UPDATE: 5,
    Verdict.CONTRADICTION: 6,
}
# An article that gives one value in more than this many different ways tells nothing new with the next.
_WAYS_PER_ARTICLE = 6
MAX_PAIRS = 50_000
"""How many pairs of claims of one fact are judged; the rest is reported, not silently left out."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Two claims with how they compare, how surely they share a slot, and what which rule says of them."""

    a: Claim
    b: Claim
    comparison: Comparison
    score: float
    link: Link | None
    rule: SameSlotRule
    outcome: Outcome
    asked: tuple[SameSlotRule, ...]
    """Every rule that takes such a fact, in the order they are asked."""
    order: Order

    @property
    def strength(self) -> tuple[int, float]:
        """Orders judgements: by verdict, then by how surely the two share a slot."""
        return (STRENGTH[self.outcome.verdict], self.score)


def judge_fact(fact: Fact, rules: Sequence[SameSlotRule], scene: Scene, failures: Failures) -> tuple[Judged, ...]:
    """What the rules say of each pair of articles, strongest first; rules that failed are noted in ``failures``.

    Between two articles the mildest judgement stands: an outlet that also gives the other's value does not
    disagree with it. Within one article only a contradiction is kept.
    """
    if len(fact.claims) < 2:
        return ()
    asked = tuple(rule for rule in rules if takes(rule, fact))
    scores, order = _Scores(fact), Order(fact.claims, scene)
    ways = _ways(fact, scene)
    judged: list[Judged] = []
    compared = 0
    for left, right in _article_pairs(list(ways)):
        pairs = list(combinations(ways[left], 2) if left == right else product(ways[left], ways[right]))
        compared += len(pairs)
        if compared > MAX_PAIRS:
            failures.note_cut(fact, MAX_PAIRS)
            break
        found = [
            one
            for a, b in pairs
            if (one := judge_pair(fact.kind, a, b, *scores.of(a, b), asked, scene, failures, order)) is not None
        ]
        if left == right:
            found = [one for one in found if one.outcome.verdict is Verdict.CONTRADICTION]
        if found:
            judged.append(min(found, key=lambda one: (one.strength[0], -one.score)))
    judged.sort(key=lambda one: one.strength, reverse=True)
    return tuple(judged)


def takes(rule: SameSlotRule, fact: Fact) -> bool:
    """Whether some claim of the fact has one of the rule's slots, some one of its heads, and some one of its events."""
    wanted = ((rule.slots, "slot"), (rule.heads, "head"), (rule.events, "event"))
    return all(not words or any(getattr(claim.about, name) in words for claim in fact.claims) for words, name in wanted)


def _article_pairs(articles: Sequence[str]) -> Iterator[tuple[str, str]]:
    for index, left in enumerate(articles):
        for right in articles[index:]:
            yield left, right


def _ways(fact: Fact, scene: Scene) -> dict[str, list[Claim]]:
    """The different ways in which each article gives the fact, its surest claim for each, earliest article first."""
    ways: dict[str, dict[tuple[object, ...], Claim]] = defaultdict(dict)
    for claim in sorted(fact.claims, key=scene.order):
        way = (value_text(claim.value), claim.speaker, claim.hedge, claim.polarity, claim.modality)
        known = ways[claim.article].get(way)
        if known is None or claim.confidence > known.confidence:
            ways[claim.article][way] = claim
    return {article: list(found.values())[:_WAYS_PER_ARTICLE] for article, found in ways.items()}


def judge_pair(
    kind: Kind,
    a: Claim,
    b: Claim,
    score: float,
    link: Link | None,
    asked: tuple[SameSlotRule, ...],
    scene: Scene,
    failures: Failures,
    order: Order,
) -> Judged | None:
    """What the first rule with a verdict on two claims says, None where none has one; a rule that fails is noted."""
    plain = compare_values(kind, a.value, b.value)
    for rule in asked:
        if rule.reach.asks_sources and not scene.asks_of(rule.reach, (a, b)):
            continue
        comparison = rule.tolerance.apply(a, b, plain) if rule.tolerance else plain
        try:
            index = rule.decision.first(pair_values(rule.decision.names, a, b, comparison, score, scene, order))
        except ConditionError as error:
            failures.note(rule.id, (a, b), error)
            continue
        if index >= 0:
            return Judged(a, b, comparison, score, link, rule, rule.outcomes[index], asked, order)
    return None


class _Scores:
    """How surely any two claims of a fact share its slot: as sure as the weakest link on the best way between them.

    Claims and groups of claims form a tree in which each group is as sure as the link that made it: two claims are as
    sure as the smallest group that holds both.
    """

    def __init__(self, fact: Fact) -> None:
        self._links = {frozenset((link.left, link.right)): link for link in fact.links}
        self._above: dict[str | int, int] = {}
        self._sure: list[float] = []
        top: dict[str, str | int] = {claim.id: claim.id for claim in fact.claims}
        members: dict[str | int, list[str]] = {claim.id: [claim.id] for claim in fact.claims}

        def join(left: str, right: str, score: float) -> None:
            if left not in top or right not in top or top[left] == top[right]:
                return
            one, other = sorted((top[left], top[right]), key=lambda group: len(members[group]), reverse=True)
            group = len(self._sure)
            self._sure.append(score)
            self._above[one] = self._above[other] = group
            members[group] = [*members.pop(one), *members.pop(other)]
            top.update(dict.fromkeys(members[group], group))

        first: dict[tuple[str, str], str] = {}
        for claim in fact.claims:
            # An article's claims of one value, or of parts of one day, stand in for each other.
            value = day_of(claim.value) or value_text(claim.value)
            join(claim.id, first.setdefault((claim.article, value), claim.id), 1.0)
        for link in sorted(fact.links, key=lambda link: -link.score):
            join(link.left, link.right, link.score)

    def of(self, a: Claim, b: Claim) -> tuple[float, Link | None]:
        """The score of two claims, 0.0 where nothing links them, and their own link where there is one."""
        link = self._links.get(frozenset((a.id, b.id)))
        if link is not None:
            return link.score, link
        around = set(self._groups(a.id))
        return next((self._sure[group] for group in self._groups(b.id) if group in around), 0.0), None

    def _groups(self, claim: str) -> Iterator[int]:
        """The groups that hold a claim, the smallest first."""
        group = self._above.get(claim)
        while group is not None:
            yield group
            group = self._above.get(group)
