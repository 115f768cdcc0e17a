"""The store of the nightly service: intents in, values out; each method is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Engine

from reconcile.match.open_stories import OpenStory
from reconcile.model import Article, Fact, Finding, Reading, Run, Story
from reconcile.store import deliveries, lease, night_findings, nights, open_stories, readings, sources
from reconcile.store.articles import SavedArticle, load_texts
from reconcile.store.deliveries import Delivery, Fate, Message
from reconcile.store.engine import reading, writing
from reconcile.store.lease import Claimant, IsAlive, Lease
from reconcile.store.night_findings import ChangedFinding, NightStory, StoryMade, ToldFinding
from reconcile.store.nights import Night, SourceHealth, SourceNight, Step, WorkItem
from reconcile.store.open_stories import Member
from reconcile.store.sources import Pending

T = TypeVar("T")


class NightStore:
    """What the nightly service keeps; raises ReconcileError where the database fails."""

    def __init__(self, engine: Engine) -> None:
        """Use ``Store.nights``."""
        self._engine = engine

    # --- the lease ---

    def take_lease(
        self, name: str, claimant: Claimant, is_alive: IsAlive, silence: timedelta
    ) -> tuple[Lease, Lease | None]:
        """Take the lease; it, and the dead owner's that it was taken from. Raises LeaseHeldError."""
        with writing(self._engine) as connection:
            return lease.take(connection, name, claimant, is_alive, silence)

    def renew_lease(self, name: str, token: str) -> bool:
        """Tell that the owner lives; False where the lease is another's now."""
        with writing(self._engine) as connection:
            return lease.renew(connection, name, token)

    def release_lease(self, name: str, token: str) -> None:
        """Give the lease back."""
        with writing(self._engine) as connection:
            lease.release(connection, name, token)

    def current_lease(self, name: str) -> Lease | None:
        """Who is at work, None where nobody is."""
        with reading(self._engine) as connection:
            return lease.current(connection, name)

    # --- nights ---

    def open_night(self, date_: str, since: str, run: Run) -> Night:
        """The night of that date, begun now with its run where there is none."""
        with writing(self._engine) as connection:
            return nights.open_night(connection, date_, since, run)

    def find_night(self, date_: str) -> Night | None:
        """The night of that date."""
        with reading(self._engine) as connection:
            return nights.find_night(connection, date_)

    def night_of_run(self, run_id: str) -> Night | None:
        """The night that a run belongs to."""
        with reading(self._engine) as connection:
            return nights.night_of_run(connection, run_id)

    def list_nights(self, limit: int, before: str = "9999") -> tuple[Night, ...]:
        """The nights before a date, the latest first."""
        with reading(self._engine) as connection:
            return nights.list_nights(connection, limit, before)

    def unfinished_nights(self) -> tuple[Night, ...]:
        """The nights that were begun and not finished, the earliest first."""
        with reading(self._engine) as connection:
            return nights.unfinished(connection)

    def set_step(self, date_: str, step: Step) -> None:
        """Tell which step of a night is next."""
        with writing(self._engine) as connection:
            nights.set_step(connection, date_, step)

    # --- sources ---

    def end_source(self, date_: str, gave: SourceNight) -> None:
        """Store what a source gave in a night; the second time changes nothing."""
        with writing(self._engine) as connection:
            nights.end_source(connection, date_, gave)

    def sources_of(self, date_: str) -> tuple[SourceNight, ...]:
        """What the sources gave in a night, by name."""
        with reading(self._engine) as connection:
            return nights.sources_of(connection, date_)

    def source_health(self, names: Iterable[str]) -> Mapping[str, SourceHealth]:
        """Since when sources fail or are quiet, by name."""
        with reading(self._engine) as connection:
            return nights.source_health(connection, names)

    def source_state(self, name: str, type_: type[T]) -> T:
        """What is remembered of fetching a source; an empty ``type_`` where there is nothing."""
        with reading(self._engine) as connection:
            return sources.load_state(connection, name, type_)

    def save_source_state(self, name: str, state: object) -> None:
        """Keep what is remembered of a source."""
        with writing(self._engine) as connection:
            sources.save_state(connection, name, state)

    def save_intake(
        self, name: str, state: object, articles: Sequence[Article], *, now: datetime, told: Pending | None = None
    ) -> tuple[SavedArticle, ...]:
        """Store a batch of a source with the memory that goes with it; what is new waits for the next night.

        ``told`` holds the batch's problems and the fates of its pages, for the night to tell.
        """
        with writing(self._engine) as connection:
            return sources.save_intake(connection, name, state, articles, now, told)

    # --- the work ---

    def count_waiting(self) -> int:
        """How many articles wait for the next night."""
        with reading(self._engine) as connection:
            return nights.count_waiting(connection)

    def take_up(self, date_: str) -> None:
        """Make all that waits this night's work."""
        with writing(self._engine) as connection:
            nights.take_up(connection, date_)

    def work_of(self, date_: str) -> tuple[WorkItem, ...]:
        """The articles of a night, by id."""
        with reading(self._engine) as connection:
            return nights.work_of(connection, date_)

    def load_texts(self, texts: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Article]:
        """Articles by id and SHA-256."""
        with reading(self._engine) as connection:
            return load_texts(connection, texts)

    def cached_readings(self, articles: Iterable[Article], extractor: str) -> Mapping[str, Reading]:
        """The stored readings of these texts by this extractor, by article id."""
        with reading(self._engine) as connection:
            return readings.cached_readings(connection, articles, extractor)

    # --- stories ---

    def open_stories(
        self, windows: Iterable[tuple[date, date]], keys: Iterable[str], articles: Sequence[str]
    ) -> tuple[OpenStory, ...]:
        """The stories that articles of these days and with these keys may join, and those that ``articles`` are in."""
        with reading(self._engine) as connection:
            return open_stories.load_open(connection, windows, keys, articles)

    def judged_since(self, moment: datetime) -> tuple[str, ...]:
        """The stories in which somebody decided something since a moment."""
        with reading(self._engine) as connection:
            return open_stories.judged_since(connection, moment)

    def save_grouping(
        self,
        date_: str,
        stories: Sequence[Story],
        new: Iterable[str],
        merged: Mapping[str, str],
        members: Mapping[str, Member],
        plan: object,
    ) -> None:
        """Store what grouping a night's articles came to, and keep ``plan`` for comparing, which is next."""
        with writing(self._engine) as connection:
            open_stories.save_grouping(connection, date_, stories, new, merged, members)
            nights.save_plan(connection, date_, plan)

    def load_plan(self, date_: str, type_: type[T]) -> T:
        """What ``save_grouping`` kept as the plan; an empty one where there is none."""
        with reading(self._engine) as connection:
            return nights.load_plan(connection, date_, type_)

    def stories_of_night(self, date_: str) -> tuple[NightStory, ...]:
        """The stories of a night, by id."""
        with reading(self._engine) as connection:
            return night_findings.stories_of_night(connection, date_)

    def story(self, id_: str) -> Story | None:
        """A story as it stands, also under an id that was merged into it."""
        with reading(self._engine) as connection:
            return open_stories.load_story(connection, id_)

    def members(self, ids: Iterable[str]) -> tuple[Article, ...]:
        """The articles in the texts in which they stand."""
        with reading(self._engine) as connection:
            return open_stories.load_members(connection, ids)

    def save_story_made(
        self,
        night: Night,
        planned: NightStory,
        made: StoryMade,
        reread: Sequence[tuple[Reading, Article]] = (),
        members: Mapping[str, Member] | None = None,
    ) -> None:
        """Store what comparing a story made; ``reread`` are readings made anew for it, ``members`` their sketches."""
        with writing(self._engine) as connection:
            if reread:
                readings.save_readings(connection, [r for r, _ in reread], [a for _, a in reread])
            open_stories.update_sketches(connection, members or {})
            night_findings.save_story_made(connection, night, planned, made)

    def made_of_story(self, run_id: str, story: str) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
        """The facts and findings that a run made of a story."""
        with reading(self._engine) as connection:
            return night_findings.facts_of_story(connection, run_id, story)

    # --- the outcome ---

    def changes_of_night(self, date_: str) -> tuple[ChangedFinding, ...]:
        """What a night changed."""
        with reading(self._engine) as connection:
            return night_findings.changes_of_night(connection, date_)

    def standing_contradictions(self, run_id: str, limit: int) -> tuple[tuple[ToldFinding, ...], int]:
        """The contradictions that other nights than this run's found and that still stand: the latest, and how many."""
        with reading(self._engine) as connection:
            return night_findings.standing_contradictions(connection, run_id, limit)

    def gravest_stories(self, run_id: str, limit: int) -> tuple[str, ...]:
        """The stories of a run with the most contradictions."""
        with reading(self._engine) as connection:
            return night_findings.gravest_stories(connection, run_id, limit)

    def count_made(self, run_id: str) -> Mapping[str, int]:
        """How many stories and facts a run made, and how many findings of each verdict."""
        with reading(self._engine) as connection:
            return night_findings.count_made(connection, run_id)

    def finish_night(self, date_: str, run: Run, summary: Mapping[str, Any], messages: Sequence[Message] = ()) -> None:
        """Store what a night came to, with the messages that tell of it; the next step is its report."""
        with writing(self._engine) as connection:
            nights.finish_night(connection, date_, run, summary)
            deliveries.enqueue(connection, messages, run.finished)

    # --- messages ---

    def told_of(self, recipient: str, things: Iterable[str]) -> frozenset[str]:
        """Those of the things that a recipient was told of."""
        with reading(self._engine) as connection:
            return deliveries.told_of(connection, recipient, things)

    def list_deliveries(self, *statuses: Fate) -> tuple[Delivery, ...]:
        """The messages of some statuses, oldest first."""
        with reading(self._engine) as connection:
            return deliveries.list_deliveries(connection, statuses)

    def mark_delivery(self, id_: str, status: Fate, now: datetime, error: str = "") -> None:
        """Tell what becomes of a message; "sending" must be told before it leaves."""
        with writing(self._engine) as connection:
            deliveries.mark(connection, id_, status, now, error)

    def count_deliveries(self) -> Mapping[str, int]:
        """How many messages there are of each status."""
        with reading(self._engine) as connection:
            return deliveries.count_deliveries(connection)
