"""XML from strangers as a tree: declarations that swell or reach out are refused before any parser sees them."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

from reconcile.ingest.decode import UndecodableError, clean_text, decode_bytes

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})[\"']")
_DECLARATION = re.compile(r"<\?xml(?!-stylesheet)[^>]{0,300}>")
_SWELLING = re.compile(r"<!\s*(?:ENTITY|ELEMENT|ATTLIST|NOTATION)|<!DOCTYPE[^>\[]{0,1000}\[", re.IGNORECASE)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_KEPT = frozenset(("amp", "lt", "gt", "quot", "apos"))
# What XML 1.0 has no sign for; some feeds carry such signs out of old databases.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class BadXmlError(ValueError):
    """The bytes are no XML that may be read; the message says why."""


def parse_xml(data: bytes, charset: str = "") -> etree._Element:
    """The root element of a document, mended where it is broken; raises BadXmlError.

    Decoded here, not by the parser: an entity declaration must not hide in another encoding. ``charset`` is what the
    server said; it counts where the bytes are no UTF-8 and say nothing themselves.
    """
    declared = _DECLARED.search(data, 0, 1000)
    try:
        text = decode_bytes(data, declared=declared[1].decode("ascii") if declared else charset or None).text
    except UndecodableError as error:
        raise BadXmlError(str(error)) from None
    text = text.lstrip("\ufeff").lstrip()
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() :].lstrip() if declaration else text
    if _SWELLING.search(text):
        raise BadXmlError("it declares entities, which could swell or read files")
    text = _NAMED.sub(_character, _UNWRITABLE.sub(" ", clean_text(text)))
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadXmlError(f"it is no XML ({error})") from None
    if root is None:
        raise BadXmlError("it is no XML")
    return root


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace, lower case; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def namespace(element: etree._Element) -> str:
    """The element's namespace, or the undeclared prefix that stands for one; "" where it has none."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag[1:].partition("}")[0] if tag.startswith("{") else tag.rpartition(":")[0].lower()


def text_of(element: etree._Element | None) -> str:
    """All words within an element, without the white space around them."""
    return "" if element is None else "".join(str(part) for part in element.itertext()).strip()


def _character(match: re.Match[str]) -> str:
    """HTML's named signs, which XML does not know, as the signs themselves."""
    name = match[1]
    return match[0] if name in _KEPT else html5.get(name + ";", match[0])
