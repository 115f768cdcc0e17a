"""``reconcile rules``: the rules in force, their faults and examples, new ones, and what they would change."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reconcile.app.accounts import Role, User
from reconcile.app.choices import Choice
from reconcile.app.queue import list_queue
from reconcile.app.review import decide
from reconcile.app.rule_docs import MARK
from reconcile.model import Decision
from reconcile.review.views import Query
from reconcile.store.store import open_store

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
    first, expected, got, *why = said.out.splitlines()
    assert first.startswith(f"quotations: Another word ({file}:")
    assert (expected, got[:29]) == ("  - expected  undecided", "  + got       contradiction: ")
    assert any(line.strip().startswith("contradiction: ") and line.endswith(": yes") for line in why)
    (row,) = json.loads(cli("rules", "test", "--rules", mild_rules, "--json").out)["failed"]
    assert (row["example"], row["expected"], row["got"]) == ("Another word", "undecided", "contradiction")


def test_list_shows_the_rules_in_force(cli: Cli, mild_rules: Path) -> None:
    """A user's rule stands in the list in place of the shipped one of its id."""
    shipped, ours = cli("rules", "list").out, cli("rules", "list", "--rules", mild_rules).out
    assert len(shipped.splitlines()) == len(ours.splitlines())
    (line,) = [line for line in ours.splitlines() if line.startswith("quotations ")]
    assert line.split(maxsplit=4) == ["quotations", "on", "quotations", "-", "Quotations, as our desk sees them"]


def test_list_in_json_says_what_each_is_about(cli: Cli) -> None:
    """--json gives id, title, purpose, state, pack and owner of every rule."""
    rows = json.loads(cli("rules", "list", "--json").out)
    assert all(row.keys() == {"id", "title", "about", "state", "pack", "owner"} for row in rows)
    assert all(row["about"] and row["state"] == "on" for row in rows)
    assert "quotations" in [row["id"] for row in rows]


def test_a_switched_off_rule_is_listed_so(cli: Cli, mild_rules: Path) -> None:
    """The list tells which rules are off and which are asked only somewhere."""
    switches = (
        "format: 1\nswitches:\n  - {rule: one-age, enabled: false}\n  - {rule: ages, except_for: {sources: [X]}}\n"
    )
    (mild_rules / "switches.yaml").write_text(switches, encoding="utf-8")
    rows = {row["id"]: row["state"] for row in json.loads(cli("rules", "list", "--rules", mild_rules, "--json").out)}
    assert (rows["one-age"], rows["ages"], rows["counts"]) == ("off", "limited", "on")


def test_a_new_rule_checks_out_and_its_examples_pass(cli: Cli, tmp_path: Path) -> None:
    """What ``new`` writes is a rule at once; it never overwrites one."""
    folder = tmp_path / "desk"
    said = cli("rules", "new", "ships-differ", "--kind", "count", "--into", folder)
    assert (said.code, said.out.splitlines()[0]) == (0, f"{folder / 'ships-differ.yaml'}: written")
    assert cli("rules", "check", "--rules", folder).code == 0
    assert cli("rules", "test", "--rules", folder).code == 0
    again = cli("rules", "new", "ships-differ", "--into", folder)
    assert (again.code, "is there already" in again.err) == (2, True)


def test_a_new_rule_is_printed_where_no_folder_is_named(cli: Cli) -> None:
    """Without a folder the skeleton goes to the terminal or a file of the user's choice."""
    said = cli("rules", "new", "two-posts", "--family", "consistency", "--kind", "role")
    assert (said.code, "id: two-posts" in said.out, "kinds: [role]" in said.out) == (0, True, True)


def test_explain_tells_a_rule_in_words(cli: Cli) -> None:
    """A rule's purpose, what it takes and what it says are told; without a run, that too."""
    said = cli("rules", "explain", "tolls")
    assert said.code == 0
    for words in (
        "Tolls that rise",
        "pack numbers",
        "takes two claims of one question: count",
        "update (medium), where",
    ):
        assert words in said.out
    assert "How it fared is not known" in said.out


def test_explain_suggests_the_nearest_id(cli: Cli) -> None:
    """A misspelt id is wrong use, with what was meant."""
    said = cli("rules", "explain", "tols")
    assert (said.code, said.err) == (
        2,
        "reconcile: there is no rule 'tols': did you mean \"tolls\"? See: reconcile rules list\n",
    )


def test_schema_is_printed(cli: Cli) -> None:
    """The JSON Schema comes as JSON and names its draft."""
    assert json.loads(cli("rules", "schema").out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_docs_keep_the_guide_and_make_the_rest_anew(cli: Cli, tmp_path: Path) -> None:
    """What stands above the mark stays, what stands below is made from the rules in force."""
    page = tmp_path / "page.md"
    page.write_text(f"# Mine\n{MARK}\nold\n", encoding="utf-8")
    assert cli("rules", "docs", page).out == f"{page}: made anew\n"
    text = page.read_text("utf-8")
    assert (text.startswith(f"# Mine\n{MARK}\n"), "old\n" in text, "(`tolls`)" in text) == (True, False, True)
    assert cli("rules", "docs", page).out == f"{page}: is as it should be\n"
    page.write_text("# Mine\n", encoding="utf-8")
    assert cli("rules", "docs", page).code == 2


@pytest.fixture
def stored(cli: Cli, desk: Path) -> Path:
    """The database of one run over the desk's articles."""
    cli("run", desk, "--out", "report", "--db", "newsroom.db")
    return desk.parent / "newsroom.db"


DELEGATES = """\
format: 1
rules:
  - id: prisoners-differ
    family: same-slot
    title: Numbers
    about: For this test.
    takes: {kinds: [count]}
    severity: high
    message: "{values}"
    verdicts:
      - {verdict: undecided, when: relation == "equal"}
      - {verdict: contradiction, when: relation != "equal"}
    examples:
      - expect: undecided
        claims: [{source: A, kind: count, value: 1}, {source: B, kind: count, value: 1}]
      - expect: contradiction
        claims: [{source: A, kind: count, value: 1}, {source: B, kind: count, value: 2}]
"""


def test_diff_shows_what_rules_would_change(cli: Cli, stored: Path, tmp_path: Path) -> None:
    """The stored claims are judged anew: the same rules change nothing, others show each change; nothing is saved."""
    same = cli("rules", "diff", "--db", stored)
    assert (same.code, same.out.strip().endswith("findings: nothing would change")) == (0, True)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text(DELEGATES, encoding="utf-8")
    for _ in range(2):
        said = cli("rules", "diff", "--rules", tmp_path / "rules", "--db", stored)
        assert said.code == 1
        assert "+ undecided (high, prisoners-differ): " in said.out
        assert "would change verdict" in said.out.splitlines()[-1]
    rows = json.loads(cli("rules", "diff", "--rules", tmp_path / "rules", "--db", stored, "--json").out)["changes"]
    changed = [row for row in rows if row["what"] == "verdict"]
    assert {row["after"]["rule"] for row in changed} == {"prisoners-differ"}
    assert all(row["before"]["verdict"] != row["after"]["verdict"] for row in changed)


def test_a_change_in_several_runs_is_told_once(cli: Cli, stored: Path, desk: Path, mild_rules: Path) -> None:
    """Judging the last runs again tells a change that all of them have once."""
    (mild_rules / "a.yaml").write_text(DELEGATES, encoding="utf-8")
    one = json.loads(cli("rules", "diff", "--rules", mild_rules, "--db", stored, "--json").out)
    cli("run", desk, "--out", "report", "--db", stored)
    two = json.loads(cli("rules", "diff", "--rules", mild_rules, "--db", stored, "--last", "5", "--json").out)
    assert (len(one["runs"]), len(two["runs"]), len(two["changes"])) == (1, 2, len(one["changes"]))
    assert two["findings"] == 2 * one["findings"]


def test_diff_without_a_run_is_wrong_use(cli: Cli) -> None:
    """There is nothing to judge where no run is stored."""
    said = cli("rules", "diff", "--db", "none.db")
    assert (said.code, "there is no database" in said.err) == (2, True)


def test_explain_counts_what_a_rule_said_in_the_last_runs(cli: Cli, stored: Path) -> None:
    """How often a rule gave which verdict is told from the store."""
    said = cli("rules", "explain", "counts", "--db", stored)
    assert said.out.splitlines()[-1].startswith("In the last run: ")


def test_explain_tells_how_often_reviewers_agreed(cli: Cli, stored: Path) -> None:
    """Once cases of a rule are decided, the share that reviewers agreed with is told with its interval."""
    user = User("jo", Role.REVIEWER)
    now = datetime.now(UTC)
    with open_store(stored, upgrade=False) as store:
        # Confirming agrees with whatever verdict stands in the queue, so it may be the first of any kind.
        case = list_queue(store, Query(), user, now).rows[0]
        decide(store, Choice(case.id, Decision.CONFIRMED), user, now, expected_version=case.version)
    said = cli("rules", "explain", case.rule, "--db", stored)
    assert said.out.splitlines()[-1].startswith("Reviewers agreed with it in 1 of 1 cases they decided (likely between")
