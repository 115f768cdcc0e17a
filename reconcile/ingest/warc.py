"""WARC files: the web pages that a crawler kept, read as a stream within limits, packed or not.

Read here rather than by a WARC library: the one that was looked at reads header lines of any length, which a small
packed file can make fill the memory, and stops at files that are packed as one piece.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from reconcile.ingest.decode import UndecodableError, decode_bytes
from reconcile.ingest.formats import Page, failed_page, read_html
from reconcile.ingest.limits import RECORD_BYTES
from reconcile.ingest.unpack import GZIP_MAGIC, BodyError, unpack
from reconcile.ingest.web_address import BadAddressError, article_id, page_key, parse_address
from reconcile.model import Problem
from reconcile.visible import mask_address, shown

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HTML = re.compile(r"\s*(?:text/html|application/xhtml\+xml)", re.IGNORECASE)
_CHUNK = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
_LINE_BYTES = 16 * 1024
_MOST_HEADERS = 200
_FILE_BYTES = 32 * 1024**3
"""Of one file, unpacked: a crawler begins a new one long before."""
_PIECE = 1024 * 1024

Headers = dict[str, str]


class _BrokenError(ValueError):
    """The file cannot be read on from here."""


def read_warc(path: Path) -> Iterator[tuple[int, Page]]:
    """Each record's number and page, from 1, those that hold no article left out and counted; raises OSError."""
    where = shown(path)
    pages = without = 0
    with path.open("rb") as file:
        packed = file.read(2) == GZIP_MAGIC
        file.seek(0)
        # No further buffer around it: what was read ahead would be lost where the packed data break off.
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
        try:
            for number, headers, body in _records(stream):
                page = _page_of(headers, body, f"{where}:{number}")
                if page is not None:
                    pages += 1
                    without += not page.text
                    if page.text:
                        yield number, page
        except (_BrokenError, EOFError, zlib.error, gzip.BadGzipFile) as error:
            message = f"cannot be read to its end: {error}"
            yield 0, failed_page(where, message, "get the file again; what stands before is read")
    if without:
        message = f"{without} of {pages} pages in it hold no article"
        note = Problem("ingest", where, message, "nothing to do if they are front pages and lists", loss=False)
        yield 0, replace(failed_page(where, "", ""), problems=(note,))


def _records(stream: BinaryIO) -> Iterator[tuple[int, Headers, bytes]]:
    """The records that may hold a page, with their numbers; raises _BrokenError where the file ends to make sense."""
    number, taken = 0, 0
    while (headers := _read_head(stream)) is not None:
        number += 1
        stated = headers.get("content-length", "")
        if not (stated.isascii() and stated.isdigit() and len(stated) < 14):
            raise _BrokenError(f"record {number} states no length")
        length = int(stated)
        taken += length
        if taken > _FILE_BYTES:
            raise _BrokenError(f"it is larger than {_FILE_BYTES // 1024**3} GB when it is unpacked")
        if headers.get("warc-type", "").lower() in ("response", "resource") and length <= RECORD_BYTES:
            body = stream.read(length)
            if len(body) < length:
                raise _BrokenError(f"record {number} ends too early")
            yield number, headers, body
        else:
            _skip(stream, length, number)


def _read_head(stream: BinaryIO) -> Headers | None:
    """The next record's named fields, None at the end of the file."""
    line = stream.readline(_LINE_BYTES)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(_LINE_BYTES)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise _BrokenError("no record begins where one should; it may be no WARC file, or a length in it is wrong")
    headers: Headers = {}
    for _ in range(_MOST_HEADERS):
        line = stream.readline(_LINE_BYTES)
        if line in (b"\r\n", b"\n"):
            return headers
        if not line.endswith(b"\n"):
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    raise _BrokenError("a record's head is too long or cut off")


def _skip(stream: BinaryIO, length: int, number: int) -> None:
    while length > 0:
        piece = stream.read(min(length, _PIECE))
        if not piece:
            raise _BrokenError(f"record {number} ends too early")
        length -= len(piece)


def _page_of(headers: Headers, body: bytes, where: str) -> Page | None:
    """The page in a record, without text where no article is in it; None for what is no page."""
    charset = ""
    kind = headers.get("content-type", "")
    if headers["warc-type"].lower() == "response":
        answer = _http_body(body)
        if answer is None:
            return None
        kind, body = answer
    if _HTML.match(kind) is None:
        return None
    stated = _CHARSET.search(kind)
    charset = stated[1] if stated else ""
    try:
        key = page_key(parse_address(headers.get("warc-target-uri", "").strip("<>")))
        decoded = decode_bytes(body, markup=True, declared=charset or None)
    except (BadAddressError, UndecodableError):
        return failed_page(where, "the page cannot be read", "")
    page = read_html(decoded.text, f"{where} ({shown(mask_address(key))})", urlsplit(key).hostname or "")
    return replace(page, metadata=replace(page.metadata, id=article_id(key), url=key))


def _http_body(data: bytes) -> tuple[str, bytes] | None:
    """The content type and the unpacked body of a kept HTTP answer; None unless it is a whole page."""
    head, gap, body = data.partition(b"\r\n\r\n")
    if not gap:
        head, gap, body = data.partition(b"\n\n")
    status = _STATUS.match(head)
    if status is None or status[1] != b"200":
        return None
    headers: Headers = {}
    for line in head.decode("latin-1").splitlines()[1 : _MOST_HEADERS + 1]:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    kind = headers.get("content-type", "")
    if _HTML.match(kind) is None:
        return None
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _join_chunks(body)
    try:
        return kind, unpack([body], headers.get("content-encoding", ""), RECORD_BYTES)
    except BodyError:
        # Some crawlers keep pages unpacked and the header that says otherwise.
        return (kind, body) if body.lstrip()[:1] == b"<" else None


def _join_chunks(body: bytes) -> bytes:
    """The body without the lengths that a chunked answer has between its parts; unchanged where it has none."""
    parts: list[bytes] = []
    at = 0
    while (size := _CHUNK.match(body, at)) is not None:
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length
    return b"".join(parts) if parts and at >= len(body) else body
