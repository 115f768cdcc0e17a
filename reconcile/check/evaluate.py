"""A story's facts and claims to findings, under a pack of rules: pure, and the same on every run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reconcile.check.consistency import check_consistency, contradicted
from reconcile.check.failures import Failures
from reconcile.check.findings import digest, finding_of, single_finding
from reconcile.check.judge import STRENGTH, judge_fact
from reconcile.check.reach import titles_of, topics_of
from reconcile.check.scene import Scene
from reconcile.check.schema import Pack, SameSlotRule
from reconcile.model import Article, Claim, Fact, Finding, Kind, Problem, Published, Story, Verdict

# One outlet may still contradict or correct itself; any other verdict needs a second one.
_ALONE = frozenset((Verdict.CONTRADICTION, Verdict.UPDATE))


def check(
    facts: Sequence[Fact],
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    published: Mapping[str, Published | None],
    story: Story,
    pack: Pack,
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The findings on one story, most serious first, and the rules that failed on some of its claims.

    ``claims`` are all of the story's, for the rules over several slots; ``published`` gives each article's date as
    its reading has it.
    """
    scene = Scene(story, articles, published, claims, pack.words, titles_of(story, articles), topics_of(claims))
    pack = replace(pack, rules=tuple(rule for rule in pack.rules if scene.asks_here(rule.reach)))
    findings, problems = _check_facts(facts, scene, pack)
    fact_of = {claim.id: fact for fact in facts for claim in fact.claims}
    settled = contradicted(findings)
    ordered = sorted(claims, key=scene.order)
    for rule in pack.consistency():
        found, failed = check_consistency(rule, ordered, scene, fact_of, settled)
        findings += found
        problems += failed
    return _ordered(findings), tuple(dict.fromkeys(problems))


def _check_facts(facts: Sequence[Fact], scene: Scene, pack: Pack) -> tuple[list[Finding], list[Problem]]:
    rules: dict[Kind, tuple[SameSlotRule, ...]] = {kind: pack.same_slot(kind) for kind in Kind}
    findings: list[Finding] = []
    failures = Failures()
    for fact in facts:
        judged = judge_fact(fact, rules[fact.kind], scene, failures)
        alone = len(scene.names(fact.claims)) == 1
        if judged and (not alone or judged[0].outcome.verdict in _ALONE):
            findings.append(finding_of(fact, judged, scene))
        elif alone:
            findings.append(single_finding(fact, scene))
    return findings, list(failures.problems())


def _ordered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    ordered = sorted(findings, key=lambda f: (-STRENGTH[f.verdict], -f.confidence, f.rule, f.id))
    return tuple(_distinct(ordered))


def _distinct(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings with no fingerprint twice: two alike in all but their place are told apart by their order."""
    seen: set[str] = set()
    for finding in findings:
        fingerprint, turn = finding.fingerprint, 1
        while fingerprint in seen:
            turn += 1
            fingerprint = digest(finding.fingerprint, str(turn))
        seen.add(fingerprint)
        yield finding if turn == 1 else replace(finding, fingerprint=fingerprint)
