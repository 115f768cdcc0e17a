"""Which pages of a source to ask for: those listed as new or changed, then those that may have been corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from reconcile.ingest.listing import Entry
from reconcile.ingest.moments import parse_moment
from reconcile.ingest.sources import Seen, Source
from reconcile.ingest.web_address import BadAddressError, article_id, page_key, parse_address

_ASKED_LATELY = timedelta(hours=6)
"""A page asked for so short a time ago is not asked again to look for corrections."""


@dataclass(frozen=True, slots=True)
class Task:
    """One page to ask for; ``seen`` is what is remembered of it. One that is not listed keeps its entry."""

    key: str
    entry: Entry
    seen: Seen | None
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """The tasks in the order to do them, the keys of all that is listed, and the entries that cannot be asked for."""

    tasks: tuple[Task, ...]
    listed: frozenset[str]
    bad: tuple[tuple[str, str], ...] = ()
    """Their addresses, with what is wrong with each."""


def make_plan(entries: Sequence[Entry], base: str, seen: Mapping[str, Seen], source: Source, now: datetime) -> Plan:
    """What to ask for; ``seen`` is what is remembered, by article id; relative addresses are taken from ``base``."""
    tasks: dict[str, Task] = {}
    listed: set[str] = set()
    bad: list[tuple[str, str]] = []
    for entry in entries:
        try:
            key = _key(entry, base, source)
        except BadAddressError as error:
            bad.append((entry.url or entry.title, str(error)))
            continue
        name = article_id(key)
        known = seen.get(name)
        listed.add(known.key if known else key)
        if name not in tasks and (known is not None or not _is_too_old(entry, source, now)):
            tasks[name] = Task(known.key if known else key, entry, known)
    gone = (Task(known.key, known.entry, known, False) for name, known in seen.items() if name not in tasks)
    return Plan(tuple(_ordered([*tasks.values(), *gone], source, now)), frozenset(listed), tuple(bad))


def _ordered(tasks: Sequence[Task], source: Source, now: datetime) -> Iterator[Task]:
    """New pages first, then changed ones, then those to look at again, the one asked longest ago first."""
    yield from (task for task in tasks if task.seen is None)
    changed = [task for task in tasks if task.seen and task.listed and task.seen.mark != task.entry.mark]
    yield from changed
    if source.text == "feed" and source.type == "feed":
        return
    rest = [task for task in tasks if task.seen and not (task.listed and task.seen.mark != task.entry.mark)]
    due = [(task.seen.asked, task) for task in rest if task.seen and _is_due(task.seen, source, now)]
    yield from (task for _, task in sorted(due, key=lambda pair: (pair[0], pair[1].key)))


def _is_due(seen: Seen, source: Source, now: datetime) -> bool:
    """Whether a page that was asked for may have been corrected or withdrawn since."""
    if source.type == "url":
        return True
    return now - seen.first_seen <= timedelta(days=source.recheck_days) and now - seen.asked >= _ASKED_LATELY


def _key(entry: Entry, base: str, source: Source) -> str:
    """The page's key; an entry that is read from the feed itself needs no address of its own."""
    if entry.url:
        return page_key(parse_address(entry.url, base))
    if source.text == "feed" and entry.id:
        return page_key(parse_address(base)) + "#" + quote(entry.id, safe="")
    raise BadAddressError("is missing")


def _is_too_old(entry: Entry, source: Source, now: datetime) -> bool:
    """Whether a page that was never seen is dated, or last changed, before the days that count."""
    stated = entry.published or parse_moment(entry.updated, "")
    if stated is None or source.type == "url":
        return False
    return now.replace(tzinfo=None) - stated.moment() > timedelta(days=source.days + 1)
