"""The nightly run: gather, group, compare, finish, report, tell; under the lease, each step done again without harm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from reconcile.app.night.finish import Patience, corrections_of, find_faults, finished_run, quiet_since, summarise
from reconcile.app.night.reading import Progress, Reader
from reconcile.app.night.report import change_rows, is_written, write_index, write_night
from reconcile.app.night.steps import Plan, compare_night, group_night
from reconcile.app.rules import usable_pack
from reconcile.app.runs import describe_versions
from reconcile.check.schema import Pack
from reconcile.config import Settings, sources_of
from reconcile.errors import ReconcileError
from reconcile.ingest.fetch import Fetcher
from reconcile.model import Problem, Run
from reconcile.pipeline import ReadOne
from reconcile.report.write import require_writable
from reconcile.service.deliver import deliver_due
from reconcile.service.gathering import gather_sources
from reconcile.service.lease import hold_lease
from reconcile.service.metrics import write_metrics
from reconcile.service.notices import messages_of
from reconcile.store.nights import Night
from reconcile.store.store import Store, open_store

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class NightResult:
    """What a nightly run came to: the night as it stands, and nights before it that were finished first.

    ``already_done`` tells that this night had been run before, ``read_now`` how many articles were read just now.
    """

    night: Night
    resumed: tuple[Night, ...]
    already_done: bool
    read_now: int
    problems: tuple[Problem, ...]
    reports: tuple[Path, ...]

    @property
    def losses(self) -> tuple[Problem, ...]:
        """The problems because of which something was left out."""
        return tuple(problem for problem in self.problems if problem.loss)

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with sources for long enough to be told."""
        return tuple(fault["sentence"] for fault in self.night.summary.get("faults", ()) if fault["loud"])


@dataclass(frozen=True)
class Hands:
    """What a nightly run works with that tests replace by their own: the clock, the network, the reader."""

    clock: Clock = lambda: datetime.now(UTC)
    fetcher: Callable[[], Fetcher] = Fetcher
    read_one: ReadOne | None = None
    progress: Progress = lambda done, total, name: None


def run_nightly(settings: Settings, *, date_: str | None = None, hands: Hands = Hands()) -> NightResult:
    """Do tonight's work, or go on with it; a night that is done is not done again.

    Raises LeaseHeldError while another process is at work, and ReconcileError for wrong use, a clock that went back,
    an unusable database or an unwritable folder. What goes wrong with a source or an article is a Problem.
    """
    pack = usable_pack(settings.rules)
    folder = Path(settings.nightly.reports)
    require_writable(folder)  # found out before the night's work, not after it
    with open_store(settings.db, upgrade=True) as whole, hold_lease(whole) as store:
        reader = Reader(store, hands.read_one) if hands.read_one else Reader(store)
        tonight = choose_date(settings, store, hands.clock(), date_)
        result = _Shift(settings, store, reader, hands, pack, folder, tonight).work()
    write_metrics(settings)
    return result


def choose_date(settings: Settings, store: Store, now: datetime, wanted: str | None) -> str:
    """The date of the night to work on: the one wanted, else today's where the desk is; raises ReconcileError."""
    zone = settings.nightly.time_zone
    today = now.astimezone(ZoneInfo(zone) if zone else None).date()
    latest = next((night.date for night in store.nights.list_nights(1)), "")
    day = today
    if wanted is not None:
        try:
            day = date.fromisoformat(wanted)
        except ValueError:
            raise ReconcileError(f"--date {wanted!r} is no date", "write it as 2026-01-31") from None
    if store.nights.find_night(day.isoformat()) is not None:
        return day.isoformat()
    if day > today + timedelta(days=1):
        raise ReconcileError(f"the night of {day} is still to come", f"today is {today}")
    if day.isoformat() < latest:
        if wanted is None:
            raise ReconcileError(
                f"the clock says {today}, but the night of {latest} was run already",
                "set the clock right, or name the night with --date",
            )
        raise ReconcileError(
            f"the night of {day} was not run, and that of {latest} was, which took in all that there was",
            "see: reconcile runs list",
        )
    return day.isoformat()


@dataclass
class _Shift:
    """One nightly run at work."""

    settings: Settings
    store: Store
    reader: Reader
    hands: Hands
    pack: Pack
    folder: Path
    tonight: str
    problems: list[Problem] = field(default_factory=list)

    def work(self) -> NightResult:
        """Finish what was begun, then do tonight's night."""
        log = structlog.get_logger()
        resumed = []
        for night in self.store.nights.unfinished_nights():
            if night.date != self.tonight:
                log.warning("going on with an unfinished night", date=night.date, step=night.step)
                resumed.append(self._go_through(night))
        night = self._open()
        already = night.done
        with structlog.contextvars.bound_contextvars(run=night.run_id):
            night = self._go_through(night)
            log.info("night done", date=night.date, already_done=already, read_now=self.reader.read_now)
        stored = self.store.find_run(night.run_id).problems
        reports = tuple(sorted((self.folder / night.date).iterdir()))
        problems = tuple(dict.fromkeys((*stored, *self.problems)))
        return NightResult(night, tuple(resumed), already, self.reader.read_now, problems, reports)

    def _open(self) -> Night:
        """Tonight's night, which covers the nights that were missed since the last one."""
        found = self.store.nights.find_night(self.tonight)
        if found is not None:
            return found
        now = self.hands.clock()
        before = self.store.nights.list_nights(1, before=self.tonight)
        since = self.tonight
        if before:
            since = (date.fromisoformat(before[0].date) + timedelta(days=1)).isoformat()
        run = Run(f"night-{self.tonight}", now, now, describe_versions(), ())
        return self.store.nights.open_night(self.tonight, since, run)

    def _go_through(self, night: Night) -> Night:
        """Do the steps that are left of a night."""
        steps = {
            "gather": self._gather,
            "group": lambda night: group_night(self.reader, night, self.hands.progress),
            "compare": self._compare,
            "finish": self._finish,
            "report": self._report,
            "tell": self._tell,
            "done": self._look_after,
        }
        left = [night.step] if night.done else list(steps)[list(steps).index(night.step) : -1]
        for step in left:
            structlog.get_logger().info("step", date=night.date, step=step)
            steps[step](night)
            night = self.store.nights.find_night(night.date) or night
        return night

    def _gather(self, night: Night) -> None:
        """Fetch from the sources that this night has not been to; a night that was given up leaves them to tonight."""
        if night.date == self.tonight:
            been = {gave.source for gave in self.store.nights.sources_of(night.date)}
            left = [source for source in sources_of(self.settings) if source.name not in been]
            with self.hands.fetcher() as fetcher:
                gather_sources(
                    self.store,
                    left,
                    now=self.hands.clock(),
                    fetcher=fetcher,
                    on_source=lambda gave: self.store.nights.end_source(night.date, gave),
                )
        self.store.nights.take_up(night.date)

    def _compare(self, night: Night) -> None:
        log = structlog.get_logger()
        compare_night(self.reader, night, self.pack, lambda done, total: log.info("compared", done=done, of=total))
        self.store.nights.set_step(night.date, "finish")

    def _finish(self, night: Night) -> None:
        """Store what the night came to, with the messages that it sends."""
        nights = self.store.nights
        work, plan = nights.work_of(night.date), nights.load_plan(night.date, Plan)
        before = next(iter(nights.list_nights(1, before=night.date)), None)
        gave = nights.sources_of(night.date)
        quiet = quiet_since(night, work, before)
        patience = Patience(self.settings.nightly.failed_nights, self.settings.nightly.quiet_nights)
        health = nights.source_health(one.source for one in gave)
        changes = nights.changes_of_night(night.date)
        summary = summarise(
            night,
            work,
            plan.stories,
            change_rows(changes),
            corrections_of(self.reader, work),
            find_faults(gave, health, quiet, patience),
            quiet,
        )
        stories = nights.stories_of_night(night.date)
        problems = [problem for one in gave for problem in one.problems] + list(plan.problems)
        problems += [problem for story in stories for problem in story.problems]
        counts = {"articles": len(work), "claims": plan.claims, **nights.count_made(night.run_id)}
        run = finished_run(night, self.hands.clock(), describe_versions(), counts, problems)
        messages = messages_of(
            nights, night, summary, changes, self.settings.notify.recipients, self.settings.nightly.address
        )
        nights.finish_night(night.date, run, summary, messages)

    def _report(self, night: Night) -> None:
        write_night(self.store, night, self.folder, self.settings.nightly.address)
        self.store.nights.set_step(night.date, "tell")

    def _tell(self, night: Night) -> None:
        self.problems += deliver_due(self.store.nights, self.settings.notify, self.hands.clock())
        self.store.nights.set_step(night.date, "done")

    def _look_after(self, night: Night) -> None:
        """See to it that a night that is done has its reports, and try again what could not be delivered."""
        self.problems += deliver_due(self.store.nights, self.settings.notify, self.hands.clock())
        if not is_written(self.folder, night):
            write_night(self.store, night, self.folder, self.settings.nightly.address)
        elif not (self.folder / "index.html").is_file():
            write_index(self.store, self.folder, self.settings.nightly.address)
