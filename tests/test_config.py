"""The configuration: every fault at once with its place and cure, nothing secret shown, each value's origin known."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reconcile.config import check_settings, load_settings, sources_of
from reconcile.errors import ReconcileError

Cli = Callable[..., Any]

SOURCE = """
[[sources]]
name = "harbour"
type = "feed"
address = "https://x.example/feed"
"""


def write(folder: Path, text: str) -> None:
    """Make this the folder's reconcile.toml."""
    (folder / "reconcile.toml").write_text(text, encoding="utf-8")


def faults(folder: Path, text: str) -> list[tuple[str, str, str]]:
    """The faults of a reconcile.toml."""
    write(folder, text)
    return [(fault.place, fault.message, fault.cure) for fault in check_settings()[1]]


def test_no_file_is_no_fault(workplace: Path) -> None:
    """Every setting has a default."""
    settings, found = check_settings()
    assert settings is not None
    assert found == ()


def test_all_faults_at_once(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File, line and key of each fault are named, and what was likely meant."""
    monkeypatch.setenv("RECONCILE_LOGJSON", "1")
    found = faults(workplace, f'bd = "x"\n[fetch]\ndely = 2\n{SOURCE}time_zone = "Europe/Olso"\n{SOURCE}most = 0\n')
    assert [place for place, _, _ in found] == [
        "RECONCILE_LOGJSON",
        "reconcile.toml:3",
        "reconcile.toml:9",
        "reconcile.toml:15",
        "reconcile.toml:1",
    ]
    assert "did you mean RECONCILE_LOG_JSON?" in found[0][2]
    assert "did you mean 'delay'?" in found[1][2]
    assert "did you mean Europe/Oslo?" in found[2][1]
    assert "sources[2].most" in found[3][1]
    assert "did you mean 'db'?" in found[4][2]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ('name = "a/b"', "sources[1].name"),
        ('type = "rss"', "sources[1].type"),
        ('address = "x.example/feed"', "begins with https://"),
        ('address = "ftp://x.example"', "begins with https://"),
        ('address = ""', "is empty"),
        ('language = "English"', "language code"),
        ('allow_private = ["10.0.0.0/99"]', "allow_private"),
        ("delay = -1", "delay"),
        ('user_agent = "a\\nb"', "user_agent"),
        ("colour = 1", "no setting 'sources[1].colour'"),
    ],
)
def test_faults_of_a_source(workplace: Path, changed: str, says: str) -> None:
    """What a source may not be is said in words."""
    key = changed.partition(" ")[0]
    lines = [line for line in SOURCE.splitlines() if not line.startswith(f"{key} =")]
    [(place, message, _)] = faults(workplace, "\n".join([*lines, changed]))
    assert place.startswith("reconcile.toml:")
    assert says in message


def test_a_missing_key_is_named_at_its_table(workplace: Path) -> None:
    """A source without an address is a fault of the line that begins it."""
    text = SOURCE.replace('address = "https://x.example/feed"\n', "")
    assert faults(workplace, text) == [("reconcile.toml:2", "sources[1].address is missing", "add address = …")]


def test_two_sources_of_one_name(workplace: Path) -> None:
    """Names are what is remembered by, so each is given once."""
    [(_, message, _)] = faults(workplace, SOURCE * 2)
    assert "two sources are named 'harbour'" in message


def test_a_folder_is_no_address(workplace: Path) -> None:
    """A folder source with a web address is a mistake of its type."""
    text = SOURCE.replace('"feed"', '"folder"')
    assert "has a path" in faults(workplace, text)[0][1]


def test_the_first_fault_stops_a_command(workplace: Path) -> None:
    """A command names one fault on one line and says how many more there are."""
    write(workplace, 'bd = "x"\nruels = []\n')
    with pytest.raises(ReconcileError, match="1 more: `reconcile config check`"):
        load_settings()


@pytest.mark.parametrize("name", ["RECONCILE_BD", "reconcile_bd", "RECONCILE_FETCHING__DELAY"])
def test_misspelt_variables_are_faults(workplace: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A variable that is no setting is not passed over in silence."""
    monkeypatch.setenv(name, "1")
    assert [fault.place for fault in check_settings()[1]] == [name]


def test_variables_of_sections(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A section's setting is named with two underscores; the file's other values stay."""
    write(workplace, "[fetch]\ndelay = 5\nmost = 7\n")
    monkeypatch.setenv("RECONCILE_FETCH__DELAY", "2.5")
    settings = load_settings()
    assert (settings.fetch.delay, settings.fetch.most) == (2.5, 7)


@pytest.mark.parametrize(("name", "value"), [("RECONCILE_SOURCES", "["), ("RECONCILE_FETCH__DELAY", "soon")])
def test_variables_of_wrong_form(workplace: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The variable is named as the place, not the file."""
    monkeypatch.setenv(name, value)
    assert [fault.place for fault in check_settings()[1]] == [name]


def test_a_source_overrides_fetch(workplace: Path) -> None:
    """What a source says itself counts before [fetch], also where it is false or zero."""
    write(workplace, f"[fetch]\nrobots = true\ndelay = 3\nmost = 9\n{SOURCE}robots = false\ndelay = 0\n")
    [source] = sources_of(load_settings())
    assert (source.robots, source.delay, source.most) == (False, 0.0, 9)


def test_show_hides_secrets(workplace: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords and tokens of the database's and the sources' addresses are shown nowhere."""
    monkeypatch.setenv("RECONCILE_DB", "postgresql://ann:s3cret@db.example/news")
    write(workplace, SOURCE.replace("https://x.example/feed", "https://u:s3cret@x.example/f?api_token=s3cret&page=1"))
    for words in (("config", "show"), ("config", "show", "--json"), ("sources", "list"), ("sources", "list", "--json")):
        said = cli(*words)
        assert said.code == 0
        assert "s3cret" not in said.out + said.err
        assert "page=1" in said.out


def test_faults_hide_secrets(workplace: Path, cli: Cli) -> None:
    """A fault in an address does not print its password."""
    write(workplace, SOURCE.replace("https://x.example/feed", "ftp://u:s3cret@x.example/"))
    said = cli("config", "check")
    assert (said.code, "s3cret" in said.out) == (2, False)


def test_show_tells_origins(workplace: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each value is shown with the flag, variable or file it comes from."""
    write(workplace, f'db = "file.db"\nlog_json = false\n{SOURCE}')
    monkeypatch.setenv("RECONCILE_FETCH__MOST", "5")
    rows = {row["key"]: row for row in json.loads(cli("config", "show", "--rules", "ours", "--json").out)}
    assert [rows[key]["origin"] for key in ("db", "rules", "fetch.most", "fetch.delay", "sources[1].name")] == [
        "reconcile.toml",
        "--rules",
        "RECONCILE_FETCH__MOST",
        "default",
        "reconcile.toml",
    ]


def test_check_in_words_and_in_json(workplace: Path, cli: Cli) -> None:
    """A sound configuration exits with 0, a faulty one with 2, and both speak JSON."""
    write(workplace, SOURCE)
    assert cli("config", "check").code == 0
    assert json.loads(cli("config", "check", "--json").out) == []
    write(workplace, "bd = 1\n")
    said = cli("config", "check", "--json")
    assert (said.code, json.loads(said.out)[0]["place"]) == (2, "reconcile.toml:1")


def test_a_name_that_is_no_source(workplace: Path, cli: Cli) -> None:
    """The likely source is named."""
    write(workplace, SOURCE)
    said = cli("sources", "check", "harbor")
    assert (said.code, "did you mean 'harbour'?" in said.err) == (2, True)


def test_ingest_without_sources(workplace: Path, cli: Cli) -> None:
    """With nothing to fetch the command says where sources are written."""
    said = cli("ingest")
    assert (said.code, "docs/sources.md" in said.err) == (2, True)
