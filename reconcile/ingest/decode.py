"""Bytes to text: UTF-8 first, then a byte order mark, then the declared encoding, then the most plausible 8-bit one."""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import dataclass

# UTF-32 little endian begins with UTF-16's mark, so it must be tried first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What news archives in 8-bit or East Asian encodings are met in; cp1252 also covers Latin-1 text.
_PLAUSIBLE = [
    "cp1252",
    "cp1251",
    "cp1250",
    "koi8_r",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "gb18030",
    "shift_jis",
    "euc_kr",
]
# Codecs of Python's that no text is in; some take time that grows with the square of the length.
_NO_TEXT = frozenset(("punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"))
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,30})", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


class UndecodableError(ValueError):
    """The bytes are no text in any encoding tried."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with line ends as ``\\n``; ``guessed`` names the encoding where nothing stated it."""

    text: str
    guessed: str | None = None


def decode_bytes(data: bytes, markup: bool = False, declared: str | None = None) -> Decoded:
    """The text of the bytes; ``markup`` looks for a charset in ``<meta>``. Raises UndecodableError for binary data.

    ``declared`` is the encoding that is stated elsewhere, such as in an HTTP header; it counts before ``<meta>``.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_as(data, encoding))
    if b"\0" in data:
        raise UndecodableError("it holds NUL bytes, so it is not a text file")
    try:
        return Decoded(clean_text(data.decode("utf-8")))
    except UnicodeDecodeError:
        pass
    stated = _DECLARED.search(data, 0, 4096) if markup else None
    for name in (declared, stated[1].decode("ascii") if stated is not None else None):
        if name:
            with contextlib.suppress(UndecodableError):
                return Decoded(_as(data, name))
    return _guess(data)


def clean_text(text: str) -> str:
    """The text with line ends as ``\\n`` and lone surrogates, which no file can hold, as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _as(data: bytes, encoding: str) -> str:
    """The bytes in a named encoding, without its mark."""
    try:
        if codecs.lookup(encoding).name in _NO_TEXT:
            raise UndecodableError(f"{encoding.upper()} is not an encoding of texts")
        return clean_text(data.decode(encoding).removeprefix("\ufeff"))
    except (UnicodeError, LookupError) as error:
        raise UndecodableError(f"it is not valid {encoding.upper()}") from error


def _guess(data: bytes) -> Decoded:
    """The most plausible reading of bytes that state no encoding.

    Western letters are few in English text, so statistics would toss a coin between cp1252 and its neighbours: where
    nearly all bytes are ASCII, cp1252 is taken.
    """
    if sum(byte > 0x7F for byte in data) * 20 < len(data):
        with contextlib.suppress(UndecodableError):
            return Decoded(_as(data, "cp1252"), "cp1252")
    # Needed for few files, and it takes a fifth of a second to load.
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_PLAUSIBLE, threshold=0.3).best()
    if best is None:
        raise UndecodableError("it is in no text encoding that could be recognised")
    return Decoded(clean_text(str(best)), best.encoding)
