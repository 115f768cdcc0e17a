"""The report's own sentences, worded once so that every renderer says the same."""

from __future__ import annotations

from reconcile.model import Claim, Decision, Finding, Run, Verdict
from reconcile.normalize.render import day_label
from reconcile.report.view import HEADINGS, DecisionView, Report, StoryView, Toll

TITLE = "Reconciliation report"
NO_JUDGE = (
    "No verdict says who is right. It says who differs, in which words, by which rule, "
    "and on how many independent sources."
)
INDEPENDENT = (
    "Outlets that carry one agency's text, or that copy one another, count as one independent source; "
    "where independence is not known, it is not assumed."
)
INFERRED = "A date marked as inferred is not stated by the article: it was worked out, and the reason is given."


DECISIONS = {
    Decision.CONFIRMED: "Confirmed discrepancy",
    Decision.DISMISSED: "Not a discrepancy",
    Decision.UPDATE: "Update",
    Decision.FOLLOW_UP: "Needs follow-up",
    Decision.NOT_SAME_FACT: "Not the same fact",
    Decision.SAME_FACT: "Same fact",
    Decision.WRONG_EXTRACTION: "Wrong extraction",
}
"""What reviewers' decisions are called."""


def count_of(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 article", "1,200 articles"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def headline(report: Report) -> str:
    """The report in one sentence."""
    contradictions = dict(report.counts)[Verdict.CONTRADICTION]
    found = count_of(contradictions, "contradiction") if contradictions else "No contradiction"
    articles = count_of(len(report.articles), "article")
    sources = count_of(report.sources, "source")
    stories = count_of(len(report.stories), "story", "stories")
    return f"{found} in {articles} from {sources} about {stories}."


def scope_line(report: Report) -> str:
    """What the report was narrowed to."""
    return f"Only a part of the run: {report.scope}."


def count_words(verdict: Verdict, number: int) -> str:
    """A verdict's count in words: "2 contradictions"."""
    _, one, many = HEADINGS[verdict]
    return count_of(number, one, many)


def story_line(story: StoryView) -> str:
    """A story's size in words."""
    return f"{count_of(len(story.articles), 'article')}, {count_of(story.independent, 'independent source')}"


def verdict_name(verdict: Verdict | None) -> str:
    """A verdict's name for one finding, with a capital; facts without a finding were not compared."""
    return HEADINGS[verdict][1].capitalize() if verdict else "Not compared"


def evidence_line(finding: Finding) -> str:
    """The numbers a finding rests on."""
    return f"Confidence {finding.confidence:.2f} · {count_of(finding.independent_sources, 'independent source')}"


def said_line(claim: Claim) -> str:
    """Who says it and how firmly; "" where the article asserts it as done."""
    parts = []
    if claim.speaker:
        parts.append(f"according to {claim.speaker}")
    if claim.hedge:
        parts.append(f"hedged: “{claim.hedge}”")
    if claim.modality != "done":
        parts.append(claim.modality)
    if claim.polarity == "negative":
        parts.append("negated")
    return "; ".join(parts)


def decision_line(decision: DecisionView) -> str:
    """What was decided, by whom and when, and why: "Not a discrepancy, Ana Lind, 12 May 2031: counted twice"."""
    when = day_label(decision.at[:16])
    told = f"{decision.label}, {decision.by}, {when}" if decision.by else f"{decision.label}, {when}"
    waits = not decision.signed_off and decision.decision != Decision.FOLLOW_UP
    told += " (a second person has not agreed yet)" if waits else ""
    return f"{told}: {decision.reason}" if decision.reason else told


def toll_line(toll: Toll) -> str:
    """How a number moved, in one sentence."""
    return f"{toll.label}: " + "; ".join(f"{point.value}, {point.outlet} ({point.when})" for point in toll.points) + "."


def run_line(run: Run) -> str:
    """When and with what the run was made."""
    versions = ", ".join(f"{name} {version}" for name, version in run.versions)
    return f"Run {run.id}, {run.started:%Y-%m-%d %H:%M} to {run.finished:%H:%M} UTC; {versions}."


def one_source_line(number: int) -> str:
    """How many facts had nothing to be compared with."""
    if not number:
        return "Every fact is given by two articles or more."
    if number == 1:
        return "1 fact is given by one article only, so there was nothing to compare it with."
    return f"{number:,} facts are given by one article only, so there was nothing to compare them with."


def nothing_line(report: Report) -> str:
    """Why there is nothing to show."""
    if not report.articles:
        return "No article could be read, so there is nothing to compare."
    return "No two articles are about the same event, so there is nothing to compare."
