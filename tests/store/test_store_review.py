"""Judgements and cases in the store: one chain whoever writes, decisions that hold as long as their evidence does."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from reconcile.app import review
from reconcile.app.accounts import Role, User
from reconcile.app.choices import Choice
from reconcile.errors import ConflictError, ReconcileError
from reconcile.model import Decision, Finding, Judgement, NumberValue, Verdict
from reconcile.review.standing import State
from reconcile.review.views import CaseRow, Query
from reconcile.store.engine import connect, parse_location, writing
from reconcile.store.store import Store, open_store

NOW = datetime(2024, 3, 7, tzinfo=UTC)
ANN, BEA = User("ann", Role.REVIEWER), User("bea", Role.EDITOR)


def rows(store: Store, **query: Any) -> Sequence[CaseRow]:
    """The cases of a view, all by default."""
    return store.review.queue(Query(**{"view": "all"} | query), "ann", NOW).rows


def dismiss(store: Store, row: CaseRow, user: User = ANN) -> Judgement:
    """Dismiss a case as it stands."""
    choice = Choice(row.id, Decision.DISMISSED, "one counts the crew")
    return review.decide(store, choice, user, NOW, expected_version=row.version)


def changed(world: Any, **values: Any) -> Any:
    """A world whose one finding says something else of the same fact."""
    finding: Finding = world.findings[0]
    return replace(world, findings=(replace(finding, id="finding-new", **values),))


def test_dismissal_holds_for_the_same_evidence_in_the_next_run(store: Store, make: Any) -> None:
    """The next run finds it again and it stays decided."""
    make.world("run-1").save(store, "desk")
    dismiss(store, rows(store)[0])
    make.world("run-2", 1).save(store, "desk")
    (row,) = rows(store)
    assert (row.state, row.decision, row.reopened) == (State.DECIDED, Decision.DISMISSED, "")


def test_dismissal_holds_when_the_words_are_read_again_otherwise(store: Store, make: Any) -> None:
    """Another extractor's claim ids, another label and so another fingerprint change nothing: the words are there."""
    make.world("run-1").save(store, "desk")
    dismiss(store, rows(store)[0])
    world = make.world("run-2", 1)
    claims = tuple(replace(claim, id=f"other-{claim.id}") for claim in world.findings[0].claims)
    changed(world, fingerprint="another label", claims=claims).save(store, "desk")
    (row,) = rows(store)
    assert (row.state, row.finding) == (State.DECIDED, "finding-new")


def test_dismissal_lapses_when_an_outlet_says_another_value(store: Store, make: Any) -> None:
    """The case goes on under its id, open again, and says what changed and who had decided."""
    make.world("run-1").save(store, "desk")
    before = rows(store)[0]
    dismiss(store, before)
    world = make.world("run-2", 1)
    claims = world.findings[0].claims
    other = replace(claims[1], value=NumberValue(16, 16, ">=", noun="person"), text="16")
    changed(world, fingerprint="differ-12-16", claims=(claims[0], other)).save(store, "desk")
    (row,) = rows(store, view="open")
    assert (row.id, row.decision) == (before.id, None)
    assert "ann judged it dismissed on 2024-03-07" in row.reopened
    assert "The south Gazette now says “16”" in row.reopened


def test_dismissal_lapses_when_another_outlet_joins(store: Store, make: Any) -> None:
    """A third outlet's value is new evidence."""
    make.world("run-1").save(store, "desk")
    dismiss(store, rows(store)[0])
    world = make.world("run-2", 1)
    third = replace(world.findings[0].claims[0], id="third", article="west", value=NumberValue(20, 20), text="20")
    changed(world, fingerprint="differ-more", claims=(*world.findings[0].claims, third)).save(store, "desk")
    assert "now says “20”" in rows(store, view="open")[0].reopened


def test_dismissal_lapses_when_it_becomes_a_contradiction(store: Store, make: Any) -> None:
    """What was dismissed as an update is looked at again as a contradiction."""
    world = make.world("run-1")
    changed(world, verdict=Verdict.UPDATE).save(store, "desk")
    dismiss(store, rows(store)[0])
    make.world("run-2", 1).save(store, "desk")
    assert "is a contradiction now" in rows(store, view="open")[0].reopened


def test_case_goes_and_comes_back(store: Store, make: Any) -> None:
    """A finding that a run over the same inputs misses is gone, and is back with its decision when found again."""
    make.world("run-1").save(store, "desk")
    dismiss(store, rows(store)[0])
    replace(make.world("run-2", 1), findings=()).save(store, "desk")
    assert [row.present for row in rows(store, view="gone")] == [False]
    make.world("run-3", 2).save(store, "desk")
    (row,) = rows(store, view="decided")
    assert [s.status for s in store.review.case(row.id).sightings] == ["new", "gone", "back"]


def test_run_over_other_inputs_makes_nothing_gone(store: Store, make: Any) -> None:
    """What a run was not pointed at is still there."""
    make.world("run-1").save(store, "desk")
    replace(make.world("run-2", 1), findings=()).save(store, "another desk")
    assert [row.present for row in rows(store)] == [True]


def test_story_under_another_id_keeps_its_cases(store: Store, make: Any) -> None:
    """A story that is named after another founder keeps what was decided of it."""
    make.world("run-1").save(store, "desk")
    dismiss(store, rows(store)[0])
    world = make.world("run-2", 1)
    story = replace(world.stories[0], id="story-2")
    fact = replace(world.facts[0], id="fact-2", story=story.id)
    finding = replace(world.findings[0], id="finding-2", story=story.id, fact=fact.id)
    replace(world, stories=(story,), facts=(fact,), findings=(finding,)).save(store, "desk")
    (row,) = rows(store)
    assert (row.story, row.state) == ("story-2", State.DECIDED)


def test_second_decision_on_the_same_version_is_a_conflict(store: Store, make: Any) -> None:
    """Who comes later is told, and nothing is overwritten."""
    make.world().save(store)
    row = rows(store)[0]
    dismiss(store, row)
    with pytest.raises(ConflictError) as caught:
        dismiss(store, row, BEA)
    assert caught.value.version == 1


def test_run_that_changes_the_evidence_makes_an_open_page_stale(store: Store, make: Any) -> None:
    """A decision on what a run has changed meanwhile is a conflict too."""
    make.world("run-1").save(store, "desk")
    row = rows(store)[0]
    world = make.world("run-2", 1)
    other = replace(world.findings[0].claims[1], value=NumberValue(16, 16), text="16")
    changed(world, fingerprint="other", claims=(world.findings[0].claims[0], other)).save(store, "desk")
    with pytest.raises(ConflictError):
        dismiss(store, row)


def test_undo_of_an_undo_brings_the_decision_back(store: Store, make: Any) -> None:
    """Nothing is lost by taking back; the last word counts."""
    make.world().save(store)
    made = dismiss(store, rows(store)[0])
    undone = review.undo(store, made.id, ANN, NOW)
    assert rows(store)[0].state is State.OPEN
    review.undo(store, undone.id, ANN, NOW)
    assert rows(store)[0].state is State.DECIDED


def test_twenty_reviewers_at_once_lose_nothing(location: str, make: Any) -> None:
    """Twenty reviewers comment and decide at one time over connections of their own: one whole chain, each once."""
    with open_store(location, upgrade=True) as store:
        make.world(fingerprints=tuple(f"differ-{n}" for n in range(10))).save(store)
        cases = [row.id for row in rows(store)]

    def work(number: int) -> list[str]:
        user = User(f"reviewer{number}", Role.REVIEWER)
        made = []
        with open_store(location, upgrade=False) as mine:
            for case in cases[number % 2 :: 2]:
                made.append(review.comment(mine, case, f"seen by {number}", user, NOW).id)
                try:
                    choice = Choice(case, Decision.CONFIRMED)
                    version = mine.review.version(case)
                    made.append(review.decide(mine, choice, user, NOW, expected_version=version).id)
                except ConflictError:
                    made.append(review.comment(mine, case, "was faster", user, NOW).id)
        return made

    with ThreadPoolExecutor(20) as pool:
        made = [id_ for ids in pool.map(work, range(20)) for id_ in ids]
    with open_store(location, upgrade=False) as store:
        audit = store.review.audit()
        assert (audit.judgements, audit.faults) == (200, ())
        assert sorted(item.id for item in store.review.latest(1000)) == sorted(made)
        assert sum(row.version for row in rows(store)) == 200


def test_database_refuses_to_change_or_delete_a_judgement(store: Store, make: Any, location: str) -> None:
    """Append-only is the database's own rule, whatever program writes."""
    make.world().save(store)
    dismiss(store, rows(store)[0])
    for statement in ("UPDATE judgement SET account = 'bea'", "DELETE FROM judgement"):
        with pytest.raises(ReconcileError, match="append-only"), writing(store._engine) as connection:
            connection.execute(sa.text(statement))


def test_tampering_past_the_database_shows(location: str, make: Any) -> None:
    """Who takes the triggers off and changes, removes or swaps a judgement is found out."""
    with open_store(location, upgrade=True) as store:
        make.world(fingerprints=("a", "b", "c")).save(store)
        made = [dismiss(store, row) for row in rows(store)]
        assert store.review.audit(made[0].hash).faults == ()
    engine = connect(parse_location(location))
    with writing(engine) as connection:
        _drop_guards(connection)
        connection.execute(sa.text("UPDATE judgement SET account = 'bea' WHERE sequence = 2"))
    with open_store(location, upgrade=False) as store:
        assert store.review.audit().faults == ("judgement 2 was changed after it was made",)
    with writing(engine) as connection:
        connection.execute(sa.text("DELETE FROM judgement WHERE sequence = 2"))
    with open_store(location, upgrade=False) as store:
        faults = store.review.audit().faults
        assert "judgement 2 is missing: the next one stored is 3" in faults
    with writing(engine) as connection:
        connection.execute(sa.text("DELETE FROM judgement WHERE sequence = 3"))
    with open_store(location, upgrade=False) as store:
        assert store.review.audit().faults == ()
        assert "were cut off" in store.review.audit(made[2].hash).faults[0]
    engine.dispose()


def _drop_guards(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("DROP TRIGGER judgement_stays ON judgement"))
    else:
        for event in ("update", "delete"):
            connection.execute(sa.text(f"DROP TRIGGER judgement_stays_{event}"))


@pytest.mark.parametrize("sort", ["severity", "newest", "oldest", "confidence", "due"])
def test_pages_give_each_case_once_in_any_order(store: Store, make: Any, sort: str) -> None:
    """Page by page is the same as all at once."""
    make.world(fingerprints=tuple(f"differ-{n}" for n in range(7))).save(store)
    whole = [row.id for row in rows(store, sort=sort)]
    cursor, paged = "", []
    while cursor is not None:
        page = store.review.queue(Query(view="all", sort=sort, cursor=cursor, limit=3), "ann", NOW)  # type: ignore[arg-type]
        paged += [row.id for row in page.rows]
        cursor = page.next  # type: ignore[assignment]
    assert (paged, len(set(paged))) == (whole, 7)


def test_filters_narrow_the_queue(store: Store, make: Any) -> None:
    """By outlet, by text whatever its case, by rule, by confidence; signs of the pattern language mean themselves."""
    make.world().save(store)
    found = [
        len(rows(store, **query))
        for query in (
            {"sources": ("The north Gazette",)},
            {"sources": ("The east Gazette",)},
            {"text": "OUTLETS larvik"},
            {"text": "100%"},
            {"rules": ("count.injured",)},
            {"confidence_min": 0.9},
            {"verdicts": (Verdict.UPDATE,)},
        )
    ]
    assert found == [1, 0, 1, 0, 1, 0, 0]


def test_threshold_takes_unsure_findings_off_the_queue_and_keeps_them(store: Store, make: Any) -> None:
    """What lies below its family's threshold is not put before reviewers, today or in the next run; lifted, it is."""
    make.world("run-1").save(store, "desk")
    assert store.review.count_hidden({"number": 0.9}) == 1
    store.review.save_thresholds({"number": (0.9, 40)}, NOW)
    assert (len(rows(store, view="open")), len(rows(store))) == (0, 1)
    make.world("run-2", 1, ("another",)).save(store, "other desk")
    assert (len(rows(store, view="open")), len(rows(store))) == (0, 2)
    store.review.save_thresholds({}, NOW)
    assert len(rows(store, view="open")) == 2
