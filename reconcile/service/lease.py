"""Holding the lease: one process at a time does the nightly work, and a dead one's work is taken over."""

from __future__ import annotations

import contextlib
import getpass
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import structlog

from reconcile.errors import ReconcileError
from reconcile.store.fence import Fence
from reconcile.store.lease import Claimant, Lease
from reconcile.store.store import Store

NAME = "nightly"
SILENCE = timedelta(minutes=2)
"""An owner on another machine that was not heard of for so long is dead."""
_BEAT_SECONDS = 15.0


@contextmanager
def hold_lease(store: Store, *, beat_seconds: float = _BEAT_SECONDS) -> Iterator[Store]:
    """The store to work with while the lease is held: once it is lost, every write raises LeaseLostError.

    Raises LeaseHeldError, which names who holds it since when, while another process is at work.
    """
    log = structlog.get_logger()
    me = this_process()
    lease, before = store.nights.take_lease(NAME, me, is_alive, SILENCE)
    if before is not None:
        log.warning("took over from a dead run", owner=before.owner, since=before.since.isoformat())
    log.info("lease taken", owner=lease.owner)
    ended = threading.Event()
    beat = threading.Thread(target=_keep_beating, args=(store, me.token, ended, beat_seconds), daemon=True)
    beat.start()
    try:
        yield store.fenced(Fence(NAME, me.token))
    finally:
        ended.set()
        beat.join()
        with contextlib.suppress(ReconcileError):  # what went wrong before is the news
            store.nights.release_lease(NAME, me.token)


def _keep_beating(store: Store, token: str, ended: threading.Event, seconds: float) -> None:
    while not ended.wait(seconds):
        try:
            if not store.nights.renew_lease(NAME, token):
                return  # taken over: the next write finds out and stops the work
        except ReconcileError as error:
            structlog.get_logger().warning("the lease could not be renewed", reason=error.message)


def this_process() -> Claimant:
    """This process as one that wants the lease."""
    pid = os.getpid()
    return Claimant(
        token=secrets.token_hex(16),
        owner=f"{_user()}@{socket.gethostname()} (process {pid})",
        machine=_machine(),
        process=f"{pid} {_start_of(pid)}",
    )


def is_alive(lease: Lease) -> bool | None:
    """Whether the lease's owner lives; None where it is on another machine, and so cannot be looked for."""
    if lease.machine != _machine():
        return None
    pid, _, start = lease.process.partition(" ")
    if not pid.isdigit():
        return None
    return _exists(int(pid)) and _start_of(int(pid)) == start


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's process: it is there
        return True
    return True


def _start_of(pid: int) -> str:
    """When a process began, by the kernel's count: the same number may be another process later. "" where unknown."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        # A zombie holds its number and does nothing more.
        return "ended" if fields[0] in ("Z", "X") else fields[19]
    except (OSError, IndexError):
        return ""


def _machine() -> str:
    """This machine since its start; containers under one host name are told apart by their space of processes."""
    parts = [socket.gethostname()]
    with contextlib.suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip())
    with contextlib.suppress(OSError):
        parts.append(os.readlink("/proc/self/ns/pid"))
    return " ".join(parts)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return str(os.getuid())
