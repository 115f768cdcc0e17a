"""What a user asks about past runs: which there were, and what one of them came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reconcile.model import Run
from reconcile.report.night import headline
from reconcile.store.deliveries import Delivery
from reconcile.store.lease import Lease
from reconcile.store.nights import Night, SourceNight
from reconcile.store.store import Store, open_store

LEASE = "nightly"


@dataclass(frozen=True, slots=True)
class RunStory:
    """A run with what belongs to it where it was a night's."""

    run: Run
    night: Night | None
    sources: tuple[SourceNight, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it took from beginning to end, rests between two tries included."""
        return (self.run.finished - self.run.started).total_seconds()

    @property
    def state(self) -> str:
        """Where it stands in a word or two."""
        return "done" if self.night is None or self.night.done else f"cut off or at work ({self.night.step})"

    @property
    def headline(self) -> str:
        """What it came to, in one sentence."""
        if self.night is not None:
            return headline(self.night.summary)
        counts = dict(self.run.counts)
        return f"{counts.get('contradiction', 0)} contradictions in {counts.get('articles', 0)} articles."

    def row(self) -> dict[str, Any]:
        """The run for programs."""
        losses = sum(problem.loss for problem in self.run.problems)
        return {
            "id": self.run.id,
            "date": self.night.date if self.night else None,
            "state": self.state,
            "started": self.run.started.isoformat(),
            "finished": self.run.finished.isoformat(),
            "seconds": self.seconds,
            "counts": dict(self.run.counts),
            "versions": dict(self.run.versions),
            "headline": self.headline,
            "summary": dict(self.night.summary) if self.night else None,
            "sources": [source_row(one) for one in self.sources],
            "problems": [_problem(problem) for problem in self.run.problems],
            "losses": losses,
        }


def source_row(gave: SourceNight) -> dict[str, Any]:
    """What a source gave in a night, for programs."""
    names = ("source", "ok", "listed", "unchanged", "left", "new", "revised", "seconds")
    return {name: getattr(gave, name) for name in names} | {"problems": [_problem(one) for one in gave.problems]}


def _problem(problem: Any) -> Mapping[str, Any]:
    return {name: getattr(problem, name) for name in ("stage", "where", "message", "cure", "loss")}


def list_runs(db: str, limit: int) -> tuple[RunStory, ...]:
    """The latest runs, newest first; raises ReconcileError where there is no database."""
    with open_store(db, upgrade=False) as store:
        return tuple(RunStory(run, store.nights.night_of_run(run.id)) for run in store.list_runs(limit))


def show_run(db: str, wanted: str) -> RunStory:
    """The run of this id, of this beginning of an id, or of the night of this date; raises ReconcileError."""
    with open_store(db, upgrade=False) as store:
        return _show(store, wanted)


def _show(store: Store, wanted: str) -> RunStory:
    night = store.nights.find_night(wanted)
    run = store.find_run(night.run_id if night else wanted)
    night = night or store.nights.night_of_run(run.id)
    return RunStory(run, night, store.nights.sources_of(night.date) if night else ())


def at_work(db: str) -> Lease | None:
    """Who holds the lease; None where nobody is at work."""
    with open_store(db, upgrade=False) as store:
        return store.nights.current_lease(LEASE)


def waiting_messages(db: str) -> tuple[Delivery, ...]:
    """The messages that did not get through yet, or will not."""
    with open_store(db, upgrade=False) as store:
        return store.nights.list_deliveries("pending", "sending", "uncertain", "given_up")
