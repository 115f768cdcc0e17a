"""report.json, version 1: the contract for programs. Offsets are Python string indices into the article's text."""

from __future__ import annotations

from typing import Any

from reconcile.model import Claim, Finding, Problem, Run
from reconcile.normalize.render import value_text
from reconcile.report.view import ArticleView, Coverage, DecisionView, Gap, Report, StoryView
from reconcile.visible import to_json

FORMAT, VERSION = "reconcile-report", 1


def render_json(report: Report) -> str:
    """The report as JSON text, two spaces deep, with direction characters escaped."""
    views = (view for story in report.stories for group in story.groups for view in group.findings)
    decided = {view.finding.id: view.decision for view in views if view.decision}
    document = {
        "format": FORMAT,
        "version": VERSION,
        "run": _run(report.run),
        "articles": [_article(view) for view in report.articles],
        "stories": [_story(story) for story in report.stories],
        "findings": [_finding(finding) | _decision(decided.get(finding.id)) for finding in report.findings],
        "coverage": _coverage(report.coverage),
    }
    return to_json(document, indent=2) + "\n"


def _run(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "started": run.started.isoformat(),
        "finished": run.finished.isoformat(),
        "versions": dict(run.versions),
        "counts": dict(run.counts),
    }


def _article(view: ArticleView) -> dict[str, Any]:
    return {
        "id": view.id,
        "source": view.source,
        "title": view.title,
        "url": view.url,
        "published": view.published.iso or None,
        "published_inferred": view.published.inferred,
        "published_reason": view.published.reason or None,
        "language": view.language,
        "words": view.words,
        "claims": view.claims,
        "origin": view.origin,
        "story": view.story,
    }


def _story(story: StoryView) -> dict[str, Any]:
    return {
        "id": story.id,
        "title": story.title,
        "articles": [view.id for view in story.articles],
        "independent_sources": story.independent,
        "sources": [list(group) for group in story.sources],
        "dependences": [{"articles": [d.left, d.right], "reason": d.reason} for d in story.dependences],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "story": finding.story,
        "summary": finding.summary,
        "explanation": list(finding.explanation),
        "confidence": round(finding.confidence, 3),
        "independent_sources": finding.independent_sources,
        "fingerprint": finding.fingerprint,
        "claims": [_claim(claim) for claim in finding.claims],
    }


def _decision(decision: DecisionView | None) -> dict[str, Any]:
    """What reviewers decided; nothing where they did not."""
    if decision is None:
        return {}
    told = {name: getattr(decision, name) for name in ("decision", "label", "by", "at", "reason", "signed_off")}
    return {"decision": told}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "article": claim.article,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.text,
        "value": value_text(claim.value),
        "quote": claim.quote,
        "quote_start": claim.clause.start,
        "quote_end": claim.clause.end,
        "speaker": claim.speaker,
        "hedge": claim.hedge,
        "confidence": round(claim.confidence, 3),
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "not_read": [{**_gap(gap), "characters": gap.amount} for gap in coverage.unread],
        "not_compared": [_gap(gap) for gap in coverage.uncompared],
        "facts_of_one_source": coverage.one_source_facts,
        "problems": [_problem(problem) for problem in coverage.problems],
        "notes": [_problem(problem) for problem in coverage.notes],
    }


def _gap(gap: Gap) -> dict[str, str]:
    return {"article": gap.article, "reason": gap.reason}


def _problem(problem: Problem) -> dict[str, str]:
    return {"stage": problem.stage, "where": problem.where, "message": problem.message, "cure": problem.cure}
