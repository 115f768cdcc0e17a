"""What comparing a night's stories made: saved story by story, each once, with what changed against what stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, case, func, select, update

from reconcile.model import Article, Fact, Finding, Problem, Story, Verdict
from reconcile.store import tables
from reconcile.store.cases import Filed, file_findings
from reconcile.store.codec import decode, encode, pack_json, unpack, unpack_json
from reconcile.store.night_tables import night, night_finding, night_story
from reconcile.store.nights import Night
from reconcile.store.open_stories import update_story
from reconcile.store.review_tables import review_case
from reconcile.store.runs import Members, save_facts, save_findings, save_members
from reconcile.store.tables import as_key
from reconcile.store.writes import chunks, insert_new

Change = Literal["new", "changed", "gone", "back"]

_ROOM = 10_000
"""Positions kept for each story in a run's lists, so that their order is the same whichever story was saved when."""


@dataclass(frozen=True, slots=True)
class NightStory:
    """A story that a night has to compare, or has compared, in its ``place`` among the night's.

    ``absorbed`` are ids that were merged into it.
    """

    story: str
    place: int
    new: bool
    compared: bool
    absorbed: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryMade:
    """What comparing a story made, of which articles."""

    story: Story
    articles: Sequence[Article]
    facts: Sequence[Fact]
    findings: Sequence[Finding]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A finding with what readers want to know of it; ``date`` is the night whose report shows it in full."""

    case: str
    finding: Finding
    story: str
    sources: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True)
class ChangedFinding:
    """A case that a night changed: the finding it is now (for one that is gone: was), and the one it was before."""

    change: Change
    now: ToldFinding
    before: Finding | None

    @property
    def finding(self) -> Finding:
        """The finding as it is now, or was."""
        return self.now.finding

    @property
    def case(self) -> str:
        """The case's id."""
        return self.now.case


def stories_of_night(connection: Connection, date: str) -> tuple[NightStory, ...]:
    """The stories of a night, by id."""
    table = night_story.c
    query = select(table.story_id, table.compared, table.body).where(table.date == date).order_by(table.story_id)
    found = []
    for place, row in enumerate(connection.execute(query)):
        said = unpack_json(row.body)
        problems = tuple(decode(Problem, item) for item in said.get("problems", ()))
        found.append(NightStory(row.story_id, place, said["new"], row.compared, tuple(said["absorbed"]), problems))
    return tuple(found)


def save_story_made(connection: Connection, here: Night, planned: NightStory, made: StoryMade) -> None:
    """Store what a story came to in a night, in place of what stood of it and of those it absorbed."""
    update_story(connection, made.story)
    ids = save_facts(connection, made.facts)
    save_findings(connection, here.run_id, made.findings, {made.story.id}, ids)
    members = Members(made.articles, [made.story], made.facts, made.findings)
    links = (tables.run_article, tables.run_story, tables.run_fact, tables.run_finding)
    save_members(connection, here.run_id, members, {link.name: planned.place * _ROOM for link in links})
    stories = [as_key(made.story.id), *map(as_key, planned.absorbed)]
    before = _findings_of_cases(connection, review_case.c.story_id, stories)
    filed = file_findings(
        connection,
        made.findings,
        run_id=here.run_id,
        at=here.started,
        source_of={article.id: article.source for article in made.articles},
        stories=stories,
    )
    _save_changes(connection, here.date, filed, before)
    body = {
        "new": planned.new,
        "absorbed": list(planned.absorbed),
        "problems": [encode(problem) for problem in made.problems],
    }
    mine = (night_story.c.date == here.date) & (night_story.c.story_id == as_key(made.story.id))
    connection.execute(update(night_story).where(mine).values(compared=True, body=pack_json(body)))


def changes_of_night(connection: Connection, date: str) -> tuple[ChangedFinding, ...]:
    """What a night changed, by change and case."""
    table = night_finding.c
    rows = connection.execute(
        select(night_finding).where(table.date == date).order_by(table.change, table.case_id)
    ).all()
    before = load_findings(connection, [row.before for row in rows if row.before])
    told = _told(connection, {row.case_id: row.finding_id for row in rows})
    return tuple(ChangedFinding(row.change, told[row.case_id], before.get(row.before)) for row in rows)


def standing_contradictions(connection: Connection, run_id: str, limit: int) -> tuple[tuple[ToldFinding, ...], int]:
    """The contradictions that other nights found and that still stand, undismissed: the latest, and how many in all."""
    row = review_case.c
    here = (
        row.present,
        row.verdict == "contradiction",
        row.run_id != as_key(run_id),
        (row.decision.is_(None)) | (row.decision != "dismissed"),
        row.run_id.in_(select(night.c.run_id)),
    )
    count = connection.execute(select(func.count()).select_from(review_case).where(*here)).scalar_one()
    query = select(row.id, row.finding_id).where(*here).order_by(row.first_seen.desc(), row.id).limit(limit)
    found = {one.id: one.finding_id for one in connection.execute(query)}
    told = _told(connection, found)
    return tuple(told[id_] for id_ in found), count


def _told(connection: Connection, cases: Mapping[str, str]) -> dict[str, ToldFinding]:
    """The findings of cases, with their stories' titles, their publishers, and the nights that show them."""
    findings = load_findings(connection, cases.values())
    ids = sorted({claim.article for finding in findings.values() for claim in finding.claims})
    source_of: dict[str, str] = {}
    for some in chunks(ids):
        query = select(tables.article.c.id, tables.article.c.source).where(tables.article.c.id.in_(some))
        source_of |= {row.id: row.source for row in connection.execute(query)}
    titles: dict[str, str] = {}
    dates: dict[str, str] = {}
    for some in chunks(sorted(set(cases.values()))):
        table = tables.finding
        joined = table.outerjoin(tables.story, table.c.story_id == tables.story.c.id)
        joined = joined.outerjoin(night, night.c.run_id == table.c.run_id)
        query = select(table.c.id, tables.story.c.title, night.c.date).select_from(joined).where(table.c.id.in_(some))
        for row in connection.execute(query):
            titles[row.id], dates[row.id] = row.title or "", row.date or ""
    return {
        case: ToldFinding(case, findings[id_], titles[id_], _publishers(findings[id_], source_of), dates[id_])
        for case, id_ in cases.items()
    }


def _publishers(finding: Finding, source_of: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source_of.get(as_key(claim.article), "") for claim in finding.claims))


def load_findings(connection: Connection, ids: Iterable[str]) -> dict[str, Finding]:
    """Stored findings by their ids."""
    table = tables.finding
    found: dict[str, Finding] = {}
    for some in chunks(sorted(set(ids))):
        query = select(table.c.id, table.c.body).where(table.c.id.in_(some))
        found |= {row.id: unpack(Finding, row.body) for row in connection.execute(query)}
    return found


def facts_of_story(connection: Connection, run_id: str, story: str) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """The facts and findings that a run made of a story, in its order."""
    made: list[tuple[Any, ...]] = []
    for type_, table, link, key in (
        (Fact, tables.fact, tables.run_fact, tables.run_fact.c.fact_id),
        (Finding, tables.finding, tables.run_finding, tables.run_finding.c.finding_id),
    ):
        joined = table.join(link, key == table.c.id)
        query = (
            select(table.c.body).select_from(joined).where(link.c.run_id == run_id, table.c.story_id == as_key(story))
        )
        made.append(
            tuple(unpack(type_, body) for body in connection.execute(query.order_by(link.c.position)).scalars())
        )
    return made[0], made[1]


def gravest_stories(connection: Connection, run_id: str, limit: int) -> tuple[str, ...]:
    """The stories of a run with the most contradictions, then with the most findings."""
    link, finding = tables.run_finding, tables.finding
    joined = link.join(finding, link.c.finding_id == finding.c.id)
    grave = func.sum(case((finding.c.verdict == "contradiction", 1), else_=0))
    query = select(finding.c.story_id).select_from(joined).where(link.c.run_id == as_key(run_id))
    query = query.where(finding.c.story_id.is_not(None)).group_by(finding.c.story_id)
    return tuple(
        connection.execute(query.order_by(grave.desc(), func.count().desc(), finding.c.story_id).limit(limit)).scalars()
    )


def count_made(connection: Connection, run_id: str) -> dict[str, int]:
    """How many stories and facts a run made, and how many findings of each verdict."""
    counts: dict[str, int] = {}
    for name, table in (("stories", tables.run_story), ("facts", tables.run_fact)):
        query = select(func.count()).select_from(table).where(table.c.run_id == as_key(run_id))
        counts[name] = connection.execute(query).scalar_one()
    link, finding = tables.run_finding, tables.finding
    joined = link.join(finding, link.c.finding_id == finding.c.id)
    verdicts = select(finding.c.verdict, func.count()).select_from(joined).where(link.c.run_id == as_key(run_id))
    counted = {row[0]: row[1] for row in connection.execute(verdicts.group_by(finding.c.verdict))}
    return counts | {verdict.value: counted.get(verdict.value, 0) for verdict in Verdict}


def _save_changes(connection: Connection, date: str, filed: Filed, before: Mapping[str, str]) -> None:
    now = _findings_of_cases(connection, review_case.c.id, [*filed.new, *filed.changed, *filed.back, *filed.gone])
    rows = []
    for change in ("new", "changed", "back", "gone"):
        for id_ in getattr(filed, change):
            finding = now[as_key(id_)]
            old = before.get(as_key(id_))
            rows.append(
                {
                    "date": date,
                    "change": change,
                    "case_id": id_,
                    "finding_id": finding,
                    "before": old if old != finding and change in ("changed", "back") else None,
                }
            )
    insert_new(connection, night_finding, rows)


def _findings_of_cases(connection: Connection, column: Any, values: Sequence[str]) -> dict[str, str]:
    """Case ids with the finding that each shows now."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(values))):
        query = select(review_case.c.id, review_case.c.finding_id).where(column.in_(some))
        found |= {row.id: row.finding_id for row in connection.execute(query)}
    return found
