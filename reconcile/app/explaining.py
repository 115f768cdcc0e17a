"""A stored finding in words: each outlet's quote, why the claims were paired, and why the rule spoke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reconcile.check.schema import Pack, SameSlotRule
from reconcile.model import Claim, Link
from reconcile.normalize.render import value_text
from reconcile.store.findings import StoredFinding

_FEATURES_SHOWN = 5


def explanation_lines(stored: StoredFinding, pack: Pack) -> Sequence[str]:
    """The explanation as lines for a terminal; ``pack`` holds the rule, unless it was removed since."""
    finding = stored.finding
    return [
        f"{finding.verdict.value.upper()}  {finding.summary}",
        f"finding {finding.id}, rule {finding.rule}, severity {finding.severity.value}, "
        f"confidence {finding.confidence:.2f}, independent sources {finding.independent_sources}",
        f"first seen in run {stored.first_seen_run}, last in run {stored.last_seen_run}",
        "",
        "What the outlets say",
        *(line for claim in finding.claims for line in _claim_lines(stored, claim)),
        "",
        "Why these claims were paired",
        *(_link_lines(stored) or ["  they stand alone: no other claim was paired with them"]),
        "",
        "Why this verdict",
        *(f"  {sentence}" for sentence in finding.explanation),
        *_rule_lines(stored, pack),
    ]


def _rule_lines(stored: StoredFinding, pack: Pack) -> Iterator[str]:
    """What the rule is about and the exact condition of each of its verdicts, in the order they are asked."""
    rule = next((rule for rule in pack.rules if rule.id == stored.finding.rule), None)
    if rule is None:
        return
    yield ""
    yield f"The rule {rule.id}, {rule.place.file}:{rule.place.line}"
    yield f"  {' '.join(rule.about.split())}"
    for outcome in rule.outcomes if isinstance(rule, SameSlotRule) else (rule.outcome,):
        yield f"  {outcome.verdict.value}: {' '.join(outcome.when.split())}"


def _claim_lines(stored: StoredFinding, claim: Claim) -> Iterator[str]:
    source = next((article.source for article in stored.articles if article.id == claim.article), claim.article)
    said = f", said by {claim.speaker}" if claim.speaker else ""
    place = f"{claim.article} {claim.span.start}-{claim.span.end}"
    yield f"  {source} ({place}): {claim.text} = {value_text(claim.value)}{said}"
    yield f"    “{' '.join(claim.quote.split())}”"


def _link_lines(stored: StoredFinding) -> list[str]:
    words = {claim.id: claim.text for claim in stored.finding.claims}
    lines = []
    for link in stored.fact.links if stored.fact else ():
        lines.append(f"  {words.get(link.left, link.left)} / {words.get(link.right, link.right)}: {link.score:.2f}")
        lines += [f"    {f.score:+.2f} {f.why}" for f in link.features[:_FEATURES_SHOWN] if f.score]
    return lines


def explanation_row(stored: StoredFinding) -> dict[str, Any]:
    """The explanation as one JSON object."""
    finding = stored.finding
    return {
        "id": finding.id,
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "summary": finding.summary,
        "explanation": list(finding.explanation),
        "confidence": finding.confidence,
        "independent_sources": finding.independent_sources,
        "first_seen_run": stored.first_seen_run,
        "last_seen_run": stored.last_seen_run,
        "claims": [_claim_row(claim) for claim in finding.claims],
        "links": [_link_row(link) for link in (stored.fact.links if stored.fact else ())],
    }


def _claim_row(claim: Claim) -> dict[str, Any]:
    return {
        "article": claim.article,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.text,
        "value": value_text(claim.value),
    }


def _link_row(link: Link) -> dict[str, Any]:
    return {
        "left": link.left,
        "right": link.right,
        "score": link.score,
        "features": [{"name": f.name, "score": f.score, "why": f.why} for f in link.features],
    }
