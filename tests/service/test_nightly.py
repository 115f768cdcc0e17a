"""Nights in a row: what is new is read and compared, what is not stays, and what changed is told."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reconcile.app.accounts import Role, User
from reconcile.app.choices import Choice
from reconcile.app.queue import list_queue
from reconcile.app.review import decide
from reconcile.errors import ReconcileError
from reconcile.model import Decision, Reading, Verdict
from reconcile.review.views import Query
from reconcile.service.nightly import Hands, run_nightly
from reconcile.store.store import open_store


def contradictions(desk: Any, night: int, change: str) -> list[str]:
    """The summaries of the contradictions that a night's page shows under a change."""
    page = json.loads(desk.read(night, "night.json"))
    return [row["summary"] for row in page["changes"] if row["change"] == change and row["verdict"] == "contradiction"]


def test_first_night_finds_and_reports(desk: Any) -> None:
    """A night reads the source's articles, finds what contradicts, and writes its folder, index and feed."""
    desk.put("herald", desk.flood("Herald", 312))
    desk.put("courier", desk.flood("Courier", 318))
    result = desk.run()
    assert (result.read_now, result.problems, result.already_done) == (2, (), False)
    assert any("312" in summary and "318" in summary for summary in contradictions(desk, 0, "new"))
    assert {path.name for path in result.reports} == {
        *("report.html", "report.md", "report.json"),
        *("night.html", "night.md", "night.json"),
    }
    assert "2031-04-09" in (desk.folder / "reports" / "index.html").read_text("utf-8")
    assert "318" in (desk.folder / "reports" / "findings.atom").read_text("utf-8")


def test_same_night_again_changes_nothing(desk: Any) -> None:
    """A night that is done is not done again: nothing is read, no file is touched."""
    desk.put("herald", desk.flood("Herald", 312))
    desk.run()
    before = {path: path.stat().st_mtime_ns for path in desk.folder.glob("reports/*/*")}
    desk.put("courier", desk.flood("Courier", 318))
    again = desk.run()
    assert (again.already_done, again.read_now) == (True, 0)
    assert before == {path: path.stat().st_mtime_ns for path in desk.folder.glob("reports/*/*")}


def test_lost_reports_are_written_again(lone_desk: Any) -> None:
    """Where the folder of a night that is done was removed, the same files are written again."""
    lone_desk.put("herald", lone_desk.flood("Herald", 312))
    first = lone_desk.run()
    before = [path.read_bytes() for path in first.reports]
    for path in first.reports:
        path.unlink()
    assert before == [path.read_bytes() for path in lone_desk.run().reports]


def test_quiet_night_says_so_louder_in_time(lone_desk: Any) -> None:
    """A night with nothing new says so; after the nights set, it is a fault that is told."""
    lone_desk.put("herald", lone_desk.flood("Herald", 312))
    lone_desk.run(0)
    nights = [lone_desk.run(night) for night in (1, 2, 3)]
    assert [bool(night.faults) for night in nights] == [False, False, True]
    assert [night.night.summary["quiet"]["nights"] for night in nights] == [1, 2, 3]
    assert all(night.read_now == 0 for night in nights)
    assert "nothing new" in lone_desk.read(1, "night.md").lower()


def test_second_outlet_joins_the_story(desk: Any) -> None:
    """An article of the next night joins the story of the night before, which alone is compared again."""
    desk.put("herald", desk.flood("Herald", 312))
    desk.put("gazette", desk.strike("Gazette", 700))
    desk.run(0)
    desk.put("courier", desk.flood("Courier", 318))
    result = desk.run(1)
    assert (result.read_now, result.night.summary["stories"]) == (1, {"new": 0, "changed": 1, "merged": 0})
    assert len(contradictions(desk, 1, "new")) == 1
    report = json.loads(desk.read(1, "report.json"))
    assert {article["source"] for article in report["articles"]} == {"Herald", "Courier"}


def test_correction_is_told_and_the_contradiction_goes(desk: Any) -> None:
    """A revised article is told with what it gives otherwise, and the contradiction it ends is gone."""
    desk.put("herald", desk.flood("Herald", 312))
    desk.put("courier", desk.flood("Courier", 318))
    desk.run(0)
    desk.put("courier", desk.flood("Courier", 312))
    result = desk.run(1)
    page = json.loads(desk.read(1, "night.json"))
    assert result.night.summary["articles"] == {"new": 0, "revised": 1, "described": 0}
    assert any(one["before"] != one["after"] and one["source"] == "Courier" for one in page["corrections"])
    assert any("318" in summary for summary in contradictions(desk, 1, "gone"))


def test_standing_contradictions_are_named(lone_desk: Any) -> None:
    """What an earlier night found and nothing touched is named with the night whose report shows it."""
    lone_desk.put("herald", lone_desk.flood("Herald", 312))
    lone_desk.put("courier", lone_desk.flood("Courier", 318))
    lone_desk.run(0)
    lone_desk.run(1)
    page = json.loads(lone_desk.read(1, "night.json"))
    assert page["standing_count"] >= 1
    assert all(row["link"].startswith("../2031-04-09/report.html#f-") for row in page["standing"])


def test_missed_nights_are_caught_up_in_one_go(lone_desk: Any) -> None:
    """After nights without a run, one run covers them all, and says since when."""
    lone_desk.put("herald", lone_desk.flood("Herald", 312))
    lone_desk.run(0)
    assert (lone_desk.run(4).night.since, lone_desk.run(5).night.since) == ("2031-04-10", "2031-04-14")


def test_night_that_was_cut_off_is_finished_first(lone_desk: Any) -> None:
    """The next night finishes one that was cut off, and then does its own work."""
    lone_desk.put("herald", lone_desk.flood("Herald", 312))

    def pull_the_plug(article: object) -> Reading:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_nightly(lone_desk.settings, hands=Hands(clock=lambda: lone_desk.first, read_one=pull_the_plug))
    lone_desk.put("courier", lone_desk.flood("Courier", 318))
    result = lone_desk.run(1)
    assert [night.date for night in result.resumed] == ["2031-04-09"]
    assert (result.night.since, result.night.summary["articles"]["new"]) == ("2031-04-10", 1)
    assert json.loads(lone_desk.read(0, "report.json"))["articles"][0]["source"] == "Herald"


def test_clock_that_went_back_is_refused(lone_desk: Any) -> None:
    """Where today is before the last night, nothing is done and the clock is named."""
    lone_desk.run(3)
    with pytest.raises(ReconcileError, match="the clock says 2031-04-09, but the night of 2031-04-12"):
        lone_desk.run(0)
    assert lone_desk.run(0, date_="2031-04-12").already_done


@pytest.mark.parametrize(
    ("date", "told"), [("today", "is no date"), ("2031-05-30", "still to come"), ("2031-04-01", "was not run")]
)
def test_dates_that_make_no_night(lone_desk: Any, date: str, told: str) -> None:
    """A date that is none, one to come, and one before the last night are refused in words."""
    lone_desk.run(0)
    with pytest.raises(ReconcileError, match=told):
        lone_desk.run(0, date_=date)


def test_night_has_the_date_of_the_desks_time_zone(lone_desk: Any) -> None:
    """Half past midnight in London is the evening before in New York."""
    lone_desk.configure(nightly={"time_zone": "America/New_York"})
    assert lone_desk.run(0).night.date == "2031-04-08"


def test_article_that_breaks_the_reader_ends_nothing(lone_desk: Any) -> None:
    """The night is done without it, and the problem names it."""
    lone_desk.put("herald", lone_desk.flood("Herald", 312))

    def fail(article: object) -> Reading:
        raise RecursionError

    result = run_nightly(lone_desk.settings, hands=Hands(clock=lambda: lone_desk.first, read_one=fail))
    assert (result.night.done, len(result.losses)) == (True, 1)
    assert "herald" in result.losses[0].where


def test_unwritable_reports_are_found_out_first(lone_desk: Any) -> None:
    """Where the reports cannot be written, nothing is fetched or stored."""
    (lone_desk.folder / "reports").write_text("a file, not a folder")
    with pytest.raises(ReconcileError, match="cannot write the reports"):
        lone_desk.run(0)
    assert not Path(lone_desk.db).exists()


def test_run_of_each_night_is_listed(lone_desk: Any) -> None:
    """Nights are runs like any other, with their counts."""
    lone_desk.put("herald", lone_desk.flood("Herald", 312))
    lone_desk.run(0)
    lone_desk.run(1)
    with open_store(lone_desk.db, upgrade=False) as store:
        runs = store.list_runs(5)
    assert [run.id for run in runs] == ["night-2031-04-10", "night-2031-04-09"]
    assert dict(runs[1].counts)["articles"] == 1
    assert runs[1].started == lone_desk.first
    assert runs[0].started - runs[1].started == timedelta(days=1)


def test_decision_counts_from_the_next_night_on(lone_desk: Any) -> None:
    """A story that a reviewer decided about is compared again though nothing new came, and heeds the decision."""
    lone_desk.put("herald", lone_desk.flood("Herald", 312))
    lone_desk.put("courier", lone_desk.flood("Courier", 318))
    lone_desk.run(0)
    later = lone_desk.first + timedelta(hours=8)
    ann = User("ann", Role.EDITOR)
    with open_store(lone_desk.db, upgrade=False) as store:
        page = list_queue(store, Query(verdicts=(Verdict.CONTRADICTION,)), ann, later)
        case = page.rows[0]
        choice = Choice(case.id, Decision.NOT_SAME_FACT)
        decide(store, choice, ann, later, expected_version=case.version)
    result = lone_desk.run(1)
    assert (result.read_now, result.night.summary["articles"]["new"]) == (0, 0)
    assert contradictions(lone_desk, 1, "gone") == [case.summary]
