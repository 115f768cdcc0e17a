"""The codec keeps every model value exactly, whatever is in it."""

from __future__ import annotations

import enum
import types
import typing
import zlib
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, timezone
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.model import (
    Article,
    Claim,
    Entity,
    Fact,
    Finding,
    NameValue,
    PlaceValue,
    Reading,
    Run,
    Span,
    Story,
    TimeValue,
)
from reconcile.store.codec import CodecError, decode, encode, pack, unpack
from reconcile.store.tables import as_json, as_key, as_words

_ZONES = st.none() | st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
# Lone surrogates and NUL included: texts come from the web.
_TEXT = st.text(st.characters(), max_size=6)
_LEAVES: dict[object, st.SearchStrategy[typing.Any]] = {
    str: _TEXT,
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False),
    datetime: st.datetimes(timezones=_ZONES),
    type(None): st.none(),
}


@cache  # a type that holds itself must find its own strategy again
def values_of(type_: typing.Any) -> st.SearchStrategy[typing.Any]:
    """Any value of a model type: its fields filled by their annotations."""
    origin = typing.get_origin(type_)
    if type_ in _LEAVES:
        return _LEAVES[type_]
    if origin is typing.Literal:
        return st.sampled_from(typing.get_args(type_))
    if origin in (types.UnionType, typing.Union):
        return st.one_of([values_of(member) for member in typing.get_args(type_)])
    if origin is tuple:
        members = typing.get_args(type_)
        if members[-1] is ...:
            return st.lists(st.deferred(lambda: values_of(members[0])), max_size=2).map(tuple)
        return st.tuples(*[values_of(member) for member in members])
    if isinstance(type_, type) and issubclass(type_, enum.Enum):
        return st.sampled_from(list(type_))
    assert is_dataclass(type_), type_
    hints = typing.get_type_hints(type_)
    return st.builds(type_, **{item.name: values_of(hints[item.name]) for item in fields(type_)})


@pytest.mark.parametrize("type_", [Article, Claim, Reading, Story, Fact, Finding, Run, TimeValue])
def test_every_value_survives(type_: type) -> None:
    """Unpacking what was packed gives an equal value, and packing that gives the same bytes."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(values_of(type_))
    def check(value: object) -> None:
        packed = pack(value)
        assert unpack(type_, packed) == value
        assert pack(unpack(type_, packed)) == packed

    check()


@pytest.mark.parametrize("name", [NameValue("Larvik"), PlaceValue("Larvik")])
def test_unions_are_told_apart_by_tag(name: NameValue | PlaceValue) -> None:
    """A name and a place with the same words come back as what they were."""
    entity = Entity("larvik", "place", name, (Span(0, 6),))
    assert type(decode(Entity, encode(entity)).name) is type(name)


@pytest.mark.parametrize("packed", [b"", b"junk", zlib.compress(b"{"), zlib.compress(b'{"start": "here"}')])
def test_damage_is_told(packed: bytes) -> None:
    """Bytes that hold no value of the type raise an error that names the type."""
    with pytest.raises(CodecError, match="a stored Span cannot be read"):
        unpack(Span, packed)


@given(st.text(st.characters(), max_size=700))
def test_words_and_keys_are_storable_and_stable(text: str) -> None:
    """Words and keys have nothing that a database refuses, keys are short, and both are their own image."""
    words, key = as_words(text), as_key(text)
    assert "\0" not in words
    words.encode("utf-8")
    assert len(key) <= 500
    assert (as_words(words), as_key(key)) == (words, key)


def test_long_keys_stay_apart() -> None:
    """Two long ids that differ at the end only are still two keys."""
    assert as_key("a" * 600 + "b") != as_key("a" * 600 + "c")


def test_json_numbers_are_finite() -> None:
    """A bound that is no JSON number becomes null in the column."""
    assert as_json({"low": [1.5, float("inf"), float("nan")], "text": "a\0"}) == {
        "low": [1.5, None, None],
        "text": "a\ufffd0000",
    }
