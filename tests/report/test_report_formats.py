"""The other formats: tables that hold no formula, feeds and annotations that their standards' readers take."""

import csv
import io
import json
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.errors import ReconcileError
from reconcile.report.annotations import render_annotations
from reconcile.report.atom import render_atom
from reconcile.report.build import build_report
from reconcile.report.claim_review import render_claim_reviews
from reconcile.report.csv_report import render_csv
from reconcile.report.formats import FORMATS, choose_formats
from reconcile.report.html import render_html
from reconcile.report.json_report import render_json
from reconcile.report.markdown import render_markdown
from reconcile.report.tabular import CLAIM_COLUMNS, safe_cell
from reconcile.report.view import DecisionView, Report
from reconcile.report.write import write_reports
from reconcile.report.xlsx_report import render_xlsx

ATOM = "{http://www.w3.org/2005/Atom}"
FORMULA = '=HYPERLINK("http://evil.example")'
CONFIRMED = DecisionView("confirmed", "Confirmed discrepancy", "ana", "2031-05-14T08:30+00:00", "both checked")


def decided(parts: dict[str, Any], *, signed_off: bool = True) -> Report:
    """The report once the contradiction was confirmed."""
    return build_report(**parts, decisions={"f1": replace(CONFIRMED, signed_off=signed_off)})


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


# --- tables -----------------------------------------------------------------------------------


def test_csv_has_a_row_a_claim(report: Report) -> None:
    """Every claim of every finding is a row with its evidence; offsets cut the words out of the article."""
    found = rows(render_csv(report))
    assert len(found) == sum(len(finding.claims) for finding in report.findings)
    assert list(found[0]) == list(CLAIM_COLUMNS)
    texts = {article.id: article.text for article, _ in report.read}
    assert all(texts[row["article"]][int(row["start"]) : int(row["end"])] == row["text"] for row in found)


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝", "\n+"])
def test_no_cell_is_a_formula(parts: dict[str, Any], lead: str) -> None:
    """Whatever sign a text begins with, no spreadsheet takes its cell for a formula."""
    findings = tuple(replace(f, summary=lead + FORMULA) for f in parts["findings"])
    for row in rows(render_csv(build_report(**{**parts, "findings": findings}))):
        assert row["summary"].startswith(("'", "⟨U+000D⟩"))


@given(st.text())
def test_cells_of_any_text_are_safe(text: str) -> None:
    """No text becomes a cell that begins as a formula does, or is longer than a cell may be."""
    cell = str(safe_cell(text))
    assert not cell.strip().startswith(("=", "+", "-", "@"))
    assert len(cell) < 32_767


def test_workbook_holds_texts_only(parts: dict[str, Any]) -> None:
    """The workbook has the sheets, no formula, no link, and is the same file each time."""
    findings = tuple(replace(f, summary=FORMULA) for f in parts["findings"])
    hostile = build_report(**{**parts, "findings": findings})
    made = render_xlsx(hostile)
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        content = b"".join(book.read(name) for name in sheets)
        names = book.read("xl/workbook.xml").decode()
    assert len(sheets) == 4
    assert b"<f>" not in content
    assert b"hyperlink" not in content.lower()
    assert all(f'name="{name}"' in names for name in ("Findings", "Claims", "Articles"))
    assert made == render_xlsx(hostile)


def test_missing_package_is_named(report: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without xlsxwriter the format says what to install, and no other file is written."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ReconcileError, match=r"reconcile\[xlsx\]"):
        write_reports(report, tmp_path, ("html", "xlsx"))
    assert list(tmp_path.iterdir()) == []


# --- feeds and annotations --------------------------------------------------------------------


def test_feed_has_an_entry_a_finding(report: Report) -> None:
    """All findings but those of one source are entries with the parts that Atom asks for."""
    feed = ElementTree.fromstring(render_atom(report))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == sum(number for verdict, number in report.counts if verdict.value != "single")
    for element in (feed, *entries):
        assert all(element.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)


def test_feed_of_hostile_words_is_well_formed(parts: dict[str, Any]) -> None:
    """Characters that XML cannot hold, and markup, leave a feed that a parser reads."""
    words = "\x00\x1b\ufffe ]]> <b>&amp;\u202e"
    findings = tuple(replace(f, summary=words, explanation=(words,)) for f in parts["findings"])
    feed = ElementTree.fromstring(render_atom(build_report(**{**parts, "findings": findings})))
    assert "<b>" in str(feed.findtext(f"{ATOM}entry/{ATOM}title"))


def test_every_claim_is_an_annotation(report: Report) -> None:
    """Each claim of each reading has its words by quote and by position, and both name the same words."""
    document = json.loads(render_annotations(report))
    texts = {article.url or f"urn:sha256:{article.sha256}": article.text for article, _ in report.read}
    items = document["first"]["items"]
    assert document["total"] == len(items) == sum(len(reading.claims) for _, reading in report.read)
    for item in items:
        quote, position = item["target"]["selector"]
        text = texts[item["target"]["source"]["id"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
    assert len({item["id"] for item in items}) == len(items)


# --- decisions --------------------------------------------------------------------------------


def test_no_draft_without_sign_off(report: Report, parts: dict[str, Any]) -> None:
    """ClaimReview drafts are made of confirmed discrepancies that are signed off, and of nothing else."""
    assert json.loads(render_claim_reviews(report))["@graph"] == []
    assert json.loads(render_claim_reviews(decided(parts, signed_off=False)))["@graph"] == []
    drafts = json.loads(render_claim_reviews(decided(parts)))["@graph"]
    assert [draft["@type"] for draft in drafts] == ["ClaimReview", "ClaimReview"]
    assert {draft["creativeWorkStatus"] for draft in drafts} == {"Draft"}
    publishers = {draft["itemReviewed"]["appearance"][0]["publisher"]["name"] for draft in drafts}
    assert publishers == {"Halden Post", "Coast Courier"}


def test_every_format_carries_the_decision(parts: dict[str, Any]) -> None:
    """The page, the Markdown, the JSON, the table and the feed tell what was decided, by whom and why."""
    report = decided(parts)
    assert "Confirmed discrepancy, ana, 14 May 2031, 08:30: both checked" in render_html(report)
    assert "Confirmed discrepancy, ana, 14 May 2031, 08:30: both checked" in render_markdown(report)
    assert "Confirmed discrepancy, ana" in render_atom(report)
    (told,) = [f["decision"] for f in json.loads(render_json(report))["findings"] if "decision" in f]
    assert (told["decision"], told["by"], told["signed_off"]) == ("confirmed", "ana", True)
    assert {row["decided_by"] for row in rows(render_csv(report)) if row["finding"] == "f1"} == {"ana"}


# --- charts and formats -----------------------------------------------------------------------


def test_a_number_that_moved_is_drawn(report: Report) -> None:
    """The injured, 14 and then 16, are three points in the order of publication."""
    (story,) = report.stories
    (toll,) = [toll for toll in story.tolls if toll.label == "people injured"]
    assert [point.value for point in toll.points] == ["14", "14", "16"]
    assert [point.x for point in toll.points] == sorted(point.x for point in toll.points)
    assert all(0 <= point.x <= 100 and 0 <= point.y <= 100 for point in toll.points)


def test_the_day_is_on_the_timeline(report: Report) -> None:
    """The day of the accident is one bar that both outlets give."""
    (story,) = report.stories
    assert story.timeline is not None
    (row,) = story.timeline.rows
    assert [bar.outlets for bar in row.bars] == [("Halden Post", "Coast Courier")]


def test_cells_of_one_value_are_one_camp(report: Report) -> None:
    """In the table of facts outlets that say the same have the same letter."""
    (story,) = report.stories
    rows_of = {row.label: row for row in story.rows}
    assert rows_of["people aboard"].split
    assert rows_of["people injured"].camps == (0, 0, 1)
    assert not rows_of["day of the accident"].split


def test_an_unknown_format_is_refused() -> None:
    """A format that is not there is named with those that are."""
    with pytest.raises(ReconcileError, match=r"pdf.*use one of: html, md"):
        choose_formats(["pdf"])


def test_every_format_has_bytes_of_its_own(report: Report, tmp_path: Path) -> None:
    """All formats can be written at once, each into its file."""
    paths = write_reports(report, tmp_path, tuple(FORMATS))
    assert [path.name for path in paths] == [one.file for one in FORMATS.values()]
    assert all(path.stat().st_size for path in paths)
