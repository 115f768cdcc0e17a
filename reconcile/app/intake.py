"""What a user does with sources: see them, try them out, and read files and addresses without configuring any."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reconcile.errors import ReconcileError
from reconcile.ingest.load import load_articles
from reconcile.ingest.sources import Source, SourceState
from reconcile.model import Article, Problem
from reconcile.visible import mask_address

_TRIED = 5
"""Pages that are fetched to try a source out."""

Input = str | Path
"""A path, or a web address as a text."""


PLAIN_MANNER = Source("", "url", "")
"""How addresses are fetched where no configuration says otherwise."""


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What a source would give: how many pages it lists, the articles of the first few, and what is wrong."""

    source: Source
    listed: int
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether something would be taken in, or nothing is wrong."""
        return bool(self.articles) or not any(problem.loss for problem in self.problems)


def choose_sources(sources: Sequence[Source], names: Sequence[str] = ()) -> tuple[Source, ...]:
    """Those of the sources that are named, all where none is; raises ReconcileError for a name that there is not."""
    known = [source.name for source in sources]
    for name in names:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            there = ", ".join(known) or "none; add [[sources]] to reconcile.toml"
            cure = f"did you mean {close[0]!r}?" if close else f"the sources are: {there}"
            raise ReconcileError(f"there is no source {name!r}", cure)
    return tuple(source for source in sources if not names or source.name in names)


def check_source(source: Source, *, now: datetime) -> SourceCheck:
    """Fetch the source's listing and its first few pages and tell what they give; nothing is stored."""
    from reconcile.ingest.fetch import Fetcher
    from reconcile.ingest.intake import gather

    few = replace(source, most=_TRIED)
    with Fetcher() as fetcher:
        batch = next(gather(few, SourceState(), now=now, fetcher=fetcher, batch=_TRIED))
    problems = tuple(problem for problem in batch.problems if not (batch.left and problem.where == source.name))
    return SourceCheck(source, batch.listed, batch.articles[:_TRIED], problems)


def load_inputs(
    inputs: Sequence[Input], manner: Source = PLAIN_MANNER, *, now: datetime
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles in files and folders and at web addresses, and all that could not be read.

    ``manner`` tells how addresses are fetched. Raises ReconcileError for a path that is not there.
    """
    paths = [Path(item) for item in inputs if not is_address(item)]
    addresses = [str(item) for item in inputs if is_address(item)]
    articles, problems = load_articles(paths)
    if not addresses:
        return articles, problems
    from reconcile.ingest.addresses import load_address
    from reconcile.ingest.fetch import Fetcher

    found = {article.id: article for article in articles}
    trouble = list(problems)
    with Fetcher() as fetcher:
        for address in dict.fromkeys(addresses):
            for fetched, faults in load_address(address, manner, now=now, fetcher=fetcher):
                trouble.extend(faults)
                found.update((article.id, found.get(article.id, article)) for article in fetched)
    return tuple(found.values()), tuple(trouble)


def is_address(item: Input) -> bool:
    """Whether an input is a web address and not a path."""
    return isinstance(item, str) and item.lower().startswith(("http://", "https://"))


def input_name(item: Input) -> str:
    """How a run remembers an input: an address without its secrets, a path in full."""
    return mask_address(str(item)) if is_address(item) else str(Path(item).resolve())
