"""Gathering from folders night after night."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reconcile.ingest.fetch import Fetcher
from reconcile.ingest.intake import Intake, gather
from reconcile.ingest.sources import Source, SourceState
from reconcile.store.codec import pack, unpack

NIGHT = datetime(2031, 3, 5, 2, 0, tzinfo=UTC)
BODY = "The harbour council said on Tuesday that the harbour will close for three weeks.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two articles, one of them described."""
    (tmp_path / "a.txt").write_text(BODY + "A", encoding="utf-8")
    (tmp_path / "b.md").write_text(BODY + "B", encoding="utf-8")
    (tmp_path / "manifest.yaml").write_text("a.txt:\n  published: 2031-03-04T09:00\n  source: Post\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def source(folder: Path) -> Source:
    """The folder as a source."""
    return Source("desk", "folder", str(folder), publisher="Harbour Post", family="Coast", time_zone="Europe/Oslo")


def night(source: Source, state: SourceState | None = None, number: int = 0, batch: int = 200) -> Intake:
    """All of one night as one intake; the state goes through the store's encoding."""
    now = NIGHT + timedelta(days=number)
    batches = list(gather(source, state or SourceState(), now=now, fetcher=Fetcher(), batch=batch))
    return replace(
        batches[-1],
        articles=tuple(article for one in batches for article in one.articles),
        problems=tuple(problem for one in batches for problem in one.problems),
        fates=tuple(fate for one in batches for fate in one.fates),
        state=unpack(SourceState, pack(batches[-1].state)),
    )


def touch(path: Path, text: str) -> None:
    """Write the text so that the file's time tells of it."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 10))


def test_the_first_night_takes_all(source: Source) -> None:
    """Ids begin with the source's name; the source fills in what a manifest leaves out; its clock applies."""
    first, second = night(source).articles
    assert (first.id, first.source, second.id, second.source) == ("desk/a", "Post", "desk/b", "Harbour Post")
    assert (first.family, first.published is not None and first.published.iso) == ("Coast", "2031-03-04T09:00+01:00")


def test_a_night_with_nothing_new(source: Source) -> None:
    """Files that did not change are not read."""
    second = night(source, night(source).state, 1)
    assert (second.articles, second.problems, second.unchanged) == ((), (), 2)
    assert second.state.last_new == NIGHT


def test_changed_and_new_files(source: Source, folder: Path) -> None:
    """A changed file keeps its id; a new one gets one that no other file had."""
    state = night(source).state
    touch(folder / "b.md", BODY + "changed")
    (folder / "b.txt").write_text(BODY + "new", encoding="utf-8")
    found = {article.id: article.text[len(BODY) :] for article in night(source, state, 1).articles}
    assert found == {"desk/b": "changed", "desk/b.txt": "new"}


def test_a_changed_manifest_describes_again(source: Source, folder: Path) -> None:
    """What a manifest says anew reaches the articles though their files are the same."""
    state = night(source).state
    touch(folder / "manifest.yaml", "a.txt:\n  source: Courier\n")
    assert "Courier" in [article.source for article in night(source, state, 1).articles]


def test_files_that_go_and_come_back(source: Source, folder: Path) -> None:
    """Both are told once, with the articles concerned."""
    state = night(source).state
    (folder / "a.txt").rename(folder / "a.off")
    gone = night(source, state, 1)
    assert [(fate.key, fate.articles, fate.fate) for fate in gone.fates] == [("a.txt", ("desk/a",), "gone")]
    assert night(source, gone.state, 2).fates == ()
    (folder / "a.off").rename(folder / "a.txt")
    back = night(source, gone.state, 2)
    assert [(fate.fate, [article.id for article in back.articles]) for fate in back.fates] == [("back", ["desk/a"])]


def test_a_broken_file_is_complained_of_once(source: Source, folder: Path) -> None:
    """It is tried again each night and told when it changes."""
    (folder / "c.txt").write_bytes(b"\0")
    first = night(source)
    assert len(first.problems) == 1
    second = night(source, first.state, 1)
    assert second.problems == ()
    touch(folder / "c.txt", BODY + "mended")
    assert len(night(source, second.state, 2).articles) == 1


def test_a_folder_that_is_not_there(source: Source, folder: Path) -> None:
    """That is a failed night of the source, and nothing counts as gone."""
    state = night(source).state
    missing = night(replace(source, address=str(folder / "nowhere")), state, 1)
    assert (missing.state.failures, missing.fates, len(missing.problems)) == (1, (), 1)
    assert night(source, missing.state, 2).state.failures == 0


def test_a_file_of_many_articles_in_batches(source: Source, folder: Path) -> None:
    """Batches stay small within a file; it counts as read with its last article only."""
    lines = [json.dumps({"text": f"{BODY} {number}"}) for number in range(10)]
    (folder / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    batches = list(gather(source, SourceState(), now=NIGHT, fetcher=Fetcher(), batch=4))
    assert [len(batch.articles) for batch in batches] == [4, 4, 4, 0]
    assert ["many.jsonl" in {seen.key for seen in batch.state.seen} for batch in batches] == [False, False, False, True]


def test_a_warc_source_takes_warc_files_only(source: Source, folder: Path) -> None:
    """Other files beside them are no part of it."""
    (folder / "a.warc").write_bytes(b"")
    assert night(replace(source, type="warc")).listed == 1
