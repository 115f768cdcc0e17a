"""Where stories stand: which articles each holds now, in which text, and what grouping needs to know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, or_, select, update

from reconcile.match.open_stories import OpenStory, recall_keys, recalled
from reconcile.match.profiles import ArticleSketch
from reconcile.model import Article, Story
from reconcile.store import tables
from reconcile.store.codec import pack, pack_json, unpack
from reconcile.store.night_tables import member, night_story, open_story, story_alias, story_key
from reconcile.store.review_tables import judgement, review_case
from reconcile.store.runs import save_stories
from reconcile.store.tables import as_key
from reconcile.store.writes import Row, chunks, insert_new, upsert


@dataclass(frozen=True, slots=True)
class Member:
    """An article as a night takes it into a story: its text, the day it counts as of, and its sketch."""

    sha256: str
    day: date
    sketch: ArticleSketch


def load_open(
    connection: Connection, windows: Iterable[tuple[date, date]], keys: Iterable[str], articles: Sequence[str]
) -> tuple[OpenStory, ...]:
    """The stories with an article in one of the ranges of days, that a key recalls, or that hold an article, by id."""
    table = member.c
    ranges = [table.day.between(first.isoformat(), last.isoformat()) for first, last in windows]
    found: set[str] = set(recalled(_keyed(connection, keys)))
    if ranges:
        found.update(connection.execute(select(table.story_id).distinct().where(or_(*ranges))).scalars())
    for some in chunks(sorted({as_key(id_) for id_ in articles})):
        found.update(connection.execute(select(table.story_id).where(table.article_id.in_(some))).scalars())
    sketches: defaultdict[str, list[ArticleSketch]] = defaultdict(list)
    stories: dict[str, Story] = {}
    for some in chunks(sorted(found)):
        query = select(table.story_id, table.sketch).where(table.story_id.in_(some)).order_by(table.article_id)
        for row in connection.execute(query):
            sketches[row.story_id].append(unpack(ArticleSketch, row.sketch))
        bodies = select(open_story.c.id, open_story.c.body).where(open_story.c.id.in_(some))
        stories |= {row.id: unpack(Story, row.body) for row in connection.execute(bodies)}
    return tuple(OpenStory(stories[key], tuple(sketches[key])) for key in sorted(stories))


def judged_since(connection: Connection, moment: datetime) -> tuple[str, ...]:
    """The stories in which somebody decided something about a case, or undid it, since a moment; by id."""
    decided = judgement.join(review_case, review_case.c.id == judgement.c.case_id)
    joined = decided.join(open_story, open_story.c.id == review_case.c.story_id)
    query = select(open_story.c.id).distinct().select_from(joined)
    query = query.where(judgement.c.at >= moment, judgement.c.act.in_(("decide", "undo")))
    return tuple(connection.execute(query.order_by(open_story.c.id)).scalars())


def _keyed(connection: Connection, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    for some in chunks(sorted({as_key(key) for key in keys})):
        query = select(story_key.c.key, story_key.c.story_id).where(story_key.c.key.in_(some))
        for row in connection.execute(query):
            yield row.key, row.story_id


def save_grouping(
    connection: Connection,
    date_: str,
    stories: Sequence[Story],
    new: Iterable[str],
    merged: Mapping[str, str],
    members: Mapping[str, Member],
) -> None:
    """Store the new and changed stories of a night and put its articles into them; ``merged`` ids become aliases.

    ``members`` are the night's articles. The stories are then this night's to compare.
    """
    _save_open(connection, stories)
    save_stories(connection, stories)
    story_of = {as_key(article): story.id for story in stories for article in story.articles}
    members_by_key = {as_key(id_): one for id_, one in members.items()}
    rows = [_member_row(id_, story_of[as_key(id_)], one) for id_, one in members.items() if as_key(id_) in story_of]
    upsert(connection, member, rows, replace=("sha256", "story_id", "day", "sketch"))
    pairs = {
        (as_key(key), row["story_id"]) for row in rows for key in recall_keys(members_by_key[row["article_id"]].sketch)
    }
    insert_new(connection, story_key, [{"key": key, "story_id": story} for key, story in sorted(pairs)])
    for gone, into in sorted(merged.items()):
        _merge(connection, gone, into)
    fresh = set(new)
    night_rows = [
        {
            "date": date_,
            "story_id": story.id,
            "compared": False,
            "body": pack_json(
                {"new": story.id in fresh, "absorbed": sorted(k for k, v in merged.items() if v == story.id)}
            ),
        }
        for story in stories
    ]
    insert_new(connection, night_story, night_rows)


def update_story(connection: Connection, story: Story) -> None:
    """Store a story as comparing left it."""
    _save_open(connection, [story])
    save_stories(connection, [story])


def update_sketches(connection: Connection, members: Mapping[str, Member]) -> None:
    """Store what grouping is to know of articles that were read anew; their stories stay."""
    for id_, one in sorted(members.items()):
        values = {"day": one.day.isoformat(), "sketch": pack(one.sketch)}
        connection.execute(update(member).where(member.c.article_id == as_key(id_)).values(values))


def load_story(connection: Connection, id_: str) -> Story | None:
    """A story as it stands, under its own id or one that was merged into it; None where there is none."""
    alias = connection.execute(select(story_alias.c.story_id).where(story_alias.c.id == as_key(id_))).scalar()
    body = connection.execute(select(open_story.c.body).where(open_story.c.id == (alias or as_key(id_)))).scalar()
    return unpack(Story, body) if body is not None else None


def load_members(connection: Connection, ids: Iterable[str]) -> tuple[Article, ...]:
    """The articles in the texts in which they stand now, by id; those that no night took in are missing."""
    table = tables.article
    joined = table.join(member, (member.c.article_id == table.c.id) & (member.c.sha256 == table.c.sha256))
    found: dict[str, Article] = {}
    for some in chunks(sorted({as_key(id_) for id_ in ids})):
        query = select(table.c.id, table.c.body).select_from(joined).where(member.c.article_id.in_(some))
        found |= {row.id: unpack(Article, row.body) for row in connection.execute(query)}
    return tuple(found[key] for key in sorted(found))


def _save_open(connection: Connection, stories: Iterable[Story]) -> None:
    rows = [{"id": as_key(story.id), "title": story.title, "body": pack(story)} for story in stories]
    upsert(connection, open_story, rows)


def _member_row(id_: str, story: str, one: Member) -> Row:
    return {
        "article_id": as_key(id_),
        "sha256": one.sha256,
        "story_id": as_key(story),
        "day": one.day.isoformat(),
        "sketch": pack(one.sketch),
    }


def _merge(connection: Connection, gone: str, into: str) -> None:
    """Let an id go on as an alias; aliases of it point on, so that no chain grows."""
    old, new = as_key(gone), as_key(into)
    connection.execute(update(member).where(member.c.story_id == old).values(story_id=new))
    connection.execute(update(story_alias).where(story_alias.c.story_id == old).values(story_id=new))
    moved = [
        dict(row) for row in connection.execute(select(story_key.c.key).where(story_key.c.story_id == old)).mappings()
    ]
    insert_new(connection, story_key, [row | {"story_id": new} for row in moved])
    connection.execute(delete(story_key).where(story_key.c.story_id == old))
    connection.execute(delete(open_story).where(open_story.c.id == old))
    insert_new(connection, story_alias, [{"id": old, "story_id": new}])
