"""Findings on events that the weights have not seen: their figures, and how often findings of a confidence held."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from matching_cases import Event

from reconcile.check.confidence import interpolate
from reconcile.check.evaluate import check
from reconcile.check.load import load_pack
from reconcile.match.facts import match_facts
from reconcile.match.weights import Weights
from reconcile.model import Fact, Finding, Kind, Story, Verdict
from reconcile.resources import data_folder

LEAST_OF_A_STEP = 12
"""So many findings at least stand behind a step of the table."""
LIKE = (Verdict.AGREEMENT, Verdict.PRECISION)
REPORTED = ("same_hard_recall", "contradiction", "scope_traps")

Told = tuple[float, bool]
"""What matching makes of a finding, and whether it held."""


def find(event: Event, weights: Mapping[Kind, Weights]) -> tuple[Finding, ...]:
    """The findings on one event, as the line makes them, but with the confidence that matching alone gives."""
    pack, _ = load_pack([data_folder("rules")])
    articles = {article.id: article for article in event.articles}
    story = Story(event.name, tuple(articles), "", tuple((id_,) for id_ in articles))
    facts = match_facts(story, event.readings, articles, weights=weights)
    claims = [claim for reading in event.readings for claim in reading.claims]
    found, _ = check(facts, claims, articles, {r.article: r.published for r in event.readings}, story, pack)
    raw = {fact.id: _raw_confidence(fact) for fact in facts}
    return tuple(replace(one, confidence=raw.get(one.fact, one.confidence)) for one in found)


def _raw_confidence(fact: Fact) -> float:
    """That of the surest link of a fact."""
    sure = {claim.id: claim.confidence for claim in fact.claims}
    return max((link.score * (sure[link.left] * sure[link.right]) ** 0.5 for link in fact.links), default=0.0)


def score_sets(bench: Path, found: Mapping[tuple[str, str], Sequence[Finding]]) -> Iterator[tuple[str, str]]:
    """The bench's own figures of held-out findings, by set; ``found`` has them by set and event."""
    for folder in sorted({folder for folder, _ in found}):
        rows = [as_row(one) for (name, _), findings in found.items() if name == folder for one in findings]
        with tempfile.TemporaryDirectory() as out:
            report = Path(out) / "report.json"
            report.write_text(json.dumps({"findings": rows}), encoding="utf-8")
            command = [sys.executable, *map(str, (bench / "score.py", "findings", bench / folder, report, "--json"))]
            scored = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        if "planted" in scored:
            yield f"{folder} flagged", f"{scored['planted']['all']['flagged']} of {scored['planted']['all']['planted']}"
        else:
            yield folder, json.dumps({name: scored[name] for name in REPORTED})
            for kind in ("contradiction/hard", "update/hard"):
                yield f"{folder} {kind}", json.dumps(scored["gold"].get(kind))


def as_row(finding: Finding) -> dict[str, Any]:
    """A finding as the bench's scorer reads it."""
    claims = [{"article": c.article, "start": c.span.start, "end": c.span.end, "text": c.text} for c in finding.claims]
    return {"id": finding.id, "rule": finding.rule, "verdict": finding.verdict.value, "claims": claims}


def tell_outcomes(event: Event, findings: Sequence[Finding]) -> Iterator[tuple[str, Told]]:
    """``("like" | "unlike", confidence and whether it held)`` of findings that annotated facts decide.

    A likeness that no annotated fact holds is left open; an alarm that none holds is false.
    """
    for finding in findings:
        verdicts = {fact["verdict"] for fact in event.facts if _covers(finding, fact)}
        if finding.verdict in LIKE and verdicts and not event.planted:
            yield "like", (finding.confidence, bool(verdicts & {"agreement", "precision", "attribution"}))
        elif finding.verdict is Verdict.CONTRADICTION and (verdicts or not event.planted):
            yield "unlike", (finding.confidence, "contradiction" in verdicts)


def _covers(finding: Finding, fact: dict[str, Any]) -> bool:
    hit = {
        side["doc"]
        for side in fact["sides"]
        if any(c.article == side["doc"] and c.span.overlaps(side["span"]) for c in finding.claims)
    }
    return len(hit) >= 2


def make_table(told: Sequence[Told]) -> list[list[float]]:
    """Ascending steps (score, share that held): neighbours are pooled until shares ascend (isotonic regression)."""
    ordered = sorted(told)
    size = max(1, min(LEAST_OF_A_STEP, len(ordered) // 3))
    pools = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    if len(pools) > 1 and len(pools[-1]) < size:
        pools[-2:] = [pools[-2] + pools[-1]]
    merged: list[list[Told]] = []
    for pool in pools:
        merged.append(list(pool))
        while len(merged) > 1 and _share(merged[-2]) >= _share(merged[-1]):
            merged[-2:] = [merged[-2] + merged[-1]]
    return [[round(sum(s for s, _ in pool) / len(pool), 3), round(_share(pool), 3)] for pool in merged]


def _share(pool: Sequence[Told]) -> float:
    """The share that held, drawn a little to one half: few cases prove little."""
    return (sum(held for _, held in pool) + 0.5) / (len(pool) + 1)


def reliability(told: Mapping[str, Sequence[tuple[int, Told]]]) -> Iterator[str]:
    """Per confidence, how many findings held; each fold's confidence is made by the others' table."""
    for name, rows in told.items():
        bins: dict[int, list[Told]] = defaultdict(list)
        for fold in {fold for fold, _ in rows}:
            table = make_table([one for other, one in rows if other != fold])
            for score, held in (one for other, one in rows if other == fold):
                made = interpolate([(a, b) for a, b in table], score)
                bins[min(9, int(made * 10))].append((made, held))
        for step, pool in sorted(bins.items()):
            mean = sum(made for made, _ in pool) / len(pool)
            yield f"{name:7} confidence {mean:.2f}: {sum(held for _, held in pool)} of {len(pool)} held ({step})"
