"""Copyright lines, picture credits, bylines, date stamps, addresses and handles: what has a form rather than words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reconcile.lexicon import load_lexicon
from reconcile.model import Excluded, Span

_LONGEST = 160
"""Characters of a line that may be a stamp as a whole."""

_NAME = r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|de|van|von|der|la|al|bin)){0,5}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,7}\.?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{{1,2}} {_MONTH},? (?:19|20)\d\d"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d)"
)
_CLOCK = r"\d{1,2}:\d\d ?(?:[AaPp]\.?[Mm]\.?)?(?: ?[A-Z]{2,4}\b)?"
_DAY = r"(?:(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)[a-z]{0,6}\.?,? )?"
_STAMP = (
    r"(?:(?:Originally |Last |First )?(?:Posted|Published|Updated|Created|Modified)(?: on| at| by [^\d\n]{2,40}?)?"
    r"|Last updated?|Date)"
)
_AT = r",? ?(?:at|/|-|–|\|)? ?"

_COPYRIGHT = re.compile(
    r"\(?(?:Copyright|COPYRIGHT|©|\(c\))(?: ?(?:©|\(c\)|by))? ?(?:(?:19|20)\d\d\b|[^\n.]{2,60}?(?:19|20)\d\d\b)"
    r"[^\n.]{0,100}(?:\.(?:com|net|org|tv)\b[^\n.]{0,60})?[.)]{0,2}"
    r"(?: ?(?:All rights reserved|ALL RIGHTS RESERVED|All Rights Reserved)[^\n.]{0,80}[.)]{0,2})?"
    r"(?: ?(?:This material|No part|Unauthorized)[^\n.]{0,200}[.)]{0,2})?"
)
_CREDIT = re.compile(
    r"[(\[](?:(?:File |Handout |Submitted )?(?:Photo|Image|Picture|Video|Screenshot|Screen ?grab|Mugshot)s?"
    r"(?: (?:by|courtesy|credit|from|via|provided))?|Credit|Courtesy|Courtesy of|Source|PHOTO|CREDIT)\s?"
    r"(?::|—|–|-|of |by |\s)[^()\n]{1,120}[)\]]"
    r"|\(?AP Photo(?:/[A-Z][\w .’'-]{1,50})?(?:, (?:File|Pool|file|pool))?\)?"
)
_PHOTOGRAPHER = re.compile(rf"\({_NAME} ?/ ?[A-Z][^()\n]{{1,50}}\)")
_CREDIT_LINE = re.compile(
    r"^(?:File |Handout )?(?:Photo|Image|Picture|Video|Photograph)s?"
    r"(?: ?(?:credit|courtesy|by|provided by|courtesy of|via)\b:?|:) ?[^\n]{0,140}$"
)
_BYLINE = re.compile(
    rf"^[-–—•* ]{{0,3}}(?:By|BY|by|Written by|Reported by|Story by):? {_NAME}"
    r"(?:(?:,| and| &| \||,? with| in [A-Z]\w{2,20} \|) [^\n]{1,60})?$"
)
_STAMP_LINE = re.compile(rf"^(?:{_STAMP}:? ?)?{_DAY}{_DATE}[^\n\w]{{0,4}}(?:{_AT}{_CLOCK})?(?: \| [^\n]{{1,60}})?$")
_STAMP_ANY = re.compile(rf"\b{_STAMP}: ?(?:{_CLOCK},? (?:on )?)?{_DAY}(?:{_DATE}(?:{_AT}{_CLOCK})?|{_CLOCK})")
_STAMP_ENCLOSED = re.compile(
    rf"\((?:{_STAMP}|UPDATED?):? ?{_DAY}{_DATE}(?:{_AT}{_CLOCK})?\)"
    rf"|\bU(?:pdated?|PDATED?) ?\({_DAY}{_DATE}[^()\n]{{0,16}}\):?"
    rf"|(?m:^)\({_DAY}{_DATE}\)(?= ?[-–—])"
)
_ALERT = re.compile(
    r"^[A-Z][A-Za-z ]{2,50} (?:Warning|Watch|Advisory|Statement|Alert) (?:issued|until|in effect|expires)[^\n]{0,160}$"
)
_PLAYLIST = re.compile(r"^\d{1,2}:\d\d (?![AaPp]\.?[Mm])[A-Z0-9“\"‘'][^\n]{4,120}(?<![.!])$")
_URL = re.compile(
    r"^(?:https?://|www\.|pic\.twitter\.com/)\S{3,400}$"
    r"|https?://(?:t\.co|bit\.ly|on\.[\w.-]{3,40}|[\w.]{2,8}\.[a-z]{2})/\S{3,80}|pic\.twitter\.com/\w{4,20}"
)
_ADDRESS = re.compile(
    r"^[^\n@]{0,40}?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,20}){1,3}(?:[;,] ?@\w{2,30})?$"
    r"|^(?:Twitter:? ?)?@\w{2,30}$|^\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}$"
)
_FOLLOW_LINE = re.compile(r"^Follow [\w@][\w@.' ]{1,40}:[^\n]{0,60}$")
_HANDLE = re.compile(
    r"\bFollow (?:@\w{2,30}|[A-Z@][^\n.!?]{1,60}? on (?:Twitter|Facebook|Instagram)(?: at)?(?: @\w{2,30})?)[.!]?"
    r"|— [^\n()]{1,50}\(@\w{2,30}\) [A-Z][a-z]+ \d{1,2}, \d{4}"
)
_GALLERY = re.compile(
    r"\b(?:Image|Photo|Slide) \d{1,3} of(?: /)? ?\d{1,3}\b(?: Caption)?(?: Close)?|^\d{1,3} of \d{1,3}$|\bBuy Photo\b"
)

_WHOLE_LINE = (
    (_BYLINE, "byline"),
    (_STAMP_LINE, "timestamp"),
    (_CREDIT_LINE, "credit"),
    (_ALERT, "alert"),
    (_PLAYLIST, "player"),
    (_ADDRESS, "contact"),
    (_FOLLOW_LINE, "follow"),
)
_ANYWHERE = (
    (_COPYRIGHT, "copyright"),
    (_CREDIT, "credit"),
    (_PHOTOGRAPHER, "credit"),
    (_STAMP_ANY, "timestamp"),
    (_STAMP_ENCLOSED, "timestamp"),
    (_URL, "link"),
    (_HANDLE, "follow"),
    (_GALLERY, "gallery"),
)


def find_stamps(text: str, line: Span) -> Iterator[Excluded]:
    """The stamps of one line; a line that is nothing else goes as a whole."""
    words = line.of(text)
    if len(words) <= _LONGEST:
        for pattern, reason in _WHOLE_LINE:
            if pattern.match(words):
                yield Excluded(line, reason)
                return
    for pattern, reason in (*_ANYWHERE, (_agency_credit(), "credit")):
        for match in pattern.finditer(words):
            if match.end() > match.start():
                yield Excluded(Span(line.start + match.start(), line.start + match.end()), reason)


@cache
def _agency_credit() -> re.Pattern[str]:
    """ "(Jane Doe/Getty Images)" in brackets, "Jane Doe/Reuters" without, and an agency's own mark."""
    agencies = "|".join(re.escape(a) for a in sorted(load_lexicon("boilerplate")["agencies"], key=len, reverse=True))
    return re.compile(
        rf"\([^()\n]{{2,80}}? ?(?:/|via|for|—|–) ?(?:{agencies})(?:[/ ,][^()\n]{{0,40}})?\)"
        rf"|\b{_NAME} ?/ ?(?:Getty Images|Reuters|REUTERS|AFP)\b"
    )
