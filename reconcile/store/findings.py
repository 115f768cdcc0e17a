"""Findings: one with all that it rests on, and how a run's findings changed against the run before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from reconcile.errors import ReconcileError
from reconcile.model import Article, Fact, Finding, Story, Verdict
from reconcile.store import tables
from reconcile.store.codec import unpack
from reconcile.store.runs import members_of, require_run
from reconcile.store.tables import as_key
from reconcile.store.writes import chunks

_CANDIDATES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding with what it rests on; ``articles`` are the revisions that its spans are offsets in.

    ``fact`` and ``story`` are None for findings that belong to none.
    """

    finding: Finding
    fact: Fact | None
    story: Story | None
    articles: tuple[Article, ...]
    first_seen_run: str
    last_seen_run: str


@dataclass(frozen=True, slots=True)
class Changes:
    """A run's findings against the previous run over the same inputs, told apart by fingerprint.

    ``previous`` is that run's id, None for the first. ``back`` were found in an earlier run but not in the previous.
    """

    previous: str | None
    new: tuple[Finding, ...]
    still: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    back: tuple[Finding, ...]


def find_finding(connection: Connection, prefix: str) -> StoredFinding:
    """The one finding whose id starts so; raises ReconcileError for none, and for several with their ids."""
    table = tables.finding
    wanted = as_key(prefix)
    query = select(table.c.id, table.c.summary).where(func.substr(table.c.id, 1, len(wanted)) == wanted)
    found = connection.execute(query.order_by(table.c.id).limit(_CANDIDATES_SHOWN + 1)).all() if wanted else []
    whole = [row for row in found if row.id == wanted]
    if not found:
        raise ReconcileError(f"no stored finding has an id that starts with {prefix!r}", "take an id from a report")
    if len(found) > 1 and not whole:
        names = ", ".join(f"{row.id} ({row.summary})" for row in found[:_CANDIDATES_SHOWN])
        more = " and others" if len(found) > _CANDIDATES_SHOWN else ""
        raise ReconcileError(f"{prefix!r} may mean {names}{more}", "give more of the id")
    return _in_context(connection, (whole or found)[0].id)


def changes(connection: Connection, run_id: str) -> Changes:
    """What is new, still there, gone and back in a run; raises ReconcileError where it is not stored."""
    require_run(connection, run_id)
    table = tables.run
    this = connection.execute(select(table).where(table.c.id == run_id)).one()
    before: ColumnElement[bool] = and_(
        table.c.inputs == this.inputs,
        or_(table.c.started < this.started, and_(table.c.started == this.started, table.c.id < this.id)),
    )
    newest_first = (table.c.started.desc(), table.c.id.desc())
    previous = connection.execute(select(table.c.id).where(before).order_by(*newest_first).limit(1)).scalar()
    here = members_of(connection, run_id, Finding, tables.finding)
    there = members_of(connection, previous, Finding, tables.finding) if previous else ()
    here_prints = {finding.fingerprint for finding in here}
    there_prints = {finding.fingerprint for finding in there}
    returned = _seen(connection, here_prints - there_prints, before)
    known = there_prints | returned
    return Changes(
        previous,
        new=tuple(item for item in here if item.fingerprint not in known),
        still=tuple(item for item in here if item.fingerprint in there_prints),
        gone=tuple(item for item in there if item.fingerprint not in here_prints),
        back=tuple(item for item in here if item.fingerprint in returned),
    )


def count_verdicts(connection: Connection, rule: str, run_ids: Sequence[str]) -> dict[str, dict[Verdict, int]]:
    """How many findings with each verdict a rule gave in each of some runs."""
    found: dict[str, dict[Verdict, int]] = {}
    table, link = tables.finding, tables.run_finding
    for keys in chunks(list(run_ids)):
        query = (
            select(link.c.run_id, table.c.verdict, func.count())
            .select_from(table.join(link))
            .where(table.c.rule == rule, link.c.run_id.in_(keys))
            .group_by(link.c.run_id, table.c.verdict)
        )
        for run_id, verdict, count in connection.execute(query):
            found.setdefault(run_id, {})[Verdict(verdict)] = count
    return found


def _seen(connection: Connection, fingerprints: Iterable[str], runs: ColumnElement[bool]) -> set[str]:
    """Those of the fingerprints that were found in the given runs."""
    exact = {as_key(fingerprint): fingerprint for fingerprint in fingerprints}
    table = tables.finding
    joined = table.join(tables.run_finding).join(tables.run, tables.run.c.id == tables.run_finding.c.run_id)
    seen: set[str] = set()
    for keys in chunks(sorted(exact)):
        query = select(table.c.fingerprint).distinct().select_from(joined).where(table.c.fingerprint.in_(keys), runs)
        seen.update(exact[key] for key in connection.execute(query).scalars())
    return seen


def _in_context(connection: Connection, id_: str) -> StoredFinding:
    table = tables.finding
    outer = (
        table.join(tables.sighting)
        .outerjoin(tables.fact)
        .outerjoin(tables.story, table.c.story_id == tables.story.c.id)
    )
    columns = (
        table.c.run_id,
        table.c.body.label("finding"),
        tables.fact.c.body.label("fact"),
        tables.story.c.body.label("story"),
        tables.sighting.c.first_seen_run,
        tables.sighting.c.last_seen_run,
    )
    row = connection.execute(select(*columns).select_from(outer).where(table.c.id == id_)).one()
    finding = unpack(Finding, row.finding)
    story = unpack(Story, row.story) if row.story is not None else None
    wanted = {*(story.articles if story else ()), *(claim.article for claim in finding.claims)}
    return StoredFinding(
        finding,
        unpack(Fact, row.fact) if row.fact is not None else None,
        story,
        _articles_of(connection, row.run_id, wanted),
        row.first_seen_run,
        row.last_seen_run,
    )


def _articles_of(connection: Connection, run_id: str, ids: set[str]) -> tuple[Article, ...]:
    """These articles as the run read them, in the run's order."""
    link = tables.run_article
    joined = tables.article.join(link)
    found: list[tuple[int, Article]] = []
    for some in chunks(sorted(ids)):
        query = select(link.c.position, tables.article.c.body).select_from(joined)
        rows = connection.execute(query.where(link.c.run_id == run_id, link.c.article_id.in_(some)))
        found += [(position, unpack(Article, body)) for position, body in rows]
    return tuple(article for _, article in sorted(found, key=lambda item: item[0]))
