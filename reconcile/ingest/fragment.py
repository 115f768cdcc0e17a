"""HTML out of a feed as plain text: its paragraphs, one a block, without what is no text."""

from __future__ import annotations

import re

from lxml import etree, html

_LEFT_OUT = ("script", "style", "figure", "figcaption", "iframe", "noscript", "form", "svg", "video", "audio", "table")
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "pre")
)
_SPACE = re.compile(r"[^\S\u2029]+")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAK = "\u2029"


def fragment_text(markup: str) -> str:
    """The words of an HTML fragment, its blocks separated by blank lines; "" where there are none."""
    try:
        tree = html.fragment_fromstring(_UNWRITABLE.sub(" ", markup), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return ""
    etree.strip_elements(tree, *_LEFT_OUT, etree.Comment, with_tail=False)
    for element in tree.iter():
        if element.tag in _BLOCKS:
            element.text = _BREAK + (element.text or "")
            element.tail = _BREAK + (element.tail or "")
        elif element.tag == "br":
            element.tail = " " + (element.tail or "")
    words = "".join(str(part) for part in tree.itertext())
    blocks = (_SPACE.sub(" ", block).strip() for block in words.split(_BREAK))
    return "\n\n".join(block for block in blocks if block)
