"""Files of many articles: one JSON object a line, read as a stream so that no line can take the memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from reconcile.ingest.decode import UndecodableError, clean_text, decode_bytes
from reconcile.ingest.formats import Page, failed_page
from reconcile.ingest.limits import FILE_BYTES, RECORD_BYTES
from reconcile.ingest.metadata import read_metadata
from reconcile.model import Problem
from reconcile.visible import shown

SUFFIX = ".jsonl"
_SHAPE = 'write one object a line, such as {"source": "…", "published": "2025-06-02", "text": "…"}'
_MOST_LISTED = 20


def read_jsonl(path: Path) -> Iterator[tuple[int, Page]]:
    """Each line's number and page, its text empty where the line could not be read; raises OSError."""
    where = shown(path)
    bad = 0
    with path.open("rb") as file:
        refused = _refusal(path, file)
        if refused is not None:
            yield 0, failed_page(where, *refused)
            return
        for number, line in _lines(file):
            page = _read_line(line, f"{where}:{number}")
            bad += not page.text
            if page.text or bad <= _MOST_LISTED:
                yield number, page
    if bad > _MOST_LISTED:
        yield (
            0,
            failed_page(
                where, f"{bad - _MOST_LISTED} more lines could not be read", "mend the lines named first, and run again"
            ),
        )


def _refusal(path: Path, file: BinaryIO) -> tuple[str, str] | None:
    """Why the whole file is not read, and the cure."""
    if path.stat().st_size > FILE_BYTES:
        return f"is larger than {FILE_BYTES // 2**20} MB", "split it into smaller files"
    head = file.read(4096)
    file.seek(0)
    if b"\0" in head:
        return "is not UTF-8 text: it holds NUL bytes", "save it as UTF-8"
    return None


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Each line with something on it, from 1; None for one beyond the limit, which is passed over in pieces."""
    number = 0
    while line := file.readline(RECORD_BYTES + 1):
        number += 1
        if len(line) > RECORD_BYTES and not line.endswith(b"\n"):
            while (piece := file.readline(2**20)) and not piece.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


def _read_line(line: bytes | None, where: str) -> Page:
    """One line's page."""
    if line is None:
        return failed_page(
            where, f"the line is longer than {RECORD_BYTES // 2**20} MB and was skipped", "give articles one a line"
        )
    try:
        decoded = decode_bytes(line)
        record = json.loads(decoded.text)
    except UndecodableError as error:
        return failed_page(where, f"cannot read the line: {error}", "save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        detail = (
            f"{error.msg} at column {error.colno}"
            if isinstance(error, json.JSONDecodeError)
            else "too deep or too large"
        )
        return failed_page(where, f"the line is not JSON: {detail}", _SHAPE)
    if not isinstance(record, dict):
        return failed_page(where, "the line is not a JSON object", _SHAPE)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        said = "has no text" if text is None or isinstance(text, str) else "has a text that is not a string"
        return failed_page(where, f"the article {said}", 'put the article\'s words in "text"')
    metadata, problems = read_metadata(record, where)
    if decoded.guessed:
        problems = (*problems, guessed_problem(where, decoded.guessed))
    return Page(clean_text(text), metadata, problems)


def guessed_problem(where: str, encoding: str) -> Problem:
    """Says that an encoding was guessed: names may be misspelt where the guess is wrong."""
    message = f"is not UTF-8; it was read as {encoding}, which is a guess"
    return Problem("ingest", where, message, "save it as UTF-8 to be sure", loss=False)
