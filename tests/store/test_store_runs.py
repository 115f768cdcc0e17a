"""Runs, how they changed, and single findings, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa

from reconcile.errors import ReconcileError
from reconcile.model import Verdict
from reconcile.store import tables
from reconcile.store.engine import connect, parse_location, reading
from reconcile.store.store import Store

Count = Callable[[], dict[str, int]]


def test_run_comes_back_as_it_was(store: Store, make: Any) -> None:
    """A stored run gives back itself and all that it made, in order."""
    world = make.world(fingerprints=("b", "a", "c"))
    world.save(store)
    assert (world.run, (world.run,)) == (store.latest_run(), store.list_runs(5))
    assert world.articles == store.articles_of("run-1")
    assert (world.stories, world.facts) == (store.stories_of("run-1"), store.facts_of("run-1"))
    assert world.findings == store.findings_of("run-1")


def test_problems_can_be_counted(store: Store, location: str, make: Any) -> None:
    """A run's problems are rows, with whether something was lost."""
    make.world().save(store)
    engine = connect(parse_location(location))
    columns = tables.problem.c
    with reading(engine) as connection:
        rows = connection.execute(sa.select(columns.run_id, columns.stage, columns.place, columns.loss)).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [("run-1", "ingest", "empty.txt", True)]


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
