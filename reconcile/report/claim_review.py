"""Drafts of ClaimReview (schema.org, JSON-LD) for the discrepancies that reviewers signed off; for no others."""

from __future__ import annotations

from typing import Any

from reconcile.report.view import FindingView, Report, Side
from reconcile.visible import to_json

CONFIRMED = "confirmed"
"""The decision that a discrepancy is real; others make no draft."""
_RATING = "Outlets differ"
_NOTE = (
    "Draft. It says that outlets differ, not who is right: an editor must add the rating, the author and the address "
    "of the published review before anything of it is published."
)


def render_claim_reviews(report: Report) -> str:
    """A JSON-LD graph with one draft for each claim of each discrepancy signed off; an empty graph where none is."""
    drafts = [
        _draft(view, side)
        for story in report.stories
        for group in story.groups
        for view in group.findings
        if view.decision and view.decision.signed_off and view.decision.decision == CONFIRMED
        for side in view.sides
    ]
    return to_json({"@context": "https://schema.org", "@graph": drafts}, indent=2) + "\n"


def _draft(view: FindingView, side: Side) -> dict[str, Any]:
    decision = view.decision
    assert decision is not None
    article, claim = side.article, side.claims[0].claim
    appearance = {
        "@type": "NewsArticle",
        "headline": article.title,
        "publisher": {"@type": "Organization", "name": article.source},
        **({"url": article.url} if article.url else {}),
        **({"datePublished": article.published.iso} if article.published.iso else {}),
    }
    author = {"@type": "Person" if claim.speaker else "Organization", "name": claim.speaker or article.source}
    others = [f"{other.article.source}: {other.claims[0].value}" for other in view.sides if other is not side]
    return {
        "@type": "ClaimReview",
        "creativeWorkStatus": "Draft",
        "identifier": f"urn:reconcile:finding:{view.finding.fingerprint}",
        "claimReviewed": " ".join(claim.quote.split()),
        "itemReviewed": {"@type": "Claim", "author": author, "appearance": [appearance]},
        "reviewRating": {"@type": "Rating", "alternateName": _RATING},
        "reviewBody": " ".join(part for part in (view.finding.summary, decision.reason) if part),
        "disambiguatingDescription": f"Given otherwise by {'; '.join(others)}." if others else _NOTE,
        "dateCreated": decision.at,
        "creditText": _NOTE,
    }
