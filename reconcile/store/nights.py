"""Nights: which there were, how far each got, what its sources gave, and which articles it has to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, delete, func, insert, select, update

from reconcile.model import Problem, Run
from reconcile.store import tables
from reconcile.store.codec import pack, pack_json, unpack, unpack_json
from reconcile.store.night_tables import night, night_article, night_source, source_state, waiting
from reconcile.store.runs import save_run_row
from reconcile.store.sources import load_pending
from reconcile.store.tables import as_key
from reconcile.store.writes import insert_new

T = TypeVar("T")

Step = Literal["gather", "group", "compare", "finish", "report", "tell", "done"]

INPUTS = "nightly"
"""What the runs of nights are stored as having been pointed at, so that they are compared with one another."""


@dataclass(frozen=True, slots=True)
class Night:
    """One night: ``date`` and ``since`` are ISO days; it covers the days from ``since`` to ``date``.

    ``step`` is the first that is not finished. ``summary`` is what it came to, {} until it is finished.
    """

    date: str
    since: str
    run_id: str
    step: Step
    started: datetime
    finished: datetime | None = None
    summary: Mapping[str, Any] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.step == "done"


@dataclass(frozen=True, slots=True)
class SourceNight:
    """What one source gave in one night."""

    source: str
    ok: bool
    listed: int
    unchanged: int
    left: int
    new: int
    revised: int
    seconds: float
    problems: tuple[Problem, ...] = ()
    fates: tuple[tuple[str, str], ...] = ()
    """Pages that became something else, and what: gone, paywalled or back."""


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """Since when a source fails or gives nothing new, as ISO days (None: it does not), and for how many nights."""

    source: str
    failed_since: str | None
    failed_nights: int
    quiet_since: str | None
    quiet_nights: int


@dataclass(frozen=True, slots=True)
class WorkItem:
    """An article that a night has to read: in which text, and which text of it stood before (None for a new one)."""

    article: str
    sha256: str
    was: str | None
    status: Literal["new", "revised", "described"]
    seen: datetime


def open_night(connection: Connection, date: str, since: str, run: Run) -> Night:
    """The night of that date, begun now with its run where there is none."""
    found = find_night(connection, date)
    if found is not None:
        return found
    save_run_row(connection, run, INPUTS)
    row = {"date": date, "run_id": run.id, "since": since, "step": "gather", "started": run.started}
    connection.execute(insert(night).values(row))
    return Night(date, since, run.id, "gather", run.started)


def find_night(connection: Connection, date: str) -> Night | None:
    """The night of that date, None where there is none."""
    row = connection.execute(select(night).where(night.c.date == date)).mappings().first()
    return _night(row) if row is not None else None


def list_nights(connection: Connection, limit: int, before: str = "9999") -> tuple[Night, ...]:
    """The nights before a date, the latest first."""
    query = select(night).where(night.c.date < before).order_by(night.c.date.desc()).limit(limit)
    return tuple(_night(row) for row in connection.execute(query).mappings())


def unfinished(connection: Connection) -> tuple[Night, ...]:
    """The nights that were begun and not finished, the earliest first."""
    query = select(night).where(night.c.step != "done").order_by(night.c.date)
    return tuple(_night(row) for row in connection.execute(query).mappings())


def night_of_run(connection: Connection, run_id: str) -> Night | None:
    """The night that a run belongs to, None where it was no night's."""
    row = connection.execute(select(night).where(night.c.run_id == as_key(run_id))).mappings().first()
    return _night(row) if row is not None else None


def set_step(connection: Connection, date: str, step: Step) -> None:
    """Tell which step of a night is next."""
    connection.execute(update(night).where(night.c.date == date).values(step=step))


def finish_night(connection: Connection, date: str, run: Run, summary: Mapping[str, Any]) -> None:
    """Store what a night came to, in its run's row too; what remains is to report it."""
    table = tables.run
    connection.execute(delete(tables.problem).where(tables.problem.c.run_id == as_key(run.id)))
    connection.execute(update(table).where(table.c.id == run.id).values(finished=run.finished, body=pack(run)))
    save_run_row(connection, run, INPUTS)
    done = {"step": "report", "plan": None, "finished": run.finished, "body": pack_json(dict(summary))}
    connection.execute(update(night).where(night.c.date == date).values(done))


# --- sources ----------------------------------------------------------------------------------


def end_source(connection: Connection, date: str, gave: SourceNight) -> None:
    """Store what a source gave in a night, once, and count the nights in which it failed or gave nothing new.

    Its articles, problems and fates are those that came since it was last asked to the end, also in runs that were cut
    off: each was kept together with its batch.
    """
    pending = load_pending(connection, gave.source)
    # What a gathering that was cut off had stored already came again as unchanged: it is the night's news all the same.
    before = pending.new + pending.revised - gave.new - gave.revised
    gave = replace(
        gave,
        new=pending.new,
        revised=pending.revised,
        unchanged=max(0, gave.unchanged - max(0, before)),
        problems=pending.problems,
        fates=pending.fates,
    )
    row = {"date": date, "source": as_key(gave.source), "ok": gave.ok, "body": pack(gave)}
    inserted = connection.execute(
        select(night_source.c.ok).where(night_source.c.date == date, night_source.c.source == row["source"])
    ).first()
    if inserted is not None:
        return
    insert_new(connection, night_source, [row])
    health = source_health(connection, [gave.source]).get(as_key(gave.source))
    failed, quiet = not gave.ok, gave.ok and not gave.new + gave.revised
    counts: dict[str, Any] = {
        "pending": None,
        "failed_since": (health.failed_since if health else None) or date if failed else None,
        "failed_nights": (health.failed_nights if health else 0) + 1 if failed else 0,
    }
    if gave.ok:  # a night in which it failed says nothing of whether it is quiet
        counts["quiet_since"] = (health.quiet_since if health else None) or date if quiet else None
        counts["quiet_nights"] = (health.quiet_nights if health else 0) + 1 if quiet else 0
    connection.execute(update(source_state).where(source_state.c.source == row["source"]).values(counts))


def sources_of(connection: Connection, date: str) -> tuple[SourceNight, ...]:
    """What the sources gave in a night, by name."""
    query = select(night_source.c.body).where(night_source.c.date == date).order_by(night_source.c.source)
    return tuple(unpack(SourceNight, body) for body in connection.execute(query).scalars())


def source_health(connection: Connection, sources: Iterable[str]) -> dict[str, SourceHealth]:
    """How the sources have fared, by name, those that are known."""
    table = source_state.c
    columns = (table.source, table.failed_since, table.failed_nights, table.quiet_since, table.quiet_nights)
    wanted = [as_key(source) for source in sources]
    rows = connection.execute(select(*columns).where(table.source.in_(wanted)))
    return {row.source: SourceHealth(*row) for row in rows}


# --- the articles of a night ------------------------------------------------------------------


def take_up(connection: Connection, date: str) -> None:
    """Make all that waits this night's work; the next step is grouping it."""
    columns = ("article_id", "sha256", "was", "status", "seen")
    taken = {row.article_id for row in connection.execute(select(night_article.c.article_id).filter_by(date=date))}
    rows = [dict(row) for row in connection.execute(select(*(waiting.c[name] for name in columns))).mappings()]
    insert_new(connection, night_article, [row | {"date": date} for row in rows if row["article_id"] not in taken])
    connection.execute(delete(waiting))
    set_step(connection, date, "group")


def work_of(connection: Connection, date: str) -> tuple[WorkItem, ...]:
    """The articles of a night, by id."""
    table = night_article.c
    query = select(table.article_id, table.sha256, table.was, table.status, table.seen).where(table.date == date)
    rows = connection.execute(query.order_by(table.article_id))
    return tuple(WorkItem(*row[:4], row.seen.replace(tzinfo=UTC)) for row in rows)


def count_waiting(connection: Connection) -> int:
    """How many articles wait for the next night."""
    return connection.execute(select(func.count()).select_from(waiting)).scalar_one()


# --- the plan ---------------------------------------------------------------------------------


def save_plan(connection: Connection, date: str, plan: object) -> None:
    """Keep what grouping said beyond the stories until the night is finished; the next step is comparing."""
    connection.execute(update(night).where(night.c.date == date).values(plan=pack(plan), step="compare"))


def load_plan(connection: Connection, date: str, type_: type[T]) -> T:
    """What ``save_plan`` kept; an empty plan where there is nothing."""
    body = connection.execute(select(night.c.plan).where(night.c.date == date)).scalar()
    return type_() if body is None else unpack(type_, body)


def _night(row: Mapping[Any, Any]) -> Night:
    started, finished = (row[name].replace(tzinfo=UTC) if row[name] else None for name in ("started", "finished"))
    summary = unpack_json(row["body"]) if row["body"] is not None else {}
    return Night(row["date"], row["since"], row["run_id"], row["step"], started or datetime.min, finished, summary)
