"""New contradictions of the last nights as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree as Xml

from reconcile.report.night import ChangeRow
from reconcile.visible import visible

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_feed(entries: Iterable[tuple[str, datetime, ChangeRow]], updated: datetime, address: str) -> str:
    """The feed: an entry a contradiction, with the date and end of its night; ids hold as long as the case does.

    ``address`` is where the reports are found, "" where only beside the feed.
    """
    feed = Xml.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _add(feed, "id", "urn:reconcile:nights")
    _add(feed, "title", "New contradictions")
    _add(feed, "updated", updated.isoformat())
    _add(Xml.SubElement(feed, "author"), "name", "reconcile")
    for date, moment, row in entries:
        entry = Xml.SubElement(feed, "entry")
        _add(entry, "id", f"urn:reconcile:case:{row.case}")
        _add(entry, "title", row.summary)
        _add(entry, "updated", moment.isoformat())
        Xml.SubElement(entry, "link", {"rel": "alternate", "href": link_to(address, date, row)})
        Xml.SubElement(entry, "category", {"scheme": "urn:reconcile:severity", "term": row.severity})
        lines = [f"Story: {row.story}", f"Sources: {', '.join(row.sources)}"]
        _add(entry, "content", "\n".join([*lines, f"Before: {row.before}"] if row.before else lines)).set(
            "type", "text"
        )
    Xml.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(feed, encoding="unicode") + "\n"


def link_to(address: str, date: str, row: ChangeRow) -> str:
    """Where a finding stands in its night's report, from the folder of the reports or as a whole address."""
    base = address.rstrip("/") + "/" if address else ""
    return f"{base}{row.link[3:]}" if row.link.startswith("../") else f"{base}{date}/{row.link}"


def _add(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    element = Xml.SubElement(parent, name)
    element.text = _NOT_XML.sub("\ufffd", visible(text))
    return element
