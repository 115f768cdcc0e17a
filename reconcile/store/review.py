"""Review as the app sees it: the queue, one case with all it rests on, and judgements recorded one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, RowMapping, func, select

from reconcile.errors import NotFoundError
from reconcile.model import Act, Fact, Judgement, Kind, Severity, Verdict
from reconcile.review.chain import Audit
from reconcile.review.standing import Standing, assess, effective
from reconcile.review.views import CaseRow, Query, QueuePage, RunRow, SavedFilter, Sighting, StoryPage
from reconcile.store import calibration, entities, findings, judgements, overview, queue, tables
from reconcile.store.cases import WHOLE, read_evidence, refresh
from reconcile.store.codec import pack, unpack
from reconcile.store.engine import reading, writing
from reconcile.store.entities import NamedEntity
from reconcile.store.findings import StoredFinding
from reconcile.store.overview import StoredStory
from reconcile.store.review_tables import case_event, saved_filter
from reconcile.store.review_tables import review_case as table
from reconcile.store.tables import as_key
from reconcile.store.writes import upsert

_CANDIDATES = 300
"""So many of the latest decided cases of one rule are looked at for one that is like another."""


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case with the finding of today, what became of it, and what was said of it, each oldest first."""

    row: CaseRow
    stored: StoredFinding
    sightings: tuple[Sighting, ...]
    judgements: tuple[Judgement, ...]
    decided: tuple[tuple[CaseRow, str], ...]
    """The latest decided cases of the same rule and kind, each with the reason of its decision."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The judgements that were made, and the ids of the cases that were not as expected any more."""

    made: tuple[Judgement, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecidedCase:
    """A case that somebody decided: which finding it is about, and where it stands."""

    fingerprint: str
    story: str
    finding: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """By outlet: articles and how many were revised; stories told with others and how many first; its verdicts."""

    articles: Mapping[str, tuple[int, int]]
    firsts: Mapping[str, tuple[int, int]]
    verdicts: Mapping[str, Mapping[Verdict, int]]


class ReviewStore:
    """Every method is one transaction; each raises ReconcileError where the database fails."""

    def __init__(self, engine: Engine) -> None:
        """Use ``Store.review``."""
        self._engine = engine
        self._counted: tuple[str, SourceCounts] | None = None

    def queue(self, query: Query, user: str, now: datetime) -> QueuePage:
        """One page of the queue, with counts; ``user`` is whose "mine" is."""
        with reading(self._engine) as connection:
            return queue.list_cases(connection, query, user, now)

    def next_case(self, query: Query, after: str, user: str, now: datetime) -> str | None:
        """The id of the case after another in the order of the queue."""
        with reading(self._engine) as connection:
            return queue.next_case(connection, query, after, user, now)

    def previous_case(self, query: Query, before: str, user: str, now: datetime) -> str | None:
        """The id of the case before another in the order of the queue."""
        with reading(self._engine) as connection:
            return queue.previous_case(connection, query, before, user, now)

    def row(self, id_: str) -> CaseRow:
        """The row of the case with this id or with a finding of this id; raises NotFoundError."""
        with reading(self._engine) as connection:
            return queue.read_row(_find(connection, id_))

    def rows_of_story(self, story: str) -> tuple[CaseRow, ...]:
        """The present cases of a story, gravest first."""
        query = select(table).where(table.c.story_id == as_key(story), table.c.present)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(table.c.priority.desc(), table.c.id)).mappings()
            return tuple(queue.read_row(row) for row in rows)

    def facts_of_story(self, story: str) -> tuple[Fact, ...]:
        """The facts that the present findings of a story are about, by id."""
        shown = select(table.c.finding_id).where(table.c.story_id == as_key(story), table.c.present)
        about = select(tables.finding.c.fact_id).where(tables.finding.c.id.in_(shown))
        query = select(tables.fact.c.body).where(tables.fact.c.id.in_(about)).order_by(tables.fact.c.id)
        with reading(self._engine) as connection:
            return tuple(unpack(Fact, body) for body in connection.execute(query).scalars())

    def case(self, id_: str) -> StoredCase:
        """The case with this id or with a finding of this id, with all it rests on; raises NotFoundError."""
        with reading(self._engine) as connection:
            found = _find(connection, id_)
            case_id = found["id"]
            return StoredCase(
                queue.read_row(found),
                findings.find_finding(connection, found["finding_id"]),
                _sightings(connection, case_id),
                judgements.of_cases(connection, [case_id]).get(case_id, ()),
                _decided_like(connection, found),
            )

    def decided(self) -> tuple[DecidedCase, ...]:
        """The cases whose decision holds today."""
        query = WHOLE.where(table.c.decision.is_not(None)).order_by(table.c.id)
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
            made = judgements.of_cases(connection, [row["id"] for row in rows])
        return tuple(
            DecidedCase(
                row["fingerprint"],
                row["story_id"],
                row["finding_id"],
                assess(made.get(row["id"], ()), read_evidence(row["evidence"]), Verdict(row["verdict"])),
            )
            for row in rows
        )

    def record(self, drafts: Sequence[Judgement], expected: Mapping[str, int]) -> Recorded:
        """Append the drafts, each with what its case says and rests on at this moment.

        ``expected`` gives the version at which a case was looked at; a draft on a case of another version is left
        out and its case named, unless its id was stored before: doing a thing twice is doing it once. Raises
        NotFoundError for an unknown case, ConflictError where an id was used for something else.
        """
        with writing(self._engine) as connection:
            known = {item.id for item in judgements.by_ids(connection, [draft.id for draft in drafts])}
            ready: list[Judgement] = []
            conflicts: list[str] = []
            for draft in drafts:
                row = _find(connection, draft.case)
                said = replace(draft, case=row["id"])
                wanted = expected.get(draft.case)
                if draft.id not in known and wanted is not None and wanted != row["version"]:
                    conflicts.append(row["id"])
                else:
                    ready.append(_in_context(said, row))
            made = judgements.append(connection, ready)
            refresh(connection, {item.case for item in made if item.id not in known})
            return Recorded(made, tuple(conflicts))

    def findings_by_fact(self, story: str) -> Mapping[str, tuple[str, ...]]:
        """The ids of a story's findings, by the fact they are on."""
        column = tables.finding.c
        query = select(column.fact_id, column.id).where(column.story_id == as_key(story), column.fact_id.is_not(None))
        found: dict[str, list[str]] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(query.order_by(column.id)):
                found.setdefault(row.fact_id, []).append(row.id)
        return {fact: tuple(ids) for fact, ids in found.items()}

    def stories(self, text: str, cursor: str, limit: int) -> StoryPage:
        """Stories that something is found in, the latest first."""
        with reading(self._engine) as connection:
            return overview.list_stories(connection, text, cursor, limit)

    def story(self, id_: str) -> StoredStory:
        """A story with its articles and readings; raises NotFoundError."""
        with reading(self._engine) as connection:
            return overview.load_story(connection, id_)

    def run_rows(self, limit: int, id_: str | None = None) -> tuple[RunRow, ...]:
        """The latest runs with what they changed, newest first; with ``id_`` that one only."""
        with reading(self._engine) as connection:
            return overview.list_run_rows(connection, limit, id_)

    def rule_counts(self) -> Mapping[str, Mapping[Verdict, int]]:
        """How many present findings of each verdict every rule gave."""
        with reading(self._engine) as connection:
            return overview.count_verdicts_by_rule(connection)

    def source_counts(self) -> SourceCounts:
        """What every outlet did, counted; counted anew only after something was stored."""
        with reading(self._engine) as connection:
            stamp = connection.execute(
                select(func.max(tables.run.c.started), func.count()).select_from(tables.run)
            ).one()
            key = repr(tuple(stamp))
            if self._counted is None or self._counted[0] != key:
                counts = SourceCounts(
                    overview.count_articles(connection),
                    overview.count_firsts(connection),
                    overview.count_verdicts_by_source(connection),
                )
                self._counted = (key, counts)
            return self._counted[1]

    def version(self, case_id: str) -> int:
        """The version a case is at; raises NotFoundError."""
        return self.row(case_id).version

    def judgement(self, id_: str) -> Judgement:
        """The judgement of this id; raises NotFoundError."""
        with reading(self._engine) as connection:
            for found in judgements.by_ids(connection, [id_]):
                return found
        raise NotFoundError(f"there is no judgement {id_!r}", "take an id from a finding's history")

    def batch(self, batch: str) -> tuple[Judgement, ...]:
        """What was decided in one go, oldest first."""
        with reading(self._engine) as connection:
            return judgements.of_batch(connection, batch) if batch else ()

    def on_case(self, case_id: str) -> tuple[Judgement, ...]:
        """All judgements on a case, oldest first."""
        with reading(self._engine) as connection:
            return judgements.of_cases(connection, [case_id]).get(as_key(case_id), ())

    def decisions(self) -> tuple[Judgement, ...]:
        """Every decision that was not undone, oldest first: what the line takes into account."""
        with reading(self._engine) as connection:
            return judgements.decisions(connection)

    def latest(self, limit: int, before: int | None = None) -> tuple[Judgement, ...]:
        """The latest judgements, newest first; with ``before``, those of a lower sequence."""
        with reading(self._engine) as connection:
            return judgements.latest(connection, limit, before)

    def audit(self, expected_head: str = "") -> Audit:
        """Check the chain of all judgements; ``expected_head`` is a hash noted earlier."""
        with reading(self._engine) as connection:
            return judgements.audit(connection, expected_head)

    def thresholds(self) -> Mapping[str, float]:
        """From which confidence on the queue shows the findings of each family; 0 where it is not named."""
        with reading(self._engine) as connection:
            return calibration.load_thresholds(connection)

    def count_hidden(self, thresholds: Mapping[str, float]) -> int:
        """How many open findings such thresholds would take off the queue."""
        with reading(self._engine) as connection:
            return calibration.count_hidden(connection, thresholds)

    def save_thresholds(self, thresholds: Mapping[str, tuple[float, int]], now: datetime) -> None:
        """Put thresholds, each with how many judgements it rests on, in place of all that were."""
        with writing(self._engine) as connection:
            calibration.save_thresholds(connection, thresholds, now)

    def find_entities(self, name: str, type_: str | None = None) -> tuple[NamedEntity, ...]:
        """The people and organisations that share the beginning of a word with a name."""
        with reading(self._engine) as connection:
            return entities.find_entities(connection, name, type_)

    def load_entities(self, ids: Sequence[str]) -> tuple[NamedEntity, ...]:
        """The people and organisations with these ids."""
        with reading(self._engine) as connection:
            return entities.load_entities(connection, ids)

    def saved_filters(self, account: str) -> tuple[SavedFilter, ...]:
        """An account's queries by name."""
        query = select(saved_filter).where(saved_filter.c.account == as_key(account)).order_by(saved_filter.c.name)
        with reading(self._engine) as connection:
            return tuple(SavedFilter(row.name, unpack(Query, row.body)) for row in connection.execute(query))

    def save_filter(self, account: str, saved: SavedFilter) -> None:
        """Keep a query under a name, in place of the one that has it."""
        row = {"account": as_key(account), "name": as_key(saved.name), "body": pack(saved.query)}
        with writing(self._engine) as connection:
            upsert(connection, saved_filter, [row])

    def delete_filter(self, account: str, name: str) -> None:
        """Forget a query; one that is not there is no trouble."""
        here = (saved_filter.c.account == as_key(account), saved_filter.c.name == as_key(name))
        with writing(self._engine) as connection:
            connection.execute(saved_filter.delete().where(*here))

    def decisions_on(self, fingerprints: Sequence[str]) -> Mapping[str, CaseRow]:
        """The decided cases that say what these fingerprints say, for reports."""
        wanted = {as_key(item): item for item in fingerprints}
        found: dict[str, CaseRow] = {}
        with reading(self._engine) as connection:
            query = select(table).where(table.c.decision.is_not(None), table.c.present)
            for row in connection.execute(query.order_by(table.c.decided_at)).mappings():
                if row["fingerprint"] in wanted:
                    found[wanted[row["fingerprint"]]] = queue.read_row(row)
        return found


def _find(connection: Connection, id_: str) -> RowMapping:
    """The row of a case by its own id, a finding's id, or the fingerprint of either."""
    wanted = as_key(id_)
    for condition in (table.c.id == wanted, table.c.finding_id == wanted):
        row = connection.execute(WHOLE.where(condition).order_by(table.c.id)).mappings().first()
        if row is not None:
            return row
    earlier = select(tables.finding.c.fingerprint).where(tables.finding.c.id == wanted).scalar_subquery()
    query = WHOLE.where(table.c.fingerprint == earlier).order_by(table.c.last_seen.desc(), table.c.id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFoundError(f"there is no finding {id_!r}", "take an id from the queue or from a report")
    return row


def _in_context(draft: Judgement, row: RowMapping) -> Judgement:
    """The draft with what the case says now."""
    return replace(
        draft,
        fingerprint=row["fingerprint"],
        story=row["story_id"],
        rule=row["rule"],
        verdict=Verdict(row["verdict"]),
        kind=Kind(row["kind"]),
        severity=Severity(row["severity"]),
        confidence=row["confidence"],
        evidence=read_evidence(row["evidence"]),
    )


def _sightings(connection: Connection, case_id: str) -> tuple[Sighting, ...]:
    query = select(case_event).where(case_event.c.case_id == case_id).order_by(case_event.c.position)
    return tuple(
        Sighting(row.run_id, row.at.replace(tzinfo=UTC), row.status, row.summary) for row in connection.execute(query)
    )


def _decided_like(connection: Connection, row: RowMapping) -> tuple[tuple[CaseRow, str], ...]:
    same = (table.c.rule == row["rule"], table.c.kind == row["kind"], table.c.id != row["id"])
    query = select(table).where(*same, table.c.decided_at.is_not(None), table.c.decision.is_not(None))
    rows = connection.execute(query.order_by(table.c.decided_at.desc()).limit(_CANDIDATES)).mappings().all()
    made = judgements.of_cases(connection, [one["id"] for one in rows])
    return tuple((queue.read_row(one), _reason(made.get(one["id"], ()))) for one in rows)


def _reason(made: Sequence[Judgement]) -> str:
    """The reason of the last decision that counts."""
    return next((item.reason for item in reversed(effective(made)) if item.act is Act.DECIDE), "")
