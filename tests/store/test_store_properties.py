"""What must hold of the store for any values and any history, on both databases."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.errors import ReconcileError
from reconcile.model import (
    About,
    Kind,
    NameValue,
    NumberValue,
    PlaceValue,
    TextValue,
    TimeAlternative,
    TimeValue,
)
from reconcile.store.store import Store, open_store

Count = Callable[[], dict[str, int]]

# The databases' fixtures serve all examples of a test: each example keeps to names of its own.
_few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
_examples = itertools.count()
_text = st.text(st.characters(), max_size=8)
_number = st.floats(allow_nan=False)
_value = st.one_of(
    st.builds(NumberValue, _number, _number, unit=_text, noun=_text),
    st.builds(NameValue, _text, _text, _text, _text),
    st.builds(PlaceValue, _text, st.lists(_text, max_size=2).map(tuple)),
    st.builds(TextValue, _text, st.lists(_text, max_size=2).map(tuple)),
    st.builds(
        TimeValue,
        st.just("DATE"),
        _text,
        _text,
        st.datetimes() | st.none(),
        alternatives=st.lists(
            st.builds(TimeAlternative, _text, st.datetimes() | st.none(), st.none(), _number), max_size=1
        ).map(tuple),
    ),
)
_about = st.builds(
    About, subject=_text | st.none(), head=_text, predicate=_text, event=_text, day=_text, place=_text, slot=_text
)


@given(st.lists(st.tuples(_value, _about, _text, st.sampled_from(Kind)), max_size=4), _text.filter(len))
@_few
def _reading_survives(store: Store, make: Any, contents: list[tuple[Any, About, str, Kind]], text: str) -> None:
    article = make.article(f"{next(_examples)} {text}", text, title=text, source=text)
    claims = [
        replace(make.claim(article, text, value, kind), about=about, speaker=words, quote=words, id=words)
        for value, about, words, kind in contents
    ]
    reading = make.reading(article, *claims)
    store.save_articles([article], now=make.now)
    store.save_readings([reading], [article])
    assert reading == store.cached_reading(article, "1")
    assert article == store.article(article.id, article.sha256)


def test_any_reading_survives(store: Store, make: Any) -> None:
    """Any article and any claims on it come back as they were, even with ids that are alike."""
    _reading_survives(store, make)


@given(st.lists(st.frozensets(st.sampled_from("abcde")), min_size=1, max_size=5))
@_few
def _history_is_set_arithmetic(store: Store, count_rows: Count, make: Any, history: list[frozenset[str]]) -> None:
    inputs = f"history {next(_examples)}"
    worlds = [make.world(f"{inputs} run {hour}", hour, tuple(sorted(prints))) for hour, prints in enumerate(history)]
    for world in worlds:
        world.save(store, inputs)
    rows = count_rows()
    worlds[-1].save(store, inputs)
    assert rows == count_rows()
    for hour, world in enumerate(worlds):
        here, there = history[hour], history[hour - 1] if hour else frozenset()
        ever = frozenset().union(*history[:hour])
        found = store.changes(world.run.id)
        prints = [{item.fingerprint for item in part} for part in (found.new, found.still, found.gone, found.back)]
        assert prints == [here - ever, here & there, there - here, (here & ever) - there]
        assert world.findings == store.findings_of(world.run.id)


def test_changes_are_set_arithmetic(store: Store, count_rows: Count, make: Any) -> None:
    """Over any history, new, still, gone and back are what set arithmetic says, and saving again adds no row."""
    _history_is_set_arithmetic(store, count_rows, make)


def test_several_may_make_the_store_at_once(location: str, make: Any) -> None:
    """Programs that start together on an empty database all find it ready."""
    failures: list[BaseException] = []
    start = threading.Barrier(4)

    def begin() -> None:
        start.wait()
        try:
            with open_store(location, upgrade=True) as own:
                own.save_articles([make.article("north", "Text.")], now=make.now)
        except BaseException as error:
            failures.append(error)

    programs = [threading.Thread(target=begin) for _ in range(4)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert failures == []


def test_two_texts_under_one_id_are_refused(store: Store, make: Any) -> None:
    """Where two texts share an id, no reading is kept: it could be of either."""
    pair = [make.article("north", "One."), make.article("north", "Two.")]
    store.save_articles(pair, now=make.now)
    with pytest.raises(ReconcileError, match="two texts share the id 'north'"):
        store.save_readings([make.reading(pair[0])], pair)
    assert store.cached_reading(pair[0], "1") is None
