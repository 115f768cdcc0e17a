"""Articles with their revisions, and readings, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from reconcile.errors import ReconcileError
from reconcile.model import NumberValue, Published
from reconcile.store import tables
from reconcile.store.engine import connect, parse_location, reading, writing
from reconcile.store.store import Store

Count = Callable[[], dict[str, int]]


def _statuses(store: Store, *articles: Any, now: datetime) -> list[tuple[int, str]]:
    return [(saved.revision, saved.status) for saved in store.save_articles(articles, now=now)]


def test_article_comes_back_as_it_was(store: Store, make: Any) -> None:
    """A saved article is equal to the loaded one."""
    article = make.article("north", "Twelve hurt.\r\n\tNaïve café 🌍", url=None, published=None, origin="a/b.txt")
    store.save_articles([article], now=make.now)
    assert article == store.article("north", article.sha256)


def test_texts_no_database_takes_come_back(store: Store, make: Any) -> None:
    """NUL and lone surrogates in id, title, url and text are kept exactly."""
    odd = "a\0b\ud800c"
    article = make.article(odd, odd, title=odd, url=odd, source=odd)
    store.save_articles([article], now=make.now)
    store.save_readings(
        [make.reading(article, make.claim(article, odd, NumberValue(1, float("inf"), noun=odd)))], [article]
    )
    assert article == store.article(odd, article.sha256)


def test_known_text_is_known(store: Store, make: Any, count_rows: Count) -> None:
    """The same text again is known and adds no row."""
    article = make.article("north", "Twelve hurt.")
    assert _statuses(store, article, now=make.now) == [(1, "new")]
    before = count_rows()
    assert _statuses(store, article, now=make.now) == [(1, "known")]
    assert before == count_rows()


def test_new_text_is_a_revision_and_the_old_stays(store: Store, make: Any) -> None:
    """A new text under the same id is revision 2; revision 1 can still be read."""
    old, new = make.article("north", "Twelve hurt."), make.article("north", "Fifteen hurt.")
    assert _statuses(store, old, now=make.now) == [(1, "new")]
    assert _statuses(store, new, old, now=make.now) == [(2, "revised"), (1, "known")]
    assert (old, new) == (store.article("north", old.sha256), store.article("north", new.sha256))


def test_same_url_under_another_id_is_a_revision(store: Store, make: Any) -> None:
    """A new text at a known url is a revision, whatever id it came with; the same text there is known."""
    old = make.article("north", "Twelve hurt.")
    new = make.article("file-7", "Fifteen hurt.", url=old.url)
    copy = make.article("file-8", "Fifteen hurt.", url=old.url)
    assert _statuses(store, old, new, copy, now=make.now) == [(1, "new"), (2, "revised"), (2, "known")]
    assert copy == store.article("file-8", copy.sha256)


def test_articles_without_url_are_not_one(store: Store, make: Any) -> None:
    """Two ids without a url are two articles."""
    left, right = make.article("a", "One.", url=None), make.article("b", "Two.", url=None)
    assert _statuses(store, left, right, now=make.now) == [(1, "new"), (1, "new")]


def test_corrected_date_of_a_known_text_is_kept(store: Store, make: Any, count_rows: Count) -> None:
    """A known text with another date is described anew, and comes back with the corrected date."""
    article = make.article("north", "Twelve hurt.")
    store.save_articles([article], now=make.now)
    before = count_rows()
    dated = replace(article, published=Published("2024-03-05"))
    assert _statuses(store, dated, now=make.now) == [(1, "described")]
    assert (dated, before) == (store.article("north", article.sha256), count_rows())


def test_many_articles_at_once(store: Store, make: Any) -> None:
    """More articles than fit one query are told apart all the same."""
    batch = [make.article(f"id-{number}", f"Text {number}.") for number in range(1200)]
    assert {(1, "new")} == set(_statuses(store, *batch, now=make.now))
    assert {(1, "known")} == set(_statuses(store, *batch, now=make.now))


def test_unknown_article_is_told(store: Store) -> None:
    """An article that is not stored is an error that names it."""
    with pytest.raises(ReconcileError, match="no article 'north'"):
        store.article("north", "0" * 64)


def test_reading_is_cached_by_what_it_depends_on(store: Store, make: Any) -> None:
    """A reading is found for the same text, description and extractor, and for nothing else."""
    world = make.world()
    article, made = world.articles[0], world.readings[0]
    store.save_articles(world.articles, now=make.now)
    assert store.cached_reading(article, "1") is None
    store.save_readings([made], world.articles)
    assert made == store.cached_reading(article, "1")
    assert made == store.cached_reading(replace(article, origin="elsewhere.txt", url=None), "1")
    others = {
        "extractor": store.cached_reading(article, "2"),
        "published": store.cached_reading(replace(article, published=None), "1"),
        "source": store.cached_reading(replace(article, source="The West"), "1"),
        "title": store.cached_reading(replace(article, title="Another"), "1"),
        "text": store.cached_reading(replace(article, sha256="0" * 64), "1"),
    }
    assert dict.fromkeys(others) == others


def test_readings_are_saved_once(store: Store, make: Any, count_rows: Count) -> None:
    """Saving the same readings again adds no row."""
    world = make.world()
    store.save_articles(world.articles, now=make.now)
    store.save_readings(world.readings, world.articles)
    before = count_rows()
    store.save_readings(world.readings, world.articles)
    assert (before, 2) == (count_rows(), before["claim"])


def test_unreadable_reading_is_made_again(store: Store, location: str, make: Any) -> None:
    """A stored reading that this version cannot decode counts as none, and the next one takes its place."""
    world = make.world()
    store.save_articles(world.articles, now=make.now)
    store.save_readings(world.readings, world.articles)
    engine = connect(parse_location(location))
    with writing(engine) as connection:
        connection.execute(sa.update(tables.reading).values(body=b"of another time"))
    engine.dispose()
    assert store.cached_reading(world.articles[0], "1") is None
    store.save_readings(world.readings, world.articles)
    assert world.readings[0] == store.cached_reading(world.articles[0], "1")


def test_claims_can_be_queried(store: Store, location: str, make: Any) -> None:
    """Claims are rows with their value as JSON that the database understands."""
    world = make.world()
    store.save_articles(world.articles, now=make.now)
    store.save_readings(world.readings, world.articles)
    engine = connect(parse_location(location))
    columns = tables.claim.c
    low = columns.value["low"].as_float()
    query = sa.select(columns.article_id, columns.text, columns.span_start).where(low > 12, columns.kind == "count")
    with reading(engine) as connection:
        assert [tuple(row) for row in connection.execute(query)] == [("south", "15", 9)]
    engine.dispose()


def test_reading_of_an_unsaved_article_is_refused(store: Store, make: Any, count_rows: Count) -> None:
    """A reading without its article is refused whole."""
    world = make.world()
    with pytest.raises(ReconcileError, match="refuses what it was given"):
        store.save_readings(world.readings, world.articles)
    assert sum(count_rows().values()) == 0
