"""The command line as a user runs it, in this process, and a desk of two invented articles to run it on."""

import io
import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from reconcile.cli.main import main

EVENTS = Path(__file__).parent / "events"

MILD_RULE = """\
format: 1
rules:
  - id: quotations
    family: same-slot
    title: Quotations, as our desk sees them
    about: Our desk wants to know of a changed word, and not to be woken by it.
    takes:
      kinds: [quotation]
    severity: low
    verdicts:
      - verdict: agreement
        when: relation == "equal" || relation == "finer"
        severity: info
        message: "Our desk: {sources} quote the same words."
      - verdict: contradiction
        when: "true"
        message: "Our desk: {values} are not the same words."
    examples:
      - title: Another word
        expect: contradiction
        claims:
          - {source: Herald, kind: quotation, value: we will rebuild every house on this street, speaker: Ann Low}
          - {source: Courier, kind: quotation, value: nobody here was ever told about the flood, speaker: Ann Low}
      - title: The same words
        expect: agreement
        claims:
          - {source: Herald, kind: quotation, value: we will rebuild every house on this street, speaker: Ann Low}
          - {source: Courier, kind: quotation, value: we will rebuild every house on this street, speaker: Ann Low}
"""


@dataclass(frozen=True)
class Said:
    """What a command left behind: its exit code and all that it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder without any setting from outside."""
    for name in ("DB", "RULES", "LOG_JSON"):
        monkeypatch.delenv(f"RECONCILE_{name}", raising=False)
    folder = tmp_path / "workplace"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def cli(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Runs ``reconcile`` with the words given, in the empty working folder."""

    def run(*words: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["reconcile", *map(str, words)])
        out, err = io.StringIO(), io.StringIO()
        code: object = 0
        with redirect_stdout(out), redirect_stderr(err):
            try:
                main()
            except SystemExit as leaving:
                code = leaving.code
        assert code is None or isinstance(code, int)
        return Said(code or 0, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def desk(workplace: Path) -> Path:
    """A folder of two articles on one company takeover that contradict each other."""
    folder = workplace / "desk"
    folder.mkdir()
    for name in ("ledger.md", "market-herald.md"):
        shutil.copy(EVENTS / "takeover" / name, folder / name)
    return folder


@pytest.fixture
def mild_rules(workplace: Path) -> Path:
    """A folder of one rule of the user's own, which replaces a shipped one and alarms at the severity "low"."""
    folder = workplace / "our-rules"
    folder.mkdir()
    (folder / "quotations.yaml").write_text(MILD_RULE, encoding="utf-8")
    return folder


@pytest.fixture
def misquoted(workplace: Path) -> Path:
    """A folder of two articles that differ in one word of a quotation and in nothing else."""
    folder = workplace / "misquoted"
    folder.mkdir()
    for name, word in (("post", "right"), ("courier", "wrong")):
        said = f'"This is the right partner at the {word} time," Tobias Ehrenfeld told the meeting in Lucerne.'
        (folder / f"{name}.md").write_text(f"---\npublished: 2030-03-04\n---\n{said}", encoding="utf-8")
    return folder
