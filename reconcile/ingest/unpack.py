"""Bodies as they come over the wire, unpacked within limits: a small answer may swell to fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

GZIP_MAGIC = b"\x1f\x8b"
_ENCODINGS = {"": 0, "identity": 0, "gzip": 31, "x-gzip": 31, "deflate": 15}


class BodyError(ValueError):
    """The body cannot be taken; the message says why."""


def unpack(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The whole body, unpacked by its Content-Encoding; raises BodyError beyond ``limit`` bytes, packed or not."""
    encoding = encoding.strip().lower()
    if encoding not in _ENCODINGS:
        raise BodyError(f"is packed as {encoding[:30]}, which was not asked for")
    kept = bytearray()
    inflater = _Inflater(_ENCODINGS[encoding], limit) if _ENCODINGS[encoding] else None
    taken = 0
    for chunk in chunks:
        taken += len(chunk)
        if taken > limit:
            raise BodyError(f"is larger than {limit // 2**20} MB")
        kept += inflater.add(chunk, len(kept)) if inflater else chunk
    if inflater is not None and taken and not inflater.ended:
        raise BodyError("ends in the middle of its packed data")
    return bytes(kept)


def gunzip(data: bytes, limit: int) -> bytes:
    """The data, unpacked where it is gzip; raises BodyError."""
    return unpack([data], "gzip", limit) if data.startswith(GZIP_MAGIC) else data


class _Inflater:
    """zlib with a limit on what comes out; gzip members that follow each other are one body."""

    def __init__(self, window: int, limit: int) -> None:
        self._window, self._limit = window, limit
        self._engine = zlib.decompressobj(window)
        self._fresh = True

    @property
    def ended(self) -> bool:
        """Whether the packed data came to its end."""
        return self._engine.eof or self._fresh

    def add(self, chunk: bytes, size: int) -> bytes:
        """What the next packed bytes come to, ``size`` bytes being there already."""
        out = bytearray()
        while chunk:
            if self._engine.eof:
                if not chunk.startswith(GZIP_MAGIC):
                    break  # padding after the end
                self._engine = zlib.decompressobj(self._window)
            out += self._inflate(chunk, self._limit - size - len(out) + 1)
            self._fresh = False
            if self._engine.unconsumed_tail or size + len(out) > self._limit:
                raise BodyError(f"swells beyond {self._limit // 2**20} MB when it is unpacked")
            chunk = self._engine.unused_data
        return bytes(out)

    def _inflate(self, chunk: bytes, most: int) -> bytes:
        try:
            return self._engine.decompress(chunk, most)
        except zlib.error:
            # Some servers send "deflate" without zlib's head.
            if not self._fresh or self._window != 15:
                raise BodyError("is damaged: it cannot be unpacked") from None
        self._engine = zlib.decompressobj(-15)
        try:
            return self._engine.decompress(chunk, most)
        except zlib.error:
            raise BodyError("is damaged: it cannot be unpacked") from None
