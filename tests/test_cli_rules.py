"""``reconcile rules check``, ``test`` and ``list``: the rules in force, their faults and their examples."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Cli = Callable[..., Any]


def test_shipped_rules_have_no_fault(cli: Cli) -> None:
    """The rules that come with the program check out, and their number is told."""
    said = cli("rules", "check")
    assert said.code == 0
    assert said.out.strip().endswith("rules, 0 faults")


def test_check_lists_every_fault_with_its_place(cli: Cli, mild_rules: Path) -> None:
    """Faults of a user's file are told with file, line and what was meant; the exit code is 2."""
    file = mild_rules / "quotations.yaml"
    file.write_text(
        file.read_text("utf-8").replace("title: Quo", "titel: Quo").replace("severity: low", "severity: lwo")
    )
    said = cli("rules", "check", "--rules", mild_rules)
    assert said.code == 2
    assert 'did you mean "title"?' in said.out
    assert 'did you mean "low"?' in said.out
    assert all(line.startswith(f"{file}:") for line in said.out.splitlines()[:-1])


def test_check_in_json(cli: Cli, mild_rules: Path) -> None:
    """--json gives the number of rules and the faults."""
    (mild_rules / "broken.yaml").write_text("format: 1\nrules: 7\n", encoding="utf-8")
    said = cli("rules", "check", "--rules", mild_rules, "--json")
    found = json.loads(said.out)
    assert (said.code, found["rules"] > 10, len(found["faults"])) == (2, True, 1)
    assert "broken.yaml:2" in found["faults"][0]


def test_missing_rules_folder_is_wrong_use(cli: Cli) -> None:
    """A rules folder that is not there is told in one line."""
    said = cli("rules", "check", "--rules", "nowhere")
    assert (said.code, said.out) == (2, "")
    assert said.err == "reconcile: no rules folder at nowhere: name a folder that holds .yaml rule files\n"


def test_examples_of_the_rules_run(cli: Cli, mild_rules: Path) -> None:
    """Every example of the shipped rules and of the user's gives what it expects."""
    said = cli("rules", "test", "--rules", mild_rules)
    assert said.code == 0
    assert said.out.strip().endswith("examples, 0 failed")


def test_a_failing_example_is_shown(cli: Cli, mild_rules: Path) -> None:
    """An example that gives something else is named with what was expected and what came; the exit code is 1."""
    file = mild_rules / "quotations.yaml"
    file.write_text(file.read_text("utf-8").replace("expect: contradiction", "expect: undecided"), encoding="utf-8")
    said = cli("rules", "test", "--rules", mild_rules)
    assert said.code == 1
    assert said.out.splitlines()[0] == "quotations: Another word: expected undecided, got contradiction"
    (row,) = json.loads(cli("rules", "test", "--rules", mild_rules, "--json").out)["failed"]
    assert row == {"rule": "quotations", "example": "Another word", "expected": "undecided", "got": "contradiction"}


def test_list_shows_the_rules_in_force(cli: Cli, mild_rules: Path) -> None:
    """A user's rule stands in the list in place of the shipped one of its id."""
    shipped, ours = cli("rules", "list").out, cli("rules", "list", "--rules", mild_rules).out
    assert len(shipped.splitlines()) == len(ours.splitlines())
    assert [line for line in ours.splitlines() if line.startswith("quotations ")] == [
        f"{'quotations':<28} Quotations, as our desk sees them"
    ]


def test_list_in_json_says_what_each_is_about(cli: Cli) -> None:
    """--json gives id, title and purpose of every rule."""
    rows = json.loads(cli("rules", "list", "--json").out)
    assert all(row.keys() == {"id", "title", "about"} and all(row.values()) for row in rows)
    assert "quotations" in [row["id"] for row in rows]
