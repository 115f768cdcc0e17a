"""Input files become Articles; whatever cannot be read becomes a Problem, and the rest goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from reconcile.ingest.decode import UndecodableError, decode_bytes
from reconcile.ingest.files import InputFile, find_files
from reconcile.ingest.formats import MARKUP, READERS, Page, failed_page
from reconcile.ingest.jsonl import SUFFIX, guessed_problem, read_jsonl
from reconcile.ingest.language import detect_language
from reconcile.ingest.limits import RECORD_BYTES, TEXT_CHARACTERS
from reconcile.ingest.manifest import Manifest, read_manifest
from reconcile.ingest.metadata import Metadata
from reconcile.ingest.title import title_of
from reconcile.model import Article, Problem
from reconcile.visible import shown


def load_articles(paths: Sequence[Path]) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles in the files and folders named, in a stable order, and all that could not be read.

    An article's id is the given one or its path within its folder without the extension; its source the given one,
    else the domain of its url, else the file's name; its language the given one, else told from the text.
    Raises ReconcileError for a path that is not there.
    """
    files, problems = find_files(paths)
    loader = _Loader(list(problems))
    for file in files:
        loader.add_file(file)
    return tuple(loader.articles.values()), tuple(loader.problems)


class _Loader:
    """Gathers articles under unique ids, with the manifests met on the way."""

    def __init__(self, problems: list[Problem]) -> None:
        self.articles: dict[str, Article] = {}
        self.problems = problems
        self._manifests: dict[Path, Manifest] = {}

    def add_file(self, file: InputFile) -> None:
        """Read one file's articles."""
        stated = self._manifest_entry(file)
        stem = PurePosixPath(file.name).with_suffix("").as_posix()
        try:
            for number, page in _read_pages(file):
                self.problems.extend(page.problems)
                if page.text:
                    # A manifest knows better than a page, but one line of many knows better than its file.
                    metadata = page.metadata.over(_shared(stated)) if number else stated.over(page.metadata)
                    where = f"{shown(file.path)}:{number}" if number else shown(file.path)
                    self._add(page.text, metadata, where, _names(file, stem, number))
        except OSError as error:
            self._trouble(shown(file.path), f"cannot read the file: {error.strerror or error}", "allow reading it")

    def _add(self, text: str, metadata: Metadata, where: str, names: Iterator[str]) -> None:
        """Keep one article unless its text is too long or its id is taken."""
        if len(text) > TEXT_CHARACTERS:
            self._trouble(where, f"the text is longer than {TEXT_CHARACTERS:,} characters and was skipped", "split it")
            return
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        if metadata.id in self.articles:
            taken = self.articles[metadata.id]
            if taken.sha256 != sha256:
                message = f"the id '{shown(metadata.id)}' is already that of {taken.origin}; this article was skipped"
                self._trouble(where, message, "give each article an id of its own")
            return
        article_id = metadata.id or next(name for name in names if name not in self.articles)
        self.articles[article_id] = Article(
            id=article_id,
            source=metadata.source or _domain(metadata.url) or PurePosixPath(article_id).name,
            title=metadata.title or title_of(text),
            text=text,
            sha256=sha256,
            url=metadata.url,
            published=metadata.published,
            language=metadata.language or detect_language(text),
            origin=where,
        )

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
    suffix = file.path.suffix.lower()
    where = shown(file.path)
    if suffix == SUFFIX:
        yield from read_jsonl(file.path)
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


def _names(file: InputFile, stem: str, number: int) -> Iterator[str]:
    """Ids for an article that has none, the plainest first: which is taken depends only on the files' order."""
    line = f"-{number}" if number else ""
    yield shown(stem + line)
    yield shown(file.name + line)
    yield shown(f"{file.folder.resolve().name}/{stem}{line}")
    count = 2
    while True:
        yield shown(f"{stem}{line}~{count}")
        count += 1


def _domain(url: str | None) -> str | None:
    """The address's host name without "www."."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
