"""Finishing a night: what it came to, in figures and in what an editor has to know of its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from reconcile.app.night.corrections import Correction, find_corrections
from reconcile.app.night.reading import BATCH, Reader
from reconcile.model import Problem, Run
from reconcile.report.night import ChangeRow
from reconcile.store.nights import Night, SourceHealth, SourceNight, WorkItem


@dataclass(frozen=True, slots=True)
class Patience:
    """After how many nights in a row a source that fails, or that gives nothing new, is a fault to be told of."""

    failed: int = 2
    quiet: int = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a source: it fails, or it has long been silent; "" as source is all of them together."""

    source: str
    what: str
    since: str
    nights: int
    loud: bool

    @property
    def key(self) -> str:
        """What the fault is remembered by, so that it is told once as long as it lasts."""
        return f"fault {self.what} {self.since} {self.source}"

    @property
    def sentence(self) -> str:
        """The fault in words."""
        nights = f"{self.nights} night{'s' if self.nights > 1 else ''}, since {self.since}"
        if self.what == "failed":
            return f"source {self.source!r} could not be read for {nights}"
        who = f"source {self.source!r}" if self.source else "no source at all"
        return f"{who} gave {'nothing new' if self.source else 'anything new'} for {nights}"


def find_faults(
    gave: Sequence[SourceNight], health: Mapping[str, SourceHealth], quiet: tuple[str, int] | None, patience: Patience
) -> tuple[Fault, ...]:
    """What is wrong with the sources of a night, the loud faults first; ``quiet`` is since when nothing at all came."""
    faults = []
    all_quiet = quiet is not None and any(one.ok for one in gave)
    if quiet is not None and all_quiet:
        faults.append(Fault("", "quiet", quiet[0], quiet[1], quiet[1] >= patience.quiet))
    for one in gave:
        known = health.get(one.source)
        if known is None:
            continue
        if known.failed_since is not None:
            loud = known.failed_nights >= patience.failed
            faults.append(Fault(one.source, "failed", known.failed_since, known.failed_nights, loud))
        elif known.quiet_since is not None and known.quiet_nights >= patience.quiet:
            # Where nobody gave anything new the night says so once, not once for each source.
            faults.append(Fault(one.source, "quiet", known.quiet_since, known.quiet_nights, not all_quiet))
    return tuple(sorted(faults, key=lambda fault: (not fault.loud, fault.source, fault.what)))


def corrections_of(reader: Reader, work: Sequence[WorkItem]) -> tuple[Correction, ...]:
    """What the revised articles of a night claim otherwise than their texts before, by article."""
    revised = [item for item in work if item.status == "revised" and item.was is not None]
    found: list[Correction] = []
    for start in range(0, len(revised), BATCH):
        some = revised[start : start + BATCH]
        before = reader.store.nights.load_texts((item.article, item.was or "") for item in some)
        after = reader.store.nights.load_texts((item.article, item.sha256) for item in some)
        old = {reading.article: reading for reading in reader.readings_of(list(before.values()))}
        new = {reading.article: reading for reading in reader.readings_of(list(after.values()))}
        for item in some:
            if item.article in old and item.article in new:
                found += find_corrections(old[item.article], new[item.article])
    return tuple(found)


def summarise(
    night: Night,
    work: Sequence[WorkItem],
    stories: Mapping[str, int],
    changes: Sequence[ChangeRow],
    corrections: Sequence[Correction],
    faults: Sequence[Fault],
    quiet: tuple[str, int] | None,
) -> dict[str, Any]:
    """What a night came to, as JSON: it is stored with the night, and shown wherever the night is."""
    statuses = Counter(item.status for item in work)
    every = Counter(row.change for row in changes)
    grave = Counter(row.change for row in changes if row.grave)
    kinds = ("new", "changed", "gone", "back")
    return {
        "articles": {status: statuses[status] for status in ("new", "revised", "described")},
        "stories": dict(stories),
        "findings": {change: every[change] for change in kinds},
        "contradictions": {change: grave[change] for change in kinds},
        "corrections": [asdict(item) for item in corrections],
        "faults": [asdict(item) | {"sentence": item.sentence, "key": item.key} for item in faults],
        "quiet": {"since": quiet[0], "nights": quiet[1]} if quiet else None,
        "nothing_new": not work and not changes,
        "covers": {"since": night.since, "until": night.date},
    }


def quiet_since(night: Night, work: Sequence[WorkItem], before: Night | None) -> tuple[str, int] | None:
    """Since which night nothing new came, and for how many nights; None where something did tonight."""
    if work:
        return None
    said = before.summary.get("quiet") if before else None
    return (said["since"], said["nights"] + 1) if said else (night.date, 1)


def finished_run(
    night: Night,
    finished: datetime,
    versions: tuple[tuple[str, str], ...],
    counts: Mapping[str, int],
    problems: Sequence[Problem],
) -> Run:
    """The night's run as it is stored once everything is compared."""
    return Run(night.run_id, night.started, finished, versions, tuple(counts.items()), tuple(dict.fromkeys(problems)))
