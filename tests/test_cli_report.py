"""``reconcile report`` on a real store: the same report again, a part of it, other formats, and clear refusals."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]


@pytest.fixture
def stored(cli: Cli, desk: Path, workplace: Path) -> Path:
    """A run of the desk's articles; its report's folder."""
    assert cli("run", desk, "--out", "out").code == 0
    return workplace / "out"


def test_a_stored_run_gives_the_same_report(cli: Cli, stored: Path, workplace: Path) -> None:
    """All formats of a stored run say, byte for byte, what the run itself wrote."""
    assert cli("report", "--out", "again").code == 0
    again = workplace / "again"
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in stored.iterdir()
    }


def test_formats_are_written_by_name(cli: Cli, stored: Path, workplace: Path) -> None:
    """Each --format adds its file, and its path is told."""
    said = cli("report", "latest", "--format", "csv", "--format", "atom", "--out", "more")
    assert said.out.splitlines()[-2:] == ["report: more/report.csv", "report: more/report.atom"]
    assert sorted(path.name for path in (workplace / "more").iterdir()) == ["report.atom", "report.csv"]


def test_run_takes_formats_too(cli: Cli, desk: Path, workplace: Path) -> None:
    """A run can write other formats at once."""
    assert cli("run", desk, "--out", "out", "--format", "json", "--format", "annotations").code == 0
    assert sorted(path.name for path in (workplace / "out").iterdir()) == ["annotations.jsonld", "report.json"]


def test_query_narrows_findings_and_counts(cli: Cli, stored: Path, workplace: Path) -> None:
    """A query leaves the findings that match, the counts are theirs, and the report says so."""
    said = cli("report", "--query", "verdict:contradiction", "--out", "part", "--json")
    counts = json.loads(said.out)["counts"]
    part = json.loads((workplace / "part" / "report.json").read_text("utf-8"))
    assert {finding["verdict"] for finding in part["findings"]} == {"contradiction"}
    assert counts["contradiction"] == len(part["findings"]) > 0
    assert "Only a part of the run: findings that match verdict:contradiction." in (
        workplace / "part" / "report.html"
    ).read_text("utf-8")


def test_story_narrows_articles(cli: Cli, stored: Path, workplace: Path) -> None:
    """One story, by the beginning of its id, has its own articles and findings only."""
    whole = json.loads((stored / "report.json").read_text("utf-8"))
    story = whole["stories"][0]
    assert cli("report", "--story", story["id"][:12], "--out", "one").code == 0
    one = json.loads((workplace / "one" / "report.json").read_text("utf-8"))
    assert {article["id"] for article in one["articles"]} == set(story["articles"])
    assert {finding["story"] for finding in one["findings"]} == {story["id"]}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nothing-such",), "no stored run has an id that starts with 'nothing-such'"),
        (("--format", "pdf"), "there is no report format 'pdf'"),
        (("--story", "no such words"), "no story of this run"),
        (("--query", "outlet:x"), "findings have no field 'outlet'"),
    ],
)
def test_wrong_use_is_told(cli: Cli, stored: Path, words: tuple[str, ...], told: str) -> None:
    """What is not there is named with the cure, and the exit code is 2."""
    said = cli("report", *words)
    assert said.code == 2
    assert told in said.err


def test_without_a_database_nothing_is_made(cli: Cli, workplace: Path) -> None:
    """Asking for a report where nothing was ever stored makes no database."""
    said = cli("report")
    assert said.code == 2
    assert list(workplace.iterdir()) == []
