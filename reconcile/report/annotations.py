"""Every claim as a W3C Web Annotation (JSON-LD): where its words stand, by quote and position, and what they tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from reconcile.model import Article, Claim
from reconcile.normalize.render import value_label, value_text
from reconcile.report.build import web_address
from reconcile.report.view import Report
from reconcile.visible import to_json

_CONTEXT = 32
"""Characters of prefix and suffix: enough to find the words again in a text that was edited."""


def render_annotations(report: Report) -> str:
    """An AnnotationCollection with all annotations on its one page."""
    found = list(_annotations(report))
    name = f"urn:reconcile:run:{quote(report.run.id)}:annotations"
    document = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": name,
        "type": "AnnotationCollection",
        "label": "Claims read in the articles",
        "generated": report.run.finished.isoformat(),
        "generator": {"id": "urn:reconcile", "type": "Software", "name": "reconcile"},
        "total": len(found),
        "first": {"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0, "items": found},
    }
    return to_json(document, indent=1) + "\n"


def _annotations(report: Report) -> Iterator[dict[str, Any]]:
    findings: defaultdict[str, list[str]] = defaultdict(list)
    for finding in report.findings:
        for claim in finding.claims:
            findings[claim.id].append(f"urn:reconcile:finding:{quote(finding.fingerprint)}")
    for article, reading in report.read:
        for claim in reading.claims:
            yield _annotation(article, claim, findings)


def _annotation(article: Article, claim: Claim, findings: Mapping[str, list[str]]) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": claim.kind.value},
        {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": _told(claim)},
    ]
    bodies += [{"type": "SpecificResource", "purpose": "linking", "source": id_} for id_ in findings.get(claim.id, ())]
    start, end = claim.span.start, claim.span.end
    return {
        "id": f"urn:reconcile:claim:{quote(article.id)}:{quote(claim.id)}",
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "target": {
            "source": {
                "id": web_address(article.url) or f"urn:sha256:{article.sha256}",
                "type": "Text",
                "format": "text/plain",
                "language": article.language,
            },
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": article.text[start:end],
                    "prefix": article.text[max(0, start - _CONTEXT) : start],
                    "suffix": article.text[end : end + _CONTEXT],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }


def _told(claim: Claim) -> str:
    """What the claim is of and its value: "number of injured person: 14"."""
    label, normal = value_label(claim.value), value_text(claim.value)
    value = label if label == normal else f"{label} ({normal})"
    return f"{claim.about.slot}: {value}" if claim.about.slot else value
