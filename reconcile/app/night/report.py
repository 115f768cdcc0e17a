"""A night's reports: its folder, which is there whole or not at all, and the index and feed over all nights."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from reconcile.app.night.stories_report import report_of
from reconcile.app.runs import SEVERITIES
from reconcile.errors import ReconcileError
from reconcile.model import Severity, Verdict
from reconcile.report.build import web_address
from reconcile.report.night import (
    NIGHT_FILES,
    ChangeRow,
    CorrectionRow,
    NightPage,
    SourceRow,
    headline,
    render_index,
)
from reconcile.report.night_feed import render_feed
from reconcile.report.write import require_writable, write_reports, write_whole
from reconcile.store.night_findings import ChangedFinding, ToldFinding
from reconcile.store.nights import Night
from reconcile.store.store import Store

OVERVIEW = ("index.html", "findings.atom")
"""The files over all nights, beside the nights' folders."""
_INDEXED = 400
_FEED_NIGHTS = 14
_STANDING_SHOWN = 50


def write_night(store: Store, night: Night, folder: Path, address: str) -> tuple[Path, ...]:
    """Write the night's folder, the index and the feed; the paths of the night's files. Raises ReconcileError.

    The folder is made beside its place and moved there; what stood there before is moved away first.
    """
    require_writable(folder)
    page = build_page(store, night)
    place = folder / night.date
    _clear_leftovers(folder, night.date)
    try:
        fresh = Path(tempfile.mkdtemp(dir=folder, prefix=f".{night.date}."))
        os.chmod(fresh, 0o777 & ~_umask())
        written = write_reports(report_of(store, night), fresh)
        for name, render in NIGHT_FILES.items():
            write_whole(fresh / name, render(page).encode("utf-8"))
        names = [path.name for path in written] + list(NIGHT_FILES)
        _put_in_place(fresh, place)
        write_index(store, folder, address)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReconcileError(f"cannot write the reports into {folder}: {reason}", "make room, then run again") from None
    return tuple(place / name for name in names)


def write_index(store: Store, folder: Path, address: str) -> None:
    """Write index.html and findings.atom over the nights that are finished."""
    nights = store.nights.list_nights(_INDEXED)
    write_whole(folder / "index.html", render_index([_index_row(night) for night in nights]).encode("utf-8"))
    entries = []
    for night in nights[:_FEED_NIGHTS]:
        if night.finished is not None:
            rows = change_rows(store.nights.changes_of_night(night.date))
            told = [row for row in rows if row.grave and row.change != "gone"]
            entries += [(night.date, night.finished, row) for row in told]
    updated = max((night.finished for night in nights if night.finished), default=datetime.min)
    write_whole(folder / "findings.atom", render_feed(entries, updated, address).encode("utf-8"))


def is_written(folder: Path, night: Night) -> bool:
    """Whether the night's folder is there."""
    return all((folder / night.date / name).is_file() for name in ("report.json", *NIGHT_FILES))


def build_page(store: Store, night: Night) -> NightPage:
    """The night as its page shows it, from what is stored."""
    earlier = store.nights.list_nights(1, before=night.date)
    changes = change_rows(store.nights.changes_of_night(night.date))
    standing, count = store.nights.standing_contradictions(night.run_id, _STANDING_SHOWN)
    return NightPage(
        date=night.date,
        since=night.since,
        run=night.run_id,
        started=f"{night.started:%Y-%m-%d %H:%M}",
        finished=f"{night.finished:%Y-%m-%d %H:%M}" if night.finished else "",
        summary=night.summary,
        changes=tuple(sorted(changes, key=_gravity)),
        corrections=_corrections(store, night.summary["corrections"]),
        sources=tuple(
            SourceRow(one.source, one.ok, one.new, one.revised, one.unchanged, one.left, one.problems, one.fates)
            for one in store.nights.sources_of(night.date)
        ),
        standing=tuple(_row("still", told, _link(told, elsewhere=True)) for told in standing),
        standing_count=count,
        previous=earlier[0].date if earlier else None,
    )


def change_rows(changes: Sequence[ChangedFinding]) -> list[ChangeRow]:
    """What a night changed between outlets, as rows for readers."""
    # What one outlet alone says comes and goes with every article.
    between = [item for item in changes if item.finding.verdict is not Verdict.SINGLE or _was_grave(item)]
    return [_change_row(item) for item in between]


def _was_grave(item: ChangedFinding) -> bool:
    return item.before is not None and item.before.verdict is Verdict.CONTRADICTION


def _change_row(item: ChangedFinding) -> ChangeRow:
    """A change as readers take it: what only now contradicts is a new contradiction, what no longer does one gone."""
    finding, before = item.finding, item.before
    grave = finding.verdict is Verdict.CONTRADICTION
    if item.change == "changed" and before is not None and grave != _was_grave(item):
        if grave:
            return _row("new", item.now, _link(item.now, elsewhere=False), before=before.summary)
        ended = replace(item.now, finding=before)
        return _row("gone", ended, _link(item.now, elsewhere=False), now=finding.summary)
    # What is gone is shown by the night that last found it.
    link = _link(item.now, elsewhere=item.change == "gone")
    said = before.summary if before is not None and before.summary != finding.summary else ""
    return _row(item.change, item.now, link, before=said)


def _row(change: str, told: ToldFinding, link: str, *, before: str = "", now: str = "") -> ChangeRow:
    finding = told.finding
    return ChangeRow(
        change=change,
        finding=finding.id,
        case=told.case,
        verdict=finding.verdict.value,
        severity=finding.severity.value,
        summary=finding.summary,
        before=before,
        now=now,
        story=told.story,
        sources=told.sources,
        link=link,
    )


def _link(told: ToldFinding, *, elsewhere: bool) -> str:
    """Where a finding stands, from the folder of a night: in its own report, or in another night's."""
    page = f"../{told.date}/report.html" if elsewhere and told.date else "report.html"
    return f"{page}#f-{told.finding.id}"


def _gravity(row: ChangeRow) -> tuple[object, ...]:
    return not row.grave, -SEVERITIES.index(Severity(row.severity)), row.story, row.summary, row.case


def _corrections(store: Store, found: Sequence[Mapping[str, Any]]) -> tuple[CorrectionRow, ...]:
    articles = {article.id: article for article in store.nights.members({item["article"] for item in found})}
    return tuple(
        CorrectionRow(
            article=article.id,
            source=article.source,
            title=article.title,
            url=web_address(article.url),
            question=item["question"],
            before=tuple(item["before"]),
            after=tuple(item["after"]),
        )
        for item in found
        if (article := articles.get(item["article"])) is not None
    )


def _index_row(night: Night) -> dict[str, Any]:
    """A night as the index shows it."""
    said = night.summary
    faults = said["faults"] if said else []
    return {
        "date": night.date,
        "finished": night.finished is not None,
        "headline": headline(said),
        "articles": sum(said["articles"].values()) if said else "",
        **{change: said["contradictions"][change] if said else "" for change in ("new", "changed", "gone", "back")},
        "faults": [fault["sentence"] for fault in faults if fault["loud"]],
        "loud": any(fault["loud"] for fault in faults) or bool(said and said["contradictions"]["new"]),
    }


def _put_in_place(fresh: Path, place: Path) -> None:
    """Move the folder into its place; one that stands there is moved aside first, and removed."""
    if place.exists():
        aside = place.with_name(f".{place.name}.old")
        os.rename(place, aside)
        os.rename(fresh, place)
        shutil.rmtree(aside)
    else:
        os.rename(fresh, place)


def _clear_leftovers(folder: Path, date: str) -> None:
    """Remove what a killed run left half made; the lease sees to it that nobody else is writing here."""
    for name in (date, *OVERVIEW):
        for leftover in folder.glob(f".{name}.*"):
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
            else:
                leftover.unlink(missing_ok=True)


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
