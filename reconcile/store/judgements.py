"""Judgements: appended one after the other to one hash chain, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from reconcile.errors import ConflictError
from reconcile.model import Act, Judgement
from reconcile.review.chain import START, Audit, Link, seal, verify
from reconcile.review.standing import effective
from reconcile.store.codec import CodecError, encode, pack_json, unpack, unpack_json
from reconcile.store.review_tables import judgement as table
from reconcile.store.tables import as_key
from reconcile.store.writes import chunks

_AT_ONCE = 1000


def append(connection: Connection, drafts: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Chain the drafts to what is stored and store them; the writer's lock must be held.

    A draft whose id is stored already and that says the same is answered with what is stored; one that says
    something else raises ConflictError.
    """
    known = {item.id: item for item in by_ids(connection, [draft.id for draft in drafts])}
    last = connection.execute(select(table.c.sequence, table.c.hash).order_by(table.c.sequence.desc()).limit(1)).first()
    sequence, previous = (last.sequence, last.hash) if last else (0, START)
    made: list[Judgement] = []
    rows = []
    for draft in drafts:
        if draft.id in known:
            made.append(_same_or_conflict(known[draft.id], draft))
            continue
        sequence += 1
        chained = replace(draft, sequence=sequence, previous=previous, hash="")
        previous = seal(encode(chained))
        sealed = replace(chained, hash=previous)
        made.append(sealed)
        known[draft.id] = sealed
        rows.append(_row(sealed))
    if rows:
        connection.execute(table.insert(), rows)
    return tuple(made)


def _same_or_conflict(stored: Judgement, draft: Judgement) -> Judgement:
    said = ("case", "act", "user", "decision", "reason", "groups", "corrections", "assignee", "due", "of")
    if any(getattr(stored, name) != getattr(draft, name) for name in said):
        raise ConflictError("this key was used for something else before", "use a new key for each thing you do")
    return stored


def _row(item: Judgement) -> dict[str, object]:
    return {
        "sequence": item.sequence,
        "id": item.id,
        "case_id": item.case,
        "act": item.act.value,
        "account": item.user,
        "at": item.at,
        "decision": item.decision.value if item.decision else None,
        "batch": item.batch,
        "hash": item.hash,
        "body": pack_json(encode(item)),
    }


def by_ids(connection: Connection, ids: Collection[str]) -> tuple[Judgement, ...]:
    """The judgements of these ids that are stored, oldest first."""
    found = []
    for some in chunks(sorted(ids)):
        query = select(table.c.body).where(table.c.id.in_(some)).order_by(table.c.sequence)
        found += [unpack(Judgement, body) for body in connection.execute(query).scalars()]
    return tuple(found)


def of_cases(connection: Connection, cases: Collection[str]) -> Mapping[str, tuple[Judgement, ...]]:
    """The judgements on each of the cases, oldest first; a case without any is missing."""
    found: dict[str, list[Judgement]] = defaultdict(list)
    for some in chunks(sorted(as_key(case) for case in cases)):
        query = select(table.c.case_id, table.c.body).where(table.c.case_id.in_(some)).order_by(table.c.sequence)
        for case, body in connection.execute(query):
            found[case].append(unpack(Judgement, body))
    return {case: tuple(items) for case, items in found.items()}


def of_batch(connection: Connection, batch: str) -> tuple[Judgement, ...]:
    """What was decided in one go, oldest first."""
    query = select(table.c.body).where(table.c.batch == batch).order_by(table.c.sequence)
    return tuple(unpack(Judgement, body) for body in connection.execute(query).scalars())


def decisions(connection: Connection) -> tuple[Judgement, ...]:
    """Every decision that was not undone, oldest first."""
    wanted = table.c.act.in_([Act.DECIDE.value, Act.UNDO.value])
    query = select(table.c.body).where(wanted).order_by(table.c.sequence)
    return effective([unpack(Judgement, body) for body in connection.execute(query).scalars()])


def latest(connection: Connection, limit: int, before: int | None = None) -> tuple[Judgement, ...]:
    """The latest judgements, newest first; with ``before``, those of a lower sequence."""
    query = select(table.c.body).order_by(table.c.sequence.desc()).limit(limit)
    if before is not None:
        query = query.where(table.c.sequence < before)
    return tuple(unpack(Judgement, body) for body in connection.execute(query).scalars())


def audit(connection: Connection, expected_head: str = "") -> Audit:
    """Check the whole chain; see ``reconcile.review.chain.verify``."""
    return verify(_links(connection), expected_head)


def _links(connection: Connection) -> Iterator[Link]:
    """Every stored judgement in order, a page at a time; one whose columns belie its body shows as changed."""
    after = 0
    while True:
        rows = connection.execute(
            select(table).where(table.c.sequence > after).order_by(table.c.sequence).limit(_AT_ONCE)
        ).all()
        for row in rows:
            yield Link(row.sequence, row.hash, _fields(row))
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].sequence


def _fields(row: object) -> Mapping[str, object]:
    try:
        fields: dict[str, object] = unpack_json(row.body)  # type: ignore[attr-defined]
    except CodecError:
        return {}
    columns = {"id": "id", "case_id": "case", "act": "act", "account": "user", "decision": "decision", "batch": "batch"}
    told = all(
        getattr(row, column) == (as_key(said) if isinstance(said := fields.get(name), str) else said)
        for column, name in columns.items()
    )
    return fields if told else {}
