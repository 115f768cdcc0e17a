"""Runs: one execution with all that it made, in one transaction; saved again, nothing changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from sqlalchemy import Connection, Table, func, select

from reconcile.errors import ReconcileError
from reconcile.model import Article, Fact, Finding, Run, Story
from reconcile.store import tables
from reconcile.store.articles import by_id
from reconcile.store.cases import file_findings
from reconcile.store.codec import pack, unpack
from reconcile.store.tables import as_key
from reconcile.store.writes import Row, insert_new, upsert

T = TypeVar("T", Article, Story, Fact, Finding)

_CANDIDATES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a run made, and from what; ``inputs`` names what it was pointed at (a folder, a list of feeds).

    Runs with equal ``inputs`` are compared with one another; "" stands for exactly this set of articles.
    """

    run: Run
    articles: Sequence[Article]
    stories: Sequence[Story]
    facts: Sequence[Fact]
    findings: Sequence[Finding]
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class Members:
    """What belongs to a run: the revisions it read, and the stories, facts and findings it made."""

    articles: Sequence[Article]
    stories: Sequence[Story]
    facts: Sequence[Fact]
    findings: Sequence[Finding]


def save_run(connection: Connection, outcome: Outcome) -> None:
    """Store a run with its stories, facts and findings; raises ReconcileError where another run has its id."""
    if _is_stored(connection, outcome.run):
        return
    run = outcome.run
    inputs = outcome.inputs or _digest_of_ids(outcome.articles)
    save_run_row(connection, run, inputs)
    stories, facts = save_stories(connection, outcome.stories), save_facts(connection, outcome.facts)
    save_findings(connection, run.id, outcome.findings, stories, facts)
    read = tuple(by_id(outcome.articles).values())
    save_members(connection, run.id, Members(read, outcome.stories, outcome.facts, outcome.findings))
    file_findings(
        connection,
        outcome.findings,
        run_id=run.id,
        at=run.started,
        source_of={article.id: article.source for article in read},
        previous=_run_before(connection, run, inputs),
    )


def _run_before(connection: Connection, run: Run, inputs: str) -> str | None:
    """The latest other run over the same inputs that started no later."""
    table = tables.run
    query = select(table.c.id).where(table.c.inputs == inputs, table.c.id != run.id, table.c.started <= run.started)
    return connection.execute(query.order_by(table.c.started.desc(), table.c.id.desc()).limit(1)).scalar()


def list_runs(connection: Connection, limit: int) -> tuple[Run, ...]:
    """The latest runs, newest first."""
    table = tables.run
    query = select(table.c.body).order_by(table.c.started.desc(), table.c.id.desc()).limit(limit)
    return tuple(unpack(Run, body) for body in connection.execute(query).scalars())


def find_run(connection: Connection, prefix: str) -> Run:
    """The one run whose id starts so; raises ReconcileError for none, and for several with their ids."""
    table, wanted = tables.run, as_key(prefix)
    query = select(table.c.id, table.c.body).where(func.substr(table.c.id, 1, len(wanted)) == wanted)
    found = connection.execute(query.order_by(table.c.id).limit(_CANDIDATES_SHOWN)).all() if wanted else []
    whole = [row for row in found if row.id == wanted] or found
    if not whole:
        raise ReconcileError(f"no stored run has an id that starts with {prefix!r}", "take an id from a report")
    if len(whole) > 1:
        raise ReconcileError(f"{prefix!r} may mean {', '.join(row.id for row in whole)}", "give more of the id")
    return unpack(Run, whole[0].body)


def require_run(connection: Connection, run_id: str) -> None:
    """Raise ReconcileError unless the run is stored."""
    if connection.execute(select(tables.run.c.id).where(tables.run.c.id == run_id)).scalar() is None:
        raise ReconcileError(f"no run {run_id!r} is stored", "check the id, or run again")


def members_of(connection: Connection, run_id: str, type_: type[T], table: Table) -> tuple[T, ...]:
    """What a run made of one type, in the order in which it was saved."""
    link = tables.metadata.tables[f"run_{table.name}"]
    joined = table.join(link)
    query = select(table.c.body).select_from(joined).where(link.c.run_id == run_id).order_by(link.c.position)
    return tuple(unpack(type_, body) for body in connection.execute(query).scalars())


def _is_stored(connection: Connection, run: Run) -> bool:
    body = connection.execute(select(tables.run.c.body).where(tables.run.c.id == run.id)).scalar()
    if body is not None and unpack(Run, body) != run:
        raise ReconcileError(f"another run is stored under the id {run.id!r}", "give each run an id of its own")
    return body is not None


def save_run_row(connection: Connection, run: Run, inputs: str) -> None:
    """Store the run's own row and its problems, but nothing that it made."""
    row = {
        "id": run.id,
        "inputs": inputs,
        "started": run.started,
        "finished": run.finished,
        "body": pack(run),
    }
    problems = [
        {
            "run_id": run.id,
            "position": position,
            "stage": problem.stage,
            "place": problem.where,
            "message": problem.message,
            "cure": problem.cure,
            "loss": problem.loss,
        }
        for position, problem in enumerate(run.problems)
    ]
    insert_new(connection, tables.run, [row])
    insert_new(connection, tables.problem, problems)


def _digest_of_ids(articles: Sequence[Article]) -> str:
    return sha256(json.dumps(sorted({article.id for article in articles})).encode("ascii")).hexdigest()


def save_stories(connection: Connection, stories: Iterable[Story]) -> set[str]:
    """Store stories, in place of what is stored under their ids; the ids."""
    rows = {item.id: {"id": item.id, "title": item.title, "body": pack(item)} for item in stories}
    upsert(connection, tables.story, list(rows.values()))
    return set(rows)


def save_facts(connection: Connection, facts: Iterable[Fact]) -> set[str]:
    """Store facts, in place of what is stored under their ids; the ids."""
    rows = {
        item.id: {
            "id": item.id,
            "story_id": item.story,
            "kind": item.kind.value,
            "label": item.label,
            "body": pack(item),
        }
        for item in facts
    }
    upsert(connection, tables.fact, list(rows.values()))
    return set(rows)


def save_findings(
    connection: Connection, run_id: str, findings: Sequence[Finding], stories: set[str], facts: set[str]
) -> None:
    """Store a run's findings and that it saw them; ``stories`` and ``facts`` are the stored ids they may refer to."""
    sightings = [
        {"fingerprint": print_, "first_seen_run": run_id, "last_seen_run": run_id}
        for print_ in dict.fromkeys(item.fingerprint for item in findings)
    ]
    upsert(connection, tables.sighting, sightings, replace=("last_seen_run",))
    rows = {item.id: _finding_row(item, run_id, stories, facts) for item in findings}
    upsert(connection, tables.finding, list(rows.values()))


def _finding_row(finding: Finding, run_id: str, stories: set[str], facts: set[str]) -> Row:
    return {
        "id": finding.id,
        "fingerprint": finding.fingerprint,
        "run_id": run_id,
        "story_id": finding.story if finding.story in stories else None,
        "fact_id": finding.fact if finding.fact in facts else None,
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "summary": finding.summary,
        "confidence": round(finding.confidence, 6),
        "independent_sources": finding.independent_sources,
        "body": pack(finding),
    }


def save_members(connection: Connection, run_id: str, members: Members, first: Mapping[str, int] | None = None) -> None:
    """Store what a run read and made, in order; ``first`` gives the positions to count on from, by table."""
    starts = first or {}
    start = starts.get("run_article", 0)
    rows = [
        {"run_id": run_id, "article_id": article.id, "sha256": article.sha256, "position": position}
        for position, article in enumerate(members.articles, start)
    ]
    insert_new(connection, tables.run_article, rows)
    for table, column, items in (
        (tables.run_story, "story_id", members.stories),
        (tables.run_fact, "fact_id", members.facts),
        (tables.run_finding, "finding_id", members.findings),
    ):
        ids = enumerate(dict.fromkeys(item.id for item in items), starts.get(table.name, 0))
        insert_new(connection, table, [{"run_id": run_id, column: id_, "position": at} for at, id_ in ids])
