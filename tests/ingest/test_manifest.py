"""A folder's manifest: what it adds, and how its mistakes are told."""

from pathlib import Path

import pytest

from reconcile.ingest import load_articles
from reconcile.ingest.manifest import read_manifest
from reconcile.model import Article, Problem

SEEDS = Path(__file__).parents[2] / "seeds"


def load_with(folder: Path, manifest: str) -> tuple[list[Article], list[Problem]]:
    """The articles of a folder with one article and this manifest."""
    (folder / "fire.txt").write_text("Two people died in a fire at the port of Halden on Friday.\n", encoding="utf-8")
    (folder / "manifest.yaml").write_text(manifest, encoding="utf-8")
    articles, problems = load_articles([folder])
    return list(articles), list(problems)


def test_fields_are_taken_over(tmp_path: Path) -> None:
    """Source, title, url, id, language and an inferred date with its reason come from the manifest."""
    manifest = (
        "fire.txt:\n  id: f1\n  source: Halden Post\n  title: Fire\n  url: https://example.org/f\n"
        "  published: 2024-03-01\n  published_origin: inferred\n  reason: a Friday\n  language: en-GB\n"
    )
    [article], problems = load_with(tmp_path, manifest)
    assert (
        article.id,
        article.source,
        article.title,
        article.url,
        article.language,
    ) == ("f1", "Halden Post", "Fire", "https://example.org/f", "en")
    assert article.published is not None
    assert (
        article.published.iso,
        article.published.origin,
        article.published.reason,
    ) == ("2024-03-01", "inferred", "a Friday")
    assert problems == []


def test_it_applies_to_a_file_named_alone(tmp_path: Path) -> None:
    """A file given by its own path is described by its folder's manifest too."""
    load_with(tmp_path, "fire.txt: {source: Halden Post}\n")
    [article], _ = load_articles([tmp_path / "fire.txt"])
    assert article.source == "Halden Post"


def test_a_manifest_above_names_files_by_path(tmp_path: Path) -> None:
    """A folder's manifest may describe files in folders below."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("A fire broke out.\n", encoding="utf-8")
    articles, problems = load_with(tmp_path, "sub/a.txt: {source: Nearby News}\n")
    assert [article.source for article in articles] == ["fire", "Nearby News"]
    assert problems == []


@pytest.mark.parametrize(
    ("manifest", "line", "said", "cure"),
    [
        ("fire.txt:\n  sorce: X\n", 2, "unknown key 'sorce'", "did you mean 'source'?"),
        ("\nfires.txt: {source: X}\n", 2, "not a file", "did you mean 'fire.txt'?"),
        ("../../etc/hosts: {source: X}\n", 1, "not a file", "remove the entry"),
        ("fire.txt: X\n", 1, "has no fields", "source"),
        ("fire.txt: {id: a}\nfire.txt: {id: b}\n", 2, "twice", "one entry"),
        ("fire.txt: {published: 20250-01-01}\n", 1, "20250-01-01", "2025-06-02"),
        ("fire.txt: {published: 2025-02-30}\n", 1, "does not exist", "2025-06-02"),
        ("fire.txt: {published: 2025-06-02, published_origin: guessed}\n", 1, "guessed", "inferred"),
        ("fire.txt: {language: 'the English'}\n", 1, "language", "en"),
        ("- fire.txt\n", 1, "not a mapping", "mapping"),
        ("fire.txt: [\n", 2, "cannot read the manifest", "mapping"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_cure(
    tmp_path: Path, manifest: str, line: int, said: str, cure: str
) -> None:
    """Each mistake is one problem, and the article is still read."""
    articles, [problem] = load_with(tmp_path, manifest)
    assert len(articles) == 1
    assert problem.where.endswith(f"manifest.yaml:{line}")
    assert said in problem.message
    assert cure in problem.cure


def test_the_seeds_are_described_without_a_mistake() -> None:
    """The shipped sample articles have sources, titles and dates marked as inferred with their reason."""
    articles, problems = load_articles([SEEDS])
    assert problems == ()
    assert [article.published.iso for article in articles if article.published] == ["2025-05-30", "2025-06-02"]
    assert all(article.published and article.published.origin == "inferred" for article in articles)
    assert all(article.published and article.published.reason for article in articles)


def test_a_manifest_that_links_out_of_its_folder_is_not_read(tmp_path: Path) -> None:
    """A link cannot make the report quote a file from elsewhere."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (tmp_path / "private.yaml").write_text("secret words: {source: x}\n", encoding="utf-8")
    (folder / "manifest.yaml").symlink_to(tmp_path / "private.yaml")
    manifest = read_manifest(folder)
    assert manifest.entries == {}
    (problem,) = manifest.problems
    assert problem.message == "is a link out of the folder and was not read"


def test_entries_for_files_that_are_elsewhere_are_summed_up(tmp_path: Path) -> None:
    """A manifest made for another folder gives a few problems and their number, not thousands."""
    (tmp_path / "manifest.yaml").write_text("".join(f"f{n}.txt: {{source: x}}\n" for n in range(2000)), "utf-8")
    problems = read_manifest(tmp_path).problems
    assert len(problems) == 21
    assert problems[-1].message == "1980 more entries name no file in this folder"
