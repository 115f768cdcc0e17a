"""The command line as a process of its own: exit codes, pipes, and a reader that leaves early."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import reconcile

COMMAND = [sys.executable, "-m", "reconcile.cli"]


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package under test is what a process in another folder imports, installed or not."""
    monkeypatch.setenv("PYTHONPATH", str(Path(reconcile.__file__).parents[1]))


def start(*words: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run([*COMMAND, *map(str, words)], capture_output=True, text=True, check=False, **options)


def test_run_in_a_pipe_shows_no_progress(misquoted: Path, workplace: Path) -> None:
    """A run whose output is a pipe prints no control characters and ends with its exit code."""
    done = start("run", misquoted, "--fail-on", "info", cwd=workplace)
    assert (done.returncode, done.stderr) == (1, "")
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout


def test_misuse_ends_a_process_with_2(workplace: Path) -> None:
    """An error of use is one line on standard error, no traceback."""
    done = start("rules", "check", "--rules", "nowhere", cwd=workplace)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_leaves_early_is_no_error(workplace: Path) -> None:
    """`reconcile rules list | head -1` ends in silence."""
    with subprocess.Popen(
        [*COMMAND, "rules", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=workplace
    ) as p:
        assert p.stdout is not None
        assert p.stderr is not None
        p.stdout.close()
        assert p.stderr.read() == b""
        assert p.wait() == 0


def test_output_is_utf8_whatever_the_locale(workplace: Path) -> None:
    """Names with accents come out of `extract` in a bare C locale."""
    text = "Zoë Åkesson, 47, was elected mayor of Łódź on 3 May 2031, the commission said. Nobody objected to it."
    (workplace / "a.jsonl").write_text(json.dumps({"id": "a", "text": text}) + "\n", encoding="utf-8")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        [*COMMAND, "extract", "a.jsonl"], capture_output=True, check=False, cwd=workplace, env={**bare, "LC_ALL": "C"}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["id"] == "a"
