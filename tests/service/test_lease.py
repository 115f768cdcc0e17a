"""The lease: one at a time, the dead taken over, the overtaken stopped; on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reconcile.service.lease import NAME, SILENCE, hold_lease, is_alive, this_process
from reconcile.store.engine import connect, parse_location, writing
from reconcile.store.fence import LeaseLostError
from reconcile.store.lease import Claimant, LeaseHeldError
from reconcile.store.night_tables import lease as table
from reconcile.store.store import open_store

ROOT = Path(__file__).parents[2]
ELSEWHERE = Claimant("another", "ann@elsewhere (process 7)", "elsewhere", "7 70")


def set_beat(location: str, seconds: float) -> None:
    """Move the lease's last beat by so many seconds."""
    engine = connect(parse_location(location))
    with writing(engine) as connection:
        beat = connection.execute(sa.select(table.c.beat)).scalar_one()
        connection.execute(sa.update(table).values(beat=beat + timedelta(seconds=seconds)))
    engine.dispose()


def test_second_is_told_who_is_at_work_since_when(location: str) -> None:
    """While one holds the lease, another is refused with its name and the time."""
    with (
        open_store(location, upgrade=True) as store,
        hold_lease(store),
        pytest.raises(LeaseHeldError, match=rf"\(process {os.getpid()}\) is at work since 2"),
        hold_lease(store),
    ):
        pass


def test_lease_is_free_after_work(location: str) -> None:
    """Also after work that failed."""
    with open_store(location, upgrade=True) as store:
        with pytest.raises(ZeroDivisionError), hold_lease(store):
            raise ZeroDivisionError
        assert store.nights.current_lease(NAME) is None
        with hold_lease(store):
            pass


def test_owner_that_died_is_taken_over_at_once(location: str) -> None:
    """A process of this machine that was killed holds nothing up."""
    code = (
        "import os, signal, sys\nfrom reconcile.service.lease import hold_lease\n"
        "from reconcile.store.store import open_store\n"
        "with open_store(sys.argv[1], upgrade=True) as store, hold_lease(store):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, location], cwd=ROOT, check=False, capture_output=True)
    with open_store(location, upgrade=False) as store:
        assert store.nights.current_lease(NAME) is not None
        with hold_lease(store):
            assert f"(process {os.getpid()})" in str(store.nights.current_lease(NAME))


@pytest.mark.parametrize(("seconds", "free"), [(0, False), (-119, False), (-121, True), (119, False), (100_000, True)])
def test_owner_on_another_machine_is_dead_after_silence(location: str, seconds: float, free: bool) -> None:
    """It is taken over when it was not heard of for two minutes, or when the clock went back since."""
    with open_store(location, upgrade=True) as store:
        store.nights.take_lease(NAME, ELSEWHERE, is_alive, SILENCE)
        set_beat(location, seconds)
        if free:
            with hold_lease(store):
                pass
        else:
            with pytest.raises(LeaseHeldError, match="ann@elsewhere"), hold_lease(store):
                pass


def test_overtaken_run_writes_nothing_more(location: str) -> None:
    """Once the lease is another's, every write of the old owner fails and says whose it is."""
    with open_store(location, upgrade=True) as store, hold_lease(store) as held:
        held.nights.set_step("2031-04-09", "group")
        set_beat(location, -1000)
        store.nights.take_lease(NAME, ELSEWHERE, lambda lease: None, SILENCE)
        with pytest.raises(LeaseLostError, match="taken over by ann@elsewhere"):
            held.nights.set_step("2031-04-09", "group")


def test_heartbeat_keeps_the_lease(location: str) -> None:
    """While its owner lives, the lease's beat goes on."""
    with open_store(location, upgrade=True) as store, hold_lease(store, beat_seconds=0.05):
        first = store.nights.current_lease(NAME)
        for _ in range(100):
            time.sleep(0.05)
            now = store.nights.current_lease(NAME)
            if now and first and now.beat > first.beat:
                return
    pytest.fail("no beat in five seconds")


def test_number_of_a_dead_process_given_again_is_no_owner() -> None:
    """A living process with the dead one's number, started at another time, does not hold the lease."""
    me = this_process()
    lease: Any = replace(ELSEWHERE, machine=me.machine, process=me.process)
    assert is_alive(lease)
    assert not is_alive(replace(lease, process=f"{os.getpid()} 1"))
    assert is_alive(replace(lease, machine="elsewhere")) is None


def test_two_runs_that_race_make_one_night(desk: Any) -> None:
    """Of two runs at once one does the night; the other is told that it is at work, or finds it done."""
    desk.put("herald", desk.flood("Herald", 312))
    desk.put("courier", desk.flood("Courier", 318))
    with open_store(desk.db, upgrade=True):
        pass
    ends: list[object] = []

    def race() -> None:
        try:
            ends.append(desk.run(0).already_done)
        except LeaseHeldError as held:
            ends.append(held.lease.owner)

    racers = [threading.Thread(target=race) for _ in range(2)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert ends.count(False) == 1
    assert len(ends) == 2
    with open_store(desk.db, upgrade=False) as store:
        assert [run.id for run in store.list_runs(9)] == ["night-2031-04-09"]
