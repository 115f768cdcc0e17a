"""The fence: a writer that works under a lease writes nothing more once the lease is another's."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from reconcile.errors import ReconcileError
from reconcile.store.night_tables import lease

FENCE = "reconcile_fence"
"""The execution option of an engine whose writers work under a lease."""


@dataclass(frozen=True, slots=True)
class Fence:
    """The lease that must still be held, and the token that it is held with."""

    name: str
    token: str


class LeaseLostError(ReconcileError):
    """The lease passed to another process while this one worked; nothing was written since."""

    def __init__(self, owner: str) -> None:
        """``owner`` holds it now, "" for nobody."""
        taken = f"was taken over by {owner}" if owner else "is no longer held"
        super().__init__(f"the lease {taken}, so this run stopped", "look at: reconcile runs list")


def check_fence(connection: Connection) -> None:
    """Raise LeaseLostError where the connection's engine works under a lease that it does not hold any more."""
    fence = connection.get_execution_options().get(FENCE)
    if fence is None:
        return
    row = connection.execute(select(lease.c.token, lease.c.owner).where(lease.c.name == fence.name)).first()
    if row is None or row.token != fence.token:
        raise LeaseLostError(row.owner if row else "")
