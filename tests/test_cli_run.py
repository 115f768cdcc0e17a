"""``reconcile run`` on real files: what it writes, what it prints, and what it leaves alone."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Each file's time of change and content."""
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}


def findings(folder: Path) -> list[dict[str, Any]]:
    """The findings of a report's folder."""
    found: list[dict[str, Any]] = json.loads((folder / "report.json").read_text("utf-8"))["findings"]
    return found


def test_run_writes_three_reports_and_names_them(cli: Cli, desk: Path, workplace: Path) -> None:
    """A run leaves report.html, report.md and report.json, and its last lines are their paths."""
    said = cli("run", desk, "--out", "out")
    assert (said.code, said.err) == (0, "")
    assert sorted(path.name for path in (workplace / "out").iterdir()) == ["report.html", "report.json", "report.md"]
    assert said.out.splitlines()[-3:] == [f"report: out/report.{kind}" for kind in ("html", "md", "json")]


def test_the_table_counts_what_the_report_holds(cli: Cli, desk: Path, workplace: Path) -> None:
    """The terminal's count of contradictions is the report's."""
    said = cli("run", desk, "--out", "out")
    count = sum(finding["verdict"] == "contradiction" for finding in findings(workplace / "out"))
    assert count > 0
    assert ["contradiction", str(count)] in [line.split() for line in said.out.splitlines()]


def test_defaults_stand_in_the_working_folder(cli: Cli, desk: Path, workplace: Path) -> None:
    """Without flags the report goes to reports/latest and the database is reconcile.db."""
    assert cli("run", desk).code == 0
    assert (workplace / "reports" / "latest" / "report.html").is_file()
    assert (workplace / "reconcile.db").is_file()


def test_json_is_one_object_for_programs(cli: Cli, desk: Path, workplace: Path) -> None:
    """--json prints one JSON object and nothing else, with the counts of the report."""
    said = cli("run", desk, "--out", "out", "--json")
    summary = json.loads(said.out)
    assert said.err == ""
    assert summary["counts"] == json.loads((workplace / "out" / "report.json").read_text("utf-8"))["run"]["counts"]
    assert (summary["read_now"], summary["changed"], summary["problems"]) == (2, True, [])
    assert [Path(path).name for path in summary["reports"]] == ["report.html", "report.md", "report.json"]


def test_running_twice_changes_nothing_and_says_so(cli: Cli, desk: Path, workplace: Path) -> None:
    """A second run over the same files reads none of them, says that nothing changed, and touches no report."""
    first = json.loads(cli("run", desk, "--out", "out", "--json").out)
    before = state(workplace / "out")
    said = cli("run", desk, "--out", "out")
    assert f"Nothing changed since run {first['run']}." in said.out
    assert "(0 read now)" in said.out
    assert state(workplace / "out") == before


def test_only_a_new_article_is_read(cli: Cli, desk: Path) -> None:
    """A third article is read alone, and the run tells what is new since the one before."""
    cli("run", desk)
    text = "The pump maker Corvane has 7,900 employees. Tobias Ehrenfeld is 61 years old."
    (desk / "note.txt").write_text(text, encoding="utf-8")
    said = cli("run", desk)
    assert "3 articles (1 read now)" in said.out
    assert re.search(r"^Since run \S+: [1-9]\d* new, ", said.out, re.MULTILINE)


def test_an_article_taken_away_is_gone_from_the_report(cli: Cli, desk: Path, workplace: Path) -> None:
    """What is no longer among the inputs no longer alarms."""
    cli("run", desk, "--out", "out")
    (desk / "ledger.md").unlink()
    said = cli("run", desk, "--out", "out")
    assert said.code == 0
    assert {finding["verdict"] for finding in findings(workplace / "out")} == {"single"}


@pytest.mark.parametrize(("level", "code"), [("info", 1), ("low", 1), ("medium", 0), ("high", 0)])
def test_fail_on_alarms_at_or_above_its_severity(
    cli: Cli, misquoted: Path, mild_rules: Path, level: str, code: int
) -> None:
    """Exit code 1 means a contradiction of that severity or above; milder ones do not count."""
    said = cli("run", misquoted, "--rules", mild_rules, "--fail-on", level)
    assert (said.code, said.err) == (code, "")


def test_contradictions_alone_are_no_failure(cli: Cli, misquoted: Path) -> None:
    """Without --fail-on a run that finds contradictions is done."""
    assert cli("run", misquoted).code == 0


def test_fail_on_without_a_contradiction_is_done(cli: Cli, desk: Path) -> None:
    """One article alone contradicts nobody."""
    assert cli("run", desk / "ledger.md", "--fail-on", "info").code == 0


def test_fail_on_an_unknown_severity_is_wrong_use(cli: Cli, desk: Path) -> None:
    """A misspelt severity is told before anything is read."""
    said = cli("run", desk, "--fail-on", "hihg")
    assert (said.code, said.out) == (2, "")
    assert "'hihg' is no severity: use info, low, medium or high" in said.err


def test_article_order_and_folder_do_not_matter(cli: Cli, desk: Path, workplace: Path) -> None:
    """The same files named one by one, in the other order, give the same findings."""
    cli("run", desk, "--out", "a", "--db", "a.db")
    cli("run", desk / "market-herald.md", desk / "ledger.md", "--out", "b", "--db", "b.db")
    assert {f["fingerprint"] for f in findings(workplace / "a")} == {
        f["fingerprint"] for f in findings(workplace / "b")
    }


def test_all_formats_in_one_folder(cli: Cli, workplace: Path) -> None:
    """Text, Markdown, HTML and JSON lines are read together."""
    folder = workplace / "mixed"
    folder.mkdir()
    body = "The bridge at Marle was closed on 3 May 2031 after 14 cars collided, police said. Nobody was hurt."
    (folder / "a.txt").write_text(body, encoding="utf-8")
    (folder / "b.md").write_text(f"---\nsource: B\n---\n{body}", encoding="utf-8")
    page = (
        f"<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{body}</p></article></body></html>"
    )
    (folder / "c.html").write_text(page, encoding="utf-8")
    (folder / "d.jsonl").write_text(json.dumps({"id": "d", "text": body}) + "\n", encoding="utf-8")
    summary = json.loads(cli("run", folder, "--json").out)
    assert summary["counts"]["articles"] == 4
    assert [problem for problem in summary["problems"] if problem["loss"]] == []


def test_a_rule_of_the_user_replaces_the_shipped_one(cli: Cli, misquoted: Path, mild_rules: Path) -> None:
    """--rules overrides by id: the user's severity and message stand in the report."""
    cli("run", misquoted, "--out", "ours", "--rules", mild_rules)
    (quotation,) = [finding for finding in findings(Path("ours")) if finding["rule"] == "quotations"]
    assert (quotation["verdict"], quotation["severity"]) == ("contradiction", "low")
    assert quotation["summary"].startswith("Our desk: ")


def test_an_output_folder_is_made(cli: Cli, desk: Path, workplace: Path) -> None:
    """The folders of --out need not be there."""
    assert cli("run", desk, "--out", "far/down/here").code == 0
    assert (workplace / "far" / "down" / "here" / "report.html").is_file()


def test_foreign_files_in_the_output_folder_stay(cli: Cli, desk: Path, workplace: Path) -> None:
    """A run writes its three files and touches nothing else there."""
    (workplace / "out").mkdir()
    shutil.copy(desk / "ledger.md", workplace / "out" / "notes.md")
    before = state(workplace / "out")["notes.md"]
    cli("run", desk, "--out", "out")
    assert state(workplace / "out")["notes.md"] == before
