"""Model values to JSON and back, exactly: what was stored is equal to what is read."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from reconcile.errors import ReconcileError

T = TypeVar("T")

_LEVEL = 3
"""Of compression: zlib's own choice, 6, takes more than twice the time for a seventh less."""


class CodecError(ReconcileError):
    """Stored bytes that are no value of the wanted type."""

    def __init__(self, type_: type, reason: str) -> None:
        """``reason`` says what does not fit, without quoting the data."""
        super().__init__(
            f"a stored {type_.__name__} cannot be read ({reason})",
            "another version of reconcile wrote it, or the database is damaged: use that version, or a backup copy",
        )


_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


def encode(value: object) -> Any:
    """A model value as JSON's own types; unions are told apart by their ``tag``."""
    return _adapter(type(value)).dump_python(value, mode="json")


def decode(type_: type[T], data: Any) -> T:
    """The value of ``type_`` that ``encode`` turned into ``data``; raises CodecError."""
    try:
        value: T = _adapter(type_).validate_python(data)
    except ValidationError as error:
        raise CodecError(type_, f"{error.error_count()} of its fields do not fit") from error
    return value


def pack_json(data: Any) -> bytes:
    """JSON data as compressed bytes.

    Written in ASCII with escapes: a text may hold lone surrogates, which UTF-8 has no bytes for.
    """
    return zlib.compress(json.dumps(data, separators=(",", ":")).encode("ascii"), _LEVEL)


def pack(value: object) -> bytes:
    """A model value as compressed JSON."""
    return pack_json(encode(value))


def unpack_json(packed: bytes, type_: type = dict) -> Any:
    """The JSON data that ``pack_json`` made these bytes of; raises CodecError naming ``type_``."""
    try:
        return json.loads(zlib.decompress(packed))
    except (zlib.error, ValueError) as error:
        raise CodecError(type_, "the bytes are damaged") from error


def unpack(type_: type[T], packed: bytes) -> T:
    """The value of ``type_`` that ``pack`` made these bytes of; raises CodecError."""
    return decode(type_, unpack_json(packed, type_))
