"""How often reviewers agreed with the rules: a pure function of their decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reconcile.model import Act, Decision, Judgement, Verdict
from reconcile.review.views import Bin, Rate

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""The bounds of the bins of confidence."""
_AGREES: Mapping[Verdict, frozenset[Decision]] = {
    Verdict.CONTRADICTION: frozenset({Decision.CONFIRMED}),
    Verdict.UPDATE: frozenset({Decision.UPDATE, Decision.CONFIRMED}),
    Verdict.ATTRIBUTION: frozenset({Decision.CONFIRMED}),
    Verdict.UNDECIDED: frozenset({Decision.CONFIRMED, Decision.UPDATE}),
    Verdict.AGREEMENT: frozenset({Decision.SAME_FACT}),
    Verdict.PRECISION: frozenset({Decision.SAME_FACT}),
    Verdict.SINGLE: frozenset(),
}
_SILENT = frozenset({Decision.FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class Vote:
    """One settled decision on one case: whether it agrees with what the rule said, and how sure that was."""

    case: str
    rule: str
    verdict: Verdict
    confidence: float
    agrees: bool
    judgement: Judgement


def votes(decisions: Iterable[Judgement]) -> tuple[Vote, ...]:
    """The last decision on each case, as far as it says anything of the rule's verdict.

    That claims are of one fact says nothing against a verdict that they differ, so it does not count there.
    """
    last: dict[str, Judgement] = {}
    for item in decisions:
        if item.act is Act.DECIDE:
            last[item.case] = item
    found = []
    for item in last.values():
        verdict, decision = item.verdict, item.decision
        if verdict is None or decision is None or decision in _SILENT:
            continue
        agrees = decision in _AGREES[verdict]
        if decision is Decision.SAME_FACT and not agrees:
            continue
        found.append(Vote(item.case, item.rule, verdict, item.confidence, agrees, item))
    return tuple(found)


def agreement(decisions: Iterable[Judgement]) -> Mapping[str, tuple[Rate, tuple[Bin, ...]]]:
    """For each rule that was judged: how often reviewers agreed, in all and by confidence."""
    by_rule: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes(decisions):
        by_rule[vote.rule].append(vote)
    return {rule: (rate(cast), bins(cast)) for rule, cast in by_rule.items()}


def rate(cast: Sequence[Vote]) -> Rate:
    """How many of the votes agree."""
    return Rate(sum(vote.agrees for vote in cast), len(cast))


def bins(cast: Sequence[Vote]) -> tuple[Bin, ...]:
    """The votes by confidence; bins without any are left out."""
    found = []
    for low, high in pairwise(BINS):
        inside = [vote for vote in cast if low <= vote.confidence < high or vote.confidence == high == BINS[-1]]
        if inside:
            found.append(Bin(low, high, rate(inside)))
    return tuple(found)
