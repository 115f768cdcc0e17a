"""``reconcile db``, ``doctor`` and ``explain``: the database, the installation, and a finding's reasons."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]


def contradictions(report: Path) -> list[dict[str, Any]]:
    """The contradictions of a report's JSON."""
    found = json.loads(report.read_text("utf-8"))["findings"]
    return [finding for finding in found if finding["verdict"] == "contradiction"]


def test_status_of_no_database_makes_none(cli: Cli, workplace: Path) -> None:
    """Asking for a database that is not there says so and leaves the folder empty."""
    said = cli("db", "status")
    assert said.code == 0
    assert said.out.startswith("reconcile.db: at nothing yet, head ")
    assert list(workplace.iterdir()) == []


def test_upgrade_makes_the_database_once(cli: Cli, workplace: Path) -> None:
    """The first upgrade makes the tables, the second has nothing to do, and the status agrees."""
    assert "migration(s) applied, now at" in cli("db", "upgrade", "--db", "news.db").out
    assert "nothing to do" in cli("db", "upgrade", "--db", "news.db").out
    status = json.loads(cli("db", "status", "--db", "news.db", "--json").out)
    assert (status["database"], status["current"], status["pending"]) == ("news.db", status["head"], [])


def test_settings_name_the_database(cli: Cli, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flag wins over a variable, which wins over reconcile.toml."""
    (workplace / "reconcile.toml").write_text('db = "file.db"\n', encoding="utf-8")
    assert cli("db", "status").out.startswith("file.db: ")
    monkeypatch.setenv("RECONCILE_DB", "variable.db")
    assert cli("db", "status").out.startswith("variable.db: ")
    assert cli("db", "status", "--db", "flag.db").out.startswith("flag.db: ")


def test_doctor_finds_a_whole_installation(cli: Cli) -> None:
    """Every part is looked at and well, with the model's name, version and hash."""
    said = cli("doctor")
    assert said.code == 0
    assert all(line.startswith("ok ") for line in said.out.splitlines())
    assert [line.split()[1] for line in said.out.splitlines()] == [
        *("python", "reconcile", "model", "reading", "rules", "database", "disk", "clock")
    ]
    assert "sha256:" in said.out


def test_doctor_tells_what_is_wrong_and_goes_on(cli: Cli, workplace: Path) -> None:
    """A database that is none is marked with its cure, the other parts are looked at all the same; exit code 2."""
    (workplace / "notes.db").write_text("these are notes, not a database at all\n" * 40, encoding="utf-8")
    said = cli("doctor", "--db", "notes.db", "--json")
    checks = {check["name"]: check for check in json.loads(said.out)}
    assert said.code == 2
    assert [name for name, check in checks.items() if not check["ok"]] == ["database"]
    assert checks["database"]["cure"]


def test_explain_tells_words_rule_and_reasons(cli: Cli, misquoted: Path) -> None:
    """A finding is explained by what the outlets wrote, the rule's name, and why the words were compared."""
    cli("run", misquoted, "--out", "out")
    (finding,) = contradictions(Path("out/report.json"))
    said = cli("explain", finding["id"][:8])
    assert (said.code, said.err) == (0, "")
    assert all(words in said.out for words in ("right time", "wrong time", "quotations", "post", "courier"))


def test_explain_in_json(cli: Cli, misquoted: Path) -> None:
    """--json gives the finding with its claims."""
    cli("run", misquoted, "--out", "out")
    (finding,) = contradictions(Path("out/report.json"))
    said = cli("explain", finding["id"], "--json")
    assert said.code == 0
    row = json.loads(said.out)
    assert (row["id"], row["verdict"]) == (finding["id"], "contradiction")


@pytest.mark.parametrize("words", ["zzzz", "%", "", "'; drop table findings; --"], ids=["none", "sign", "empty", "sql"])
def test_explain_an_unknown_finding(cli: Cli, misquoted: Path, words: str) -> None:
    """An id that no finding has, or that fits several, is told in one line; the exit code is 2."""
    cli("run", misquoted)
    said = cli("explain", words)
    assert (said.code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1


def test_explain_without_a_database(cli: Cli, workplace: Path) -> None:
    """Where no run was stored yet, that is what is said, and no database is made."""
    said = cli("explain", "3f9a1c")
    assert (said.code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1
    assert list(workplace.iterdir()) == []
