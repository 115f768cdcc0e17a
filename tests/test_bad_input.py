"""Bad input through `reconcile run`: one clear line each, the rest goes on, nothing is left half-written."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]

PAGE = "<html><body><nav><a href='/a'>News</a><a href='/b'>Sport</a></nav><footer>About us</footer></body></html>"
GERMAN = (
    "Die Brücke über die Elbe ist seit dem 3. Mai gesperrt, weil die Pfeiler nach dem Hochwasser nicht mehr sicher "
    "sind. Das sagte der Minister am Montag, und er fügte hinzu, dass die Arbeiten mit dem Herbst beginnen sollen."
)


def article(**fields: object) -> bytes:
    """A JSON line of an article."""
    return json.dumps(
        {"id": "x", "published": "2031-05-04", "text": "The bridge at Marle is closed."} | fields
    ).encode()


TWINS = article() + b"\n" + article(text="The bridge at Marle is open again.")

BAD_FILES: dict[str, tuple[str, bytes, str, str]] = {
    "empty": ("bad.txt", b"", "bad.txt: the file is empty", "put the article's text in it"),
    "blank": ("bad.md", b" \n\n", "bad.md: the file is empty", "put the article's text in it"),
    "binary": ("bad.txt", bytes(range(256)) * 40, "bad.txt: cannot read the file", "save it as UTF-8 text"),
    "page without article": ("bad.html", PAGE.encode(), "bad.html: ", "("),
    "not JSON": ("bad.jsonl", b"{id: 1}", "bad.jsonl:1: the line is not JSON", "write one object a line"),
    "no text": ("bad.jsonl", b'{"id": "x"}', "bad.jsonl:1: the article has no text", "put the article's words"),
    "text is a number": ("bad.jsonl", b'{"text": 7}', "bad.jsonl:1: the article has a text that is not a string", "("),
    "year 20250": ("bad.jsonl", article(published="20250-06-02"), "bad.jsonl:1: ", "write it as 2025-06-02"),
    "duplicate id": ("bad.jsonl", TWINS, "bad.jsonl:2: the id 'x' is already that of", "give each article an id"),
    "50 MB line": ("bad.jsonl", article(text="word " * 10_000_000), "bad.jsonl:1: the line is longer than", "("),
    "other language": ("bad.txt", GERMAN.encode(), "bad.txt: ", "English"),
    "unknown language": ("bad.jsonl", article(language="tlh"), "bad.jsonl:1: ", "English"),
    "misspelt manifest": ("manifest.yaml", b"ledger.md:\n  sorce: X\n", "manifest.yaml", "source"),
    "manifest is no YAML": ("manifest.yaml", b"ledger.md: [", "manifest.yaml", "("),
}


@pytest.mark.parametrize(("name", "data", "place", "cure"), BAD_FILES.values(), ids=BAD_FILES)
def test_bad_file_among_good_ones(cli: Cli, desk: Path, name: str, data: bytes, place: str, cure: str) -> None:
    """A bad file gets one line with its place and its cure; the good ones are reconciled; the exit code is 3."""
    (desk / name).write_bytes(data)
    said = cli("run", desk, "--out", "out")
    (line,) = [line for line in said.err.splitlines() if line.startswith("not done: ")]
    assert said.code == 3
    assert place in line
    assert cure in line
    assert len(line) < 400
    report = json.loads(Path("out/report.json").read_text("utf-8"))
    assert {"ledger", "market-herald"} <= {article["id"] for article in report["articles"]}
    assert [finding for finding in report["findings"] if finding["verdict"] == "contradiction"]


@pytest.mark.parametrize("name", ["empty", "binary", "not JSON", "duplicate id", "other language"])
def test_the_report_tells_what_was_not_read(cli: Cli, desk: Path, name: str) -> None:
    """What the terminal said of a bad file stands in all three reports too, and a second run says it again."""
    file, data, *_ = BAD_FILES[name]
    (desk / file).write_bytes(data)
    first = cli("run", desk, "--out", "out")
    for report in ("report.html", "report.md", "report.json"):
        assert file in Path("out", report).read_text("utf-8")
    again = cli("run", desk, "--out", "out")
    assert (again.code, again.err) == (3, first.err)


def test_wrong_encoding_is_read_and_said(cli: Cli, desk: Path) -> None:
    """A file in an 8-bit encoding is read by a guess, which is noted; nothing is lost, so the exit code is 0."""
    text = "Zoë Müller, 47, was elected mayor of Châlons on 3 May 2031, the commission said. “Très bien,” she said."
    (desk / "old.txt").write_bytes(text.encode("cp1252"))
    said = cli("run", desk, "--out", "out")
    assert said.code == 0
    assert re.search(
        r"^note: .*old\.txt: is not UTF-8; it was read as .* \(save it as UTF-8 to be sure\)$", said.err, re.M
    )


def test_all_bad_files_at_once(cli: Cli, desk: Path) -> None:
    """Each bad file has its own line, and the good articles are there."""
    for number, name in enumerate(("empty", "binary", "page without article", "not JSON")):
        file, data, *_ = BAD_FILES[name]
        (desk / f"{number}{file}").write_bytes(data)
    said = cli("run", desk, "--json")
    losses = [problem["where"] for problem in json.loads(said.out)["problems"] if problem["loss"]]
    assert (said.code, len(losses), len(set(losses))) == (3, 4, 4)


def test_nothing_but_bad_files(cli: Cli, workplace: Path) -> None:
    """A folder without one readable article gives an empty report and the exit code 3, no crash."""
    (workplace / "in").mkdir()
    (workplace / "in" / "bad.txt").write_bytes(b"")
    said = cli("run", "in", "--out", "out")
    assert said.code == 3
    assert "0 articles" in said.out
    assert json.loads(Path("out/report.json").read_text("utf-8"))["findings"] == []


def test_a_folder_without_articles(cli: Cli, workplace: Path) -> None:
    """An empty folder is told; it is no success."""
    (workplace / "in").mkdir()
    said = cli("run", "in")
    assert said.code == 3
    assert "no article files" in said.err or "holds no" in said.err


def newer_database(path: Path, cli: Cli) -> None:
    """A database that a later version of the program left."""
    cli("db", "upgrade", "--db", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE name LIKE '%version%'")]
        connection.execute(f"UPDATE {tables[0]} SET version_num = '9999'")


def test_missing_folder(cli: Cli, desk: Path, workplace: Path) -> None:
    """A path that is not there is wrong use, told before anything is made."""
    refuse(cli, workplace, "run", desk, "nowhere", says=("nowhere", "name a file or a folder that is there"))


def test_rule_with_a_typo(cli: Cli, desk: Path, workplace: Path, mild_rules: Path) -> None:
    """A faulty rule stops the run, with file, line and what was meant."""
    file = mild_rules / "quotations.yaml"
    file.write_text(file.read_text("utf-8").replace("severity: low", "severity: lwo"), encoding="utf-8")
    says = (f"{file}:9:", 'did you mean "low"?', "rules check")
    refuse(cli, workplace, "run", desk, "--rules", mild_rules, says=says, lines=4)


def test_output_is_a_file(cli: Cli, desk: Path, workplace: Path) -> None:
    """An output path that is a file is told before an hour's reading."""
    (workplace / "out").write_text("mine", encoding="utf-8")
    refuse(cli, workplace, "run", desk, "--out", "out", says=("cannot write the reports into out", "--out"))
    assert (workplace / "out").read_text("utf-8") == "mine"


def test_output_below_a_file(cli: Cli, desk: Path, workplace: Path) -> None:
    """Nor can a folder be made below a file."""
    (workplace / "out").write_text("mine", encoding="utf-8")
    refuse(cli, workplace, "run", desk, "--out", "out/below", says=("cannot write the reports into out/below", "--out"))


def test_database_of_a_newer_version(cli: Cli, desk: Path, workplace: Path) -> None:
    """A database that a newer program wrote is left as it is, and the cure is an update."""
    newer_database(workplace / "new.db", cli)
    says = ("new.db is at revision 9999, which this program does not know", "update this one")
    refuse(cli, workplace, "run", desk, "--db", "new.db", says=says)


def test_database_is_a_folder(cli: Cli, desk: Path, workplace: Path) -> None:
    """A folder is no database."""
    (workplace / "store").mkdir()
    refuse(cli, workplace, "run", desk, "--db", "store", says=("store",))


def test_database_is_another_file(cli: Cli, desk: Path, workplace: Path) -> None:
    """A file that is no database is not overwritten."""
    notes = "these are notes, not a database at all\n" * 40
    (workplace / "notes.txt").write_text(notes, encoding="utf-8")
    refuse(cli, workplace, "run", desk, "--db", "notes.txt", says=("notes.txt",))
    assert (workplace / "notes.txt").read_text("utf-8") == notes


def test_database_of_another_program(cli: Cli, desk: Path, workplace: Path) -> None:
    """Another program's database gets no tables of ours."""
    with closing(sqlite3.connect(workplace / "shop.db")) as connection, connection:
        connection.execute("CREATE TABLE orders (id INTEGER)")
    refuse(cli, workplace, "run", desk, "--db", "shop.db", says=("shop.db holds another program's tables (orders)",))


def test_database_in_a_missing_folder(cli: Cli, desk: Path, workplace: Path) -> None:
    """A database path whose folder is not there is told with the path."""
    refuse(cli, workplace, "run", desk, "--db", "no/where.db", says=("no/where.db",))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('bd = "x.db"\n', ("reconcile.toml", "bd", "db")),
        ("log_json = 7\n", ("reconcile.toml", "log_json")),
        ("db = \n", ("reconcile.toml", "mend the file or move it away")),
    ],
    ids=["misspelt", "type", "syntax"],
)
def test_faulty_settings(cli: Cli, desk: Path, workplace: Path, text: str, says: tuple[str, ...]) -> None:
    """A fault in reconcile.toml is named with the file and the key."""
    (workplace / "reconcile.toml").write_text(text, encoding="utf-8")
    refuse(cli, workplace, "run", desk, says=says)


def refuse(cli: Cli, workplace: Path, *words: str | Path, says: tuple[str, ...], lines: int = 1) -> None:
    """The command ends with 2, one message that says so much, no output, and nothing new in the working folder."""
    before = {path: path.stat().st_mtime_ns for path in workplace.rglob("*") if path.is_file()}
    said = cli(*words)
    assert (said.code, said.out) == (2, "")
    assert [part for part in says if part not in said.err] == []
    assert len(said.err.splitlines()) <= lines
    assert "Traceback" not in said.err
    assert {path: path.stat().st_mtime_ns for path in workplace.rglob("*") if path.is_file()} == before
