"""Review from above: stories, outlets, rules and runs counted over all cases."""

from __future__ import annotations

import base64
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, and_, case, false, func, or_, select, true

from reconcile.errors import InvalidError, NotFoundError
from reconcile.model import Article, Reading, Run, Story, Verdict
from reconcile.review.views import RunRow, StoryPage, StoryRow
from reconcile.store import tables
from reconcile.store.codec import CodecError, unpack
from reconcile.store.review_tables import case_event, case_source, review_case
from reconcile.store.tables import as_key, as_words
from reconcile.store.writes import chunks

_LONGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story with its articles of today and what was last read in them."""

    story: Story
    articles: tuple[Article, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Appearance:
    """One article of a story, as far as counting needs it."""

    story: str
    article: str
    source: str
    at: datetime
    revision: int


def list_stories(connection: Connection, text: str, cursor: str, limit: int) -> StoryPage:
    """Stories with present findings, those last seen first."""
    limit = max(1, min(limit, _LONGEST_PAGE))
    table = review_case
    present = case((table.c.present, 1), else_=0)  # an expression: the index by story holds all that is counted
    open_ = and_(table.c.closed == false(), table.c.verdict == Verdict.CONTRADICTION.value)
    counted = select(
        table.c.story_id,
        func.max(table.c.last_seen).label("seen"),
        func.sum(case((table.c.verdict == Verdict.CONTRADICTION.value, 1), else_=0)).label("contradictions"),
        func.sum(case((open_, 1), else_=0)).label("open"),
    ).where(present == 1)
    stories = counted.group_by(table.c.story_id).subquery()
    query = select(stories)
    words = as_words(text).split()[:8]
    if words:
        named = [tables.story.c.title.icontains(word, autoescape=True) for word in words]
        query = query.where(stories.c.story_id.in_(select(tables.story.c.id).where(*named)))
    if cursor:
        seen, id_ = _read_cursor(cursor)
        query = query.where(or_(stories.c.seen < seen, and_(stories.c.seen == seen, stories.c.story_id < id_)))
    query = query.order_by(stories.c.seen.desc(), stories.c.story_id.desc()).limit(limit + 1)
    rows = connection.execute(query).all()
    shown = select(tables.story.c.id, tables.story.c.body).where(tables.story.c.id.in_([r.story_id for r in rows]))
    bodies = {row.id: unpack(Story, row.body) for row in connection.execute(shown)}
    found = [(row, bodies[row.story_id]) for row in rows[:limit] if row.story_id in bodies]
    where = appearances(connection, [story for _, story in found])
    page = tuple(_story_row(row, story, where.get(story.id, ())) for row, story in found)
    last = rows[limit - 1] if len(rows) > limit else None
    return StoryPage(page, _write_cursor(last.seen, last.story_id) if last is not None else None)


def _story_row(row: object, story: Story, where: Sequence[Appearance]) -> StoryRow:
    return StoryRow(
        id=story.id,
        title=story.title,
        articles=len(story.articles),
        sources=tuple(sorted({one.source for one in where})),
        first=min((one.at for one in where), default=None),
        contradictions=int(row.contradictions),  # type: ignore[attr-defined]
        open=int(row.open),  # type: ignore[attr-defined]
    )


def _write_cursor(seen: datetime, id_: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([seen.isoformat(), id_]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        seen, id_ = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
        return datetime.fromisoformat(seen).replace(tzinfo=None), as_key(str(id_))
    except (ValueError, TypeError, OverflowError):
        raise InvalidError("this cursor is of another list", "start again without a cursor", "cursor") from None


def appearances(connection: Connection, stories: Sequence[Story]) -> Mapping[str, list[Appearance]]:
    """Where and when the articles of stories appeared: their latest revisions, by story."""
    story_of: dict[str, list[str]] = defaultdict(list)
    for story in stories:
        for article in story.articles:
            story_of[as_key(article)].append(story.id)
    table = tables.article
    columns = (table.c.id, table.c.source, table.c.published, table.c.first_seen, table.c.revision)
    latest: dict[str, Appearance] = {}
    for some in chunks(sorted(story_of)):
        for row in connection.execute(select(*columns).where(table.c.id.in_(some)).order_by(table.c.revision)):
            at = _moment(row.published) or row.first_seen.replace(tzinfo=UTC)
            latest[row.id] = Appearance("", row.id, row.source, at, row.revision)
    found: dict[str, list[Appearance]] = defaultdict(list)
    for article, ids in story_of.items():
        if article in latest:
            for id_ in ids:
                found[id_].append(latest[article])
    return found


def _moment(published: str | None) -> datetime | None:
    """The earliest moment of a publication date, None where it is not whole."""
    try:
        moment = datetime.fromisoformat(published) if published else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def load_story(connection: Connection, id_: str) -> StoredStory:
    """A story with the latest revisions of its articles and their readings; raises NotFoundError."""
    body = connection.execute(select(tables.story.c.body).where(tables.story.c.id == as_key(id_))).scalar()
    if body is None:
        raise NotFoundError(f"there is no story {id_!r}", "take an id from the list of stories")
    story = unpack(Story, body)
    table = tables.article
    latest: dict[str, tuple[str, Article]] = {}
    for some in chunks(sorted(as_key(article) for article in (*story.articles, *story.guests()))):
        query = select(table.c.id, table.c.sha256, table.c.body).where(table.c.id.in_(some)).order_by(table.c.revision)
        for row in connection.execute(query):
            latest[row.id] = (row.sha256, unpack(Article, row.body))
    articles = tuple(article for _, article in latest.values())
    return StoredStory(story, articles, _readings(connection, latest))


def _readings(connection: Connection, latest: Mapping[str, tuple[str, Article]]) -> tuple[Reading, ...]:
    """One reading of each article's text; where several extractors read it, the one of the newest version."""
    table = tables.reading
    found: dict[str, tuple[str, Reading]] = {}
    for some in chunks(sorted(latest)):
        query = select(table.c.article_id, table.c.sha256, table.c.extractor, table.c.body)
        for row in connection.execute(query.where(table.c.article_id.in_(some)).order_by(table.c.extractor)):
            if latest[row.article_id][0] == row.sha256:
                try:
                    found[row.article_id] = (row.extractor, unpack(Reading, row.body))
                except CodecError:  # of a version with other fields: the article is shown without it
                    continue
    return tuple(reading for _, reading in found.values())


def count_verdicts_by_source(connection: Connection) -> Mapping[str, Mapping[Verdict, int]]:
    """How many present findings of each verdict every outlet takes part in."""
    joined = case_source.join(review_case, review_case.c.id == case_source.c.case_id)
    columns = (case_source.c.source, review_case.c.verdict)
    query = select(*columns, func.count()).select_from(joined).where(review_case.c.present == true()).group_by(*columns)
    found: dict[str, dict[Verdict, int]] = defaultdict(dict)
    for source, verdict, count in connection.execute(query):
        found[source][Verdict(verdict)] = count
    return found


def count_verdicts_by_rule(connection: Connection) -> Mapping[str, Mapping[Verdict, int]]:
    """How many present findings of each verdict every rule gave."""
    present = case((review_case.c.present, 1), else_=0)  # an expression: the index by rule holds all that is counted
    columns = (review_case.c.rule, review_case.c.verdict)
    query = select(*columns, func.count()).where(present == 1).group_by(*columns)
    found: dict[str, dict[Verdict, int]] = defaultdict(dict)
    for rule, verdict, count in connection.execute(query):
        found[rule][Verdict(verdict)] = count
    return found


def count_articles(connection: Connection) -> Mapping[str, tuple[int, int]]:
    """How many articles each outlet has, and how many of them were revised."""
    table = tables.article
    series = select(table.c.series, func.max(table.c.source).label("source"), func.max(table.c.revision).label("last"))
    grouped = series.group_by(table.c.series).subquery()
    revised = func.sum(case((grouped.c.last > 1, 1), else_=0))
    query = select(grouped.c.source, func.count(), revised).group_by(grouped.c.source)
    return {source: (count, int(changed)) for source, count, changed in connection.execute(query)}


def count_firsts(connection: Connection) -> Mapping[str, tuple[int, int]]:
    """How many stories told by several outlets each outlet told, and how many of those it told first."""
    present = select(review_case.c.story_id).where(review_case.c.present == true()).distinct()
    bodies = connection.execute(select(tables.story.c.body).where(tables.story.c.id.in_(present))).scalars()
    told: Counter[str] = Counter()
    first: Counter[str] = Counter()
    stories = [story for story in (unpack(Story, body) for body in bodies) if len(story.articles) > 1]
    for found in appearances(connection, stories).values():
        outlets = {one.source for one in found}
        if len(outlets) > 1:
            told.update(outlets)
            start = min(one.at for one in found)
            first.update({one.source for one in found if one.at == start})
    return {source: (told[source], first[source]) for source in told}


def list_run_rows(connection: Connection, limit: int, id_: str | None = None) -> tuple[RunRow, ...]:
    """The latest runs with what they changed, newest first; with ``id_`` that one only."""
    table = tables.run
    query = select(table.c.id, table.c.body).order_by(table.c.started.desc(), table.c.id.desc()).limit(limit)
    if id_ is not None:
        query = query.where(table.c.id == as_key(id_))
    rows = connection.execute(query).all()
    ids = [row.id for row in rows]
    counts: Counter[tuple[str, str]] = Counter()
    events = select(case_event.c.run_id, case_event.c.status, func.count()).where(case_event.c.run_id.in_(ids))
    for run, status, count in connection.execute(events.group_by(case_event.c.run_id, case_event.c.status)):
        counts[run, status] = count
    found = tables.run_finding
    sizes = select(found.c.run_id, func.count()).where(found.c.run_id.in_(ids)).group_by(found.c.run_id)
    size = {row[0]: row[1] for row in connection.execute(sizes)}
    return tuple(
        RunRow(
            unpack(Run, row.body),
            counts[row.id, "new"],
            max(0, size.get(row.id, 0) - counts[row.id, "new"] - counts[row.id, "back"]),
            counts[row.id, "gone"],
            counts[row.id, "back"],
        )
        for row in rows
    )
