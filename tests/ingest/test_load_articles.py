"""Loading files: what becomes an article, and what becomes a problem."""

import json
import os
from pathlib import Path

import pytest

from reconcile.errors import ReconcileError
from reconcile.ingest import load_articles
from reconcile.model import Article, Problem

BODY = "The mayor of Halden said on Tuesday that the bridge will close for three weeks from 4 March.\n"


def load(*paths: Path) -> tuple[list[Article], list[Problem]]:
    """The articles and problems of some paths, as lists."""
    articles, problems = load_articles(paths)
    return list(articles), list(problems)


def only_problem(*paths: Path) -> Problem:
    """The one problem that a broken input beside a good one gives; the good one must be read."""
    articles, problems = load(*paths)
    assert [article.id for article in articles] == ["good"]
    assert len(problems) == 1, problems
    assert problems[0].stage == "ingest"
    assert problems[0].cure
    return problems[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good article."""
    (tmp_path / "good.txt").write_text(BODY, encoding="utf-8")
    return tmp_path


def test_text_file_is_kept_unchanged(tmp_path: Path) -> None:
    """A .txt file's text is the article's text, so that offsets map onto the file."""
    text = "  Cafe\u0301 fire kills 2 \n\n\tIt began at 5 a.m.  \n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    [article], problems = load(tmp_path)
    assert text == article.text
    assert problems == []


def test_windows_line_ends_become_newlines(tmp_path: Path) -> None:
    """Line ends are normalised and nothing else."""
    (tmp_path / "a.txt").write_bytes(b"One.\r\nTwo.\rThree.\n")
    assert load(tmp_path)[0][0].text == "One.\nTwo.\nThree.\n"


def test_ids_are_paths_within_the_folder(tmp_path: Path) -> None:
    """An article without an id is named by its path without the extension, in sorted order."""
    (tmp_path / "b" / "c").mkdir(parents=True)
    for name in ("z.txt", "b/c/a.md", "a.txt"):
        (tmp_path / name).write_text(BODY + name, encoding="utf-8")
    assert [article.id for article in load(tmp_path)[0]] == ["a", "b/c/a", "z"]


def test_two_files_of_one_stem_get_different_ids(tmp_path: Path) -> None:
    """Ids taken from file names never collide."""
    (tmp_path / "a.md").write_text(BODY + "first", encoding="utf-8")
    (tmp_path / "a.txt").write_text(BODY + "second", encoding="utf-8")
    articles, problems = load(tmp_path)
    assert [article.id for article in articles] == ["a", "a.txt"]
    assert problems == []


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    """Overlapping paths give each file once."""
    assert len(load(folder, folder / "good.txt", folder)[0]) == 1


def test_source_falls_back_to_the_file_name(folder: Path) -> None:
    """Where nothing names the outlet, the file's stem stands for it."""
    assert load(folder)[0][0].source == "good"


def test_front_matter_is_metadata_and_not_text(tmp_path: Path) -> None:
    """Markdown front matter gives source, title and date; the text begins after it."""
    head = '---\nsource: Halden Post\ntitle: "Bridge: closed"\ndate: 2024-03-01T08:30+01:00\ntags: [a, b]\n---\n'
    (tmp_path / "a.md").write_text(head + BODY, encoding="utf-8")
    [article], problems = load(tmp_path)
    assert (article.source, article.title, article.text) == ("Halden Post", "Bridge: closed", BODY)
    assert article.published is not None
    assert (article.published.iso, article.published.precision) == ("2024-03-01T08:30+01:00", "minute")
    assert problems == []


def test_broken_front_matter_is_a_problem_and_the_text_is_read(tmp_path: Path) -> None:
    """Bad YAML between the fences costs the metadata only."""
    (tmp_path / "a.md").write_text("---\nok: 1\nsource: [\n---\n" + BODY, encoding="utf-8")
    [article], [problem] = load(tmp_path)
    assert article.text == BODY
    assert "front matter" in problem.message


def test_headline_becomes_the_title(tmp_path: Path) -> None:
    """A short first line with a blank line after it is the title."""
    (tmp_path / "a.txt").write_text("Bridge to close for three weeks\n\n" + BODY, encoding="utf-8")
    assert load(tmp_path)[0][0].title == "Bridge to close for three weeks"


def test_first_words_are_the_title_where_there_is_no_headline(folder: Path) -> None:
    """Running text is titled by its first words."""
    assert load(folder)[0][0].title == "The mayor of Halden said on Tuesday that the bridge will close…"


def test_jsonl_lines_are_articles(tmp_path: Path) -> None:
    """Each line's fields are taken over; a missing source is the domain of its url."""
    lines = [
        {"id": 7, "source": "Halden Post", "title": "T", "published": "2024-03-01", "text": BODY},
        {"url": "https://www.example.org/x", "published": 2024, "text": BODY + "More."},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    [first, second], problems = load(tmp_path)
    assert (first.id, first.source, first.title) == ("7", "Halden Post", "T")
    assert (second.id, second.source) == ("a-2", "example.org")
    assert second.published is not None
    assert (second.published.iso, second.published.precision) == ("2024", "year")
    assert problems == []


def test_html_page_gives_its_article(tmp_path: Path) -> None:
    """Text, title, date and site come from the page; menus do not."""
    paragraphs = "".join(
        f"<p>{BODY} Paragraph {n} tells what happened next in the town of Halden.</p>" for n in range(5)
    )
    page = (
        '<html><head><title>Bridge closes</title><meta property="og:site_name" content="Halden Post">'
        '<meta property="article:published_time" content="2024-03-01T08:00:00Z"></head>'
        f"<body><nav><a href='/'>Home</a><a href='/s'>Sport</a></nav><article><h1>Bridge closes</h1>{paragraphs}"
        "</article></body></html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    [article], problems = load(tmp_path)
    assert (article.source, article.title) == ("Halden Post", "Bridge closes")
    assert article.published is not None
    assert article.published.iso == "2024-03-01T08:00+00:00"
    assert "Paragraph 4" in article.text
    assert "Sport" not in article.text
    assert problems == []


def test_html_charset_is_honoured(tmp_path: Path) -> None:
    """A page that declares its 8-bit encoding is read in it, without a guess."""
    body = "".join(
        f"<p>Der Café-Besitzer in Halden sagte, Nummer {n} sei für drei Wochen geschlossen.</p>" for n in range(8)
    )
    page = f'<html><head><meta charset="windows-1252"></head><body><article>{body}</article></body></html>'
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    [article], problems = load(tmp_path)
    assert "Café-Besitzer" in article.text
    assert problems == []


# --- bad input ---------------------------------------------------------------------------------


def test_missing_folder_is_wrong_use(tmp_path: Path) -> None:
    """A path that is not there ends the command and is named."""
    with pytest.raises(ReconcileError, match="nowhere"):
        load_articles([tmp_path / "nowhere"])


def test_empty_file(folder: Path) -> None:
    """An empty file is one problem."""
    (folder / "bad.txt").write_text(" \n", encoding="utf-8")
    problem = only_problem(folder)
    assert problem.where.endswith("bad.txt")
    assert "empty" in problem.message


def test_binary_file(folder: Path) -> None:
    """A file with NUL bytes is no text."""
    (folder / "bad.txt").write_bytes(b"\x89PNG\0\0\x01\x02")
    assert "NUL" in only_problem(folder).message


def test_eight_bit_encoding_is_guessed_and_said(tmp_path: Path) -> None:
    """A file that is not UTF-8 is read in the most plausible encoding, with a problem that says so."""
    text = "The café’s owner, José Muñoz, said that the fire began at 5 a.m. in the kitchen.\n" * 5
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    [article], [problem] = load(tmp_path)
    assert text == article.text
    assert "guess" in problem.message


def test_utf16_is_read_by_its_mark(tmp_path: Path) -> None:
    """A byte order mark states the encoding, so nothing is guessed."""
    (tmp_path / "a.txt").write_bytes(BODY.encode("utf-16"))
    [article], problems = load(tmp_path)
    assert (article.text, problems) == (BODY, [])


def test_html_without_an_article(folder: Path) -> None:
    """A page of links is no article."""
    (folder / "bad.html").write_text("<html><body><ul><li><a href='/'>Home</a></ul></body></html>", encoding="utf-8")
    assert "no article" in only_problem(folder).message


def test_front_page_of_headlines(folder: Path) -> None:
    """A page of headlines is no article, however many words it has."""
    links = "".join(
        f"<li><a href='/{n}'>Headline {n} about some event in the town of Halden</a></li>" for n in range(40)
    )
    (folder / "bad.html").write_text(f"<html><body><div><ul>{links}</ul></div></body></html>", encoding="utf-8")
    assert "no article" in only_problem(folder).message


def test_deeply_nested_html(folder: Path) -> None:
    """A page of endless nesting ends as a problem, not as a crash."""
    (folder / "bad.html").write_text("<div>" * 50_000, encoding="utf-8")
    assert "no article" in only_problem(folder).message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": ', "not JSON"),
        ("[1, 2]", "not a JSON object"),
        ('{"title": "No words"}', "no text"),
        ('{"text": "  "}', "no text"),
        ('{"text": ["a"]}', "not a string"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_bad_json_line(folder: Path, line: str, said: str) -> None:
    """A bad line is named with its number and the other lines are read."""
    (folder / "good.txt").unlink()
    good = json.dumps({"id": "good", "text": BODY})
    (folder / "a.jsonl").write_text(f"\n{line}\n{good}\n", encoding="utf-8")
    problem = only_problem(folder)
    assert problem.where.endswith("a.jsonl:2")
    assert said in problem.message


def test_many_bad_lines_are_summed_up(folder: Path) -> None:
    """A file that is not JSON at all does not fill the screen."""
    (folder / "bad.jsonl").write_text("not json\n" * 500, encoding="utf-8")
    problems = load(folder)[1]
    assert len(problems) == 21
    assert "480 more lines" in problems[-1].message


def test_line_of_50_mb_is_skipped(folder: Path) -> None:
    """A line beyond the limit is passed over and the next is read."""
    (folder / "good.txt").unlink()
    with (folder / "a.jsonl").open("wb") as file:
        file.write(b'{"text": "' + b"x" * 50_000_000 + b'"}\n')
        file.write(json.dumps({"id": "good", "text": BODY}).encode())
    problem = only_problem(folder)
    assert problem.where.endswith("a.jsonl:1")
    assert "longer than 8 MB" in problem.message


def test_text_of_three_million_characters(folder: Path) -> None:
    """A text longer than the parser takes is skipped."""
    (folder / "bad.txt").write_text("word " * 600_000, encoding="utf-8")
    assert "2,000,000" in only_problem(folder).message


def test_huge_text_file(folder: Path) -> None:
    """A file of one article beyond the limit is not read."""
    (folder / "bad.txt").write_bytes(b"word " * 2_000_000)
    assert "larger than 8 MB" in only_problem(folder).message


def test_year_20250(folder: Path) -> None:
    """An impossible year is a problem with a cure, and the article goes on undated."""
    (folder / "good.txt").unlink()
    line = json.dumps({"id": "good", "published": "20250-06-02", "text": BODY})
    (folder / "a.jsonl").write_text(line, encoding="utf-8")
    problem = only_problem(folder)
    assert "20250-06-02" in problem.message
    assert "2025-06-02" in problem.cure
    assert load(folder)[0][0].published is None


def test_second_article_of_an_id_is_skipped(folder: Path) -> None:
    """Two texts under one id cannot both be kept; the problem names the first."""
    (folder / "good.txt").unlink()
    lines = [json.dumps({"id": "good", "text": BODY}), json.dumps({"id": "good", "text": BODY + "Other."})]
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    problem = only_problem(folder)
    assert problem.where.endswith("a.jsonl:2")
    assert "a.jsonl:1" in problem.message


def test_the_same_article_twice_is_no_problem(tmp_path: Path) -> None:
    """An identical copy under the same id is left out in silence."""
    line = json.dumps({"id": "a", "text": BODY})
    (tmp_path / "a.jsonl").write_text(f"{line}\n{line}", encoding="utf-8")
    articles, problems = load(tmp_path)
    assert (len(articles), problems) == (1, [])


def test_unsupported_file_named_directly(folder: Path) -> None:
    """A file of another kind that the user named is a problem."""
    (folder / "a.pdf").write_bytes(b"%PDF")
    assert ".pdf" in only_problem(folder, folder / "a.pdf").message


def test_hidden_and_other_files_in_a_folder_are_passed_over(folder: Path) -> None:
    """Only article files of a folder are read, hidden ones never."""
    (folder / ".hidden.txt").write_text(BODY, encoding="utf-8")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8")
    articles, problems = load(folder)
    assert ([article.id for article in articles], problems) == (["good"], [])


def test_folder_without_articles(folder: Path) -> None:
    """A folder that gives nothing is a problem."""
    (folder / "empty").mkdir()
    assert "no articles" in only_problem(folder / "good.txt", folder / "empty").message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_unreadable_file(folder: Path) -> None:
    """A file without read permission is a problem."""
    (folder / "bad.txt").write_text(BODY, encoding="utf-8")
    (folder / "bad.txt").chmod(0)
    assert "cannot read" in only_problem(folder).message


def test_link_loop(folder: Path) -> None:
    """A link to the folder above it is not followed."""
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert "link to a folder" in only_problem(folder).message


def test_link_to_itself(folder: Path) -> None:
    """A link in a circle is a problem."""
    (folder / "round.txt").symlink_to(folder / "round.txt")
    assert "circle" in only_problem(folder).message


def test_link_out_of_the_folder(tmp_path: Path) -> None:
    """A link that leads out of the folder is not followed."""
    (tmp_path / "outside.txt").write_text("secret", encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "good.txt").write_text(BODY, encoding="utf-8")
    (inner / "link.txt").symlink_to(tmp_path / "outside.txt")
    assert "out of the folder" in only_problem(inner).message


def test_pipe_in_a_folder(folder: Path) -> None:
    """A named pipe would wait for ever, so it is not opened."""
    os.mkfifo(folder / "pipe.txt")
    assert "neither a file" in only_problem(folder).message


def test_hostile_file_name_is_shown_escaped(folder: Path) -> None:
    """Control characters of a file name never reach the terminal."""
    (folder / "bad\x1b[2J\n\u202e.txt").write_text("", encoding="utf-8")
    problem = only_problem(folder)
    assert problem.where.isprintable()
    assert "\\x1b" in problem.where


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    """JSON may hold half a character that no file can; it becomes the replacement character."""
    (tmp_path / "a.jsonl").write_text('{"text": "Fire \\ud83d in Halden"}', encoding="utf-8")
    assert load(tmp_path)[0][0].text == "Fire \ufffd in Halden"


def test_unknown_language_is_told(tmp_path: Path) -> None:
    """An article in a language that is not read is marked with it."""
    text = "Der Bürgermeister sagte am Dienstag, dass die Brücke für drei Wochen nicht mit dem Auto zu befahren ist.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert load(tmp_path)[0][0].language == "de"
