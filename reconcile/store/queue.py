"""The review queue: filters, order, counts, and pages that cost the same at the end as at the start."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, and_, case, false, func, or_, select, true
from sqlalchemy.sql.elements import KeyedColumnElement

from reconcile.errors import InvalidError
from reconcile.model import Decision, Kind, Severity, Verdict
from reconcile.review.standing import State
from reconcile.review.views import VIEWS, CaseRow, Query, QueuePage
from reconcile.store.cases import NO_DAY
from reconcile.store.review_tables import case_source, case_text
from reconcile.store.review_tables import review_case as table
from reconcile.store.tables import as_key, as_words

LONGEST_PAGE = 200
_NEW_FOR = timedelta(hours=24)
_ORDERS: Mapping[str, tuple[str, bool]] = {
    "severity": ("priority", True),
    "newest": ("changed", True),
    "oldest": ("changed", False),
    "confidence": ("confidence", True),
    "due": ("due", False),
}


def list_cases(connection: Connection, query: Query, user: str, now: datetime) -> QueuePage:
    """One page of the queue with the counts; raises InvalidError for a cursor of another order."""
    limit = max(1, min(query.limit, LONGEST_PAGE))
    rows = _page(connection, query, user, now, limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    counts, facets = count_cases(connection, query, user, now)
    next_ = _cursor(query, rows[-1]) if more else None
    return QueuePage(tuple(read_row(row) for row in rows), counts, facets, next_)


def next_case(connection: Connection, query: Query, after: str, user: str, now: datetime) -> str | None:
    """The id of the case that comes after this one in the order of the queue, whether or not this one is in it."""
    here = connection.execute(select(table).where(table.c.id == as_key(after))).mappings().first()
    if here is None:
        return None
    rows = _page(connection, replace(query, cursor=_cursor(query, dict(here))), user, now, 1)
    return rows[0]["id"] if rows else None


def previous_case(connection: Connection, query: Query, before: str, user: str, now: datetime) -> str | None:
    """The id of the case that comes before this one in the order of the queue."""
    here = connection.execute(select(table).where(table.c.id == as_key(before))).mappings().first()
    if here is None:
        return None
    rows = _page(connection, replace(query, cursor=_cursor(query, dict(here))), user, now, 1, backwards=True)
    return rows[0]["id"] if rows else None


def count_cases(
    connection: Connection, query: Query, user: str, now: datetime
) -> tuple[Mapping[str, int], Mapping[str, Mapping[str, int]]]:
    """How many cases each view holds under the other filters, and the current view by verdict, kind and severity."""
    rare = _rare(connection, query)
    wanted = _filters(query, rare)
    columns = [_PRESENT if wanted else table.c.present, *(table.c[name] for name in _GROUPED[1:])]
    grouped = connection.execute(select(*columns, func.count()).where(*wanted).group_by(*columns)).all()
    counts = {name: sum(row[-1] for row in grouped if holds(query, row)) for name, holds in _BY_GROUP.items()}
    facets: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    shown: Sequence[Any] = [row for row in grouped if query.view in _BY_GROUP and _BY_GROUP[query.view](query, row)]
    for name in ("new", "mine", "overdue"):
        conditions = [*_filters(query, rare, few=True), *_VIEWS[name](query, user, now)]
        few = connection.execute(select(*_FEW, func.count()).where(*conditions).group_by(*_FEW)).all()
        counts[name] = sum(row[-1] for row in few)
        shown = few if query.view == name else shown
    for row in shown:
        for name in _FACETS:
            facets[name][getattr(row, name)] += row[-1]
    return {name: counts[name] for name in VIEWS}, {name: dict(found) for name, found in facets.items()}


def read_row(row: Mapping[str, Any] | RowMapping) -> CaseRow:
    """A row of the table as a value."""
    return CaseRow(
        id=row["id"],
        finding=row["finding_id"],
        version=row["version"],
        summary=row["summary"],
        verdict=Verdict(row["verdict"]),
        kind=Kind(row["kind"]),
        severity=Severity(row["severity"]),
        confidence=row["confidence"],
        independent_sources=row["independent_sources"],
        rule=row["rule"],
        story=row["story_id"],
        story_title=row["story_title"],
        sources=tuple(one for one in row["sources"].split("\x1f") if one),
        first_seen=_utc(row["first_seen"]),
        last_seen=_utc(row["last_seen"]),
        state=State(row["state"]),
        decision=Decision(row["decision"]) if row["decision"] else None,
        decided_by=row["decided_by"],
        decided_at=_utc(row["decided_at"]) if row["decided_at"] else None,
        assignee=row["assignee"],
        due=None if row["due"] == NO_DAY else row["due"],
        reopened=row["reopened"],
        present=row["present"],
        comments=row["comments"],
    )


def _utc(moment: datetime) -> datetime:
    """A stored moment with the zone it is of."""
    return moment.replace(tzinfo=UTC)


def _page(
    connection: Connection, query: Query, user: str, now: datetime, limit: int, *, backwards: bool = False
) -> Sequence[Mapping[str, Any]]:
    column, down = _order(query)
    down = down != backwards
    wanted = [*_filters(query, _rare(connection, query), few=True), *_VIEWS[query.view](query, user, now)]
    if query.cursor:
        value, id_ = _read_cursor(query)
        beyond = column < value if down else column > value
        beyond_id = table.c.id < id_ if down else table.c.id > id_
        # The first condition says nothing new; by it an index is entered where the page begins.
        wanted += [column <= value if down else column >= value, or_(beyond, and_(column == value, beyond_id))]
    order = (column.desc(), table.c.id.desc()) if down else (column, table.c.id)
    found = connection.execute(select(table).where(*wanted).order_by(*order).limit(limit))
    return [dict(row) for row in found.mappings()]


def _order(query: Query) -> tuple[KeyedColumnElement[Any], bool]:
    name, down = _ORDERS[query.sort]
    return table.c[name], down


def _cursor(query: Query, row: Mapping[str, Any]) -> str:
    value = row[_ORDERS[query.sort][0]]
    said = [query.sort, value if isinstance(value, int | float) else value.isoformat(), row["id"]]
    return base64.urlsafe_b64encode(json.dumps(said, separators=(",", ":")).encode()).decode().rstrip("=")


def _read_cursor(query: Query) -> tuple[Any, str]:
    try:
        padded = query.cursor + "=" * (-len(query.cursor) % 4)
        sort, value, id_ = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
        if sort != query.sort or not isinstance(id_, str):
            raise ValueError
        return _read_bound(query.sort, value), as_key(id_)
    except (ValueError, TypeError, OverflowError):
        raise InvalidError("this cursor is of another list", "start again without a cursor", "cursor") from None


def _read_bound(sort: str, value: object) -> Any:
    if sort in ("severity", "confidence"):
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise ValueError
        return float(value)
    if not isinstance(value, str):
        raise ValueError
    moment = datetime.fromisoformat(value)
    return moment.date() if sort == "due" else moment.replace(tzinfo=None)


def _rare(connection: Connection, query: Query) -> list[str] | None:
    """The ids of the cases with the words of a search where they are few, None where they are many or none is made."""
    said = _said(query)
    if not said:
        return None
    found = connection.execute(select(case_text.c.case_id).where(*said).limit(_FEW_FOUND + 1)).scalars().all()
    return list(found) if len(found) <= _FEW_FOUND else None


def _said(query: Query) -> list[ColumnElement[bool]]:
    """The conditions of a search on the words of a case."""
    words = as_words(query.text).casefold().split()[:_WORDS]
    return [case_text.c.words.contains(word, autoescape=True) for word in words]


def _filters(query: Query, rare: list[str] | None, *, few: bool = False) -> list[ColumnElement[bool]]:
    """The conditions of the query but for its view; with ``few``, such as suit rows that are looked at one by one."""
    lists: tuple[tuple[Column[Any], Sequence[str]], ...] = (
        (table.c.verdict, [item.value for item in query.verdicts]),
        (table.c.kind, [item.value for item in query.kinds]),
        (table.c.severity, [item.value for item in query.severities]),
        (table.c.rule, [as_key(item) for item in query.rules]),
        (table.c.story_id, [as_key(item) for item in query.stories]),
        (table.c.decision, [item.value for item in query.decisions]),
    )
    wanted: list[ColumnElement[bool]] = [column.in_(values) for column, values in lists if values]
    if query.sources:
        named = select(case_source.c.case_id).where(case_source.c.source.in_([as_key(item) for item in query.sources]))
        wanted.append(table.c.id.in_(named))
    if query.confidence_min > 0:
        wanted.append(table.c.confidence >= query.confidence_min)
    if query.confidence_max < 1:
        wanted.append(table.c.confidence <= query.confidence_max)
    said = _said(query)
    if rare is not None:
        wanted.append(table.c.id.in_(rare))
    elif said:
        found = select(case_text.c.case_id).where(*said)
        here = found.where(case_text.c.case_id == table.c.id).correlate(table)
        wanted.append(here.exists() if few else table.c.id.in_(found))
    return wanted


_FEW_FOUND = 500
"""Up to so many cases found by their words are looked up one by one."""
_WORDS = 8
"""So many words of a search are looked for."""


def _flagged(query: Query) -> list[ColumnElement[bool]]:
    """Where no verdict is asked for, those that somebody should look at."""
    return [] if query.verdicts else [table.c.flagged == true()]


def _open(query: Query, *more: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    return [table.c.present == true(), table.c.closed == false(), *_flagged(query), *more]


def _is_open(query: Query, row: Any) -> bool:
    return row.present and not row.closed and (bool(query.verdicts) or row.flagged)


_FACETS = ("verdict", "kind", "severity")
# Made expressions, so that SQLite finds the few rows by their own index and sorts them, and not the other way round.
_FEW = tuple((table.c[name] + "").label(name) for name in _FACETS)
# With filters, an expression too: an index in the order of the groups would lead past the index of the filter.
_PRESENT = case((table.c.present, 1), else_=0).label("present")
_GROUPED = ("present", "closed", "flagged", *_FACETS, "state")
"""In the order of an index, so that counting reads nothing else."""
_BY_GROUP: Mapping[str, Callable[[Query, Any], bool]] = {
    "open": _is_open,
    "waiting": lambda query, row: _is_open(query, row) and row.state in (State.WAITING, State.DISPUTED),
    "follow_up": lambda query, row: _is_open(query, row) and row.state == State.FOLLOW_UP,
    "decided": lambda query, row: row.present and row.closed,
    "gone": lambda query, row: not row.present and (bool(query.verdicts) or row.flagged),
    "all": lambda query, row: True,
}
"""The views that are told from what is counted by."""
_Made = Callable[[Query, str, datetime], list[ColumnElement[bool]]]
_VIEWS: Mapping[str, _Made] = {
    "new": lambda query, user, now: _open(query, table.c.changed >= now - _NEW_FOR),
    "open": lambda query, user, now: _open(query),
    "mine": lambda query, user, now: [
        table.c.present == true(),
        table.c.closed == false(),
        table.c.assignee == as_key(user),
    ],
    "overdue": lambda query, user, now: [
        table.c.present == true(),
        table.c.closed == false(),
        table.c.due < now.date(),
    ],
    "waiting": lambda query, user, now: _open(query, table.c.state.in_([State.WAITING.value, State.DISPUTED.value])),
    "follow_up": lambda query, user, now: _open(query, table.c.state == State.FOLLOW_UP.value),
    "decided": lambda query, user, now: [table.c.present == true(), table.c.closed == true()],
    "gone": lambda query, user, now: [table.c.present == false(), *_flagged(query)],
    "all": lambda query, user, now: [true()],
}
