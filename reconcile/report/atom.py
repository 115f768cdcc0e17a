"""The findings as an Atom feed (RFC 4287), for feed readers and newsroom chats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from reconcile.model import Verdict
from reconcile.report import phrases
from reconcile.report.view import FindingView, Report, StoryView
from reconcile.visible import visible

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_atom(report: Report) -> str:
    """The feed: an entry for each finding but those of one source only; ids stay while question and values stay."""
    feed = Xml.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", "urn:reconcile:findings")
    _add(feed, "title", phrases.TITLE)
    _add(feed, "subtitle", phrases.headline(report))
    _add(feed, "updated", report.run.finished.isoformat())
    _add(Xml.SubElement(feed, "author"), "name", "reconcile")
    Xml.SubElement(feed, "generator").text = "reconcile"
    for story, view in _entries(report):
        feed.append(_entry(report, story, view))
    Xml.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(feed, encoding="unicode") + "\n"


def _entries(report: Report) -> Iterator[tuple[StoryView, FindingView]]:
    for story in report.stories:
        for group in story.groups:
            if group.verdict is not Verdict.SINGLE:
                yield from ((story, view) for view in group.findings)


def _entry(report: Report, story: StoryView, view: FindingView) -> Xml.Element:
    finding = view.finding
    entry = Xml.Element("entry")
    _add(entry, "id", f"urn:reconcile:finding:{finding.fingerprint}")
    _add(entry, "title", f"{phrases.verdict_name(finding.verdict)}: {finding.summary}")
    _add(entry, "updated", (view.decision and view.decision.at) or report.run.finished.isoformat())
    for scheme, term in (("verdict", finding.verdict), ("kind", finding.kind), ("severity", finding.severity)):
        Xml.SubElement(entry, "category", {"scheme": f"urn:reconcile:{scheme}", "term": term.value})
    for side in view.sides:
        if side.article.url:
            link = {"rel": "related", "href": _clean(side.article.url), "title": _clean(side.article.label)}
            Xml.SubElement(entry, "link", link)
    lines = [f"Story: {story.title}", ""]
    for side in view.sides:
        lines += [f"{side.article.label}: “{' '.join(claim.claim.quote.split())}”" for claim in side.claims]
    lines += ["", *finding.explanation, f"{phrases.evidence_line(finding)}. Rule {finding.rule}."]
    if view.decision:
        lines.append(phrases.decision_line(view.decision))
    _add(entry, "content", "\n".join(lines)).set("type", "text")
    return entry


def _add(parent: Xml.Element, tag: str, text: str) -> Xml.Element:
    element = Xml.SubElement(parent, tag)
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """The text without what XML cannot hold or a reader could be deceived by."""
    return _NOT_XML.sub("\ufffd", visible(text))
