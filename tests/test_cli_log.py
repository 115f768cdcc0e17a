"""Logging of the command line: silent by default, JSON lines on demand, one run id, never the words of articles."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Cli = Callable[..., Any]


def test_json_lines_carry_the_run_of_the_report(cli: Cli, desk: Path) -> None:
    """With --log-json each line on standard error is an object with event, level, time and the report's run id."""
    said = cli("--log-json", "run", desk, "--out", "out")
    lines = [json.loads(line) for line in said.err.splitlines()]
    run = json.loads(Path("out/report.json").read_text("utf-8"))["run"]["id"]
    assert len(lines) >= 2
    assert {line["run"] for line in lines} == {run}
    assert all({"event", "level", "timestamp"} <= line.keys() for line in lines)


def test_log_stays_out_of_the_output(cli: Cli, desk: Path) -> None:
    """The summary for programs is on standard output alone, the log on standard error alone."""
    said = cli("--log-json", "run", desk, "--json")
    assert json.loads(said.out)["counts"]["articles"] == 2
    assert [line for line in said.err.splitlines() if '"counts"' in line] == []


def test_no_words_of_articles_are_logged(cli: Cli, desk: Path) -> None:
    """At info level no three words in a row of any article stand in the log."""
    log = cli("--log-json", "run", desk).err.lower()
    words = " ".join(path.read_text("utf-8") for path in sorted(desk.iterdir())).lower().split()
    threes = {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}
    assert [three for three in threes if three in log] == []


def test_quiet_without_the_flag(cli: Cli, desk: Path) -> None:
    """Without the flag a run in which all went well logs nothing."""
    assert cli("run", desk).err == ""


def test_the_setting_turns_it_on(cli: Cli, desk: Path, workplace: Path) -> None:
    """log_json in reconcile.toml does as the flag does."""
    (workplace / "reconcile.toml").write_text("log_json = true\n", encoding="utf-8")
    assert all(json.loads(line)["run"] for line in cli("run", desk).err.splitlines())


def test_problems_are_logged_without_their_words(cli: Cli, desk: Path) -> None:
    """A bad input is still told to the user, and the log's lines stay JSON."""
    (desk / "empty.txt").write_bytes(b"")
    said = cli("--log-json", "run", desk)
    told = [line for line in said.err.splitlines() if not line.startswith("{")]
    assert said.code == 3
    assert len(told) == 1
    assert "empty.txt: the file is empty" in told[0]
