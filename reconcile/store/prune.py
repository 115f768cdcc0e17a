"""Forgetting what is old: stories that are over go with all that is theirs; what was judged stays, and its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, delete, or_, select

from reconcile.store import night_tables as nights
from reconcile.store import review_tables as reviews
from reconcile.store import tables
from reconcile.store.writes import chunks


def prune(connection: Connection, before: datetime, *, dry_run: bool = False) -> Mapping[str, int]:
    """Delete what no run since ``before`` had to do with and nobody judged; how many rows of each table.

    A story stays while it has an article of a later day, a later run compared it, or somebody judged a case of it.
    Messages that wait stay, and so does what recipients were told of cases that are still there. With ``dry_run``
    all of it is undone.
    """
    with connection.begin_nested() as attempt:
        gone = _Pruning(connection, before).work()
        if dry_run:
            attempt.rollback()
    return gone


class _Pruning:
    def __init__(self, connection: Connection, before: datetime) -> None:
        self._connection, self._before, self._day = connection, before, before.date().isoformat()
        self._gone: Counter[str] = Counter()

    def work(self) -> Mapping[str, int]:
        """Delete from the leaves to the roots: what refers to a row goes before it."""
        over = self._stories_over()
        self._forget_findings(self._ids(tables.finding.c.id, tables.finding.c.story_id, over))
        self._forget_findings(self._superseded())
        self._forget_stories(over)
        self._forget_runs()
        self._forget_articles()
        self._delete(nights.delivery, nights.delivery.c.made < self._before, nights.delivery.c.status != "pending")
        return {name: count for name, count in sorted(self._gone.items()) if count}

    def _stories_over(self) -> list[str]:
        """The stories without a later article, a later comparison, or a judgement."""
        story, run, link = tables.story.c.id, tables.run, tables.run_story
        later = select(link.c.story_id).join(run, run.c.id == link.c.run_id).where(run.c.started >= self._before)
        recent = select(nights.member.c.story_id).where(nights.member.c.day >= self._day)
        case, judged = reviews.review_case, reviews.judgement
        decided = select(case.c.story_id).join(judged, judged.c.case_id == case.c.id)
        query = select(story).where(story.not_in(later), story.not_in(recent), story.not_in(decided))
        return list(self._connection.execute(query.order_by(story)).scalars())

    def _superseded(self) -> list[str]:
        """The findings that only older runs found, that no case shows, and that nobody judged."""
        finding, run, link = tables.finding, tables.run, tables.run_finding
        later = select(link.c.finding_id).join(run, run.c.id == link.c.run_id).where(run.c.started >= self._before)
        shown = select(reviews.review_case.c.finding_id)
        old = select(run.c.id).where(run.c.started < self._before)
        query = select(finding.c.id).where(
            finding.c.run_id.in_(old), finding.c.id.not_in(later), finding.c.id.not_in(shown)
        )
        return list(self._connection.execute(query.order_by(finding.c.id)).scalars())

    def _forget_findings(self, ids: Sequence[str]) -> None:
        case, change = reviews.review_case, nights.night_finding.c
        cases = self._ids(case.c.id, case.c.finding_id, ids)
        for table in tables.metadata.sorted_tables:
            if any(key.column.table is case for key in table.foreign_keys):
                self._delete_all(table, table.c.case_id, cases)
        self._delete_all(nights.told, nights.told.c.what, [f"case {case_id}" for case_id in cases])
        self._delete_all(case, case.c.id, cases)
        for some in chunks(ids):
            self._delete(nights.night_finding, or_(change.finding_id.in_(some), change.before.in_(some)))
        self._delete_all(tables.run_finding, tables.run_finding.c.finding_id, ids)
        self._delete_all(tables.finding, tables.finding.c.id, ids)

    def _forget_stories(self, over: Sequence[str]) -> None:
        facts = self._ids(tables.fact.c.id, tables.fact.c.story_id, over)
        self._delete_all(tables.run_fact, tables.run_fact.c.fact_id, facts)
        self._delete_all(tables.fact, tables.fact.c.id, facts)
        for table in (nights.night_story, tables.run_story, nights.story_key, nights.story_alias, nights.member):
            self._delete_all(table, table.c.story_id, over)
        self._delete_all(nights.open_story, nights.open_story.c.id, over)
        self._delete_all(tables.story, tables.story.c.id, over)

    def _forget_runs(self) -> None:
        """Old runs that no finding is left of; where a finding was first seen stays known."""
        run, finding, sighting, night = tables.run, tables.finding, tables.sighting, nights.night
        self._delete(sighting, sighting.c.fingerprint.not_in(select(finding.c.fingerprint)))
        query = select(run.c.id).where(run.c.started < self._before, run.c.id.not_in(select(finding.c.run_id)))
        old = list(self._connection.execute(query).scalars())
        dates = [
            date
            for some in chunks(old)
            for date in self._connection.execute(
                select(night.c.date).where(night.c.run_id.in_(some), night.c.step == "done")
            ).scalars()
        ]
        for table in (nights.night_finding, nights.night_story, nights.night_article, nights.night_source):
            self._delete_all(table, table.c.date, dates)
        self._delete_all(night, night.c.date, dates)
        for table in (tables.run_finding, tables.run_fact, tables.run_story, tables.run_article, tables.problem):
            self._delete_all(table, table.c.run_id, old)
        kept = or_(
            run.c.id.in_(select(sighting.c.first_seen_run)),
            run.c.id.in_(select(sighting.c.last_seen_run)),
            run.c.id.in_(select(night.c.run_id)),
        )
        for some in chunks(old):
            self._delete(run, run.c.id.in_(some), ~kept)
        self._delete(
            tables.fact,
            tables.fact.c.id.not_in(select(tables.run_fact.c.fact_id)),
            tables.fact.c.id.not_in(select(finding.c.fact_id).where(finding.c.fact_id.is_not(None))),
        )

    def _forget_articles(self) -> None:
        """Texts first seen before that nothing refers to any more, with their readings and claims."""
        article, reading = tables.article, tables.reading
        held = [
            select(table.c.article_id)
            .where(table.c.article_id == article.c.id, table.c.sha256 == article.c.sha256)
            .correlate(article)
            .exists()
            for table in (nights.member, nights.waiting, nights.night_article, tables.run_article)
        ]
        query = select(article.c.id, article.c.sha256).where(article.c.first_seen < self._before, ~or_(*held))
        for some in chunks(self._connection.execute(query).all()):
            mine = or_(*(and_(reading.c.article_id == row.id, reading.c.sha256 == row.sha256) for row in some))
            keys = list(self._connection.execute(select(reading.c.key).where(mine)).scalars())
            self._delete_all(tables.claim, tables.claim.c.reading, keys)
            self._delete_all(reading, reading.c.key, keys)
            self._delete(article, or_(*(and_(article.c.id == r.id, article.c.sha256 == r.sha256) for r in some)))

    def _ids(self, wanted: Column[str], column: Column[str], values: Sequence[str]) -> list[str]:
        return [
            found
            for some in chunks(values)
            for found in self._connection.execute(select(wanted).where(column.in_(some)).order_by(wanted)).scalars()
        ]

    def _delete_all(self, table: Table, column: ColumnElement[str], values: Sequence[str]) -> None:
        for some in chunks(values):
            self._delete(table, column.in_(some))

    def _delete(self, table: Table, *conditions: ColumnElement[bool]) -> None:
        self._gone[table.name] += self._connection.execute(delete(table).where(*conditions)).rowcount
