"""Gathering from folders and WARC files: what is new or changed since the last run, and what is there no more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from reconcile.errors import ReconcileError
from reconcile.ingest.files import InputFile, find_files, kind_of
from reconcile.ingest.intake import Fate, Intake
from reconcile.ingest.load import FileLoader, Taken
from reconcile.ingest.metadata import Metadata
from reconcile.ingest.moments import in_zone
from reconcile.ingest.sources import Seen, Source, SourceState
from reconcile.model import Article, Problem

_WARC = (".warc", ".warc.gz")


def gather_files(source: Source, state: SourceState, *, now: datetime, batch: int) -> Iterator[Intake]:
    """The batches of a folder or of WARC files; a file counts as read once all its articles are handed out."""
    try:
        files, problems = find_files([Path(source.address)])
    except ReconcileError as error:
        problem = Problem("ingest", source.name, error.message, error.cure)
        yield Intake((), (problem,), replace(state, failures=state.failures + 1))
        return
    if source.type == "warc":
        files = tuple(file for file in files if kind_of(file.path) in _WARC)
    yield from _FileGathering(source, state, now, files, problems).batches(batch)


class _FileGathering:
    """What one run over a folder has come to so far."""

    def __init__(
        self,
        source: Source,
        state: SourceState,
        now: datetime,
        files: tuple[InputFile, ...],
        problems: tuple[Problem, ...],
    ) -> None:
        self._source, self._before, self._now, self._files = source, state, now, files
        self._seen = {seen.key: seen for seen in state.seen}
        self._problems = list(problems)
        self._articles: list[Article] = []
        self._fates: list[Fate] = []
        self._unchanged = 0
        self._last_new = state.last_new
        self._loader = FileLoader(
            taken={id_: Taken("", seen.key) for seen in state.seen for id_ in seen.articles},
            prefix=f"{source.name}/",
            defaults=Metadata(source=source.publisher or None, language=source.language or None),
        )

    def batches(self, size: int) -> Iterator[Intake]:
        """The new and changed files' articles, ``size`` at a time; the last batch tells which files have gone."""
        for file in self._files:
            seen = self._seen.get(file.name)
            mark = self._mark(file)
            if seen is not None and seen.fate == "taken" and seen.mark == mark:
                self._unchanged += 1
                continue
            yield from self._read(file, seen, mark, size)
        self._find_gone()
        yield self._intake(last=True)

    def _read(self, file: InputFile, seen: Seen | None, mark: str, size: int) -> Iterator[Intake]:
        """One file's articles; batches on the way do not count it as read yet."""
        own = seen.articles if seen else ()
        self._loader.release(own)
        ids: list[str] = []
        for article in self._loader.read(file, own):
            published = in_zone(article.published, self._source.time_zone)
            self._articles.append(replace(article, published=published, family=self._source.family))
            ids.append(article.id)
            if len(self._articles) >= size:
                yield self._intake()
        problems = self._loader.take_problems()
        # A file that gives nothing is tried again in each run, and complained of once.
        if ids or seen is None or seen.mark != mark:
            self._problems.extend(problems)
        if ids and seen is not None and seen.fate == "gone":
            self._fates.append(Fate(file.name, own, "back", self._now))
        self._last_new = self._now if ids else self._last_new
        begun = seen or Seen(file.name, self._now, self._now, self._now)
        fate: Literal["taken", "refused"] = "taken" if ids else "refused"
        self._seen[file.name] = replace(begun, asked=self._now, articles=tuple(ids) or own, mark=mark, fate=fate)

    def _find_gone(self) -> None:
        """Record the files that were there in the last run and are not now."""
        there = {file.name for file in self._files}
        for name, seen in self._seen.items():
            if name in there:
                self._seen[name] = replace(seen, last_seen=self._now)
            elif seen.fate == "taken":
                self._fates.append(Fate(name, seen.articles, "gone", self._now))
                self._seen[name] = replace(seen, fate="gone")

    def _intake(self, last: bool = False) -> Intake:
        before = self._before
        state = SourceState(
            seen=tuple(self._seen[name] for name in sorted(self._seen)),
            failures=0 if last else before.failures,
            last_success=self._now if last else before.last_success,
            last_new=self._last_new,
        )
        done = Intake(
            tuple(self._articles), tuple(self._problems), state, tuple(self._fates), len(self._files), self._unchanged
        )
        self._articles, self._problems, self._fates = [], [], []
        return done

    def _mark(self, file: InputFile) -> str:
        """A file's size and time of change, with those of the manifests that describe it."""
        try:
            stat = os.stat(file.path)
        except OSError:
            return ""
        changed, size = self._loader.marks_of(file)
        return f"{stat.st_size}-{stat.st_mtime_ns}-{size}-{changed}"
