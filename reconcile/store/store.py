"""The store as the rest of the program sees it: intents in, values out, no rows and no SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine

from reconcile.errors import ReconcileError
from reconcile.model import Article, Fact, Finding, Published, Reading, Run, Story, Verdict
from reconcile.store import articles, findings, readings, runs, tables
from reconcile.store.accounts import AccountStore
from reconcile.store.articles import SavedArticle
from reconcile.store.engine import connect, describe, parse_location, reading, writing
from reconcile.store.fence import FENCE, Fence
from reconcile.store.findings import Changes, StoredFinding
from reconcile.store.migrate import bring_to_head, is_missing, require_head
from reconcile.store.night_store import NightStore
from reconcile.store.review import ReviewStore
from reconcile.store.runs import Outcome


def open_store(location: str | Path, *, upgrade: bool) -> Store:
    """The store in a SQLite file or at a PostgreSQL address.

    With ``upgrade`` it is made or brought to this program's revision first; without, one that is missing or behind
    raises ReconcileError, as does in either case one that is newer, another program's, or cannot be opened.
    """
    url = parse_location(location)
    if not upgrade and is_missing(url):
        raise ReconcileError(f"there is no database at {describe(url)}", "run: reconcile db upgrade")
    engine = connect(url)
    try:
        if upgrade:
            bring_to_head(engine)
        else:
            require_head(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


class Store:
    """Every method is one transaction; each raises ReconcileError where the database fails."""

    def __init__(self, engine: Engine) -> None:
        """Use ``open_store``, which makes sure of the tables."""
        self._engine = engine
        self.location = describe(engine.url)
        self.review = ReviewStore(engine)
        self.accounts = AccountStore(engine)

    def __enter__(self) -> Store:
        """The store itself."""
        return self

    def __exit__(
        self, type_: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Give back the connections; the store cannot be used after."""
        self._engine.dispose()

    @property
    def nights(self) -> NightStore:
        """What the nightly service keeps."""
        return NightStore(self._engine)

    def fenced(self, fence: Fence) -> Store:
        """The same store, which writes only while a lease is held: from then on every write raises LeaseLostError."""
        return Store(self._engine.execution_options(**{FENCE: fence}))

    def save_articles(self, items: Sequence[Article], *, now: datetime) -> tuple[SavedArticle, ...]:
        """Store the articles, one answer for each in order; ``now`` is when they were seen.

        A new text under a known id or url is a new revision and the old one stays. A known text is not written
        again; what is said of it (title, date, url) is corrected where it is said otherwise now.
        """
        with writing(self._engine) as connection:
            return articles.save_articles(connection, items, now)

    def cached_reading(self, article: Article, extractor: str) -> Reading | None:
        """The stored reading of this text, as this article is described, by this extractor version."""
        with reading(self._engine) as connection:
            return readings.cached_reading(connection, article, extractor)

    def save_readings(self, items: Sequence[Reading], read: Sequence[Article]) -> None:
        """Store readings with their claims; ``read`` holds the articles they are of, which must be saved already."""
        with writing(self._engine) as connection:
            readings.save_readings(connection, items, read)

    def save_run(
        self,
        run: Run,
        stories: Sequence[Story],
        facts: Sequence[Fact],
        findings: Sequence[Finding],
        *,
        articles: Sequence[Article],
        inputs: str = "",
    ) -> None:
        """Store a run and all that it made, or nothing; a run that is stored already changes nothing.

        ``articles`` are the revisions it read, saved already. ``inputs`` names what it was pointed at: runs of equal
        inputs are compared by ``changes``; "" stands for exactly these article ids.
        """
        with writing(self._engine) as connection:
            runs.save_run(connection, Outcome(run, articles, stories, facts, findings, inputs))

    def latest_run(self) -> Run | None:
        """The run that started last, None where there is none."""
        return next(iter(self.list_runs(1)), None)

    def find_run(self, prefix: str) -> Run:
        """The one run whose id starts so; raises ReconcileError for none or several."""
        with reading(self._engine) as connection:
            return runs.find_run(connection, prefix)

    def list_runs(self, limit: int) -> tuple[Run, ...]:
        """The latest runs, newest first."""
        with reading(self._engine) as connection:
            return runs.list_runs(connection, limit)

    def articles_of(self, run_id: str) -> tuple[Article, ...]:
        """The articles of a run, each in the revision that it read; raises ReconcileError for an unknown run."""
        with reading(self._engine) as connection:
            runs.require_run(connection, run_id)
            return runs.members_of(connection, run_id, Article, tables.article)

    def stories_of(self, run_id: str) -> tuple[Story, ...]:
        """The stories of a run, in its order; raises ReconcileError for an unknown run."""
        with reading(self._engine) as connection:
            runs.require_run(connection, run_id)
            return runs.members_of(connection, run_id, Story, tables.story)

    def facts_of(self, run_id: str) -> tuple[Fact, ...]:
        """The facts of a run, in its order; raises ReconcileError for an unknown run."""
        with reading(self._engine) as connection:
            runs.require_run(connection, run_id)
            return runs.members_of(connection, run_id, Fact, tables.fact)

    def findings_of(self, run_id: str) -> tuple[Finding, ...]:
        """The findings of a run, in its order; raises ReconcileError for an unknown run."""
        with reading(self._engine) as connection:
            runs.require_run(connection, run_id)
            return runs.members_of(connection, run_id, Finding, tables.finding)

    def changes(self, run_id: str) -> Changes:
        """What is new, still there, gone and back in a run, against the run before over the same inputs."""
        with reading(self._engine) as connection:
            return findings.changes(connection, run_id)

    def verdicts_of_rule(self, rule: str, limit: int) -> tuple[tuple[Run, Mapping[Verdict, int]], ...]:
        """How often a rule gave which verdict in each of the latest runs, newest first."""
        with reading(self._engine) as connection:
            latest = runs.list_runs(connection, limit)
            counts = findings.count_verdicts(connection, rule, [run.id for run in latest])
            return tuple((run, counts.get(run.id, {})) for run in latest)

    def inferred_dates(self, run_id: str) -> Mapping[str, Published]:
        """The dates of publication that a run inferred, by article id; raises ReconcileError for an unknown run."""
        run = self.find_run(run_id)
        undated = [article for article in self.articles_of(run.id) if article.published is None]
        with reading(self._engine) as connection:
            return readings.inferred_dates(connection, undated, dict(run.versions).get("extractor", ""))

    def find_finding(self, prefix: str) -> StoredFinding:
        """The one finding whose id starts so, with its fact, story and articles; ReconcileError for none or several."""
        with reading(self._engine) as connection:
            return findings.find_finding(connection, prefix)

    def article(self, id_: str, sha256: str) -> Article:
        """One revision of an article; raises ReconcileError where it is not stored."""
        with reading(self._engine) as connection:
            return articles.load_article(connection, id_, sha256)
