"""The store's intents, each on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reconcile.errors import ReconcileError
from reconcile.model import NumberValue, Published, Verdict
from reconcile.store import tables
from reconcile.store.engine import connect, describe, parse_location, reading, writing
from reconcile.store.store import Store, open_store

Count = Callable[[], dict[str, int]]


# --- articles -----------------------------------------------------------------------------------


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
    """A known text with another date is known, and comes back with the corrected date."""
    article = make.article("north", "Twelve hurt.")
    store.save_articles([article], now=make.now)
    before = count_rows()
    dated = replace(article, published=Published("2024-03-05"))
    assert _statuses(store, dated, now=make.now) == [(1, "known")]
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


# --- readings -----------------------------------------------------------------------------------


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


# --- runs ---------------------------------------------------------------------------------------


def test_run_comes_back_as_it_was(store: Store, make: Any) -> None:
    """A stored run gives back itself and all that it made, in order."""
    world = make.world(fingerprints=("b", "a", "c"))
    world.save(store)
    assert (world.run, (world.run,)) == (store.latest_run(), store.list_runs(5))
    assert world.articles == store.articles_of("run-1")
    assert (world.stories, world.facts) == (store.stories_of("run-1"), store.facts_of("run-1"))
    assert world.findings == store.findings_of("run-1")


def test_saving_twice_changes_nothing(store: Store, make: Any, count_rows: Count) -> None:
    """The same run saved again leaves every table as long as it was."""
    world = make.world(fingerprints=("a", "b"))
    world.save(store)
    before = count_rows()
    world.save(store)
    assert before == count_rows()
    assert {"run": 1, "problem": 1, "finding": 2, "sighting": 2}.items() <= before.items()


def test_second_run_adds_only_itself(store: Store, make: Any, count_rows: Count) -> None:
    """A second run with the same results adds a run and its memberships, and no story, fact or finding."""
    make.world("run-1", 1).save(store)
    before = count_rows()
    make.world("run-2", 2).save(store)
    grown = {name for name, count in count_rows().items() if count != before[name]}
    assert {"run", "problem", "run_article", "run_story", "run_fact", "run_finding"} == grown


def test_another_run_under_the_same_id_is_refused(store: Store, make: Any) -> None:
    """A run id that is taken by a different run is an error."""
    make.world("run-1", 1).save(store)
    with pytest.raises(ReconcileError, match="another run is stored under the id 'run-1'"):
        make.world("run-1", 2).save(store)


def test_runs_are_listed_newest_first(store: Store, make: Any) -> None:
    """Runs are ordered by their start, not by when they were saved, across time zones."""
    worlds = [make.world(f"run-{hour}", hour) for hour in (5, 3, 4)]
    for world in worlds:
        world.save(store)
    assert [run.id for run in store.list_runs(2)] == ["run-5", "run-4"]
    early = make.world("run-0", 1)
    # Nine o'clock in Tokyo is midnight in UTC.
    started = early.run.started.replace(hour=9, tzinfo=timezone(timedelta(hours=9)))
    replace(early, run=replace(early.run, started=started)).save(store)
    assert [run.id for run in store.list_runs(9)] == ["run-5", "run-4", "run-3", "run-0"]


def test_empty_store_has_no_run(store: Store) -> None:
    """Without runs there is no latest one."""
    assert (store.latest_run(), store.list_runs(3)) == (None, ())


@pytest.mark.parametrize("name", ["findings_of", "facts_of", "stories_of", "articles_of", "changes"])
def test_unknown_run_is_told(store: Store, name: str) -> None:
    """Asking for an unknown run is an error that names it."""
    with pytest.raises(ReconcileError, match="no run 'run-9'"):
        getattr(store, name)("run-9")


def test_reworded_finding_shows_its_last_words(store: Store, make: Any) -> None:
    """A finding of a known id with other words is stored with the last ones."""
    world = make.world("run-1", 1)
    world.save(store)
    again = make.world("run-2", 2)
    reworded = replace(again.findings[0], summary="They differ")
    replace(again, findings=(reworded,)).save(store)
    assert (reworded,) == store.findings_of("run-2")


def test_run_without_its_articles_is_refused_whole(store: Store, make: Any, count_rows: Count) -> None:
    """A run over articles that were never saved leaves nothing behind."""
    world = make.world()
    with pytest.raises(ReconcileError, match="refuses what it was given"):
        store.save_run(world.run, world.stories, world.facts, world.findings, articles=world.articles)
    assert sum(count_rows().values()) == 0


# --- changes ------------------------------------------------------------------------------------


def _changes(store: Store, run_id: str) -> dict[str, list[str]]:
    found = store.changes(run_id)
    names = ("new", "still", "gone", "back")
    return {name: [item.fingerprint for item in getattr(found, name)] for name in names}


def test_changes_over_four_runs(store: Store, make: Any) -> None:
    """New, still there, gone and back are told against the run before, and back remembers all runs."""
    for hour, prints in enumerate([("a", "b"), ("b", "c"), ("c",), ("a", "c", "d")]):
        make.world(f"run-{hour}", hour, prints).save(store)
    assert _changes(store, "run-0") == {"new": ["a", "b"], "still": [], "gone": [], "back": []}
    assert _changes(store, "run-1") == {"new": ["c"], "still": ["b"], "gone": ["a"], "back": []}
    assert _changes(store, "run-2") == {"new": [], "still": ["c"], "gone": ["b"], "back": []}
    assert _changes(store, "run-3") == {"new": ["d"], "still": ["c"], "gone": [], "back": ["a"]}
    assert [store.changes(f"run-{hour}").previous for hour in range(4)] == [None, "run-0", "run-1", "run-2"]


def test_runs_over_other_inputs_are_not_compared(store: Store, make: Any) -> None:
    """A run is compared with runs over the same inputs only."""
    make.world("run-0", 0, ("a",)).save(store, inputs="news/")
    make.world("run-1", 1, ("b",)).save(store, inputs="sport/")
    make.world("run-2", 2, ("a", "b")).save(store, inputs="news/")
    assert store.changes("run-1").previous is None
    assert _changes(store, "run-2") == {"new": ["b"], "still": ["a"], "gone": [], "back": []}


def test_inputs_default_to_the_articles(store: Store, make: Any) -> None:
    """Without a name for the inputs, runs over the same article ids are compared, revised or not."""
    make.world("run-0", 0).save(store)
    later = make.world("run-1", 1)
    revised = make.article("north", "The quake in Larvik injured 12 people on Sunday, police said.")
    replace(later, articles=(revised, later.articles[1]), readings=()).save(store)
    fewer = make.world("run-2", 2)
    replace(fewer, articles=fewer.articles[:1], readings=()).save(store)
    assert [store.changes(name).previous for name in ("run-1", "run-2")] == ["run-0", None]


def test_finding_is_known_by_fingerprint_not_id(store: Store, make: Any) -> None:
    """A finding with another id and the same fingerprint is still the same finding."""
    make.world("run-0", 0).save(store)
    later = make.world("run-1", 1)
    replace(later, findings=(replace(later.findings[0], id="finding-other"),)).save(store)
    assert _changes(store, "run-1")["still"] == ["differ-12-15"]
    found = store.find_finding("finding-o")
    assert (found.first_seen_run, found.last_seen_run) == ("run-0", "run-1")


# --- one finding --------------------------------------------------------------------------------


def test_finding_comes_with_what_it_rests_on(store: Store, make: Any) -> None:
    """A finding is found by the start of its id, with its fact, story and articles."""
    world = make.world()
    world.save(store)
    found = store.find_finding("finding-d")
    assert (world.findings[0], world.facts[0]) == (found.finding, found.fact)
    assert (world.stories[0], world.articles) == (found.story, found.articles)


def test_findings_spans_fit_the_revisions_it_comes_with(store: Store, make: Any) -> None:
    """After an article was revised, an old finding still comes with the text that it was found in."""
    make.world("run-0", 0).save(store)
    revised = make.article("north", "Police: The quake in Larvik injured nobody.")
    store.save_articles([revised], now=make.now)
    found = store.find_finding("finding")
    texts = {article.id: article.text for article in found.articles}
    assert [claim.text for claim in found.finding.claims] == [
        claim.span.of(texts[claim.article]) for claim in found.finding.claims
    ]


def test_finding_without_fact_or_story(store: Store, make: Any) -> None:
    """A finding over several facts has none of its own, and still comes with its articles."""
    world = make.world()
    loose = replace(world.findings[0], fact="", story="")
    replace(world, findings=(loose,)).save(store)
    found = store.find_finding(loose.id)
    assert (loose, None, None, world.articles) == (found.finding, found.fact, found.story, found.articles)


def test_ambiguous_prefix_lists_the_candidates(store: Store, make: Any) -> None:
    """A prefix of several ids is an error that lists them."""
    make.world(fingerprints=("ab", "ac")).save(store)
    with pytest.raises(ReconcileError, match=r"finding-ab \(.*finding-ac \(.*give more of the id"):
        store.find_finding("finding-a")


def test_whole_id_wins_over_longer_ones(store: Store, make: Any) -> None:
    """An id that starts other ids means itself."""
    make.world(fingerprints=("a", "ab")).save(store)
    assert store.find_finding("finding-a").finding.id == "finding-a"


@pytest.mark.parametrize("prefix", ["", "nothing", "%", "finding_", "FINDING", "x" * 900])
def test_unknown_prefix_is_told(store: Store, make: Any, prefix: str) -> None:
    """A prefix of no id is an error; no character in it is a wildcard."""
    make.world().save(store)
    with pytest.raises(ReconcileError, match="no stored finding"):
        store.find_finding(prefix)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_can_be_stored(store: Store, make: Any, verdict: Verdict) -> None:
    """No verdict of the model is refused."""
    world = make.world()
    replace(world, findings=(replace(world.findings[0], verdict=verdict),)).save(store)
    assert verdict == store.findings_of("run-1")[0].verdict


# --- several at once, and trouble ---------------------------------------------------------------


def test_reader_sees_the_state_before_an_open_transaction(store: Store, location: str, make: Any) -> None:
    """While a writer is in its transaction, a reader reads the state before at once."""
    make.world("run-1", 1).save(store)
    engine = connect(parse_location(location))
    with writing(engine) as connection:
        connection.execute(sa.delete(tables.run_finding))
        assert len(store.findings_of("run-1")) == 1
    engine.dispose()
    assert store.findings_of("run-1") == ()


def test_two_writers_wait_for_each_other(store: Store, location: str, make: Any) -> None:
    """Several writers at once all succeed, and the rows are those of one."""
    world = make.world()
    failures: list[BaseException] = []

    def write() -> None:
        try:
            with open_store(location, upgrade=True) as own:
                world.save(own)
        except BaseException as error:
            failures.append(error)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert ([], world.findings) == (failures, store.findings_of("run-1"))


_KILLED_WRITER = """
import os, signal, sys
from sqlalchemy import Engine, event
from reconcile.model import Article, Fact, Finding, Run, Story
from reconcile.store.codec import decode
from reconcile.store.store import open_store
import json

data = json.load(sys.stdin)

def kill(connection, cursor, statement, *rest):
    if "INSERT INTO run_finding" in statement:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "after_cursor_execute", kill)
many = lambda name, type_: [decode(type_, item) for item in data[name]]
with open_store(sys.argv[1], upgrade=False) as store:
    store.save_run(decode(Run, data["run"]), many("stories", Story), many("facts", Fact),
                   many("findings", Finding), articles=many("articles", Article))
"""


def test_kill_in_a_transaction_leaves_the_state_before(
    store: Store, location: str, make: Any, count_rows: Count
) -> None:
    """A process killed before its commit leaves the state of before, and the same run can then be saved."""
    from reconcile.store.codec import encode

    make.world("run-1", 1).save(store)
    world = make.world("run-2", 2, ("other",))
    before = count_rows()
    names = ("stories", "facts", "findings", "articles")
    data = {name: [encode(item) for item in getattr(world, name)] for name in names} | {"run": encode(world.run)}
    done = subprocess.run(
        [sys.executable, "-c", _KILLED_WRITER, location],
        input=json.dumps(data),
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env=dict(os.environ),
    )
    assert (-signal.SIGKILL, before) == (done.returncode, count_rows())
    world.save(store)
    assert world.findings == store.findings_of("run-2")


def test_damaged_body_is_told(store: Store, location: str, make: Any) -> None:
    """A stored value that cannot be decoded is an error with a cure, not a stack trace of the codec."""
    make.world().save(store)
    engine = connect(parse_location(location))
    with writing(engine) as connection:
        connection.execute(sa.update(tables.finding).values(body=b"?"))
    engine.dispose()
    with pytest.raises(ReconcileError, match=r"a stored Finding cannot be read.*backup"):
        store.findings_of("run-1")


def test_wait_for_a_writer_ends_with_an_error(location: str, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that waited in vain is told that another is in its way."""
    monkeypatch.setattr("reconcile.store.engine._LOCK_WAIT_SECONDS", 1)
    with open_store(location, upgrade=True) as store:
        other = connect(parse_location(location))
        with writing(other), pytest.raises(ReconcileError, match=r"another process is writing to "):
            store.save_articles([make.article("north", "Text.")], now=make.now)
        other.dispose()


@pytest.mark.parametrize("location", ["postgresql"], indirect=True)
def test_connection_closed_by_the_server_is_renewed(store: Store, location: str, make: Any) -> None:
    """A store whose idle connections the server closed goes on over new ones."""
    make.world().save(store)
    engine = connect(parse_location(location))
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    engine.dispose()
    assert store.latest_run() is not None


def test_full_disk_is_told(tmp_path: Path, make: Any) -> None:
    """Where there is no room, the error says so."""
    path = tmp_path / "store.db"
    with open_store(path, upgrade=True) as store:
        make.world().save(store)

    def grow() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")
            connection.execute(sa.update(tables.article).values(body=b"x" * 10_000_000))

    engine = connect(parse_location(path))
    with pytest.raises(ReconcileError, match=r"no room left to write .*store\.db"):
        grow()
    engine.dispose()


# --- addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("news.db", "news.db"),
        ("sqlite:///news.db", "news.db"),
        ("postgresql://ada:hunter2@db.example/news", "postgresql://ada:***@db.example/news"),
        ("postgres://ada@db.example/news?password=hunter2", "postgresql://ada:***@db.example/news"),
        (
            "postgresql+psycopg://ada@db.example/news?sslpassword=hunter2",
            "postgresql://ada@db.example/news?sslpassword=%2A%2A%2A",
        ),
    ],
)
def test_addresses_are_shown_without_passwords(address: str, shown: str) -> None:
    """The database is named in messages as it was given, without any password."""
    assert shown == describe(parse_location(address))


@pytest.mark.parametrize(
    "address",
    [
        "mysql://ada:hunter2@host/news",
        "sqlite://",
        "sqlite:///:memory:",
        "://hunter2",
        "postgresql://ada:hunter2@host:port/x",
    ],
)
def test_unusable_address_is_refused_without_showing_it(address: str) -> None:
    """An address that cannot be used is refused with what can, and without the password in it."""
    with pytest.raises(ReconcileError, match="postgresql://USER@HOST/DATABASE") as caught:
        parse_location(address)
    assert "hunter2" not in str(caught.value)


def test_unreachable_server_is_named_without_the_password() -> None:
    """A server that does not answer is named with the cure; the password stays out of every message in the chain."""
    with pytest.raises(ReconcileError, match=r"ada:\*\*\*@127\.0\.0\.1:1/news cannot be reached") as caught:
        open_store("postgresql://ada:hunter2@127.0.0.1:1/news", upgrade=True)
    error: BaseException | None = caught.value
    while error is not None:
        assert "hunter2" not in repr(error) + str(error)
        error = error.__cause__ or error.__context__


def test_home_folder_is_expanded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A path that starts in the home folder is found there."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert str(tmp_path / "news.db") == describe(parse_location("~/news.db"))
