"""What other rules would change: the stored facts of the latest runs judged again, and nothing saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reconcile.app.rules import usable_pack
from reconcile.check.evaluate import check
from reconcile.check.schema import Pack
from reconcile.errors import ReconcileError
from reconcile.model import Claim, Fact, Finding, Problem
from reconcile.store.store import Store, open_store


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that would appear (no ``before``), vanish (no ``after``), or get another verdict, severity or rule."""

    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        """The one that there would be, else the one that there was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def fingerprints(self) -> tuple[str, str]:
        """What tells it from other changes, in whatever run: the same change in two runs is one."""
        return (self.before.fingerprint if self.before else "", self.after.fingerprint if self.after else "")

    @property
    def what(self) -> str:
        """``appears``, ``vanishes``, ``verdict``, ``severity`` or ``rule``."""
        if self.before is None or self.after is None:
            return "vanishes" if self.after is None else "appears"
        if self.before.verdict is not self.after.verdict:
            return "verdict"
        return "severity" if self.before.severity is not self.after.severity else "rule"


@dataclass(frozen=True, slots=True)
class RuleDiff:
    """What the rules would change in some runs, each finding told once, and where they fail."""

    runs: tuple[str, ...]
    findings: int
    changes: tuple[FindingChange, ...]
    problems: tuple[Problem, ...]


def diff_rules(folders: Sequence[Path], *, db: str, run: str = "", last: int = 1) -> RuleDiff:
    """Judge the stored facts of the ``last`` runs, or of the one whose id begins with ``run``, by the rules in force.

    Raises ReconcileError for faulty rules, a missing database or an unknown run.
    """
    pack = usable_pack(folders)
    changes: dict[tuple[str, str], FindingChange] = {}
    judged = 0
    problems: dict[Problem, None] = {}
    with open_store(db, upgrade=False) as store:
        runs = (store.find_run(run),) if run else store.list_runs(last)
        if not runs:
            raise ReconcileError("no run is stored yet", "make one: reconcile run FOLDER")
        for one in runs:
            after, trouble = _judge_again(store, one.id, pack)
            judged += len(after)
            problems.update(dict.fromkeys(trouble))
            for change in _changes(store.findings_of(one.id), after):
                changes.setdefault(change.fingerprints, change)
    return RuleDiff(tuple(one.id for one in runs), judged, tuple(sorted(changes.values(), key=_order)), tuple(problems))


def _judge_again(store: Store, run: str, pack: Pack) -> tuple[list[Finding], tuple[Problem, ...]]:
    articles = {article.id: article for article in store.articles_of(run)}
    inferred = store.inferred_dates(run)
    dates = {id_: inferred.get(id_, article.published) for id_, article in articles.items()}
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in store.facts_of(run):
        facts[fact.story].append(fact)
    findings: list[Finding] = []
    problems: list[Problem] = []
    for story in store.stories_of(run):
        made, trouble = check(facts[story.id], _claims(facts[story.id]), articles, dates, story, pack)
        findings += made
        problems += trouble
    return findings, tuple(dict.fromkeys(problems))


def _claims(facts: Sequence[Fact]) -> list[Claim]:
    """Every claim once: each is in one fact at least."""
    return list({claim.id: claim for fact in facts for claim in fact.claims}.values())


def _changes(before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[FindingChange]:
    """Findings on the same claims are one finding, first of all where the same rule made both."""
    left: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in before:
        left[_claims_of(finding)].append(finding)
    unmatched: list[Finding] = []
    for finding in after:
        same = next((old for old in left[_claims_of(finding)] if old.rule == finding.rule), None)
        if same is None:
            unmatched.append(finding)
        else:
            left[_claims_of(finding)].remove(same)
            if (same.verdict, same.severity) != (finding.verdict, finding.severity):
                yield FindingChange(same, finding)
    for finding in unmatched:
        others = left[_claims_of(finding)]
        yield FindingChange(others.pop(0) if others else None, finding)
    yield from (FindingChange(finding, None) for findings in left.values() for finding in findings)


def _claims_of(finding: Finding) -> tuple[str, ...]:
    return (finding.story, *sorted(claim.id for claim in finding.claims))


_TURN = ("appears", "verdict", "vanishes", "severity", "rule")


def _order(change: FindingChange) -> tuple[int, str, float, str]:
    finding = change.finding
    return (_TURN.index(change.what), finding.verdict.value, -finding.confidence, finding.id)
