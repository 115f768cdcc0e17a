"""What a server's answer comes to, as a value; and what its headers say of type, size, validators and waiting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Literal, TypedDict

_PAGE_TYPES = re.compile(r"text/(?:html|plain|x-server-parsed-html)|application/xhtml\+xml|application/xml|text/xml|")
_NO_LISTING = re.compile(r"(?:image|audio|video|font|model)/.*|application/(?:pdf|zip|msword|vnd\..*)")
_TYPE = re.compile(r"\s*([\w.+/-]{0,100})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_LONGEST_VALIDATOR = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a request: its body, or why there is none.

    ``refused`` will be so tomorrow too, ``failed`` may not; ``moved`` never leaves the fetcher, and as a flag tells
    that the address has changed for good. ``wait`` are the seconds that the server asks to wait.
    """

    status: Literal["ok", "unchanged", "gone", "paywalled", "refused", "failed", "moved"]
    url: str
    http: int = 0
    body: bytes = b""
    charset: str = ""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    location: str = ""
    reason: str = ""
    cure: str = ""
    retry: bool = False
    wait: float = 0.0
    moved: bool = False


class Validators(TypedDict):
    """What an answer says of itself."""

    charset: str
    content_type: str
    etag: str
    last_modified: str


def validators(headers: Mapping[str, str]) -> Validators:
    """The type, the charset, and what a conditional request will name; values too long to be sane are dropped."""
    stated = headers.get("content-type", "")
    charset = _CHARSET.search(stated)
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    return Validators(
        charset=charset[1] if charset else "",
        content_type=_bare_type(stated),
        etag=etag if len(etag) <= _LONGEST_VALIDATOR else "",
        last_modified=modified if len(modified) <= _LONGEST_VALIDATOR else "",
    )


def content_fault(headers: Mapping[str, str], any_text: bool, limit: int) -> str:
    """Why a body need not be read at all, by its stated type and length; "" where it must be seen."""
    stated = _bare_type(headers.get("content-type", ""))
    bad = _NO_LISTING.fullmatch(stated) is not None if any_text else _PAGE_TYPES.fullmatch(stated) is None
    if bad:
        return f"it is {stated}, not {'a listing' if any_text else 'a page'}"
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > limit:
        return f"it is larger than {limit // 2**20} MB"
    return ""


def _bare_type(stated: str) -> str:
    match = _TYPE.match(stated)
    return match[1].lower() if match else ""


def retry_after(stated: str, date: str) -> float:
    """The seconds that a Retry-After header asks to wait; a date counts from the answer's own. 0 where unreadable."""
    text = stated.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max((parsedate_to_datetime(text) - parsedate_to_datetime(date)).total_seconds(), 0.0)
    except (TypeError, ValueError, IndexError, OverflowError):
        return 0.0
