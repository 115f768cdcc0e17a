"""Input files become Articles; whatever cannot be read becomes a Problem, and the rest goes on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from reconcile.ingest.decode import UndecodableError, decode_bytes
from reconcile.ingest.files import InputFile, find_files, kind_of
from reconcile.ingest.formats import MARKUP, READERS, Page, failed_page
from reconcile.ingest.jsonl import guessed_problem
from reconcile.ingest.language import detect_language
from reconcile.ingest.limits import RECORD_BYTES, TEXT_CHARACTERS
from reconcile.ingest.manifest import NAME, Manifest, read_manifest
from reconcile.ingest.many import MANY
from reconcile.ingest.metadata import Metadata
from reconcile.ingest.title import title_of
from reconcile.model import Article, Problem
from reconcile.visible import shown


def load_articles(paths: Sequence[Path]) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles in the files and folders named, in a stable order, and all that could not be read.

    An article's id is the given one, or that of its web address in feeds and WARC files, or its path within its folder
    without the extension; its source the given one, else the domain of its url, else the file's name; its language the
    given one, else told from the text. Raises ReconcileError for a path that is not there.
    """
    files, problems = find_files(paths)
    loader = FileLoader(problems)
    articles = [article for file in files for article in loader.read(file)]
    return tuple(articles), tuple(loader.problems)


@dataclass(frozen=True, slots=True)
class Taken:
    """Who has an id already: the text's hash, "" where it is not known, and where it was read."""

    sha256: str
    origin: str


class FileLoader:
    """Reads files one after the other under unique ids, with the manifests met on the way."""

    def __init__(
        self,
        problems: Iterable[Problem] = (),
        *,
        taken: Mapping[str, Taken] | None = None,
        prefix: str = "",
        defaults: Metadata | None = None,
    ) -> None:
        """``taken`` are ids of other files; ``prefix`` begins ids made of paths; ``defaults`` fill what is unsaid."""
        self.problems = list(problems)
        self._taken = dict(taken or {})
        self._prefix, self._defaults = prefix, defaults or Metadata()
        self._manifests: dict[Path, Manifest] = {}

    def read(self, file: InputFile, known: Sequence[str] = ()) -> Iterator[Article]:
        """One file's articles; an article that has no id keeps the one that the file had before, ``known``."""
        stated = self._manifest_entry(file)
        stem = file.name[: -len(kind_of(file.path))] or file.name
        try:
            for number, page in _read_pages(file):
                self.problems.extend(page.problems)
                if page.text:
                    # A manifest knows better than a page, but one line of many knows better than its file.
                    metadata = page.metadata.over(_shared(stated)) if number else stated.over(page.metadata)
                    where = f"{shown(file.path)}:{number}" if number else shown(file.path)
                    names = chain(known[:1] if not number else (), _names(file, stem, number, self._prefix))
                    yield from self._article(page.text, metadata.over(self._defaults), where, names)
        except OSError as error:
            self._trouble(shown(file.path), f"cannot read the file: {error.strerror or error}", "allow reading it")

    def _article(self, text: str, metadata: Metadata, where: str, names: Iterator[str]) -> Iterator[Article]:
        """The article, unless its text is too long or its id is taken."""
        if len(text) > TEXT_CHARACTERS:
            self._trouble(where, f"the text is longer than {TEXT_CHARACTERS:,} characters and was skipped", "split it")
            return
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        if metadata.id in self._taken:
            taken = self._taken[metadata.id]
            if taken.sha256 != sha256:
                message = f"the id '{shown(metadata.id)}' is already that of {taken.origin}; this article was skipped"
                self._trouble(where, message, "give each article an id of its own")
            return
        article_id = metadata.id or next(name for name in names if name not in self._taken)
        self._taken[article_id] = Taken(sha256, where)
        yield Article(
            id=article_id,
            source=metadata.source or _domain(metadata.url) or PurePosixPath(article_id).name,
            title=metadata.title or title_of(text),
            text=text,
            sha256=sha256,
            url=metadata.url,
            published=metadata.published,
            language=metadata.language or detect_language(text),
            origin=where,
            byline=metadata.byline,
            credits=metadata.credits,
        )

    def release(self, ids: Iterable[str]) -> None:
        """Let a file that is about to be read again have its ids again."""
        for id_ in ids:
            self._taken.pop(id_, None)

    def take_problems(self) -> tuple[Problem, ...]:
        """The problems since they were last taken."""
        problems, self.problems = tuple(self.problems), []
        return problems

    def marks_of(self, file: InputFile) -> tuple[int, int]:
        """The latest change and the summed size of the manifests that may describe a file."""
        folders = [file.path.parent]
        while folders[-1] != file.folder:
            folders.append(folders[-1].parent)
        found = [stat for folder in folders if (stat := _stat(folder / NAME)) is not None]
        return max((stat.st_mtime_ns for stat in found), default=0), sum(stat.st_size for stat in found)

    def _manifest_entry(self, file: InputFile) -> Metadata:
        """What the nearest manifest says of the file, from its own folder up to the one that was named."""
        folder = file.path.parent
        while True:
            if folder not in self._manifests:
                self._manifests[folder] = read_manifest(folder)
                self.problems.extend(self._manifests[folder].problems)
            entry = self._manifests[folder].entries.get(file.path.relative_to(folder).as_posix())
            if entry is not None:
                return entry
            if folder == file.folder:
                return Metadata()
            folder = folder.parent

    def _trouble(self, where: str, message: str, cure: str) -> None:
        self.problems.append(Problem("ingest", where, message, cure))


def _read_pages(file: InputFile) -> Iterator[tuple[int, Page]]:
    """The file's pages, each with its line number, 0 where the file is one article; raises OSError."""
    suffix = kind_of(file.path)
    where = shown(file.path)
    if suffix in MANY:
        yield from MANY[suffix](file.path)
        return
    with file.path.open("rb") as opened:
        data = opened.read(RECORD_BYTES + 1)
    if len(data) > RECORD_BYTES:
        yield (
            0,
            failed_page(
                where, f"is larger than {RECORD_BYTES // 2**20} MB", "split it, or give only the article's text"
            ),
        )
        return
    try:
        decoded = decode_bytes(data, markup=suffix in MARKUP)
    except UndecodableError as error:
        yield 0, failed_page(where, f"cannot read the file: {error}", "save it as UTF-8 text")
        return
    if not decoded.text.strip():
        yield 0, failed_page(where, "the file is empty", "remove it, or put the article's text in it")
        return
    page = READERS[suffix](decoded.text, where)
    guessed = (guessed_problem(where, decoded.guessed),) if decoded.guessed else ()
    if not page.text.strip() and not page.problems:
        yield 0, failed_page(where, "holds no text after its front matter", "put the article's text below it")
    else:
        yield 0, Page(page.text, page.metadata, (*page.problems, *guessed))


def _shared(stated: Metadata) -> Metadata:
    """What a manifest can say of a file of many articles at once."""
    return Metadata(source=stated.source, published=stated.published, language=stated.language)


def _names(file: InputFile, stem: str, number: int, prefix: str) -> Iterator[str]:
    """Ids for an article that has none, the plainest first: which is taken depends only on the files' order."""
    line = f"-{number}" if number else ""
    yield shown(f"{prefix}{stem}{line}")
    yield shown(f"{prefix}{file.name}{line}")
    yield shown(f"{prefix}{file.folder.resolve().name}/{stem}{line}")
    count = 2
    while True:
        yield shown(f"{prefix}{stem}{line}~{count}")
        count += 1


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _domain(url: str | None) -> str | None:
    """The address's host name without "www."."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
