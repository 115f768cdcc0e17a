"""``reconcile extract``, ``stories`` and ``compare``: JSON lines for programs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]

TEXT = 'Three bridges were closed on May 3, 2031, the mayor said. "We had no choice," Lena Holt told reporters in Oslo.'


def rows(text: str) -> list[dict[str, Any]]:
    """The objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def lines(workplace: Path) -> Path:
    """A file of two articles."""
    path = workplace / "articles.jsonl"
    articles = [
        {"id": "one", "source": "Post", "published": "2031-05-04", "text": TEXT},
        {"id": "two", "source": "Courier", "published": "2031-05-04", "text": TEXT.replace("Three", "Four")},
    ]
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return path


def test_extract_prints_a_line_an_article(cli: Cli, lines: Path) -> None:
    """Each article has one line with its id, date, times, quantities, attributions and claims, in the file's order."""
    said = cli("extract", lines)
    found = rows(said.out)
    assert (said.code, said.err, [row["id"] for row in found]) == (0, "", ["one", "two"])
    assert {"published", "times", "quantities", "attributions", "claims"} <= found[0].keys()
    assert found[0]["published"] == "2031-05-04"


def test_extracted_spans_are_of_the_text(cli: Cli, lines: Path) -> None:
    """A claim's start and end cut its words out of the article's text."""
    claims = rows(cli("extract", lines).out)[0]["claims"]
    assert claims
    assert [claim for claim in claims if TEXT[claim["start"] : claim["end"]] != claim["text"]] == []


def test_extract_finds_times_and_quantities(cli: Cli, lines: Path) -> None:
    """The date and the number of a plain sentence are found with their values."""
    row = rows(cli("extract", lines).out)[0]
    assert "2031-05-03" in [time["value"] for time in row["times"]]
    assert (3.0, "bridge") in [(float(quantity["value"]), quantity["unit"]) for quantity in row["quantities"]]


def test_extract_goes_on_after_a_bad_line(cli: Cli, lines: Path) -> None:
    """A line that is no article is told on standard error with its number; the rest is printed; exit code 3."""
    lines.write_text("{bad\n" + lines.read_text("utf-8"), encoding="utf-8")
    said = cli("extract", lines)
    assert (said.code, [row["id"] for row in rows(said.out)]) == (3, ["one", "two"])
    assert "articles.jsonl:1: the line is not JSON" in said.err


@pytest.mark.parametrize("command", ["extract", "stories"])
def test_article_in_another_language_is_a_loss(cli: Cli, lines: Path, command: str) -> None:
    """An article left unread for its language is told on standard error; its row is printed; exit code 3."""
    article = json.loads(lines.read_text("utf-8").splitlines()[0])
    german = "Der Rat hat am Montag den Haushalt beschlossen. " * 9
    foreign = {**article, "id": "three", "text": german, "language": "de"}
    lines.write_text(lines.read_text("utf-8").strip() + "\n" + json.dumps(foreign), encoding="utf-8")
    said = cli(command, lines)
    assert (said.code, [row["id"] for row in rows(said.out)]) == (3, ["one", "two", "three"])
    assert "language 'de', which is not read" in said.err


def test_stories_groups_articles_on_one_event(cli: Cli, lines: Path) -> None:
    """Each article has one line with its id and its story's, and near copies share a story."""
    said = cli("stories", lines)
    found = rows(said.out)
    assert (said.code, [row["id"] for row in found]) == (0, ["one", "two"])
    assert [sorted(row) for row in found] == [["id", "story"], ["id", "story"]]
    assert found[0]["story"] == found[1]["story"]


@pytest.mark.parametrize(
    ("kind", "left", "right", "same"),
    [
        ("person", "Volodymyr Zelenskyy", "Vladimir Zelensky", True),
        ("person", "Angela Merkel", "Angela Rayner", False),
        ("count", "at least 20 people", "23 people", True),
        ("count", "20 people", "23 people", False),
        ("date", "June 2, 2025", "2 June 2025", True),
        ("date", "June 2, 2025", "June 3, 2025", False),
        ("location", "Istanbul", "Istanbul, Turkey", True),
        ("role", "foreign minister", "defence minister", False),
    ],
)
def test_compare_two_values(cli: Cli, kind: str, left: str, right: str, same: bool) -> None:
    """Two values of a kind are compared, and the reason is given."""
    said = cli("compare", kind, left, right)
    (row,) = rows(said.out)
    assert (said.code, row["same"], row["left"], row["right"]) == (0, same, left, right)
    assert 0 <= row["score"] <= 1
    assert row["why"]


def test_compare_pairs_of_a_file(cli: Cli, workplace: Path) -> None:
    """--pairs prints each pair with the answer, and keeps the fields that the file has besides."""
    pairs = [
        {"n": 1, "kind": "person", "left": "Ana Torres", "right": "Anna Torres"},
        {"n": 2, "kind": "count", "left": "two dozen cars", "right": "24 cars"},
    ]
    (workplace / "pairs.jsonl").write_text("".join(json.dumps(pair) + "\n\n" for pair in pairs), encoding="utf-8")
    said = cli("compare", "--pairs", "pairs.jsonl")
    assert [(row["n"], row["same"]) for row in rows(said.out)] == [(1, True), (2, True)]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("frob", "a", "b"), "there is no kind 'frob': use one of: person, organisation"),
        (("count", "nothing", "23 people"), "no count is found in 'nothing'"),
        (("--pairs", "missing.jsonl"), "no file at missing.jsonl"),
        (("date", "May 1"), "compare needs KIND LEFT RIGHT, or --pairs FILE"),
    ],
    ids=["kind", "value", "file", "missing"],
)
def test_compare_tells_wrong_use(cli: Cli, words: tuple[str, ...], message: str) -> None:
    """What cannot be compared is named in one line, with exit code 2."""
    said = cli("compare", *words)
    assert (said.code, said.out) == (2, "")
    assert message in said.err
    assert len(said.err.splitlines()) == 1


def test_compare_names_a_bad_line_of_pairs(cli: Cli, workplace: Path) -> None:
    """A pair that lacks a field is named with the file and the line."""
    (workplace / "pairs.jsonl").write_text('{"kind": "date", "left": "May 1"}\n', encoding="utf-8")
    said = cli("compare", "--pairs", "pairs.jsonl")
    assert said.code == 2
    assert "pairs.jsonl:1: " in said.err
