"""The lease: who is at work. Held by one process at a time, kept alive by its beat, taken over when its owner died."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update

from reconcile.errors import ReconcileError
from reconcile.store.night_tables import lease as table
from reconcile.store.writes import upsert


@dataclass(frozen=True, slots=True)
class Claimant:
    """A process that wants the lease: its own token, its name for people, and where it can be looked for."""

    token: str
    owner: str
    machine: str
    process: str


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease as it stands; ``since`` and ``beat`` are moments in UTC by the database's clock."""

    name: str
    token: str
    owner: str
    machine: str
    process: str
    since: datetime
    beat: datetime


class LeaseHeldError(ReconcileError):
    """Another process is at work."""

    def __init__(self, lease: Lease) -> None:
        """``lease`` is the other's."""
        since = f"{lease.since:%Y-%m-%d %H:%M:%S} UTC"
        super().__init__(
            f"{lease.owner} is at work since {since} (last heard of at {lease.beat:%H:%M:%S})",
            "wait until it ends; if it is dead, the next run takes over by itself",
        )
        self.lease = lease


IsAlive = Callable[[Lease], bool | None]
"""Whether a lease's owner lives: None where that cannot be seen from here, because it is on another machine."""


def take(
    connection: Connection, name: str, claimant: Claimant, is_alive: IsAlive, silence: timedelta
) -> tuple[Lease, Lease | None]:
    """Take the lease; it, and the dead owner's that it was taken from. Raises LeaseHeldError.

    An owner on this machine is looked for; one on another is dead when it has not been heard of for ``silence``, or
    when it was heard of that far in the future: then the clock was set back, and its next beat would have mended it.
    """
    now = _clock(connection)
    held = current(connection, name)
    if held is not None:
        alive = is_alive(held)
        if alive or (alive is None and abs(now - held.beat) <= silence):
            raise LeaseHeldError(held)
    mine = Lease(name, claimant.token, claimant.owner, claimant.machine, claimant.process, now, now)
    row = {field: getattr(mine, field) for field in table.c.keys()}  # noqa: SIM118 -- names, not columns
    upsert(connection, table, [row], replace=tuple(row.keys() - {"name"}))
    return mine, held


def renew(connection: Connection, name: str, token: str) -> bool:
    """Tell that the owner lives; False where the lease is not its own any more."""
    mine = (table.c.name == name) & (table.c.token == token)
    return connection.execute(update(table).where(mine).values(beat=_clock(connection))).rowcount == 1


def release(connection: Connection, name: str, token: str) -> None:
    """Give the lease back, if it is still one's own."""
    connection.execute(delete(table).where(table.c.name == name, table.c.token == token))


def current(connection: Connection, name: str) -> Lease | None:
    """The lease as it stands, None where nobody is at work."""
    row = connection.execute(select(table).where(table.c.name == name)).mappings().first()
    if row is None:
        return None
    moments = {field: row[field].replace(tzinfo=UTC) for field in ("since", "beat")}
    return Lease(**{**row, **moments})


def _clock(connection: Connection) -> datetime:
    """The time by the clock that all contenders share: the server's, or this machine's for a SQLite file."""
    if connection.dialect.name == "postgresql":
        moment: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return moment.astimezone(UTC)
    return datetime.now(UTC)
